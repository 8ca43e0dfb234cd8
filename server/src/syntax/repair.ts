/**
 * Reads YAML that cannot be read as it stands. js-yaml stops at the first fault, so the text around it is changed until it
 * gets further: always by as many characters as there were, so that every offset stays where it is.
 */
import { parseEvents, YAMLException, type Event } from 'js-yaml';
import type { Range } from '../base/span.ts';
import { MAX_DEPTH } from './nodes.ts';
import { remedies, type Fault, type Remedy } from './remedies.ts';
import { MAX_PROBLEMS, type SyntaxProblem } from './tree.ts';
import { Lines } from './yaml-lines.ts';

export interface Repaired {
  readonly events: readonly Event[];
  /** The text with what could not be read left out; of the same length as the text as written. */
  readonly text: string;
  /** Where a key ends that was written without colon or space: the parser saw a colon in the place of its last character. */
  readonly halfKeys: ReadonlySet<number>;
  readonly problems: readonly SyntaxProblem[];
}

/** How many faults are looked at. */
const MAX_ROUNDS = 60;

/** The number of characters that a remedy may lose without others being tried. */
const SMALL_LOSS = 200;

const LONG_LINE = 100;

/** How many characters more than it must be lost for the surroundings of a fault to be behind. */
const CLEARED = 250;

/** How many characters are parsed at most, for a text of a length: this bounds the time. */
function budgetFor(length: number): number {
  return 3_000_000 + 12 * length;
}

/** Reads text as far as it can be read: what is broken is replaced by as many spaces, and is a problem. Never throws. */
export function repair(text: string): Repaired {
  const first = attempt(text);
  if ('events' in first) return { events: first.events, text, halfKeys: NONE, problems: [] };
  return new Repair(text).run(first);
}

const NONE: ReadonlySet<number> = new Set();

type Outcome = { readonly events: readonly Event[] } | Fault;

function attempt(text: string): Outcome {
  try {
    return { events: parseEvents(text, { maxDepth: MAX_DEPTH }) };
  } catch (thrown) {
    if (thrown instanceof YAMLException) return { reason: thrown.reason, at: thrown.mark?.position ?? 0 };
    return { reason: 'can not read a document', at: 0 };
  }
}

class Repair {
  /** What the parser reads. */
  #read: string;
  /** What is taken for the text: without the changes that only help the parser along. */
  #text: string;
  readonly #lines: Lines;
  readonly #halfKeys = new Set<number>();
  readonly #problems: SyntaxProblem[] = [];
  #budget: number;

  constructor(text: string) {
    this.#read = text;
    this.#text = text;
    this.#lines = new Lines(text);
    this.#budget = budgetFor(text.length);
  }

  run(first: Fault): Repaired {
    let outcome: Outcome = first;
    for (let round = 0; !('events' in outcome) && round < MAX_ROUNDS && this.#budget > 0; round++) outcome = this.#mend(outcome);
    while (!('events' in outcome)) outcome = this.#giveUpFrom(outcome);
    return { events: outcome.events, text: this.#text, halfKeys: this.#halfKeys, problems: this.#problems.sort((a, b) => a.start - b.start) };
  }

  /**
   * Applies the first remedy that loses little and gets the parser past the surroundings of the fault. Failing that, the
   * one that gains most: what the parser gets through there, without what is lost.
   */
  #mend(fault: Fault): Outcome {
    let best: { remedy: Remedy; outcome: Outcome; gain: number } | undefined;
    for (const remedy of remedies(this.#lines.with(this.#read), fault)) {
      const outcome = this.#attempt(applied(this.#read, remedy));
      const reach = 'events' in outcome ? Infinity : outcome.at;
      const lost = remedy.lasting ? loss(this.#read, remedy) : 0;
      const gain = Math.min(reach, remedy.enough) - lost + (reach >= remedy.enough ? CLEARED : 0);
      if (!best || gain > best.gain) best = { remedy, outcome, gain };
      if ((reach >= remedy.enough && lost <= SMALL_LOSS) || this.#budget <= 0) break;
    }
    if (!best) return this.#giveUpFrom(fault);
    this.#apply(best.remedy);
    return best.outcome;
  }

  #attempt(text: string): Outcome {
    const outcome = attempt(text);
    this.#budget -= 'events' in outcome ? text.length : outcome.at + 200;
    return outcome;
  }

  #apply(remedy: Remedy): void {
    this.#read = applied(this.#read, remedy);
    if (remedy.lasting) this.#text = applied(this.#text, remedy);
    if (remedy.halfKey !== undefined) this.#halfKeys.add(remedy.halfKey);
    for (const range of remedy.message === undefined ? [] : remedy.reported) this.#report(range, remedy.message!);
  }

  #report(range: Range, message: string): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ start: range.start, end: range.end, message });
  }

  /** Leaves out the rest of the text, from the line of the fault, or all of it when even that cannot be read. */
  #giveUpFrom(fault: Fault): Outcome {
    const line = this.#lines.start(this.#lines.at(Math.max(fault.at - 1, 0)));
    let start = line;
    for (;;) {
      const rest = { start, end: this.#text.length };
      const outcome = attempt(blanked(this.#read, rest));
      if ('events' in outcome || start === 0) {
        this.#read = blanked(this.#read, rest);
        this.#text = blanked(this.#text, rest);
        this.#report(rest, 'There are too many mistakes in this file; from here on it was not read.');
        return 'events' in outcome ? outcome : { events: [] };
      }
      start = this.#lines.start(this.#lines.at(Math.floor(Math.min(start, outcome.at) / 2)));
    }
  }
}

function applied(text: string, remedy: Remedy): string {
  let result = text;
  for (const { start, end, by } of remedy.changes) result = result.slice(0, start) + by + result.slice(end);
  return result;
}

/** How much a remedy leaves out: characters, white space not counted, and of a very long line no more than of a long one. */
function loss(text: string, remedy: Remedy): number {
  let sum = 0;
  for (const { start, end, by } of remedy.changes) {
    const kept = by.split(/[\r\n]/);
    text.slice(start, end).split(/[\r\n]/).forEach((line, i) => {
      sum += Math.min(filled(line) - filled(kept[i] ?? ''), LONG_LINE);
    });
  }
  return sum;
}

function filled(text: string): number {
  return text.replace(/\s/g, '').length;
}

function blanked(text: string, { start, end }: Range): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
}
