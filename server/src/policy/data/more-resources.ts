/** Resource types that actions support although the service data lacks them. */
import type { Action } from './action.ts';

/** The resource types that an action supports, by name prefix; without a prefix, all types of the service. */
interface More {
  readonly types: readonly string[];
  /** The source page. */
  readonly source: string;
}

/**
 * The Service Authorization Reference lists Classic Load Balancers and the other load balancers on two pages under one
 * prefix, so the types of one page are lost for actions with the same name. The AWS WAF page lists the association
 * of web ACLs.
 */
const MORE: ReadonlyMap<string, More> = new Map<string, More>([
  [
    'elasticloadbalancing:addtags',
    {
      types: [''],
      source:
        'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/tagging-resources-during-creation.html',
    },
  ],
  [
    'elasticloadbalancing:removetags',
    {
      types: [''],
      source:
        'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/tagging-resources-during-creation.html',
    },
  ],
  [
    'elasticloadbalancing:setwebacl',
    {
      types: ['loadbalancer/app/'],
      source: 'https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html',
    },
  ],
  [
    'appsync:setwebacl',
    {
      types: ['api', 'graphqlapi'],
      source: 'https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html',
    },
  ],
]);

/** An action with the resource types that its service data lacks. `types` are all types of the service. */
export function withMoreResources(service: string, action: Action, types: readonly string[]): Action {
  const more = MORE.get(`${service}:${action.name.toLowerCase()}`);
  if (!more) return action;
  const own = new Set(action.resources.map(({ type }) => type));
  const added = types.filter((type) => !own.has(type) && more.types.some((beginning) => type.startsWith(beginning)));
  // Each is one of several types, so none is always required.
  return {
    ...action,
    resources: [...action.resources, ...added.map((type) => ({ type, keys: [] }))].map((taken) => ({
      ...taken,
      required: false,
    })),
  };
}
