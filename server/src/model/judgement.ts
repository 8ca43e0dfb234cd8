import { Guard, TRUE, type Truth } from '../base/guard.ts';
import { leaves, type Items } from './navigate.ts';
import type { Element, Hole, Known, Leaf, Reference, Text, Value } from './value.ts';

/** One value that a judgement rests on, and where it speaks for and against the statement. */
export interface Ground {
  readonly value: Leaf;
  readonly yes: Guard;
  readonly no: Guard;
}

/**
 * Where a statement is true and where it is false. What neither covers is not knowable. The two never overlap, because
 * each leaf of a value falls into one of them, and leaves are there in disjoint scenarios.
 */
export interface Judgement extends Truth {
  readonly because: readonly Ground[];
}

/** A question to a single value. An answer that is undefined means that it cannot be known. */
export interface Predicate {
  /** Reads a scalar, by the type that the property has. */
  known(scalar: Known): boolean | undefined;
  /** The texts that people write to meet it, where those are few: a value that can be none of them does not. */
  readonly texts?: readonly string[];
  /** Reads a template string. Without it such a text is not knowable. */
  text?(text: Text): boolean | undefined;
  /** Reads a reference to another resource. Without it such a reference is not knowable. */
  reference?(reference: Reference): boolean | undefined;
  /** What holds for an object or a list. Without it such a value is not knowable. */
  collection?: boolean;
  /** What holds for a value of which nothing is known, where it hardly ever is what is asked for. Without it such a value is not knowable. */
  unknown?: false;
}

/** A judgement whose grounds are put together on demand, which few do. */
class Judged implements Judgement {
  readonly yes: Guard;
  readonly no: Guard;
  readonly #grounds: () => readonly Ground[];

  constructor(yes: Guard, no: Guard, grounds: () => readonly Ground[]) {
    this.yes = yes;
    this.no = no;
    this.#grounds = grounds;
  }

  get because(): readonly Ground[] {
    return this.#grounds();
  }
}

/** A judgement from a plain truth, such as the existence of a resource. */
export function judgement(truth: Truth): Judgement {
  if (truth === TRUE) return YES;
  return new Judged(truth.yes, truth.no, () => []);
}

// What is the same everywhere needs no grounds, and is always the same object: most judgements are one of these.
export const YES: Judgement = new Judged(Guard.always, Guard.never, () => []);
export const NO: Judgement = new Judged(Guard.never, Guard.always, () => []);
export const UNKNOWABLE: Judgement = new Judged(Guard.never, Guard.never, () => []);

/**
 * Whether a value meets a predicate. A value that is absent is judged by the default that it carries; without one, it
 * does not meet any predicate, unless something unread could supply it.
 */
export function is(value: Value, predicate: Predicate): Judgement {
  return value.state === 'choice'
    ? judge(value, (leaf) => test(leaf, predicate))
    : judged(value, test(value, predicate));
}

/** Whether nothing is written for a value. A Terraform null is nothing. */
export function isAbsent(value: Value): Judgement {
  return judge(value, isNothing);
}

function isNothing(leaf: Leaf): boolean | undefined {
  switch (leaf.state) {
    case 'absent':
      return leaf.open ? undefined : true;
    case 'known':
      return leaf.value === null;
    case 'unknown':
      return !leaf.part && (leaf.why === 'parameter' || leaf.why === 'function' || leaf.why === 'file')
        ? false
        : undefined;
    default:
      return false;
  }
}

/**
 * Whether a value is written in the document, as a text for which a condition holds. What comes from outside, such as a
 * parameter without a default or a lookup at deployment, does not, whatever it turns out to be.
 */
export function isWritten(value: Value, holds: (scalar: Known) => boolean | undefined): Judgement {
  return judge(value, (leaf) => {
    switch (leaf.state) {
      case 'known':
        return leaf.value === null ? false : holds(leaf);
      case 'text':
        return leaf.pieces.some((piece) => typeof piece === 'string') ? isWrittenText(leaf, holds) : false;
      default:
        return false;
    }
  });
}

/** Whether a text is written but for what is known of every deployment: its account, Region, stack. What else is interpolated may be all that counts. */
function isWrittenText({ pieces, origin }: Text, holds: (scalar: Known) => boolean | undefined): true | undefined {
  if (!pieces.every((piece) => typeof piece === 'string' || isPseudoParameter(piece))) return undefined;
  const raw = pieces.map((piece) => (typeof piece === 'string' ? piece : '')).join('');
  return holds({ state: 'known', origin, raw, quoted: true, value: raw }) || undefined;
}

/**
 * Whether what is interpolated is what CloudFormation says of a deployment.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
export function isPseudoParameter(hole: Hole): boolean {
  return hole.state === 'unknown' && hole.input?.includes('#AWS::') === true;
}

/** Whether a value is given from outside by a parameter or variable that is not marked as secret, so that it is shown where those are. */
export function isGivenOpenly(value: Value): Judgement {
  return judge(
    value,
    (leaf) =>
      leaf.state === 'unknown' &&
      leaf.input !== undefined &&
      (!leaf.origin.secret || leaf.origin.secretByName === true),
  );
}

