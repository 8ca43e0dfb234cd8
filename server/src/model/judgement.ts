import { flatMap } from '../base/flat-map.ts';
import { Guard } from '../base/guard.ts';
import { memoize, memoizeText } from '../base/memoize.ts';
import { sameSpan, type Span } from '../base/span.ts';
import { leaves, mapLeaves, unknown } from './navigate.ts';
import type { Choice, UnknownPiece, Known, Leaf, Reason, Reference, TemplateString, Value } from './value.ts';

import { Judgement, MOST_RESULTS, NO, not, YES, type Ground } from './connectives.ts';

export {
  all,
  among,
  any,
  every,
  exists,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  when,
  YES,
  type Ground,
  Judgement,
} from './connectives.ts';

/** A predicate on a single value. The result undefined means unknown. */
export interface Predicate {
  /** Evaluates a scalar, by the property's type. */
  known(scalar: Known): boolean | undefined;
  /** The strings that meet it, if they are few. A value that cannot be one of them does not meet it. */
  readonly texts?: readonly string[];
  /** Evaluates a template string. Without it, template strings are unknown. */
  text?(text: TemplateString): boolean | undefined;
  /** Evaluates a reference to a resource. Without it, references are unknown. */
  reference?(reference: Reference): boolean | undefined;
  /** The result for objects and lists. Without it, they are unknown. */
  collection?: boolean;
  /** The result for unknown values, if it is almost always the same. Without it, unknown values are unknown. */
  unknown?: false;
}

/**
 * Whether a value meets a predicate. An absent value is judged by its default. Without a default it meets no predicate,
 * unless files that are not read can set it.
 */
export function is(value: Value, predicate: Predicate): Judgement {
  return value.state === 'choice' ? isInScenarios(value, predicate) : judged(value, test(value, predicate));
}

// Functions of their own, because one with a closure makes room for it in each call, and few values are choices.
function isInScenarios(value: Choice, predicate: Predicate): Judgement {
  return judgeChoice(value, (leaf) => test(leaf, predicate));
}

/** Whether a value is absent. A Terraform null counts as absent. */
export function isAbsent(value: Value): Judgement {
  return judge(value, isNothing);
}

/** Where an unknown value comes from that is certainly there. */
const NEVER_ABSENT: ReadonlySet<Reason> = new Set([
  'parameter',
  'function',
  'file',
  'dynamic-reference',
  'secret-reference',
]);

function isNothing(leaf: Leaf): boolean | undefined {
  switch (leaf.state) {
    case 'absent':
      return leaf.open ? undefined : true;
    case 'known':
      return leaf.value === null;
    case 'unknown':
      return !leaf.part && NEVER_ABSENT.has(leaf.why) ? false : undefined;
    default:
      return false;
  }
}

/**
 * Whether a value is a literal string that meets a condition. External values, such as a parameter without a default or
 * a lookup at deployment, do not, regardless of their value.
 */
export function isWritten(value: Value, holds: (scalar: Known) => boolean | undefined): Judgement {
  return judge(value, (leaf) => {
    switch (leaf.state) {
      case 'known':
        return leaf.value === null ? false : holds(leaf);
      case 'template':
        return leaf.pieces.some((piece) => typeof piece === 'string') ? isWrittenText(leaf, holds) : false;
      default:
        return false;
    }
  });
}

/**
 * Represents an interpolated value in a JSON text. It is a dynamic reference, so that no predicate treats it as a
 * literal.
 */
const INTERPOLATED = '{{resolve:}}';

/**
 * Whether a string is literal except for the account, Region and stack of the deployment. Any other interpolation could
 * be the relevant part, except in a JSON object, where it is a part of one of the members.
 */
function isWrittenText(
  { pieces, origin }: TemplateString,
  holds: (scalar: Known) => boolean | undefined,
): boolean | undefined {
  const isGiven = (piece: string | UnknownPiece): boolean => typeof piece !== 'string' && !isPseudoParameter(piece);
  const raw = pieces.map((piece) => (typeof piece === 'string' ? piece : isGiven(piece) ? INTERPOLATED : '')).join('');
  const result = holds({ state: 'known', origin, raw, quoted: true, value: raw });
  if (pieces.some(isGiven)) return raw.trimStart().startsWith('{') ? result : undefined;
  return result || undefined;
}

/**
 * Whether the interpolated value is a pseudo parameter, which CloudFormation sets for each deployment.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
export function isPseudoParameter(unknownPiece: UnknownPiece): boolean {
  return unknownPiece.state === 'unknown' && unknownPiece.input?.includes('#AWS::') === true;
}

/** Whether a value is or interpolates a parameter or variable that is marked as secret. */
export function showsSecret(value: Value): Judgement {
  return judge(
    value,
    (leaf) =>
      isMarked(leaf) ||
      (leaf.state === 'template' && leaf.pieces.some((piece) => typeof piece !== 'string' && isMarked(piece))),
  );
}

/**
 * A value without the strings into which the default of a parameter or variable is interpolated that is marked as
 * secret. They are marked too, and the same string has that parameter in another scenario. A literal in another branch
 * is not.
 */
