import { some, someOf } from '../../base/words.ts';
import { isPresent } from '../../model/judgement.ts';
import type { Resource } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import { publicAccessOf } from '../../reachability/public-access/public-access-of.ts';
import type { ComputedLine } from '../ownership.ts';
import { withExposure } from './exposure.ts';
import { publicText } from './public-text.ts';
import type { CardContext, Piece } from '../card-context.ts';

/** Who can invoke a function, according to this stack. */
export function invokers(here: CardContext, { cite }: Pick<ComputedLine, 'cite'>): readonly Piece[] | undefined {
  const text = invokersText(here);
  return text === undefined ? undefined : [withExposure(here, text, cite)];
}

function invokersText({ resource, stack }: CardContext): string | undefined {
  const related = { permissions: resource.related('function-permissions'), urls: resource.related('function-urls') };
  const permissions = related.permissions.edges.map((edge) => edge.resource);
  const urls = related.urls.edges.map((edge) => edge.resource);
  const open = publicText(publicAccessOf(resource, stack), { open: 'public', possible: 'public, depending on' });
  if (open !== undefined) return open;
  const callers = [
    ...urls.map((url) => `URL ${url.displayName} (${shown(url.get('AuthType'))})`),
    ...permissions.map(permissionText),
  ];
  if (callers.length === 0)
    return [related.permissions, related.urls].every(({ complete }) => complete.yes.isAlways())
      ? 'no permission or URL here; only identities in the account with lambda:InvokeFunction'
      : undefined;
  return someOf(callers, 3, 'permission');
}

/** The organization whose accounts a permission for anyone is limited to. */
const ORGANIZATION = 'PrincipalOrgID';

/**
 * The properties of a permission that limit who can invoke the function.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
 */
const LIMITS = [
  'SourceArn',
  'SourceAccount',
  ORGANIZATION,
  'EventSourceToken',
  'FunctionUrlAuthType',
  'InvokedViaFunctionUrl',
];

function permissionText(permission: Resource): string {
  const set = LIMITS.filter((path) => isPresent(permission.get(path)).yes.holdsByDefault());
  const principal = shown(permission.get('Principal'));
  const isOrganization = principal === '*' && set.includes(ORGANIZATION);
  const limits = set
    .filter((path) => !(isOrganization && path === ORGANIZATION))
    // A permission that the SAM transform creates for an event has no properties in the template.
    .map((path) => permission.nativePath(path).split('.').at(-1)!);
  const who = isOrganization ? `organization ${shown(permission.get(ORGANIZATION))}` : principalWords(principal);
  const limited = limits.length === 0 ? '' : ` (limited by ${some(limits, MOST_LIMITS)})`;
  return `${who} through ${permission.displayName}${limited}`;
}

const MOST_LIMITS = 2;

function principalWords(principal: string): string {
  if (principal === '*') return 'anyone';
  return /^\d{12}$/.test(principal) ? `account ${principal}` : principal;
}