/** Whether a value is a secret, or has one interpolated: what is given by a parameter or variable that is marked as secret. */
export function showsSecret(value: Value): Judgement {
  return judge(
    value,
    (leaf) =>
      isMarked(leaf) ||
      (leaf.state === 'text' && leaf.pieces.some((piece) => typeof piece !== 'string' && isMarked(piece))),
  );
}

/** Whether the source of a value is marked as secret; a name alone is not enough. */
function isMarked({ origin }: Value): boolean {
  return origin.secret === true && !origin.secretByName;
}

/** Whether a value is what a parameter or variable is given, or has that interpolated; `holds` is asked about the name. */
export function isOfParameter(value: Value, holds: (name: string) => boolean): Judgement {
  const isOf = ({ origin, ...leaf }: Leaf): boolean =>
    origin.steps.some(
      ({ what, name }) => (what === 'default' || what === 'allowed' || what === 'given') && holds(name),
    ) ||
    ('input' in leaf && holds(leaf.input.slice(leaf.input.lastIndexOf('#') + 1)));
  return judge(
    value,
    (leaf) =>
      isOf(leaf) || (leaf.state === 'text' && leaf.pieces.some((piece) => typeof piece !== 'string' && isOf(piece))),
  );
}

/** Whether a value reads an attribute of a resource, or has it interpolated. */
export function readsAttribute(value: Value, holds: (reference: Reference) => boolean): Judgement {
  return judge(
    value,
    (leaf) =>
      (leaf.state === 'reference' && holds(leaf)) ||
      (leaf.state === 'text' &&
        leaf.pieces.some((piece) => typeof piece !== 'string' && piece.state === 'reference' && holds(piece))),
  );
}

/** Whether something is written for a value. */
export function isPresent(value: Value): Judgement {
  return not(isAbsent(value));
}

/** What is answered to each thing that a value can be. An answer that is undefined means that it cannot be known. */
export function judge(value: Value, answer: (leaf: Leaf) => boolean | undefined): Judgement {
  // Most values are the same in every scenario.
  if (value.state !== 'choice') return judged(value, answer(value));
  let yes: Guard = Guard.never;
  let no: Guard = Guard.never;
  const parts = leaves(value);
  for (const { guard, value: leaf } of parts) {
    const said = answer(leaf);
    if (said === true) yes = yes.or(guard);
    else if (said === false) no = no.or(guard);
  }
  return new Judged(yes, no, () => parts.map(({ guard, value: leaf }) => groundOf(guard, leaf, answer(leaf))));
}

/** What is answered to a value that is the same in every scenario. */
function judged(value: Leaf, said: boolean | undefined): Judgement {
  if (said === undefined) return new Judged(Guard.never, Guard.never, () => [groundOf(Guard.always, value, said)]);
  return said ? YES : NO;
}

function groundOf(guard: Guard, value: Leaf, said: boolean | undefined): Ground {
  return { value, yes: said === true ? guard : Guard.never, no: said === false ? guard : Guard.never };
}

function test(leaf: Leaf, predicate: Predicate): boolean | undefined {
  switch (leaf.state) {
    case 'known':
      return leaf.value === null ? false : predicate.known(leaf);
    case 'text':
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

export function not(statement: Judgement): Judgement {
  if (statement === YES) return NO;
  if (statement === NO) return YES;
  return new Judged(statement.no, statement.yes, () =>
    statement.because.map((g) => ({ value: g.value, yes: g.no, no: g.yes })),
  );
}

/** True where all statements are, false where one is false. True when there are none. */
export function all(...statements: readonly Judgement[]): Judgement {
  let yes: Guard = Guard.always;
  let no: Guard = Guard.never;
  for (const statement of statements) {
    if (statement === NO) return NO;
    yes = yes.and(statement.yes);
    no = no.or(statement.no);
  }
  if (no === Guard.always) return NO;
  if (yes === Guard.always) return YES;
  return summed(yes, no, statements);
}

/** True where one of the statements is, false where all are false. False when there are none. */
export function any(...statements: readonly Judgement[]): Judgement {
  let yes: Guard = Guard.never;
  let no: Guard = Guard.always;
  for (const statement of statements) {
    if (statement === YES) return YES;
    yes = yes.or(statement.yes);
    no = no.and(statement.no);
  }
  if (yes === Guard.always) return YES;
  if (no === Guard.always) return NO;
  return summed(yes, no, statements);
}

function summed(yes: Guard, no: Guard, statements: readonly Judgement[]): Judgement {
  return new Judged(yes, no, () => statements.flatMap((s) => s.because));
}

/** That one of some things meets a statement is false only where those are known to be all. */
export function among(some: Judgement, complete: Truth): Judgement {
  return new Judged(some.yes, some.no.and(complete.yes), () => some.because);
}

/** Whether some item meets a statement. False only where the list is known to be complete. */
export function exists(items: Items, statement: (item: Element) => Judgement): Judgement {
  const each = items.items.map((item) => all(judgement(item.when), statement(item)));
  const some = any(...each);
  return among(some, items.complete);
}

/** Whether every item meets a statement. True only where the list is known to be complete. */
export function every(items: Items, statement: (item: Element) => Judgement): Judgement {
  return not(exists(items, (item) => not(statement(item))));
}

/** The statement where a condition is true; elsewhere nothing is said for it: it is false. */
export function when(condition: Truth, statement: Judgement): Judgement {
  return all(judgement(condition), statement);
}
