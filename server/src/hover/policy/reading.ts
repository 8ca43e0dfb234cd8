/** A statement as a sentence. */
import { some } from '../../base/words.ts';
import { leaves } from '../../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../model/policy.ts';
import type { Stack } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { actionPattern, isEverything, isWholeService } from '../../policy/action.ts';
import { readOperator } from '../../policy/condition-operator.ts';
import type { Reference } from '../../policy/reference.ts';
import { byLevel, LEVELS, standsFor, type Named } from '../../policy/words.ts';
import { arnWords } from './arn.ts';
import { conditionClause, leavesOf, principalWords, textsOf } from './clauses.ts';

const MOST_ACTIONS = 2;
const MOST_RESOURCES = 3;
const MOST_PRINCIPALS = 3;
const MOST_CONDITIONS = 3;

/** What a statement comes to, in a sentence without its full stop. What is not known of it is left open. */
export function readingOf(policy: PolicyDocument, statement: Statement, stack: Stack, reference: Reference): string {
  const organisation = organisationOf(statement);
  const conditions = statement.conditions.filter((condition) => condition !== organisation);
  const clauses = conditions.slice(0, MOST_CONDITIONS).map(conditionClause);
  const more = conditions.length > MOST_CONDITIONS ? `, and ${conditions.length - MOST_CONDITIONS} more conditions` : '';
  return [
    `${effectWord(statement)} ${whatWords(statement, reference)}`,
    onWords(policy, statement, stack, reference),
    toWords(statement, organisation),
    clauses.length > 0 ? `, when ${clauses.join(' and ')}${more}` : '',
  ].join('');
}

function effectWord({ effect }: Statement): string {
  const words = new Set(leaves(effect).map(({ value }) => value.state === 'known' ? value.raw.toLowerCase() : ''));
  const [only] = words;
  return words.size === 1 && only === 'allow' ? 'Allows' : words.size === 1 && only === 'deny' ? 'Denies' : 'Allows or denies';
}

/** The actions that a statement names, with what the data knows of them; undefined where they are too many. */
export function namedActions(statement: Statement, reference: Reference): readonly Named[] | undefined {
  const found = new Map<string, Named>();
  for (const written of textsOf(statement.actions)) {
    const pattern = actionPattern(written);
    const named = pattern && standsFor(pattern, reference);
    if (pattern && isEverything(pattern)) return undefined;
    for (const one of named ?? []) found.set(`${one.service}:${one.action.name}`, one);
  }
  return [...found.values()];
}

function whatWords(statement: Statement, reference: Reference): string {
  const [written, not] = [leavesOf(statement.actions), textsOf(statement.notActions)];
  if (written.length === 0) return not.length > 0 ? `every action but ${some(not, MOST_ACTIONS)}` : leavesOf(statement.notActions).length > 0 ? 'every action but some' : 'nothing, as it names no action';
  const texts = textsOf(statement.actions);
  if (texts.some((text) => /^\*+(?::\*+)?$/.test(text))) return 'every action';
  const words = texts.map((text) => {
    const pattern = actionPattern(text);
    return pattern && isWholeService(pattern) && reference.iam.services.has(pattern.service) ? `every action of ${reference.iam.services.get(pattern.service)!}` : text;
  });
  if (words.length === 0) return 'actions that are not known here';
  const levels = byLevel((namedActions(statement, reference) ?? []).map(({ action }) => action)).map(([level]) => LEVELS[level]);
  return `${some(words, words.length === MOST_ACTIONS + 1 ? words.length : MOST_ACTIONS)}${levels.length > 0 ? ` (${levels.join(', ')})` : ''}`;
}

function onWords(policy: PolicyDocument, statement: Statement, stack: Stack, reference: Reference): string {
  const [resources, not] = [leavesOf(statement.resources), leavesOf(statement.notResources)];
  if (resources.length > 0) return ` on ${some([...new Set(resources.map((leaf) => arnWords(leaf, stack, reference)))], MOST_RESOURCES)}`;
  if (not.length > 0) return ` on every resource but ${some([...new Set(not.map((leaf) => arnWords(leaf, stack, reference)))], MOST_RESOURCES)}`;
  // The policy of a role is about that role.
  return policy.kind === 'trust' && !policy.host.nativeType.startsWith('policy') ? ` on the role ${policy.host.displayName}` : '';
}

function toWords(statement: Statement, organisation: Condition | undefined): string {
  const named = principalsOf(statement.principals);
  if (named.length > 0) {
    const words = [...new Set(named.map(([kind, leaf]) => principalWords(kind, leaf)))];
    if (words.includes('everybody')) return ` to everybody${organisation ? ` in the organisation ${some(textsOf(organisation.values), 2, 'or')}` : ''}`;
    return ` to ${some(words, MOST_PRINCIPALS)}`;
  }
  const not = principalsOf(statement.notPrincipals);
  return not.length > 0 ? ` to everybody but ${some(not.map(([kind, leaf]) => principalWords(kind, leaf)), MOST_PRINCIPALS)}` : '';
}

/** A principal with its kind. */
type NamedPrincipal = readonly [kind: string | undefined, leaf: Leaf];

/** The principals of an element with their kinds; everything without a kind where it is one text. */
function principalsOf(principals: Statement['principals']): readonly NamedPrincipal[] {
  return leaves(principals).flatMap(({ value }): readonly NamedPrincipal[] => value.state === 'object'
    ? value.entries.flatMap(({ key, value: held }) => leavesOf(held).map((leaf) => [key, leaf] as const))
    : value.state === 'absent' ? [] : [[undefined, value] as const]);
}

/** The condition that leaves only the members of an organisation of everybody, which is said as whom it is about. */
function organisationOf({ conditions, principals }: Statement): Condition | undefined {
  if (!principalsOf(principals).some(([kind, leaf]) => principalWords(kind, leaf) === 'everybody')) return undefined;
  return conditions.find(({ key, operator, values }) => {
    const read = readOperator(operator);
    return key.toLowerCase() === 'aws:principalorgid' && read?.how === 'equals' && !read.negated && !read.holdsWithoutKey && textsOf(values).length > 0;
  });
}
