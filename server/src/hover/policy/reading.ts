/** Plain-language summaries of policy statements. */
import { flatMap } from '../../base/flat-map.ts';
import type { Guard } from '../../base/guard.ts';
import { some } from '../../base/words.ts';
import { leaves } from '../../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../model/policy.ts';
import type { Stack } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { actionPattern, isEverything, isWholeService } from '../../policy/data/action.ts';
import { readOperator } from '../../policy/text/condition-operator.ts';
import type { IamReference } from '../../policy/data/reference.ts';
import { byLevel, LEVELS, matchedActions, type NamedAction } from '../../policy/data/words.ts';
import { arnWords, isEveryResource } from './arn.ts';
import {
  ANYONE,
  conditionClause,
  isEmptyElement,
  isNeverPresent,
  possibleItemsIn,
  principalWords,
  phrasesOf,
  knownTextsWithin,
  presenceOf,
  type PossibleItem,
} from './clauses.ts';

const MOST_ACTIONS = 2;
const MOST_RESOURCES = 3;
const MOST_PRINCIPALS = 3;
const MOST_CONDITIONS = 3;

/** A statement as a sentence without its period. Unknown parts are named as unknown. */
export function readingOf(policy: PolicyDocument, statement: Statement, stack: Stack, reference: IamReference): string {
  const [named, not] = [
    possibleItemsIn(statement.actions, statement.when.yes),
    possibleItemsIn(statement.notActions, statement.when.yes),
  ];
  if (named.length === 0 && not.length === 0) return `${effectWord(statement)} nothing: it has no actions`;
  if (named.length === 0 && hasAlways(not, isEveryAction))
    return `${effectWord(statement)} nothing: NotAction excludes every action`;
  const organization = organizationOf(statement, stack);
  return [
    `${effectWord(statement)} ${whatWords(statement, reference)}`,
    onWords(policy, statement, stack, reference),
    toWords(statement, organization, stack),
    whenClauses(statement, organization),
  ].join('');
}

function whenClauses(
  { conditions: all, conditionsComplete, when }: Statement,
  organization: Condition | undefined,
): string {
  const conditions = all.filter(
    (condition) => condition !== organization && !isNeverPresent(when.yes, condition.when.yes),
  );
  const clauses = conditions.slice(0, MOST_CONDITIONS).map((condition) => conditionClause(condition, when.yes));
  const more = conditions.length - MOST_CONDITIONS;
  const open = when.yes.coveredBy(conditionsComplete.yes)
    ? ''
    : `,${clauses.length > 0 ? ' and' : ''} under unknown conditions`;
  return `${clauses.length > 0 ? `, if ${clauses.join(' and ')}` : ''}${more > 0 ? `, and ${more} more condition${more === 1 ? '' : 's'}` : ''}${open}`;
}

function effectWord({ effect, when }: Statement): string {
  const words = new Set(
    leaves(effect)
      .filter(({ guard }) => !isNeverPresent(when.yes, guard))
      .map(({ value }) => (value.state === 'known' ? value.raw.toLowerCase() : '')),
  );
  const [only] = words;
  return words.size === 1 && only === 'allow'
    ? 'Allows'
    : words.size === 1 && only === 'deny'
      ? 'Denies'
      : 'Allows or denies';
}

/** The known actions that a statement matches; undefined if it matches all actions. */
export function namedActions(statement: Statement, reference: IamReference): readonly NamedAction[] | undefined {
  const found = new Map<string, NamedAction>();
  for (const written of knownTextsWithin(statement.actions, statement.when.yes)) {
    const pattern = actionPattern(written);
    const named = pattern && matchedActions(pattern, reference);
    if (pattern && isEverything(pattern)) return undefined;
    for (const one of named ?? []) found.set(`${one.service}:${one.action.name}`, one);
  }
  return [...found.values()];
}

function whatWords(statement: Statement, reference: IamReference): string {
  const named = possibleItemsIn(statement.actions, statement.when.yes);
  if (named.length === 0)
    return `every action except ${some(
      phrasesOf(possibleItemsIn(statement.notActions, statement.when.yes), ({ leaf }) => actionWords(leaf)),
      MOST_ACTIONS,
    )}`;
  if (hasAlways(named, isEveryAction)) return 'every action';
  const words = phrasesOf(named, ({ leaf }) => actionWords(leaf, reference));
  const levels = byLevel((namedActions(statement, reference) ?? []).map(({ action }) => action)).map(
    ([level]) => LEVELS[level],
  );
  return `${some(words, words.length === MOST_ACTIONS + 1 ? words.length : MOST_ACTIONS)}${levels.length > 0 ? ` (${levels.join(', ')})` : ''}`;
}

function isEveryAction(leaf: Leaf): boolean {
  return leaf.state === 'known' && /^\*+(?::\*+)?$/.test(leaf.raw);
}

/** Whether a list has a matching item in every scenario. */
function hasAlways(placed: readonly PossibleItem[], is: (leaf: Leaf) => boolean): boolean {
  return placed.some(({ leaf, guard }) => guard?.isAlways() && is(leaf));
}

