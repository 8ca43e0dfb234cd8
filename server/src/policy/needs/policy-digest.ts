/**
 * What a policy contains, as far as it decides which rules can report something about it. A digest is computed once per
 * policy, so that rules about other policies need not be called. It is conservative: an unknown value has every trait
 * that it can have.
 */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import { is, isAbsent } from '../../model/judgement.ts';
import { itemsOf, leaves, type Items } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { oneOf } from '../../model/predicate.ts';
import { never } from '../../model/quantified.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { actionPattern } from '../data/action.ts';
import { namesAnyPrincipal } from '../principal/principal.ts';
import { readOperator, type OperatorFamily } from '../text/condition-operator.ts';
import { shapeOf } from '../text/unknown-piece.ts';
import { sidOf, textsWithin, versionOf } from '../statement/elements.ts';

/** The traits of a statement. */
const STATEMENT_TRAITS = [
  'allow',
  'deny',
  /** An effect that is neither Allow nor Deny. */
  'other-effect',
  'condition',
  'sid',
  'not-action',
  'not-resource',
  'principal',
  'not-principal',
  /** A principal for anyone; NotPrincipal too. */
  'any-principal',
  /** An action with a wildcard. */
  'wildcard-action',
  /** An action of any service: a wildcard in the service, or NotAction. */
  'any-service',
  /** A resource that contains a wildcard. References to resources contain none. */
  'wildcard-resource',
  /** A resource other than `*`. */
  'named-resource',
  /** At least two entries of an element with actions or resources. */
  'list',
  /** The beginning of a policy variable, `${`, in a known string. */
  'variable',
] as const;

/** The traits of a policy, which each of its statements has. */
const POLICY_TRAITS = [
  /** At least two statements. */
  'statements',
  /** The name of its file suggests another kind of policy. */
  'misleading-name',
  /** A Version other than the current one, or none. */
  'other-version',
] as const;

export type PolicyTrait = (typeof STATEMENT_TRAITS)[number] | (typeof POLICY_TRAITS)[number];

const TRAITS: readonly PolicyTrait[] = [...STATEMENT_TRAITS, ...POLICY_TRAITS];

const BITS = Object.fromEntries(TRAITS.map((trait, index) => [trait, 1 << index])) as Readonly<
  Record<PolicyTrait, number>
>;

/** A set of traits as a bit mask. */
export function traitMask(...traits: readonly PolicyTrait[]): number {
  return traits.reduce((mask, trait) => mask | BITS[trait], 0);
}

/** What a policy contains. */
export interface PolicyDigest {
  /** The sets of traits that its statements have, each once and in ascending order. */
  readonly statements: readonly number[];
  /** The prefixes of the services whose actions it lists, in lower case; undefined if they can be of any service. */
  readonly services: ReadonlySet<string> | undefined;
  /** The condition keys in lower case. A key about a tag is listed without the tag too: `aws:resourcetag/`. */
  readonly keys: ReadonlySet<string>;
  readonly operators: ReadonlySet<OperatorFamily>;
}

/** The digest of a policy. */
export const digestOf = memoize((policy: PolicyDocument): PolicyDigest => {
  const ofPolicy = traitsOfPolicy(policy);
  const statements = new Set(policy.statements.map((statement) => traitsOfStatement(statement) | ofPolicy));
  const isAny = [...statements].some((mask) => (mask & BITS['any-service']) !== 0);
  const conditions = flatMap(policy.statements, (statement) => statement.conditions);
  return {
    statements: [...(statements.size > 0 ? statements : [ofPolicy])].sort((one, other) => one - other),
    services: isAny ? undefined : new Set(flatMap(policy.statements, servicesOf)),
    keys: conditions.length === 0 ? NO_KEYS : new Set(flatMap(conditions, ({ key }) => keysOf(key.toLowerCase()))),
    operators:
      conditions.length === 0
        ? NO_OPERATORS
        : new Set(flatMap(conditions, ({ operator }) => readOperator(operator)?.family ?? [])),
  };
});

const NO_KEYS: ReadonlySet<string> = new Set();
const NO_OPERATORS: ReadonlySet<OperatorFamily> = new Set();

function traitsOfPolicy(policy: PolicyDocument): number {
  return (
    (policy.statements.length > 1 ? BITS.statements : 0) |
    (policy.suggests === undefined ? 0 : BITS['misleading-name']) |
    (isKnownAs(versionOf(policy), '2012-10-17') ? 0 : BITS['other-version'])
  );
}

