/** Whether conditions restrict a public statement to known parties. */
import { withPlaceholders } from '../../base/placeholders.ts';
import {
  all,
  among,
  any,
  is,
  isPresent,
  judge,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
} from '../../model/judgement.ts';
import { itemsOf, soleItem } from '../../model/navigate.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import type { Leaf, Value } from '../../model/value.ts';
import {
  addressRange,
  ALWAYS_PRESENT,
  IDENTIFYING,
  IDENTIFYING_WHEN_TRUE,
  PRESENT_WHEN_SIGNED,
  identifiesNoOne,
  type PatternWidth,
} from '../condition/condition-key.ts';
import { isEmpty } from '../condition/conditions.ts';
import { readOperator, type Operator } from '../text/condition-operator.ts';
import { UNKNOWN_PIECE, shapeOf } from '../text/unknown-piece.ts';
import { isEveryRange, listsEveryValue } from '../condition/open-value.ts';

/**
 * Whether the conditions of an Allow statement restrict access. Yes where one of them is met only by requests of known
 * parties; no where anyone can meet each of them.
 */
export function restrictsToKnown(statement: Statement): Judgement {
  return among(
    any(...statement.conditions.map((condition) => all(judgement(condition.when), isMetOnlyByKnown(condition)))),
    statement.conditionsComplete,
  );
}

/**
 * Whether a condition is met only by requests of known parties. A condition without values is met by no request, or
 * only by requests without its key.
 */
export function isMetOnlyByKnown(condition: Condition): Judgement {
  const operator = readOperator(condition.operator);
  if (!operator) return UNKNOWABLE;
  const key = condition.key.toLowerCase();
  return whereEmpty(condition, () => leavesNobody(operator, key), narrowsByValues(condition, operator, key));
}

/**
 * The judgement of a condition whose list of values is empty, or another judgement if it has values. An external list
 * is assumed to have some.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html (empty array condition)
 */
function whereEmpty(condition: Condition, withoutValues: () => Judgement, usual: Judgement): Judgement {
  const empty = isEmpty(condition);
  return empty.yes.satisfiable() ? any(all(empty, withoutValues()), all(not(empty), usual)) : usual;
}

/**
 * Whether no request meets a condition without values. Nothing equals an empty list, so only a request without the key
 * can meet it.
 */
function leavesNobody(operator: Operator, key: string): Judgement {
  if (operator.negated) return NO;
  if (!operator.holdsWithoutKey || ALWAYS_PRESENT.has(key)) return YES;
  return PRESENT_WHEN_SIGNED.has(key) ? UNKNOWABLE : NO;
}

function narrowsByValues(condition: Condition, operator: Operator, key: string): Judgement {
  if (operator.negated || operator.how === 'null') return any();
  // How IAM compares an account ID as a number is not documented.
  if (operator.how === 'other') return IDENTIFYING.has(key) ? UNKNOWABLE : any();
  if (operator.holdsWithoutKey && !ALWAYS_PRESENT.has(key)) return PRESENT_WHEN_SIGNED.has(key) ? UNKNOWABLE : any();
  return listsEveryValue(operator, key, condition.values).yes.isAlways()
    ? any()
    : identifies(operator, key, condition.values);
}

/** Whether a condition of a Deny statement is met by all requests except those of known parties. */
export function exemptsOnlyKnown(condition: Condition): Judgement {
  const operator = readOperator(condition.operator);
  const key = condition.key.toLowerCase();
  const usual = exemptsByValues(condition, operator, key);
  return operator ? whereEmpty(condition, () => isMetByAll(operator, key, usual), usual) : usual;
}

/** Whether a condition without values is met by every request, because every value differs from an empty list. */
function isMetByAll({ negated, holdsWithoutKey }: Operator, key: string, usual: Judgement): Judgement {
  if (negated) return holdsWithoutKey || ALWAYS_PRESENT.has(key) ? YES : NO;
  return holdsWithoutKey ? usual : NO;
}

function exemptsByValues(condition: Condition, operator: Operator | undefined, key: string): Judgement {
  if (operator?.how === 'bool' && IDENTIFYING_WHEN_TRUE.has(key)) return not(is(soleItem(condition.values), isTrue));
  // A test for the presence of the key matches all requests with it, or all requests without it.
  if (operator?.family === 'Null') return ALWAYS_PRESENT.has(key) ? is(soleItem(condition.values), isFalse) : any();
  // ForAnyValue does not match requests without the key, and unknown parties can omit it.
  if (!operator?.negated || !operator.holdsWithoutKey) return identifiesNoOne(key) ? any() : UNKNOWABLE;
  return identifies(operator, key, condition.values);
}

