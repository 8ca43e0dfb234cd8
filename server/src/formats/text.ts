import { Guard } from '../base/guard.ts';
import { choice, leaves, MAX_BRANCHES, unknown } from '../model/navigate.ts';
import { secrecyOf, type Secrecy } from '../model/secrecy.ts';
import type { UnknownPiece, Leaf, Origin, Value } from '../model/value.ts';

/** A piece of a template string: a literal, or an interpolated value. */
export type TextPiece = string | Value;

/**
 * The maximum length and number of pieces of a concatenated string: nested strings can double with every line.
 * CloudFormation accepts templates up to 1 MB.
 */
const LONGEST_TEXT = 1_000_000;
const MOST_PIECES = 10_000;

/**
 * The maximum number of pairs of drafts and values of a string that are compared beyond the limit of branches, to find
 * those with a scenario. A script can mention a parameter with dozens of values hundreds of times.
 */
const MOST_PAIRS = 16_384;

interface Draft {
  readonly guard: Guard;
  /** Appended in place as long as there is a single continuation. */
  readonly pieces: (string | UnknownPiece)[];
  /** The length so far; a placeholder counts too. */
  size: number;
  readonly secrecy: Secrecy;
}

/** A draft with the value of the next piece. */
interface Continuation {
  readonly draft: Draft;
  readonly guard: Guard;
  readonly value: Leaf;
}

/**
 * The string that results from concatenating pieces, in every scenario. Unknown values remain placeholders; pieces with
 * so many values that their combinations exceed the limit become placeholders too.
 */
export function concatenated(origin: Origin, pieces: readonly TextPiece[]): Value {
  let pairs = 0;
  let drafts: readonly Draft[] = [{ guard: Guard.always, pieces: [], size: 0, secrecy: {} }];
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      for (const draft of drafts) {
        add(draft.pieces, piece);
        draft.size += piece.length;
      }
      continue;
    }
    const options = leaves(piece);
    const product = drafts.length * options.length;
    if (product > MAX_BRANCHES) pairs += product;
    const continuations = pairs > MOST_PAIRS && product > MAX_BRANCHES ? undefined : continuationsOf(drafts, options);
    if (!continuations) {
      for (const draft of drafts) draft.pieces.push(unknown(piece.origin, 'budget'));
      continue;
    }
    drafts = continuations.map(({ draft, guard, value }): Draft => {
      const more = asPieces(value);
      const size = draft.size + lengthOf(more);
      const isLong = draft.pieces.length + more.length > MOST_PIECES || size > LONGEST_TEXT;
      const own = isLong ? [unknown(origin, 'budget')] : options.length === 1 ? draft.pieces : [...draft.pieces];
      for (const one of isLong ? [] : more) add(own, one);
      const secrecy = value.origin.secret ? secrecyOf([draft.secrecy, value.origin]) : draft.secrecy;
      return { guard, secrecy, pieces: own, size: isLong ? 1 : size };
    });
  }
  const written = writtenAtFirst(pieces);
  const interpolated = pieces.some((piece) => typeof piece !== 'string' && isFromElsewhere(piece));
  return choice(
    origin,
    drafts.map((draft) => ({
      guard: draft.guard,
      value: finished(
        draft.secrecy.secret ? { ...origin, ...draft.secrecy } : origin,
        draft.pieces,
        written,
        interpolated,
      ),
    })),
  );
}

/**
 * The scenarios of each draft with each value; undefined if they are too many. Pieces with the same parameter have few
 * in common.
 */
function continuationsOf(drafts: readonly Draft[], options: ReturnType<typeof leaves>): Continuation[] | undefined {
  const continuations: Continuation[] = [];
  for (const draft of drafts)
    for (const { guard, value } of options) {
      const both = draft.guard.and(guard);
      if (!both.satisfiable()) continue;
      if (continuations.length === MAX_BRANCHES) return undefined;
      continuations.push({ draft, guard: both, value });
    }
  return continuations;
}

/** Whether a piece is, or contains, text that is not written at its place. */
function isFromElsewhere(piece: Value): boolean {
  switch (piece.state) {
    case 'choice':
      return true;
    case 'known':
      return piece.interpolated === true || piece.origin.def !== undefined || piece.origin.steps.length > 0;
    case 'template':
      return piece.interpolated === true;
    default:
      return false;
  }
}

/** The length of the literal prefix before the first interpolation; undefined without interpolations. */
function writtenAtFirst(pieces: readonly TextPiece[]): number | undefined {
  let written = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      written += piece.length;
      continue;
    }
    const isOwn = piece.state === 'known' && piece.origin.def === undefined && piece.origin.steps.length === 0;
    if (!isOwn) return written;
    written += piece.written ?? piece.raw.length;
    if (piece.written !== undefined) return written;
  }
  return undefined;
}

function lengthOf(pieces: readonly (string | UnknownPiece)[]): number {
  return pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : 1), 0);
}

function finished(
  origin: Origin,
  pieces: readonly (string | UnknownPiece)[],
  written: number | undefined,
  interpolated: boolean,
): Leaf {
  if (pieces.length === 0) return { state: 'known', origin, raw: '', quoted: true, value: '' };
  const only = pieces[0]!;
  // Interpolated unknown values are separate from literal text.
  const prefix = {
    ...(typeof only === 'string' && written !== undefined && written < only.length ? { written } : undefined),
    ...(interpolated ? { interpolated } : undefined),
  };
  // Without the room for more that an array has which grew.
  if (pieces.length > 1) return { state: 'template', origin, pieces: pieces.slice(), ...prefix };
  return typeof only === 'string'
    ? { state: 'known', origin, raw: only, quoted: true, value: only, ...prefix }
    : { ...(only.state === 'unknown' ? { single: true } : {}), ...only, origin };
}

function add(pieces: (string | UnknownPiece)[], piece: string | UnknownPiece): void {
  const last = pieces.at(-1);
  if (typeof piece !== 'string' || typeof last !== 'string') {
    if (piece !== '') pieces.push(piece);
  } else pieces[pieces.length - 1] = last + piece;
}

function asPieces(value: Leaf): readonly (string | UnknownPiece)[] {
  switch (value.state) {
    case 'known':
      return [value.raw];
    case 'template':
      return value.pieces;
    case 'reference':
    case 'unknown':
      return [value];
    case 'absent':
      return value.open ? [unknown(value.origin, 'computed')] : [];
    default:
      return [unknown(value.origin, 'function')];
  }
}