function traitsOfStatement(statement: Statement): number {
  const { effect, actions, notActions, resources, notResources, principals, notPrincipals, conditions } = statement;
  const [acts, excepted, names, others] = [actions, notActions, resources, notResources].map((value) =>
    itemsOf(value, true),
  ) as [Items, Items, Items, Items];
  const isAllow = isKnownAs(effect, 'Allow');
  const isDeny = isKnownAs(effect, 'Deny');
  const mayExclude = isMaybePresent(notActions);
  const isOfSome = isMaybePresent(notPrincipals);
  // Without a list of them, which would be made for each statement.
  return (
    bitIf('allow', !isDeny && !never(is(effect, ALLOW))) |
    bitIf('deny', !isAllow && !never(is(effect, DENY))) |
    bitIf('other-effect', !isAllow && !isDeny) |
    bitIf('condition', conditions.length > 0) |
    bitIf('sid', isMaybePresent(sidOf(statement))) |
    bitIf('not-action', mayExclude) |
    bitIf('not-resource', isMaybePresent(notResources)) |
    bitIf('principal', isMaybePresent(principals)) |
    bitIf('not-principal', isOfSome) |
    bitIf('any-principal', isOfSome || !never(namesAnyPrincipal(principals))) |
    bitIf(
      'wildcard-action',
      someItem(acts, (leaf) => !isPlainAction(leaf)),
    ) |
    bitIf('any-service', mayExclude || someItem(acts, isOfAnyService)) |
    bitIf('wildcard-resource', someItem(names, hasWildcard)) |
    bitIf('named-resource', someItem(names, isNarrower) || someItem(others, isNarrower)) |
    bitIf(
      'list',
      [acts, excepted, names, others].some(({ items }) => items.length > 1),
    ) |
    bitIf('variable', hasVariables(statement))
  );
}

function bitIf(trait: PolicyTrait, holds: boolean): number {
  return holds ? BITS[trait] : 0;
}

const ALLOW = oneOf('Allow');
const DENY = oneOf('Deny');

/** Whether a value is a literal string in every scenario. */
function isKnownAs(value: Value, text: string): boolean {
  return value.state === 'known' && value.raw === text;
}

function isMaybePresent(value: Value): boolean {
  return value.state === 'absent' && !value.open ? value.default !== undefined : !isAbsent(value).yes.isAlways();
}

/** Whether an item of a list has a trait. A list that is not known as a whole can have items with any trait. */
function someItem({ items, complete }: Items, holds: (leaf: Leaf) => boolean): boolean {
  return (
    !complete.yes.isAlways() ||
    items.some(({ value }) =>
      value.state === 'choice' ? leaves(value).some(({ value: leaf }) => holds(leaf)) : holds(value),
    )
  );
}

function isPlainAction(leaf: Leaf): boolean {
  return leaf.state === 'known' && !/[*?]/.test(leaf.raw);
}

function isOfAnyService(leaf: Leaf): boolean {
  return leaf.state !== 'known' || /^[^:]*[*?]/.test(leaf.raw);
}

function hasWildcard(leaf: Leaf): boolean {
  switch (leaf.state) {
    case 'known':
      return /[*?]/.test(leaf.raw);
    case 'template':
      return /[*?]/.test(shapeOf(leaf));
    case 'reference':
      return false;
    default:
      return true;
  }
}

function isNarrower(leaf: Leaf): boolean {
  return leaf.state !== 'known' || !/^\*+$/.test(leaf.raw);
}

/** The services of the known actions of a statement. */
function servicesOf({ actions }: Statement): readonly string[] {
  return flatMap(itemsOf(actions, true).items, ({ value }) =>
    flatMap(leaves(value), ({ value: leaf }) =>
      leaf.state === 'known' ? (actionPattern(leaf.raw)?.service ?? []) : [],
    ),
  );
}

/** A condition key, and for a key about a tag, the key without the tag. */
function keysOf(key: string): readonly string[] {
  const slash = key.indexOf('/');
  return slash < 0 ? [key] : [key, key.slice(0, slash + 1)];
}

/** Whether a known string of a statement contains the beginning of a policy variable. */
function hasVariables(statement: Statement): boolean {
  const { actions, notActions, resources, notResources, principals, notPrincipals, conditions } = statement;
  const listed = flatMap(
    [actions, notActions, resources, notResources, sidOf(statement)],
    (value) => itemsOf(value, true).items,
  );
  return (
    listed.some(({ value }) => isVariable(value)) ||
    [principals, notPrincipals].some((value) => textsWithin(value).some((text) => isVariable(text.value))) ||
    conditions.some(({ values }) => itemsOf(values, true).items.some(({ value }) => isVariable(value)))
  );
}

function isVariable(value: Value): boolean {
  return leaves(value).some(
    ({ value: leaf }) =>
      (leaf.state === 'known' && leaf.raw.includes('${')) ||
      (leaf.state === 'template' && shapeOf(leaf).includes('${')),
  );
}
