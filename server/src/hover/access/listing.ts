/** Who has access to a resource, in words: what the command line, hovers and the page about a resource show. */
import type { Guard, Truth } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { some } from '../../base/words.ts';
import { any } from '../../model/judgement.ts';
import { isUnset, itemsOf, leaves } from '../../model/navigate.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import {
  capabilitiesOf,
  type AccessGrant,
  type AccessPrincipal,
  type AccessUnknown,
  type CapabilityAccess,
  type GrantSource,
  type PrincipalAccess,
  type PrincipalKind,
  type ResourceAccess,
} from '../../policy/access/access.ts';
import { CAPABILITIES, type Capability } from '../../policy/access/capabilities.ts';
import { whenWords, whereIs } from '../policy/clauses.ts';
import { keyLimits, lackingFor, type Lacking } from './key-limits.ts';
import { limitTexts, type LimitText } from './limits.ts';
import { documentOf, kindWords, nameWords } from './names.ts';
import { valueWords } from './value-words.ts';

/** A level of access of a principal. */
export interface AccessLevelText {
  readonly capability: Capability;
  /** `read (conditional)`, `write (when IsProd is true)`. */
  readonly text: string;
  readonly actions: readonly string[];
  readonly isConditional: boolean;
  readonly isPartial: boolean;
  /** What the principal lacks to use the key of the resource. */
  readonly lacking?: Lacking;
  /** The scenarios in which it is allowed; empty for all. */
  readonly scenarios: string;
}

/** A statement, AWS managed policy or permission that allows something. */
export interface AccessSource {
  readonly kind: 'identity-policy' | 'resource-policy' | 'aws-managed-policy' | 'permission' | 'grant' | 'acl';
  /** `policy of AppRole`, `AWS managed policy ReadOnlyAccess`. */
  readonly text: string;
  readonly at: Span;
  /** Its actions and resources as written. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly capabilities: readonly Capability[];
}

/** A principal with its access. */
export interface AccessRow {
  readonly kind: PrincipalKind;
  /** `AppRole`, `account 111122223333`, `anyone`. */
  readonly name: string;
  /** `role`, `AWS service`; empty where the name says it. */
  readonly what: string;
  /** Whether the document does not declare it. */
  readonly isOutside: boolean;
  /** The members of a group. */
  readonly members: readonly string[];
  /** The resources that act with it. */
  readonly usedBy: readonly string[];
  readonly levels: readonly AccessLevelText[];
  readonly sources: readonly AccessSource[];
  readonly limits: readonly LimitText[];
}

/** The listing of a resource. */
export interface AccessListing {
  readonly resource: Resource;
  /** What the document is called: template, configuration, plan, state. */
  readonly document: string;
  readonly principals: readonly AccessRow[];
  /** Principals of which it is not known whether they have access. */
  readonly possible: readonly AccessRow[];
  /** Principals that lose all access through limits. */
  readonly denied: readonly AccessRow[];
  /** What is not known, as sentences. */
  readonly unknowns: readonly string[];
}

/** The access to a resource in words. */
export function listingOf(access: ResourceAccess): AccessListing {
  const { resource, within } = access;
  const document = documentOf(resource);
  const rows = (of: readonly PrincipalAccess[], grants: (one: PrincipalAccess) => readonly AccessGrant[]) =>
    of.map((one) => rowOf(one, grants(one), resource, within, document)).sort(inOrder);
  return {
    resource,
    document,
    principals: rows(access.principals, ({ grants }) => grants),
    possible: rows(access.possible, ({ possible }) => possible),
    denied: rows(access.denied, ({ removed }) => removed),
    unknowns: access.unknowns.map((one) => unknownText(one, resource, document)),
  };
}

function unknownText(one: AccessUnknown, asked: Resource, document: string): string {
  switch (one.kind) {
    case 'resource-policies':
      return `Policies of ${one.resource.displayName} are not fully known.`;
    case 'share':
      return shareWords(one.share, asked);
    case 'organization-policy': {
      const what = one.policy.kind === 'rcp' ? 'resource' : 'service';
      return `The ${what} control policy ${one.policy.host.displayName} can deny access in the accounts that it is attached to.`;
    }
    case 'endpoint-policy':
      return `The policy of the VPC endpoint ${one.policy.host.displayName} limits requests through it.`;
    case 'access-point':
      return `Access through the access point ${one.resource.displayName} also depends on its policy.`;
    case 'access-grant':
      return `${one.resource.displayName} can allow access to the objects in its scope (S3 Access Grants).`;
    case 'actions':
      return `Some actions of a statement of ${nameWords(principalOf(one.identity))} are not known.`;
    case 'policies':
      return unknownPoliciesText(one, document);
  }
}

function unknownPoliciesText({ identity, names: values }: PoliciesUnknown, document: string): string {
  const names = [...new Set(values.flatMap((value) => leaves(value).map((leaf) => valueWords(leaf.value))))];
  return names.length === 0
    ? `Some policies of ${nameWords(principalOf(identity))} are not in this ${document}.`
    : `${some(names, 3)} of ${nameWords(principalOf(identity))} ${names.length > 1 ? 'are' : 'is'} not in this ${document}.`;
}

type PoliciesUnknown = Extract<AccessUnknown, { kind: 'policies' }>;

/** The permissions of a share decide what its principals may do. */
function shareWords(share: Resource, { displayName }: Resource): string {
  const names = items(share.get('Principals'));
  return `${share.displayName} shares ${displayName}${names.length > 0 ? ` with ${some(names, 3)}` : ''} through AWS RAM.`;
}

function principalOf(resource: Resource): AccessPrincipal {
  return { kind: 'identity', name: resource.address, resource };
}

/** Principals of the document first, then outsiders, those with the widest group first. */
const KINDS: readonly PrincipalKind[] = [
  'identity',
  'own-account',
  'anyone',
  'restricted',
  'organization',
  'account',
  'principal',
  'federated',
  'canonical-user',
  'service',
  'unknown',
];

function inOrder(one: AccessRow, other: AccessRow): number {
  return KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind);
}