export function withoutSecretDefaults(value: Value): Value {
  const interpolates = (leaf: Leaf): boolean =>
    leaf.state === 'template'
      ? leaf.pieces.some((piece) => typeof piece !== 'string' && isMarked(piece))
      : leaf.state === 'unknown' && leaf.input !== undefined && isMarked(leaf);
  if (value.state !== 'choice') return value;
  const strings = flatMap(leaves(value), ({ value: leaf }) => (interpolates(leaf) ? [writtenAt(leaf)] : []));
  if (strings.length === 0) return value;
  return mapLeaves(value, (leaf) =>
    interpolates(leaf) || !isMarked(leaf) || !strings.some((string) => sameSpan(string, writtenAt(leaf)))
      ? leaf
      : unknown(leaf.origin, 'parameter'),
  );
}

/** Where a value is written, which is elsewhere than its use behind a local, an argument or a parameter. */
function writtenAt({ origin }: Value): Span {
  return origin.def ?? origin.use;
}

/** Whether the source of a value is marked as secret; a name alone is not enough. */
function isMarked({ origin }: Value): boolean {
  return origin.secret === true && !origin.secretByName;
}

/** Whether a value is or interpolates a parameter or variable; `holds` filters by name. */
export function isOfParameter(value: Value, holds: (name: string) => boolean): Judgement {
  const isOf = ({ origin, ...leaf }: Leaf): boolean =>
    origin.steps.some(
      ({ what, name }) => (what === 'default' || what === 'allowed' || what === 'given') && holds(name),
    ) ||
    ('input' in leaf && holds(leaf.input.slice(leaf.input.lastIndexOf('#') + 1)));
  return judge(
    value,
    (leaf) =>
      isOf(leaf) ||
      (leaf.state === 'template' && leaf.pieces.some((piece) => typeof piece !== 'string' && isOf(piece))),
  );
}

/** Whether a value is or interpolates an attribute of a resource. */
export function readsAttribute(value: Value, holds: (reference: Reference) => boolean): Judgement {
  return judge(
    value,
    (leaf) =>
      (leaf.state === 'reference' && holds(leaf)) ||
      (leaf.state === 'template' &&
        leaf.pieces.some((piece) => typeof piece !== 'string' && piece.state === 'reference' && holds(piece))),
  );
}

/** Whether a value is set. */
export function isPresent(value: Value): Judgement {
  return not(isAbsent(value));
}

/** Judges each leaf of a value. The result undefined means unknown. */
export function judge(value: Value, answer: (leaf: Leaf) => boolean | undefined): Judgement {
  // Most values are the same in every scenario.
  return value.state === 'choice' ? judgeChoice(value, answer) : judged(value, answer(value));
}

function judgeChoice(value: Choice, answer: (leaf: Leaf) => boolean | undefined): Judgement {
  const results: (boolean | undefined)[] = [];
  let key = '';
  for (const { value: leaf } of leaves(value)) {
    const result = answer(leaf);
    results.push(result);
    key += result ? 'y' : result === undefined ? '?' : 'n';
  }
  return judgedBy(value, key, results);
}

/** The judgement of a value by the results for its leaves, which are often the same for many predicates. */
const judgedBy = memoizeText(judgedByResults, MOST_RESULTS);

function judgedByResults(value: Choice, _key: string, results: readonly (boolean | undefined)[]): Judgement {
  const parts = leaves(value);
  const grounds = (): readonly Ground[] =>
    parts.map(({ guard, value: leaf }, index) => groundOf(guard, leaf, results[index]));
  // Most predicates have one result for all leaves.
  const [first] = results;
  if (results.every((result) => result === first)) {
    const whole = wholeOf(value);
    return new Judgement(first === true ? whole : Guard.never, first === false ? whole : Guard.never, grounds);
  }
  let yes: Guard = Guard.never;
  let no: Guard = Guard.never;
  for (const [index, { guard }] of parts.entries()) {
    if (results[index] === true) yes = yes.or(guard);
    else if (results[index] === false) no = no.or(guard);
  }
  return new Judgement(yes, no, grounds);
}

/** The scenarios of all leaves of a value. Memoized, because many predicates are asked about one value. */
const wholeOf = memoize((value: Choice): Guard =>
  leaves(value).reduce<Guard>((sum, { guard }) => sum.or(guard), Guard.never),
);

/** The judgement of a value that is the same in every scenario. */
function judged(value: Leaf, result: boolean | undefined): Judgement {
  return result === undefined ? unknownOf(value) : result ? YES : NO;
}

function unknownOf(value: Leaf): Judgement {
  return new Judgement(Guard.never, Guard.never, () => [groundOf(Guard.always, value, undefined)]);
}

function groundOf(guard: Guard, value: Leaf, result: boolean | undefined): Ground {
  return { value, yes: result === true ? guard : Guard.never, no: result === false ? guard : Guard.never };
}

function test(leaf: Leaf, predicate: Predicate): boolean | undefined {
  switch (leaf.state) {
    case 'known':
      return leaf.value === null ? false : predicate.known(leaf);
    case 'template':
      return predicate.text?.(leaf);
    case 'reference':
      return predicate.reference?.(leaf);
    case 'object':
    case 'list':
      return predicate.collection;
    case 'absent':
      if (leaf.open) return undefined;
      if (!leaf.default) return false;
      return leaf.default.state === 'choice' ? undefined : test(leaf.default, predicate);
    case 'unknown':
      return leaf.admits && predicate.texts && !predicate.texts.some(leaf.admits) ? false : predicate.unknown;
  }
}
