/** The individual conditions of a policy, and predicates for them. */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import { isIndependent } from '../../model/independent.ts';
import {
  all,
  any,
  exists,
  is,
  judge,
  judgement,
  NO,
  not,
  YES,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { itemsOf, leaves, soleItem } from '../../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../model/policy.ts';
import { isFalse } from '../../model/predicate.ts';
import type { Element, Leaf, Unknown, Value } from '../../model/value.ts';
import { readOperator, type Operator } from '../text/condition-operator.ts';
import { placeholderInValue } from '../text/placeholder.ts';

/** A condition with its statement. */
export interface PlacedCondition {
  readonly statement: Statement;
  readonly condition: Condition;
  /** Undefined for an unknown operator. */
  readonly operator: Operator | undefined;
  /** The key in lower case. */
  readonly key: string;
  /** Where the policy, the statement and the condition exist. */
  readonly there: Judgement;
}

/** All conditions of a policy, cached because many rules use them. */
export const conditionsOf = memoize((policy: PolicyDocument): readonly PlacedCondition[] =>
  flatMap(policy.statements, (statement) =>
    statement.conditions.map((condition) => ({
      statement,
      condition,
      operator: readOperator(condition.operator),
      key: condition.key.toLowerCase(),
      there: conditionExists(policy, statement, condition),
    })),
  ),
);

/** Where a condition exists, with its statement and its policy. */
export function conditionExists(policy: PolicyDocument, statement: Statement, condition: Condition): Judgement {
  return all(judgement(policy.when), judgement(statement.when), judgement(condition.when));
}

/**
 * Whether a condition, with its operator and key, stays as it is when parameters and variables get other values. With
 * `value`, only that one of its values matters.
 */
export function isFixed({ computed, values }: Condition, value: Value = values): boolean {
  return computed === undefined && isIndependent(value);
}

/**
 * The known values of a condition, with their scenarios. Placeholders are omitted, because their replacement is
 * unknown.
 */
export function listedValues({ values, key, operator }: Condition): readonly Element[] {
  const family = readOperator(operator)?.family;
  return itemsOf(values, true).items.filter(
    ({ value }) => value.state !== 'known' || placeholderInValue(value.raw, key.toLowerCase(), family) === undefined,
  );
}

/** A string that does not meet a predicate. Unknown for a template string or a string with a policy variable. */
export function literalFails(holds: (text: string) => boolean): Predicate {
  return { known: ({ raw }) => !raw.includes('${') && !holds(raw), text: () => false, reference: () => false };
}

/** Whether a value in the document meets a predicate. No for external values, such as parameters and lookups. */
export function literalMeets(value: Value, what: Predicate): Judgement {
  return all(
    is(value, what),
    judge(value, (leaf) => leaf.state !== 'unknown'),
  );
}

/**
 * Where a condition lists no value. An external list can be empty; a string or a value that AWS provides is not a list.
 */
export function isEmpty({ values }: Condition): Judgement {
  const isList = judge(values, (leaf) =>
    leaf.state === 'unknown' ? (isOneString(leaf) ? false : undefined) : leaf.state === 'list',
  );
  return all(isList, not(exists(itemsOf(values), () => YES)));
}

/** Why values are unknown that are always strings. */
const STRINGS: ReadonlySet<Unknown['why']> = new Set(['import', 'dynamic-reference', 'secret-reference']);

/** Whether an unknown value is a string: exports, dynamic references and pseudo parameters are not lists. */
function isOneString({ single, why, input }: Unknown): boolean {
  return single === true || STRINGS.has(why) || input?.includes('AWS::') === true;
}

/** Where a value comes from a parameter or variable, as its default or another value. */
export function isByDefault(values: Value): Judgement {
  const hasDefault = leaves(values).some(({ value }) => isDefault(value));
  return judge(values, (leaf) =>
    leaf.state === 'unknown' ? hasDefault || leaf.byCaller === true : hasDefault && isDefault(leaf),
  );
}

/**
 * Where the default of a parameter or variable is a list without items, not null, so that users of a template or module
 * add them.
 */
export function isEmptyByDefault(value: Value): Judgement {
  return judge(
    value,
    (leaf) => isDefault(leaf) && (leaf.state === 'absent' || (leaf.state === 'list' && leaf.items.length === 0)),
  );
}

function isDefault({ origin }: Leaf): boolean {
  return origin.steps.some(({ what }) => what === 'default');
}

/** Where a list is written with a value for each of an unknown collection: `[for team in var.teams : "${team}-*"]`. */
export function isForEach(values: Value): Judgement {
  return judge(
    values,
    (leaf) => leaf.state === 'list' && leaf.items.some(({ when }) => !when.yes.satisfiable() && !when.no.satisfiable()),
  );
}

/** The strings of a condition; undefined unless all are known. */
export function conditionTexts({ values }: Condition): readonly string[] | undefined {
  return textsOfValue(values);
}

/** The strings of a value or a list; undefined unless all are known. */
export function textsOfValue(values: Value): readonly string[] | undefined {
  const { items, complete } = itemsOf(values, true);
  if (!complete.yes.isAlways()) return undefined;
  const texts = items.map(({ value, when }) =>
    when.yes.isAlways() && value.state === 'known' && value.value !== null ? value.raw : undefined,
  );
  return texts.includes(undefined) ? undefined : (texts as readonly string[]);
}

/** The string of a leaf; undefined if part of it is unknown or it is a secret. */
export function knownText(leaf: Leaf): string | undefined {
  return leaf.state === 'known' && leaf.value !== null && !leaf.origin.secret ? leaf.raw : undefined;
}

/** The known strings among the possible strings of a value. */
export function knownTexts(value: Value): readonly string[] {
  return flatMap(leaves(value), ({ value: leaf }) => (leaf.state === 'known' && leaf.value !== null ? [leaf.raw] : []));
}

/** Where requests without the key never meet a condition. False for a condition that tests for a missing key. */
export function needsKey({ operator, values }: Condition): Judgement {
  const read = readOperator(operator);
  if (!read) return NO;
  return read.family === 'Null' ? is(soleItem(values), isFalse) : read.holdsWithoutKey ? NO : YES;
}

/** Where all requests without the key meet a condition, although it only tests for another value. */
export function metWithoutKey({ operator }: Condition): Judgement {
  const read = readOperator(operator);
  return read?.negated && !read.ifExists && read.qualifier === undefined ? YES : NO;
}

/** Where a condition lists at least two values. */
export function listsSeveral({ values }: Condition): Judgement {
  const { items } = itemsOf(values);
  const [first, ...others] = items.slice(0, 16).map(({ when }) => judgement(when));
  let seen = first ?? NO;
  return any(
    ...others.map((there) => {
      const both = all(seen, there);
      seen = any(seen, there);
      return both;
    }),
  );
}

/** Where the values of a condition have different JSON types. Template strings count as strings. */
export function mixesTypes({ values }: Condition): Judgement {
  return judge(values, (leaf) => {
    if (leaf.state !== 'list') return false;
    return new Set(flatMap(leaf.items, ({ value }) => typesOf(value))).size > 1;
  });
}

function typesOf(value: Value): readonly string[] {
  return flatMap(leaves(value), ({ value: leaf }) =>
    leaf.state === 'known' && leaf.value !== null
      ? [typeof leaf.value]
      : leaf.state === 'template' || leaf.state === 'reference'
        ? ['string']
        : [],
  );
}

/** A policy variable contains a condition key, which has a colon. */
const VARIABLE = /\$\{\s*[\w.-]+:[^{}]+\}/;

/** Where a value has a policy variable. External values are assumed to have none. */
export function hasPolicyVariable(value: Value): Judgement {
  return judge(value, (leaf) => {
    if (leaf.state === 'known') return leaf.value !== null && VARIABLE.test(leaf.raw);
    return leaf.state === 'template' && leaf.pieces.some((piece) => typeof piece === 'string' && VARIABLE.test(piece));
  });
}
