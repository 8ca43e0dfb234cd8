/** Paths of requests through the methods and routes of APIs. */
import { flatMap } from '../base/flat-map.ts';
import { all, any, is, isAbsent, isPresent, judgement, not, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { leaves } from '../model/navigate.ts';
import { isTrue, oneOf, oneOfIgnoringCase, text } from '../model/predicate.ts';
import { always, never, sometimes } from '../model/quantified.ts';
import type { Edge, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { AccessPath, PathStep } from './access-path.ts';
import { aliasSteps } from './alias-steps.ts';
import { endpointPathsTo } from './endpoint.ts';
import {
  permissionsFor,
  permissionsWith,
  qualifiedBy,
  type FunctionPermissionEdge,
  type QualifiedFunction,
} from './public-access/function-qualifier.ts';
import { coveringBy, isForApi } from './invocation-source.ts';
import { integratingParts } from './private-integration.ts';
import { allowsDirectInvocation } from './public-access/function-permission.ts';

/** The routes of APIs that forward requests to a resource. */
export function apiPathsTo(target: Resource): readonly AccessPath[] {
  const isFunction = target.type === 'AWS::Lambda::Function';
  const isInvoked = isFunction || target.type === 'AWS::Lambda::Alias';
  const permissions = isInvoked ? permissionsFor(target) : [];
  const invoking = permissionsByName(permissions);
  const owners: readonly Owner[] = [
    { owner: target, through: [] },
    ...(isFunction
      ? target
          .related('function-aliases')
          .edges.map((edge) => ({ owner: edge.resource, through: aliasSteps(edge, target) }))
      : []),
  ];
  const routes = flatMap(owners, (one) => {
    const viaOf = new Map(one.owner.related('integrations').edges.map((edge) => [edge.resource, edge.via]));
    return flatMap(integratingParts(one.owner), (integrating) => {
      const { part } = integrating;
      const via = viaOf.get(part) ?? one.owner.self;
      // SAM writes the events of a function as methods and routes, which have its address.
      const forwarding = part.address === target.address ? [] : integrating.steps;
      return routesOf(part).map((route) => {
        const permitted = isInvoked ? invocationSteps(target, { part, route, via, ...one }, invoking) : [];
        return { route, part, then: [...forwarding, ...permitted, ...one.through] };
      });
    });
  });
  const known = new Set(flatMap(routes, ({ route }) => route.related('api').edges.map((edge) => edge.resource)));
  return [
    ...flatMap(routes, (one) => routePaths(one, target)),
    ...(isFunction ? invokingApis(target, permissions, known) : []),
  ];
}

/** A resource to which APIs forward requests: the target, or an alias of it. */
interface Owner {
  readonly owner: Resource;
  readonly through: readonly PathStep[];
}

/** The methods and routes that use a method or an integration. */
function routesOf(part: Resource): readonly Resource[] {
  if (part.type === 'AWS::ApiGateway::Method') return [part];
  if (part.type !== 'AWS::ApiGatewayV2::Integration') return [];
  return part.related('integrations').edges.map(({ resource }) => resource);
}

/** A permission with which API Gateway can invoke a function, and where it applies. */
interface Invoking {
  readonly permission: Resource;
  readonly open: Judgement;
}

/** Permissions for one version or alias. */
interface Permitted {
  readonly all: readonly Invoking[];
  readonly covering: ReturnType<typeof coveringBy<Invoking>>;
}

/** Those of some permissions that are for one version or alias and for API Gateway. */
function permissionsByName(permissions: readonly FunctionPermissionEdge[]): (names: QualifiedFunction) => Permitted {
  const known = new Map<string, Permitted>();
  return (names) => {
    const key = JSON.stringify([names.alias, names.qualifier]);
    let found = known.get(key);
    if (!found) {
      const those = permissionsWith(permissions, names)
        .map(({ resource: permission, when }) => ({
          permission,
          open: all(
            judgement(when),
            judgement(permission.when),
            is(permission.get('Principal'), INVOKER),
            allowsDirectInvocation(permission),
          ),
        }))
        .filter(({ open }) => !never(open));
      known.set(key, (found = { all: those, covering: coveringBy(those) }));
    }
    return found;
  };
}

/**
 * The step in which API Gateway can invoke a function, unless a permission for the same version or alias is certain or
 * a role can be the one that invokes it. A permission can also be given elsewhere.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 */
function invocationSteps(
  target: Resource,
  { part, route, owner, via }: Owner & { readonly part: Resource; readonly route: Resource; readonly via: Value },
  permissions: (names: QualifiedFunction) => Permitted,
): readonly PathStep[] {
  if (CREDENTIALS.some((path) => sometimes(isPresent(part.get(path))))) return [];
  const permitted = permissions(qualifiedBy(owner, via));
  const open = any(
    // SAM also writes the permission for an event.
    ...(route.address === target.address
      ? permitted.all.map((one) => all(one.open, isForApi(one.permission, route)))
      : permitted.covering(route).map(({ one, covers }) => all(one.open, covers))),
  );
  if (always(open)) return [];
  const { displayName: name } = owner;
  return [
    {
      resource: target,
      text: never(open)
        ? `no permission here allows API Gateway to invoke ${name}`
        : `a permission allows API Gateway to invoke ${name}`,
      at: target.self,
      open: any(open, UNKNOWABLE),
      missing: `whether a permission allows API Gateway to invoke ${name}`,
    },
  ];
}

const INVOKER = oneOf('apigateway.amazonaws.com', '*');

/** The properties of methods and integrations with a role that API Gateway assumes to invoke a function. */
const CREDENTIALS = ['Integration.Credentials', 'CredentialsArn'] as const;

const IAM = 'IAM authorization';

/**
 * What the authorization types of methods and routes require:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
 */
const AUTHORIZATIONS: readonly Authorization[] = [
  { types: ['NONE'] },
  { types: ['AWS_IAM'], limit: IAM },
  { types: ['COGNITO_USER_POOLS'], limit: 'a token of a user pool' },
  { types: ['JWT'], limit: 'a JSON web token' },
  { types: ['CUSTOM'], limit: 'the authorization of a Lambda authorizer' },
];

interface Authorization {
  readonly types: readonly string[];
  /** What it requires of callers. */
  readonly limit?: string;
}

/** The authorization types that a method or route can have. SAM has the names of authorizers among them. */
function authorizationsOf(type: Value): readonly Authorization[] {
  const known = new Set(flatMap(AUTHORIZATIONS, ({ types }) => types));
  const named = flatMap(leaves(type), ({ value }) =>
    value.state === 'known' && !known.has(value.raw.toUpperCase()) ? [value.raw] : [],
  );
  return [
    ...AUTHORIZATIONS,
    ...[...new Set(named)].map((one) => ({ types: [one], limit: `the authorization of the authorizer ${one}` })),
  ];
}

/**
 * A method or a route, the method or integration that forwards its requests, and the steps from there to the target.
 */
interface Routed {
  readonly route: Resource;
  readonly part: Resource;
  readonly then: readonly PathStep[];
}

/** The paths through a method of a REST API or a route of another API: one for each authorization that it can have. */
function routePaths({ route, part, then }: Routed, target: Resource): readonly AccessPath[] {
  const [api] = route.related('api').edges;
  if (!api) return [];
  const type = route.get('AuthorizationType');
  const key = sometimes(is(route.get('ApiKeyRequired'), isTrue)) ? ['an API key'] : [];
  // Of a WebSocket API, the route for new connections decides on authorization:
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
  const isMessage = all(
    is(api.resource.get('ProtocolType'), oneOf('WEBSOCKET')),
    not(is(route.get('RouteKey'), oneOf('$connect'))),
  );
  const connecting = sometimes(isMessage) ? ['a connection that the $connect route accepts'] : [];
  const isEvent = route.address === target.address;
  const name = isEvent ? `an event of ${target.displayName}` : route.displayName;
  const judged = authorizationsOf(type).map(({ types, limit }) => ({
    limit,
    isIt: any(is(type, oneOfIgnoringCase(...types)), ...(types.includes('NONE') ? [isAbsent(type)] : [])),
  }));
  const known = judged.filter(({ isIt }) => sometimes(isIt));
  const isOther = all(not(any(...known.map(({ isIt }) => isIt))), UNKNOWABLE);
  const path = (front: AccessPath, text: string, isIt: Judgement, limits: readonly string[]): AccessPath => {
    const step: PathStep = {
      resource: isEvent ? target : route,
      text,
      at: sometimes(isAbsent(type)) ? route.self : type,
      open: all(judgement(route.when), isIt),
      missing: `which authorization ${name} requires`,
    };
    return {
      ...front,
      to: target,
      steps: [...front.steps, step, ...then],
      limits: [...front.limits, ...connecting, ...limits, ...key],
    };
  };
  const use = target.type.startsWith('AWS::Lambda::') ? 'invoke' : 'access';
  const asCaller = passesCallers(part) ? [`permission to ${use} ${target.displayName}`] : [];
  return flatMap(endpointPathsTo(api.resource), (front) => [
    ...known.map(({ isIt, limit }) =>
      limit === undefined
        ? path(front, `${name} requires no authorization`, isIt, [])
        : path(front, `${name} requires ${limit}`, isIt, [limit, ...(limit === IAM ? asCaller : [])]),
    ),
    ...(judged.every(({ isIt }) => sometimes(isIt) || never(isIt))
      ? []
      : [path(front, `the authorization type of ${name} is not known`, isOther, [])]),
  ]);
}

/**
 * Whether an integration sends requests with the credentials of the caller, who then also needs a permission for that.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
 */
function passesCallers(part: Resource): boolean {
  return CREDENTIALS.some((path) => sometimes(is(part.get(path), OF_CALLER)));
}

const OF_CALLER = text((arn) => /^arn:[^:]*:iam::\*:user\/\*$/.test(arn));

/** APIs that can invoke a function, where their routes are not in these documents. */
function invokingApis(
  target: Resource,
  permissions: readonly FunctionPermissionEdge[],
  known: ReadonlySet<Resource>,
): readonly AccessPath[] {
  return flatMap(permissions, ({ resource: permission, when: applies }) =>
    flatMap(
      permission.related('invocation-source').edges.filter(({ resource: api }) => !known.has(api)),
      ({ resource: api, when, via }: Edge) =>
        endpointPathsTo(api).map((front): AccessPath => ({
          ...front,
          to: target,
          steps: [
            ...front.steps,
            {
              resource: target,
              text: `${api.displayName} can invoke ${target.displayName}`,
              at: via,
              open: all(judgement(applies), judgement(when), judgement(permission.when)),
            },
            {
              resource: target,
              text: `the authorization type of the routes of ${api.displayName} is not known`,
              at: via,
              open: UNKNOWABLE,
              missing: `which authorization the routes of ${api.displayName} require`,
            },
          ],
        })),
    ),
  );
}