/** Whether the values of a condition key match only known parties, compared literally or as patterns. */
export function matchesOnlyKnown(key: string, how: 'equals' | 'like', values: Value): Judgement {
  return all(isPresent(values), identifies({ how }, key, values));
}

/**
 * Whether a source ARN pattern certainly matches resources of every account. IDs that AWS assigns to APIs, user pools
 * and load balancers belong to one account.
 */
export function matchesEveryAccount(arn: Value): Judgement {
  return judge(arn, (leaf) => {
    const pattern = patternOf(leaf);
    return (
      pattern !== undefined &&
      pattern !== '' &&
      !hasVariable(pattern) &&
      SOURCE_ARN(pattern) === false &&
      !NAMES_ONE.test(pattern)
    );
  });
}

const SOURCE_ARN: PatternWidth = IDENTIFYING.get('aws:sourcearn')!;
const NAMES_ONE = /^arn:[^:]*:(?:execute-api|cognito-idp|elasticloadbalancing):[^:]*:[^:]*:[^*?]/;

/** Whether the values of a key identify known parties. */
function identifies({ how }: Pick<Operator, 'how'>, key: string, values: Value): Judgement {
  if (how === 'bool' && IDENTIFYING_WHEN_TRUE.has(key)) return is(soleItem(values), isTrue);
  if (how === 'address' && key === 'aws:sourceip')
    return all(each(values, fits(addressRange)), not(isEveryRange(values)));
  const width = IDENTIFYING.get(key);
  if (width && how === 'like') return each(values, fits(width));
  if (width && how === 'equals') return each(values, isFixed);
  return identifiesNoOne(key) ? any() : UNKNOWABLE;
}

/** Whether all of one or several values meet a predicate. */
function each(values: Value, meets: (leaf: Leaf) => boolean | undefined): Judgement {
  return all(
    judge(values, (leaf) =>
      leaf.state === 'list' ? (leaf.open || leaf.items.length === 0 ? undefined : true) : meets(leaf),
    ),
    ...itemsOf(values).items.map((item) => any(not(judgement(item.when)), judge(item.value, meets))),
  );
}

function fits(width: PatternWidth): (leaf: Leaf) => boolean | undefined {
  return (leaf) => {
    const pattern = patternOf(leaf);
    return pattern === undefined ? undefined : hasVariable(pattern) ? isOwn(pattern) : width(pattern);
  };
}

/** Whether a literally compared value identifies one party, even if the value is unknown. */
function isFixed(leaf: Leaf): boolean | undefined {
  const pattern = patternOf(leaf);
  if (pattern !== undefined) return hasVariable(pattern) ? isOwn(pattern) : true;
  // A program serializes an object; AWS does not support objects.
  return leaf.state === 'object' ||
    (leaf.state === 'unknown' && leaf.why !== 'syntax' && leaf.why !== 'budget' && leaf.why !== 'unmapped')
    ? true
    : undefined;
}

function patternOf(leaf: Leaf): string | undefined {
  switch (leaf.state) {
    case 'known':
      return leaf.value === null ? undefined : filled(leaf.raw);
    case 'template':
      return filled(shapeOf(leaf));
    case 'reference':
      return UNKNOWN_PIECE;
    case 'unknown':
      // A computed value, for example the output of a module that is not read, identifies a party as a reference does.
      return leaf.why === 'computed' && leaf.refs.length > 0 && !leaf.part ? UNKNOWN_PIECE : undefined;
    default:
      return undefined;
  }
}

/**
 * Replaces placeholders of other tools, `${ORG_ID}` or `${var.account}`, which lack the colon of a policy variable.
 * They are interpolated before AWS reads the policy.
 */
function filled(text: string): string {
  return withPlaceholders(text, ({ start, end, inside }) =>
    /^\s*[\w-]+:[^:]/.test(inside) ? text.slice(start, end) : UNKNOWN_PIECE,
  );
}

/** Whether a pattern has a policy variable, whose value comes from the request. */
function hasVariable(pattern: string): boolean {
  return pattern.includes('${');
}

/** Whether the variable is about the owner of the resource, which the caller cannot choose. */
function isOwn(pattern: string): boolean {
  return /^\$\{aws:Resource(?:Account|OrgID|OrgPaths)\}$/i.test(pattern);
}
