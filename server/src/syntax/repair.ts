/**
 * Reads YAML with syntax errors. js-yaml stops at the first error, so the text around it is changed until the parser
 * gets further: always to the same length, so that every offset is kept.
 */
import { parseEvents, YAMLException, type Event } from 'js-yaml';
import type { Range } from '../base/span.ts';
import { MAX_DEPTH } from './nodes.ts';
import { Lines } from './repairs/lines.ts';
import { repairAttempts } from './repairs/repair-attempts.ts';
import { blank, type ReadingError, type RepairAttempt } from './repairs/repair-attempt.ts';
import { MAX_PROBLEMS, type SyntaxProblem } from './tree.ts';
import type { Repairs } from './yaml-tree.ts';

export interface Repaired {
  readonly events: readonly Event[];
  /** The text without the unreadable parts, of the same length as the source. */
  readonly text: string;
  /** The differences of the parser's text; undefined if nothing was repaired. */
  readonly repairs: Repairs | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** The maximum number of errors. */
const MAX_ROUNDS = 500;

/** The maximum number of parsed characters for a text length, which bounds the time. */
function budgetFor(length: number): number {
  return 2_000_000 + 8 * length;
}

/** The length from which repairs are tried on a part of the text. */
const LONG_TEXT = 40_000;

/** The number of lost characters up to which no other repairs are tried. */
const SMALL_LOSS = 60;

/** The number of additional lost characters that makes the surroundings of an error the cause. */
const CLEARED = 250;

/** The maximum cost of an omitted line. */
const LONG_LINE = 100;

/** Parses text as far as possible: unreadable parts are replaced with spaces and reported. Never throws. */
export function repair(text: string): Repaired {
  const first = attempt(text);
  if ('events' in first) return { events: first.events, text, repairs: undefined, problems: [] };
  return new Repair(text).run(first);
}

type Outcome = { readonly events: readonly Event[] } | ReadingError;

/** A part of a text that can be parsed separately, below the line of its section. */
interface Part extends Range {
  readonly header: string;
  /** Where an error is reported that the end of the part causes. */
  readonly limit: number;
}

class Repair {
  /** The parser's text. */
  #read: string;
  /** The text that values are read from: without changes that only help the parser. */
  #text: string;
  /** The lines of the parser's text. */
  #lines: Lines;
  readonly #halfKeys = new Set<number>();
  readonly #problems: SyntaxProblem[] = [];
  #budget: number;
  /** Whether repairs may be tried on a part of the text. */
  #partly: boolean;

  constructor(text: string) {
    this.#read = text;
    this.#text = text;
    this.#lines = new Lines(text);
    this.#budget = budgetFor(text.length);
    this.#partly = text.length >= LONG_TEXT;
  }

