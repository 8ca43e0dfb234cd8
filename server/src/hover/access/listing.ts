/** Who has access to a resource, in words: what the command line, hovers and the page about a resource show. */
import { flatMap } from '../../base/flat-map.ts';
import type { Guard, Truth } from '../../base/guard.ts';
import { groupedBy } from '../../base/groups.ts';
import type { Span } from '../../base/span.ts';
import { some } from '../../base/words.ts';
import { any } from '../../model/judgement.ts';
import { isUnset, leaves } from '../../model/navigate.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import {
  capabilitiesOf,
  type AccessGrant,
  type CapabilityAccess,
  type GrantSource,
  type PrincipalAccess,
  type AccessPrincipalKind,
  type ResourceAccess,
} from '../../policy/access/access.ts';
import { CAPABILITIES, type Capability } from '../../policy/access/capabilities.ts';
import { scenarioSuffix, presenceOf } from '../policy/clauses.ts';
import { keyLimits, lackingFor, type Lacking } from './key-limits.ts';
import { limitTexts, type LimitText } from './limits.ts';
import { documentOf } from '../document-of.ts';
import { principalKindWords, nameWords } from './names.ts';
import { unknownText } from './unknowns.ts';
import { actionWords, itemWords, valueWords } from './value-words.ts';

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
  /** Its actions that allow something, and its resources, as written. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly capabilities: readonly Capability[];
}

/** A principal that may assume a role. */
export interface AssumerText {
  readonly name: string;
  /** The roles between, the first of which it assumes. */
  readonly through: readonly string[];
  readonly isConditional: boolean;
}

/** `Deployer`, `account 111122223333 through Admin (conditional)`. */
export function assumerText({ name, through, isConditional }: AssumerText): string {
  return `${name}${through.length > 0 ? ` through ${through.join(', then ')}` : ''}${isConditional ? ' (conditional)' : ''}`;
}

/** A principal with its access. */
export interface AccessRow {
  readonly kind: AccessPrincipalKind;
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
  /** The principals that may assume the role. */
  readonly assumedBy: readonly AssumerText[];
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
  /** Principals whose access is not known. */
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

/** Principals of the document first, then external principals, those with the widest group first. */
const KINDS: readonly AccessPrincipalKind[] = [
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
  resource: Resource,
  within: Guard,
  document: string,
): AccessRow {
  const { principal } = access;
  const keys = decryptingGrants(access);
  return {
    kind: principal.kind,
    name: nameWords(principal),
    what: principalKindWords(principal),
    isOutside: principal.kind !== 'identity' && principal.kind !== 'own-account',
    members: (access.members ?? []).map(({ displayName }) => displayName),
    usedBy: (principal.resource?.related('role-users').edges ?? [])
      .filter(({ when }) => when.yes.satisfiable())
      .map(({ resource }) => resource.displayName)
      .filter((name) => principal.resource?.displayName !== name),
    assumedBy: (access.assumedBy ?? []).map(({ principal: assumer, through, isConditional }) => ({
      name: nameWords(assumer),
      through: through.map(({ displayName }) => displayName),
      isConditional,
    })),
    levels: [...capabilitiesOf(grants), ...capabilitiesOf(keys)].map((one) =>
      levelOf(one, within, lackingFor(one.actions, access, resource)),
    ),
    sources: joined(bySource([...grants, ...keys]).map(sourceOf)),
    limits: [...limitTexts(access, resource, document), ...keyLimits(access, resource, document)],
  };
}

/** What a principal may decrypt with the keys of a resource. */
function decryptingGrants({ keys }: PrincipalAccess): readonly AccessGrant[] {
  return flatMap(keys, ({ access }) =>
    flatMap(access?.grants ?? [], ({ source, actions }) => {
      const decrypting = actions.filter(({ capability }) => capability === 'decrypt');
      return decrypting.length > 0 ? [{ source, actions: decrypting }] : [];
    }),
  );
}

/** Grants, one for each statement: it can allow access to a resource and the use of its key. */
function bySource(grants: readonly AccessGrant[]): readonly AccessGrant[] {
  const groups = groupedBy(grants, ({ source }) => (source.kind === 'statement' ? source.statement : source));
  return [...groups.values()].map((group) => ({
    source: group[0]!.source,
    actions: flatMap(group, ({ actions }) => actions),
  }));
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
  const where = presenceOf(truth, within);
  const scenarios =
    where === undefined || where.isAlways()
      ? ''
      : scenarioSuffix(where)
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
  return leaves(value).some(
    ({ value: leaf }) =>
      leaf.state !== 'absent' && !isUnset(leaf) && !(leaf.state === 'list' && leaf.items.length === 0),
  );
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
        actions: isListed(notActions)
          ? [`all except ${some(itemWords(notActions), 3)}`]
          : actionWords(
              statement.actions,
              actions.map(({ action }) => action),
            ),
        resources: isListed(notResources)
          ? [`all except ${some(itemWords(notResources), 3)}`]
          : itemWords(statement.resources),
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
        actions: itemWords(source.resource.get('operations')),
        resources: [],
        capabilities,
      };
    case 'default-key-policy':
      return {
        kind: 'resource-policy',
        text: 'default key policy',
        at: source.resource.self.origin.use,
        actions: ['kms:*'],
        resources: ['*'],
        capabilities,
      };
    case 'permission':
      return {
        kind: 'permission',
        text: `permission ${source.resource.displayName}`,
        at: source.resource.self.origin.use,
        actions: itemWords(source.resource.get('Action')),
        resources: [],
        capabilities,
      };
  }
}

/**
 * Sources, each once: what allows access to a resource can also allow the use of its key. The statements of one dynamic
 * block have the same place.
 */
function joined(sources: readonly AccessSource[]): readonly AccessSource[] {
  const found = new Map<string, AccessSource>();
  for (const source of sources) {
    const { text, at, actions, resources } = source;
    const key = JSON.stringify([text, at.doc, at.start, actions, resources]);
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
