/**
 * Where patterns match in documents that are edited. The matches in the last text of a document are known, so that
 * after an edit only its changed lines are searched: a document of a megabyte is searched for a dozen patterns.
 */
import { partitionPoint } from './binary-search.ts';
import { isUnrecorded } from './reads.ts';
import { shiftBetween } from './shift.ts';
import type { Uri } from './span.ts';
import { finished } from './steps.ts';

/** The places of the matches of a pattern in a text, in order. */
export type MatchOffsets = readonly number[];

/** What is known of the text before an edit, and the lines that changed. */
interface Known {
  readonly places: ReadonlyMap<RegExp, MatchOffsets>;
  /** The changed lines: where they start, and where they end in the text before and in the text now. */
  readonly start: number;
  readonly before: number;
  readonly now: number;
}

/** The number of matches between two yields. */
const MATCHES_OF_STEP = 1000;

/** The matches of patterns in one text. */
export class LineMatches {
  readonly text: string;
  readonly #places = new Map<RegExp, MatchOffsets>();
  readonly #known: Known | undefined;

  /** @param last The matches in the last text of the document. */
  constructor(text: string, last?: LineMatches) {
    this.text = text;
    this.#known = last && knownFrom(last, text);
  }

  /**
   * The places of the matches of a pattern with the flag `g`. A match lies in one line with all that the pattern looks
   * at around it, of which the end of the line is a part.
   */
  of(pattern: RegExp): MatchOffsets {
    return finished(this.finding(pattern));
  }

  /** Does `of` in steps. */
  *finding(pattern: RegExp): Generator<void, MatchOffsets, undefined> {
    let places = this.#places.get(pattern);
    if (!places) {
      places = yield* this.#found(pattern);
      this.#places.set(pattern, places);
    }
    return places;
  }

  get places(): ReadonlyMap<RegExp, MatchOffsets> {
    return this.#places;
  }

  *#found(pattern: RegExp): Generator<void, MatchOffsets, undefined> {
    const places: number[] = [];
    const before = this.#known?.places.get(pattern);
    if (!this.#known || !before) {
      yield* search(this.text, pattern, 0, places);
      return places;
    }
    const { start, before: end, now } = this.#known;
    const [first, next] = [indexFrom(before, start), indexFrom(before, end)];
    yield* search(this.text.slice(start, now), pattern, start, places);
    // Most edits change no match, and move those behind by a few characters.
    if (places.length === 0 && next === before.length) return first === next ? before : before.slice(0, first);
    const by = now - end;
    const moved = before.slice(0, first);
    for (const place of places) moved.push(place);
    for (let index = next; index < before.length; index++) moved.push(before[index]! + by);
    return moved;
  }
}

/** Adds the places of the matches in a part of a text that starts at an offset. */
function* search(part: string, pattern: RegExp, offset: number, places: number[]): Generator<void, void, undefined> {
  for (const { index } of part.matchAll(pattern)) if (places.push(offset + index) % MATCHES_OF_STEP === 0) yield;
}

function knownFrom({ text: before, places }: LineMatches, now: string): Known {
  const shift = shiftBetween(before, now);
  const start = now.lastIndexOf('\n', shift.start - 1) + 1;
  const lineEnd = now.indexOf('\n', shift.now);
  const end = lineEnd < 0 ? now.length : lineEnd + 1;
  return { places, start: shift.start === 0 ? 0 : start, before: end - shift.now + shift.before, now: end };
}

/** The index of the first place that is not before an offset. */
export function indexFrom(places: MatchOffsets, offset: number): number {
  return partitionPoint(places, (place) => place < offset);
}

/** The number of documents whose matches are kept. Only one is edited at a time. */
const MOST_DOCUMENTS = 4;

/** The matches in the last texts of documents, the latest last. */
const held = new Map<Uri, LineMatches>();

/** The matches of patterns in the text of a document. */
export function lineMatches({ doc, text }: { readonly doc: Uri; readonly text: string }): LineMatches {
  const last = held.get(doc);
  if (last?.text === text) return last;
  const matches = new LineMatches(text, last);
  held.delete(doc);
  held.set(doc, matches);
  const most = isUnrecorded() ? 1 : MOST_DOCUMENTS;
  for (const oldest of held.keys()) {
    if (held.size <= most) break;
    held.delete(oldest);
  }
  return matches;
}