function actionWords(leaf: Leaf, reference?: IamReference): string {
  if (leaf.state !== 'known' || leaf.origin.secret) return 'unknown actions';
  if (isEveryAction(leaf)) return 'every action';
  const pattern = reference && actionPattern(leaf.raw);
  const service = pattern && isWholeService(pattern) ? reference.iam.services.get(pattern.service) : undefined;
  return service === undefined ? leaf.raw : `every action of ${service}`;
}

/** Phrases of resources, with `the bucket Logs and its objects` for a bucket and its objects. */
function withContents(phrases: readonly string[]): readonly string[] {
  const contents = new Map(
    flatMap(phrases, (phrase) => {
      const [, content, owner] = CONTENT.exec(phrase) ?? [];
      return owner !== undefined && phrases.includes(owner) ? [[owner, { phrase, content: content! }] as const] : [];
    }),
  );
  const joined = new Set([...contents.values()].map(({ phrase }) => phrase));
  return flatMap(phrases, (phrase) => {
    if (joined.has(phrase)) return [];
    const its = contents.get(phrase);
    return [its ? `${phrase} and its ${its.content}` : phrase];
  });
}

/** A phrase for all contents of a resource of the stack, such as `objects of the bucket Logs`, in all scenarios. */
const CONTENT = /^([a-z]+(?: [a-z]+)?) of (the [^()]+)$/;

function onWords(policy: PolicyDocument, statement: Statement, stack: Stack, reference: IamReference): string {
  const [resources, not] = [
    possibleItemsIn(statement.resources, statement.when.yes),
    possibleItemsIn(statement.notResources, statement.when.yes),
  ];
  const listed = (placed: readonly PossibleItem[]): string =>
    some(withContents(phrasesOf(placed, ({ leaf }) => arnWords(leaf, stack, reference))), MOST_RESOURCES);
  if (resources.length > 0)
    return hasAlways(resources, isEveryResource) ? ' on every resource' : ` on ${listed(resources)}`;
  if (not.length > 0)
    return hasAlways(not, isEveryResource)
      ? ' on no resource: NotResource excludes all of them'
      : ` on every resource except ${listed(not)}`;
  if (isEmptyElement(statement.resources)) return ' on no resource: Resource is empty';
  // The trust policy of a role applies to that role.
  return policy.kind === 'trust' && !policy.host.nativeType.startsWith('policy')
    ? ` on the role ${policy.host.displayName}`
    : '';
}

function toWords(
  { principals, notPrincipals, when }: Statement,
  organization: Condition | undefined,
  stack: Stack,
): string {
  const words = ({ kind, leaf }: NamedPrincipal): string => principalWords(kind, leaf, stack);
  const anyone = (named: readonly NamedPrincipal[]): boolean =>
    named.some((one) => one.guard?.isAlways() && words(one) === ANYONE);
  const named = principalsOf(principals, when.yes);
  if (anyone(named))
    return ` to anyone${organization ? ` in the organization ${some(knownTextsWithin(organization.values, when.yes), 2, 'or')}` : ''}`;
  if (named.length > 0) return ` to ${some(phrasesOf(named, words), MOST_PRINCIPALS)}`;
  const not = principalsOf(notPrincipals, when.yes);
  if (not.length > 0)
    return anyone(not)
      ? ' to no principal: NotPrincipal excludes all of them'
      : ` to anyone except ${some(phrasesOf(not, words), MOST_PRINCIPALS)}`;
  return isEmptyElement(principals) ? ' to no principal: Principal is empty' : '';
}

/** A principal with its type. */
interface NamedPrincipal extends PossibleItem {
  readonly kind: string | undefined;
}

/** The principals of an element with their types; a string has no type. */
function principalsOf(principals: Statement['principals'], within: Guard): readonly NamedPrincipal[] {
  return flatMap(leaves(principals), ({ guard, value }): readonly NamedPrincipal[] => {
    if (value.state !== 'object')
      return value.state === 'absent' || isNeverPresent(within, guard)
        ? []
        : [{ kind: undefined, leaf: value, guard: presenceOf({ yes: guard }, within) }];
    return flatMap(value.entries, ({ key, value: held, when }) => {
      if (isNeverPresent(within, guard, when.yes)) return [];
      const there = presenceOf(when, within);
      return possibleItemsIn(held, within).map((one): NamedPrincipal => ({
        kind: key,
        leaf: one.leaf,
        guard: there && one.guard && presenceOf({ yes: guard.and(there).and(one.guard) }, within),
      }));
    });
  });
}

/** The condition that restricts principal `*` to an organization, which is shown as part of the principal. */
function organizationOf({ conditions, principals, when: there }: Statement, stack: Stack): Condition | undefined {
  if (
    !principalsOf(principals, there.yes).some(
      ({ kind, leaf, guard }) => guard?.isAlways() && principalWords(kind, leaf, stack) === ANYONE,
    )
  )
    return undefined;
  return conditions.find(({ key, operator, values, when }) => {
    const read = readOperator(operator);
    const named = possibleItemsIn(values, there.yes);
    return (
      key.toLowerCase() === 'aws:principalorgid' &&
      there.yes.coveredBy(when.yes) &&
      read?.how === 'equals' &&
      !read.negated &&
      !read.holdsWithoutKey &&
      named.length > 0 &&
      named.every(({ leaf, guard }) => guard?.isAlways() && leaf.state === 'known' && !leaf.origin.secret)
    );
  });
}
