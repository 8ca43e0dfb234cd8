/**
 * The subject of a service-specific condition key according to the data: a resource, so that a condition selects
 * resources, or only the request, such as its headers and parameters.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import { withPlaceholders } from '../../base/placeholders.ts';
import type { Action, ServiceActions } from './action.ts';

/**
 * Keys that distinguish resources, items, principals or networks although the data lists them only for actions: names,
 * IDs, ARNs and paths in a request (`dynamodb:LeadingKeys`, `ecs:task-definition`), tags (`s3:ExistingObjectTag`),
 * grantees (`kms:GranteePrincipal`), and the action that creates a resource (`ec2:CreateAction`).
 */
const TELLS_APART = new RegExp(
  [
    '(?:arns?|ids?|identifiers?|names?|alias(?:es)?|accounts?|paths?|namespaces?|prefix(?:es)?|ur[il]s?|owner|keys?|keyvalues|attributes|boundary|buckets?|domains?|realm',
    '|endpoints?|locations?|collection|index|groups?|sources?|targets?|e?mails?|address(?:es)?|subnets?|vpcs?|stage|references|branch|dbuser|user|images?|topic|model|catalog',
    '|layer|filter|dimensions|instances|templates?|definition|task|identity|issuers?|channel)$',
  ].join('') +
    '|tag|principal|grant|recipient|attestation|context|createaction|managedby|calledvia|region|service|syntax|inbound|from[A-Z]|authorized',
  'i',
);

/** Amazon S3 headers that are request parameters regardless of their name, such as the encryption key of an object. */
const HEADERS = /^s3(?:-outposts|express)?:x-amz-(?!copy-source)/i;

/**
 * Whether a key is only about the request for an action that sends it. A condition on it tests sent values and excludes
 * no resource.
 */
export function isAboutRequestAlone(service: ServiceActions, action: Action, written: string): boolean {
  const name = service.keys.named(written)?.name;
  if (name === undefined || !name.toLowerCase().startsWith(`${service.service}:`) || !action.keys.includes(name))
    return false;
  if (
    !HEADERS.test(name) &&
    TELLS_APART.test(withPlaceholders(name.slice(name.indexOf(':') + 1), () => '').replace(/\/$/, ''))
  )
    return false;
  return !tellsResourcesApart(service, name);
}

/**
 * Whether the data lists a key for a resource type, so that it is about those resources, also in actions on a related
 * type.
 */
function tellsResourcesApart(service: ServiceActions, name: string): boolean {
  return resourceKeys(service).has(name);
}

const resourceKeys = memoize(
  ({ resourceTypes, actions }: ServiceActions): ReadonlySet<string> =>
    new Set([
      ...flatMap(resourceTypes, ({ keys }) => keys),
      ...flatMap(actions, ({ resources }) => flatMap(resources, ({ keys }) => keys)),
    ]),
);
