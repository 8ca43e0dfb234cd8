/** Names of IAM data in messages and hovers. */
import { flatMap } from '../../base/flat-map.ts';
import { memoizeParts } from '../../base/memoize.ts';
import type { AccessLevel, Action, ActionPattern } from './action.ts';
import type { ConditionKey } from './key-type.ts';
import type { IamReference } from './reference.ts';
import { fits } from '../text/wildcard.ts';

/** The access levels in AWS's spelling. */
export const LEVELS: Readonly<Record<AccessLevel, string>> = {
  list: 'List',
  read: 'Read',
  write: 'Write',
  tagging: 'Tagging',
  'permissions-management': 'Permissions management',
};

/** From the least to the most impact. */
const ORDER: readonly AccessLevel[] = ['list', 'read', 'tagging', 'write', 'permissions-management'];

/** The actions of each access level, from the least impact; levels without actions are omitted. */
export function byLevel(actions: readonly Action[]): readonly (readonly [AccessLevel, readonly Action[]])[] {
  return ORDER.map((level) => [level, actions.filter((action) => action.level === level)] as const).filter(
    ([, some]) => some.length > 0,
  );
}

/** An action with its service: `s3:GetObject`. */
export interface NamedAction {
  readonly service: string;
  readonly action: Action;
}

/** The maximum number of services in which a pattern is looked up. */
const MOST_SERVICES = 12;

/**
 * The actions that a pattern matches according to the data; undefined if it matches actions of too many services, or of
 * none.
 */
export function matchedActions(
  { service, name }: ActionPattern,
  { iam, service: of }: IamReference,
): readonly NamedAction[] | undefined {
  const services = /[*?]/.test(service)
    ? [...iam.services.keys()].filter((prefix) => fits(prefix, service))
    : [service];
  if (services.length > MOST_SERVICES) return undefined;
  const known = flatMap(services, (prefix) => of(prefix) ?? []);
  return known.length === 0
    ? undefined
    : flatMap(known, (one) => one.matching(name).map((action) => ({ service: one.service, action })));
}

const KINDS: Readonly<Record<ConditionKey['kind'], string>> = {
  String: 'a string',
  ARN: 'an ARN',
  Bool: 'true or false',
  Numeric: 'a number',
  Date: 'a date',
  IPAddress: 'an IP address',
  Binary: 'binary data',
};

/** The type of a key's value in words: `a string`, `several values, each an ARN`. */
export function kindWords({ kind, many }: ConditionKey): string {
  return many ? `several values, each ${KINDS[kind]}` : KINDS[kind];
}

/** Words that the Service Authorization Reference writes in another way: together, or without capitals. */
const WORDS: ReadonlyMap<string, string> = new Map(
  [
    'access point',
    'application version',
    'API key',
    'byte match set',
    'configuration profile',
    'configuration template',
    'delivery stream',
    'event subscription',
    'Fargate profile',
    'global replication group',
    'health check',
    'hosted zone',
    'identity pool',
    'identity provider',
    'instance profile',
    'IPv4 pool',
    'IPv6 pool',
    'load balancer',
    'maintenance window',
    'node group',
    'parameter group',
    'patch baseline',
    'pod identity association',
    'regex match set',
    'regex pattern set',
    'replication group',
    'rule group',
    'security group',
    'snapshot schedule',
    'stack set',
    'subnet group',
    'target group',
    'traffic policy',
    'trust store',
    'user pool',
    'web ACL',
    ...[
      'ACL',
      'API',
      'DNS',
      'EC2',
      'ECS',
      'EKS',
      'IAM',
      'IP',
      'IPAM',
      'KMS',
      'MFA',
      'OIDC',
      'SAML',
      'SSM',
      'SSO',
      'VPC',
      'VPN',
    ],
  ].map((words) => [words.replaceAll(' ', '').toLowerCase(), words]),
);

/**
 * The words of a resource type, which the Service Authorization Reference writes as an identifier: `log group`, `DB
 * instance`, `load balancer`.
 */
export const resourceTypeWords = memoizeParts(wordsOfName, 100_000);

/** What the Service Authorization Reference names after its service only. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['execute-api-general', 'API'],
  ['execute-api-domain', 'custom domain name'],
]);

function wordsOfName(name: string): string {
  return (NAMES.get(name) ?? name)
    .replace(/^(ipv[46]pool)-ec2$/, '$1')
    .replaceAll(/[-_/\s]+/g, ' ')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/(?<=[a-z])v(?=\d$)/, ' v')
    .trim()
    .split(' ')
    .map((word) => WORDS.get(word.toLowerCase()) ?? (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
}

/** Several resources of a type in words: `log groups`, `policies`, `indexes`. */
export function resourceTypePlural(name: string): string {
  const words = resourceTypeWords(name);
  const [, versioned, version] = /^(.+)( v\d)$/.exec(words) ?? [];
  if (versioned !== undefined) return resourceTypePlural(versioned) + version!;
  // Some names are plurals.
  if (/(?:[^aeious]|e)s$/.test(words)) return words;
  if (/[^aeiou]y$/i.test(words)) return `${words.slice(0, -1)}ies`;
  if (words.endsWith('sis')) return `${words.slice(0, -2)}es`;
  return /(?:s|x|ch|sh)$/.test(words) ? `${words}es` : `${words}s`;
}