  run(first: ReadingError): Repaired {
    let outcome: Outcome = first;
    for (let round = 0; !('events' in outcome) && round < MAX_ROUNDS && this.#budget > 0; round++)
      outcome = this.#mend(outcome);
    if (!('events' in outcome)) outcome = this.#giveUpFrom(outcome);
    return {
      events: outcome.events,
      text: this.#text,
      repairs: { halfKeys: this.#halfKeys },
      problems: this.#problems.sort((a, b) => a.start - b.start),
    };
  }

  /**
   * Applies the first repair with a small loss that gets the parser past the surroundings of the error, or else the one
   * with the largest gain: parsed characters minus lost ones.
   */
  #mend(fault: ReadingError): Outcome {
    const lines = this.#lines;
    const part = this.#partly ? partAround(lines, fault) : undefined;
    let best: { attempt: RepairAttempt; outcome: Outcome; gain: number } | undefined;
    const horizon = Math.max(lines.horizon(lines.at(fault.at)), fault.at + 1);
    for (const attempt of repairAttempts(lines, fault)) {
      const isInside = part !== undefined && attempt.changes.every((change) => change.start >= part.start);
      const outcome = this.#attempt(applied(this.#read, attempt.changes), isInside ? part : undefined);
      const reach = 'events' in outcome ? Infinity : outcome.at;
      const enough = attempt.enough ?? horizon;
      const lost = attempt.isKept ? loss(this.#read, attempt.changes) : 0;
      const gain = Math.min(reach, enough) - lost - (attempt.doubt ?? 0) + (reach >= enough ? CLEARED : 0);
      if (!best || attempt.sure || gain > best.gain) best = { attempt, outcome, gain };
      if (attempt.sure || (reach >= enough && lost <= SMALL_LOSS && !attempt.doubt) || this.#budget <= 0) break;
    }
    if (!best) return this.#giveUpFrom(fault);
    this.#apply(best.attempt);
    return part && 'events' in best.outcome ? this.#goOn(part) : best.outcome;
  }

  /** Parses the text after a valid part, piece by piece, and then the whole. */
  #goOn(part: Part): Outcome {
    for (let piece: Part | undefined = pieceFrom(this.#lines, part); piece; piece = pieceFrom(this.#lines, piece)) {
      const outcome = this.#attempt(this.#read, piece);
      if (!('events' in outcome)) return outcome;
    }
    // Valid pieces can be invalid as a whole.
    this.#partly = false;
    return this.#attempt(this.#read, undefined);
  }

  #attempt(text: string, part: Part | undefined): Outcome {
    const outcome = part ? attemptPart(text, part) : attempt(text);
    const { start, end } = part ?? { start: 0, end: text.length };
    // To report where it stopped, the parser reads all lines once.
    this.#budget -= 'events' in outcome ? end - start : Math.max(outcome.at - start, 0) + (end - start) / 8;
    return outcome;
  }

  #apply(attempt: RepairAttempt): void {
    this.#read = applied(this.#read, attempt.changes);
    this.#lines = this.#lines.with(this.#read, attempt.changes);
    if (attempt.isKept) this.#text = applied(this.#text, attempt.changes);
    if (attempt.halfKey !== undefined) this.#halfKeys.add(attempt.halfKey);
    if (attempt.message !== undefined) for (const range of attempt.reported) this.#report(range, attempt.message);
  }

  #report(range: Range, message: string): void {
    if (this.#problems.length < MAX_PROBLEMS)
      this.#problems.push({ start: range.start, end: Math.min(range.end, this.#text.length), message });
  }

  /** Omits the rest of the text from the line of the error, or all of it if even that fails. */
  #giveUpFrom(fault: ReadingError): { readonly events: readonly Event[] } {
    let start = this.#lines.start(this.#lines.at(Math.max(fault.at - 1, 0)));
    for (;;) {
      const rest = [blank(this.#read, { start, end: this.#read.length })];
      const outcome = attempt(applied(this.#read, rest));
      if ('events' in outcome || start === 0) {
        this.#read = applied(this.#read, rest);
        this.#text = applied(this.#text, rest);
        this.#problems.length = Math.min(this.#problems.length, MAX_PROBLEMS - 1);
        this.#report({ start, end: this.#text.length }, 'Too many syntax errors; the rest of the file was not read.');
        return 'events' in outcome ? outcome : { events: [] };
      }
      start = this.#lines.start(this.#lines.at(Math.floor(Math.min(start, outcome.at) / 2)));
    }
  }
}

function attempt(text: string): Outcome {
  try {
    return { events: parseEvents(text, { maxDepth: MAX_DEPTH }) };
  } catch (thrown) {
    if (thrown instanceof YAMLException) return { reason: thrown.reason, at: thrown.mark?.position ?? 0 };
    return { reason: 'can not read a document', at: 0 };
  }
}

function attemptPart(text: string, part: Part): Outcome {
  const outcome = attempt(part.header + text.slice(part.start, part.end));
  if ('events' in outcome) return outcome;
  const at = outcome.at - part.header.length + part.start;
  return { reason: outcome.reason, at: at >= part.end ? part.limit : Math.max(part.start, at) };
}

/**
 * The entries around a fault in a section at the left margin, as far as a repair must get; undefined if that is not
 * clear.
 */
function partAround(lines: Lines, fault: ReadingError): Part | undefined {
  const line = lines.at(fault.at);
  const horizon = lines.horizon(line);
  return partFrom(lines, lines.entry(lines.entry(line)), lines.start(lines.at(horizon) + 3), horizon - 1);
}

/** The entries after a part: as many as make a piece. */
function pieceFrom(lines: Lines, { start, end, limit }: Part): Part | undefined {
  if (limit >= end) start = end;
  if (start >= lines.text.length) return undefined;
  const next = lines.start(lines.entry(lines.at(start + LONG_TEXT)));
  const pieceEnd = next <= start || start + LONG_TEXT >= lines.text.length ? lines.text.length : next;
  return partFrom(lines, lines.at(start), pieceEnd, pieceEnd);
}

function partFrom(lines: Lines, first: number, end: number, limit: number): Part | undefined {
  const start = lines.start(first);
  for (let section = lines.root(first); section >= 0; section = section === 0 ? -1 : lines.root(section - 1)) {
    if (section === first && lines.indent(first) === 0) return { header: '', start, end, limit };
    if (SECTION.test(lines.content(section))) return { header: `${lines.content(section)}\n`, start, end, limit };
  }
  return undefined;
}

const SECTION = /^[\w"'-]+:\s*(?:#.*)?$/;

function applied(text: string, changes: RepairAttempt['changes']): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, by } of changes) {
    pieces.push(text.slice(at, start), by);
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

/** The cost of a repair: omitted characters without white space, with a limit for very long lines. */
function loss(text: string, changes: RepairAttempt['changes']): number {
  let sum = 0;
  for (const { start, end, by } of changes) {
    const kept = by.split(/[\r\n]/);
    text
      .slice(start, end)
      .split(/[\r\n]/)
      .forEach((line, i) => {
        sum += Math.min(filled(line) - filled(kept[i] ?? ''), LONG_LINE);
      });
  }
  return sum;
}

function filled(text: string): number {
  return text.replace(/\s/g, '').length;
}