function rowOf(
  access: PrincipalAccess,
  grants: readonly AccessGrant[],
  asked: Resource,
  within: Guard,
  document: string,
): AccessRow {
  const { principal } = access;
  const keys = decryptingGrants(access);
  return {
    kind: principal.kind,
    name: nameWords(principal),
    what: kindWords(principal),
    isOutside: principal.kind !== 'identity' && principal.kind !== 'own-account',
    members: (access.members ?? []).map(({ displayName }) => displayName),
    usedBy: (principal.resource?.related('role-users').edges ?? [])
      .filter(({ when }) => when.yes.satisfiable())
      .map(({ resource }) => resource.displayName)
      .filter((name) => principal.resource?.displayName !== name),
    levels: [...capabilitiesOf(grants), ...capabilitiesOf(keys)].map((one) =>
      levelOf(one, within, lackingFor(one.actions, access, asked)),
    ),
    sources: joined([...grants, ...keys].map(sourceOf)),
    limits: [...limitTexts(access, asked, document), ...keyLimits(access, asked, document)],
  };
}

/** What a principal may decrypt with the keys of a resource. */
function decryptingGrants({ keys }: PrincipalAccess): readonly AccessGrant[] {
  return keys.flatMap(({ access }) =>
    (access?.grants ?? []).flatMap(({ source, actions }) => {
      const decrypting = actions.filter(({ capability }) => capability === 'decrypt');
      return decrypting.length > 0 ? [{ source, actions: decrypting }] : [];
    }),
  );
}

/** `no kms:Decrypt`. */
function lackingWords({ actions, isUnknown }: Lacking): string {
  return isUnknown ? `${some(actions)} not known` : `no ${some(actions, actions.length, 'or')}`;
}

