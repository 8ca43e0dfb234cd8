import { flatMap } from '../base/flat-map.ts';
import { Guard, TRUE, type Truth } from '../base/guard.ts';
import { memoize } from '../base/memoize.ts';
import { sameSpan, type Span } from '../base/span.ts';
import { leaves, mapLeaves, unknown, type Items } from './navigate.ts';
import type { Choice, Element, UnknownPiece, Known, Leaf, Reason, Reference, TemplateString, Value } from './value.ts';

/** A value that a judgement is based on, with the scenarios in which it supports or contradicts the statement. */
export interface Ground {
  readonly value: Leaf;
  readonly yes: Guard;
  readonly no: Guard;
}

/**
 * A three-valued judgement: the scenarios in which a statement is true and those in which it is false. It is unknown in
 * all others. The two never overlap, because each leaf of a value belongs to one of them, and leaves have disjoint
 * scenarios.
 */
export interface Judgement extends Truth {
  readonly because: readonly Ground[];
}

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

const NO_PARTS: readonly Judgement[] = [];

/**
 * A judgement whose grounds are computed lazily, because few callers need them. A judgement that is made of others has
 * theirs, or the opposite ones.
 */
class JudgedValue implements Judgement {
  readonly yes: Guard;
  readonly no: Guard;
  readonly #grounds: (() => readonly Ground[]) | undefined;
  readonly #parts: readonly Judgement[];
  readonly #isOpposite: boolean;

  constructor(
    yes: Guard,
    no: Guard,
    grounds: (() => readonly Ground[]) | undefined,
    parts: readonly Judgement[] = NO_PARTS,
    isOpposite = false,
  ) {
    this.yes = yes;
    this.no = no;
    this.#grounds = grounds;
    this.#parts = parts;
    this.#isOpposite = isOpposite;
  }

  get because(): readonly Ground[] {
    const found: Ground[] = [];
    this.#collect(found, { as: new Set(), opposite: new Set() }, false);
    return found;
  }

  /** Judgements share parts, which would be repeated for each path to them. */
  #collect(found: Ground[], seen: Readonly<Record<'as' | 'opposite', Set<Judgement>>>, isOpposite: boolean): void {
    const known = seen[isOpposite ? 'opposite' : 'as'];
    if (known.has(this)) return;
    known.add(this);
    for (const ground of this.#grounds?.() ?? []) found.push(isOpposite ? oppositeOf(ground) : ground);
    for (const part of this.#parts)
      if (part instanceof JudgedValue) part.#collect(found, seen, isOpposite !== this.#isOpposite);
      else found.push(...part.because.map((ground) => (isOpposite !== this.#isOpposite ? oppositeOf(ground) : ground)));
  }
}

function oppositeOf({ value, yes, no }: Ground): Ground {
  return { value, yes: no, no: yes };
}

/** A judgement without grounds, such as the existence of a resource. */
export function judgement(truth: Truth): Judgement {
  if (truth === TRUE || (truth.yes === Guard.always && truth.no === Guard.never)) return YES;
  return new JudgedValue(truth.yes, truth.no, undefined);
}

// Constant judgements need no grounds and are shared: most judgements are one of these.
export const YES: Judgement = new JudgedValue(Guard.always, Guard.never, undefined);
export const NO: Judgement = new JudgedValue(Guard.never, Guard.always, undefined);
export const UNKNOWABLE: Judgement = new JudgedValue(Guard.never, Guard.never, undefined);

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
  const parts = leaves(value);
  const results = parts.map(({ value: leaf }) => answer(leaf));
  const grounds = (): readonly Ground[] => parts.map(({ guard, value: leaf }) => groundOf(guard, leaf, answer(leaf)));
  // Most predicates have one result for all leaves.
  const [first] = results;
  if (results.every((result) => result === first)) {
    const whole = wholeOf(value);
    return new JudgedValue(first === true ? whole : Guard.never, first === false ? whole : Guard.never, grounds);
  }
  let yes: Guard = Guard.never;
  let no: Guard = Guard.never;
  for (const [index, { guard }] of parts.entries()) {
    if (results[index] === true) yes = yes.or(guard);
    else if (results[index] === false) no = no.or(guard);
  }
  return new JudgedValue(yes, no, grounds);
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
  return new JudgedValue(Guard.never, Guard.never, () => [groundOf(Guard.always, value, undefined)]);
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

/** The negation of a judgement: its sides swapped. Unknown in the same scenarios. */
export function not(statement: Judgement): Judgement {
  if (statement === YES) return NO;
  if (statement === NO) return YES;
  return new JudgedValue(statement.no, statement.yes, undefined, [statement], true);
}

/** Logical and: true where all statements are true, false where one is false. True without statements. */
export function all(...statements: readonly Judgement[]): Judgement {
  let yes: Guard = Guard.always;
  let no: Guard = Guard.never;
  let only: Judgement | undefined = YES;
  for (const statement of statements) {
    if (statement === NO) return NO;
    if (statement === YES) continue;
    only = only === YES ? statement : undefined;
    yes = yes.and(statement.yes);
    no = no.or(statement.no);
  }
  if (no === Guard.always) return NO;
  if (yes === Guard.always) return YES;
  return only ?? summed(yes, no, statements);
}

/** Logical or: true where one statement is true, false where all are false. False without statements. */
export function any(...statements: readonly Judgement[]): Judgement {
  let yes: Guard = Guard.never;
  let no: Guard = Guard.always;
  let only: Judgement | undefined = NO;
  for (const statement of statements) {
    if (statement === YES) return YES;
    if (statement === NO) continue;
    only = only === NO ? statement : undefined;
    yes = yes.or(statement.yes);
    no = no.and(statement.no);
  }
  if (yes === Guard.always) return YES;
  if (no === Guard.always) return NO;
  return only ?? summed(yes, no, statements);
}

function summed(yes: Guard, no: Guard, statements: readonly Judgement[]): Judgement {
  return new JudgedValue(yes, no, undefined, statements);
}

/** Existence is false only if the list is known to be complete. */
export function among(some: Judgement, complete: Truth): Judgement {
  if (some === YES || (some === NO && complete === TRUE)) return some;
  return new JudgedValue(some.yes, some.no.and(complete.yes), undefined, [some]);
}

/** Whether some item meets a statement. False only if the list is known to be complete. */
export function exists(items: Items, statement: (item: Element) => Judgement): Judgement {
  const each = items.items.map((item) => all(judgement(item.when), statement(item)));
  const some = any(...each);
  return among(some, items.complete);
}

/** Whether every item meets a statement. True only if the list is known to be complete. */
export function every(items: Items, statement: (item: Element) => Judgement): Judgement {
  return not(exists(items, (item) => not(statement(item))));
}

/** The statement where a condition is true, and false elsewhere. */
export function when(condition: Truth, statement: Judgement): Judgement {
  return all(judgement(condition), statement);
}