function levelOf(
  { capability, actions, when, isConditional, isPartial }: CapabilityAccess,
  within: Guard,
  lacking: Lacking | undefined,
): AccessLevelText {
  const truth: Truth = any(...when);
  const where = whereIs(truth, within);
  const scenarios =
    where === undefined || where.isAlways()
      ? ''
      : whenWords(where)
          .trim()
          .replace(/^\(|\)$/g, '');
  const marks = [
    ...(lacking ? [lackingWords(lacking)] : []),
    ...(isConditional ? ['conditional'] : []),
    ...(isPartial ? ['in part'] : []),
    ...(scenarios === '' ? [] : [scenarios]),
  ];
  return {
    capability,
    text: marks.length === 0 ? capability : `${capability} (${marks.join(', ')})`,
    actions,
    isConditional,
    isPartial,
    ...(lacking ? { lacking } : {}),
    scenarios,
  };
}

/** Whether NotAction or NotResource is in use: Terraform leaves out an element that is null or an empty list. */
function isListed(value: Value): boolean {
  return value.state !== 'absent' && !isUnset(value) && !(value.state === 'list' && value.items.length === 0);
}

function sourceOf({ source, actions }: AccessGrant): AccessSource {
  const capabilities = inTheirOrder(actions.map(({ capability }) => capability));
  switch (source.kind) {
    case 'statement': {
      const { statement, isOfResource } = source;
      const { notActions, notResources } = statement;
      return {
        kind: isOfResource ? 'resource-policy' : 'identity-policy',
        text: `${policyWords(source)}${through(source)}`,
        at: statement.value.origin.use,
        actions: isListed(notActions) ? [`all except ${some(items(notActions), 3)}`] : items(statement.actions),
        resources: isListed(notResources) ? [`all except ${some(items(notResources), 3)}`] : items(statement.resources),
        capabilities,
      };
    }
    case 'managed':
      return {
        kind: 'aws-managed-policy',
        text: `AWS managed policy ${source.name.split('/').at(-1)!}${through(source)}`,
        at: source.at.origin.use,
        actions: [],
        resources: [],
        capabilities,
      };
    case 'acl':
      return {
        kind: 'acl',
        text: `ACL of ${source.resource.displayName}`,
        at: source.at.origin.use,
        actions: leaves(source.at).map(({ value }) => valueWords(value)),
        resources: [],
        capabilities,
      };
    case 'grant':
      return {
        kind: 'grant',
        text: `grant ${source.resource.displayName}`,
        at: source.resource.self.origin.use,
        actions: items(source.resource.get('operations')),
        resources: [],
        capabilities,
      };
    case 'permission':
      return {
        kind: 'permission',
        text: `permission ${source.resource.displayName}`,
        at: source.resource.self.origin.use,
        actions: items(source.resource.get('Action')),
        resources: [],
        capabilities,
      };
  }
}

/** Sources, each once: what allows access to a resource can also allow the use of its key. */
function joined(sources: readonly AccessSource[]): readonly AccessSource[] {
  const found = new Map<string, AccessSource>();
  for (const source of sources) {
    const key = `${source.text} ${source.at.doc} ${source.at.start}`;
    const before = found.get(key);
    found.set(
      key,
      before ? { ...before, capabilities: inTheirOrder([...before.capabilities, ...source.capabilities]) } : source,
    );
  }
  return [...found.values()];
}

function inTheirOrder(capabilities: readonly Capability[]): readonly Capability[] {
  return CAPABILITIES.filter((one) => capabilities.includes(one));
}

/** The name of the policy of a statement. */
export function policyWords({ policy }: Extract<GrantSource, { kind: 'statement' }>): string {
  const { host, kind } = policy;
  switch (kind) {
    case 'trust':
      return `trust policy of ${host.displayName}`;
    case 'resource':
      return /Key$/.test(host.type) ? `key policy of ${host.displayName}` : `resource policy ${hosted(host)}`;
    default:
      return /^AWS::IAM::(?:Role|User|Group)$/.test(host.type)
        ? `inline policy of ${host.displayName}`
        : `policy ${host.displayName}`;
  }
}

function hosted(host: Resource): string {
  return /Policy$/.test(host.type) ? host.displayName : `of ${host.displayName}`;
}

function through({ through: group }: { readonly through?: Resource }): string {
  return group ? ` through the group ${group.displayName}` : '';
}

function items(value: Value): readonly string[] {
  return itemsOf(value, true).items.flatMap(({ value: item }) => [
    ...new Set(leaves(item).map(({ value: leaf }) => valueWords(leaf))),
  ]);
}
