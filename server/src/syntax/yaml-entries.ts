/**
 * Reads a YAML text entry by entry: the keys at the left margin, and the keys of each section below such a key. The
 * events of an entry depend on its text only, so those of unchanged entries are taken from the last reading, and the
 * reading can pause between entries. A text whose entries cannot be distinguished, or with a syntax error, is read as a
 * whole instead.
 */
import { COLLECTION_STYLE, EVENT_ID, parseEvents, type Event, type MappingEvent, type ScalarEvent } from 'js-yaml';
import { BOM, HASH, isLineEnd, SPACE } from '../base/characters.ts';
import { MAX_DEPTH } from './nodes.ts';

/** The events of entries by their texts, after the line of their section. */
export type ReadEntries = ReadonlyMap<string, EntryEvents>;

/** Events in a row, whose offsets count from another place. */
export interface EventRun {
  readonly events: readonly Event[];
  /** What to add to their offsets. */
  readonly by: number;
}

/** The events of a text, and those of each entry for the next reading. */
export interface EventsOfEntries {
  readonly runs: readonly EventRun[];
  readonly entries: ReadEntries;
}

/** The events of one entry. Offsets count from the line of its section, or from its own start if it has none. */
interface EntryEvents {
  /** The start of the document and of the map at its root. */
  readonly root: readonly [Event, MappingEvent];
  /** The key of the section and the start of its map. */
  readonly section: readonly [ScalarEvent, MappingEvent] | undefined;
  readonly pairs: readonly Event[];
}

/** A marker between documents, or a directive. One at the beginning is allowed. */
const MARKER = /^(?:---|\.\.\.|%)/m;
const FIRST_MARKER = /^\uFEFF?(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*---[ \t]*\r?\n/;

/** How a key begins that is neither explicit nor has a tag or an anchor, which can belong to the value before. */
const PLAIN_KEY = /[\w"'<$.\u0080-\uFFFF]/y;

/** The line of a section: a key whose value begins on another line. */
const SECTION = /^(?:[\w:-]+|"[\w:-]+"|'[\w:-]+'):[ \t]*(?:#[^\r\n]*)?\r?\n$/;

/**
 * The events of a text, with yields between entries; undefined if it must be read as a whole.
 * @param known The entries of the last reading of the document.
 */
export function* eventsByEntry(
  text: string,
  known: ReadEntries,
): Generator<void, EventsOfEntries | undefined, undefined> {
  if (/\r(?!\n)/.test(text)) return undefined;
  const from = FIRST_MARKER.exec(text)?.[0].length ?? 0;
  if (MARKER.test(from === 0 ? text : text.slice(from))) return undefined;
  const reading = new EntryReading(text, known);
  const keys = startsAt(text, from, text.length, 0);
  if (!keys) return undefined;
  for (const [index, key] of keys.entries()) {
    const end = keys[index + 1] ?? text.length;
    for (const part of partsOf(text, index === 0 ? 0 : key, end)) {
      if (!reading.add(part)) return undefined;
      yield;
    }
  }
  return reading.done();
}

/** A part of the text that is read alone. */
interface Part {
  readonly start: number;
  readonly end: number;
  /** For an entry of a section: the line of the section. Its first entry follows this line. */
  readonly header?: string;
  readonly isFirst?: boolean;
  readonly isLast?: boolean;
}

/** The entries of a section; the whole of anything else. */
function partsOf(text: string, start: number, end: number): readonly Part[] {
  const below = text.indexOf('\n', start) + 1;
  const header = text.slice(start, below);
  if (below >= end || !SECTION.test(header)) return [{ start, end }];
  const first = contentAfter(text, below, end);
  const indent = first - lineStart(text, first);
  if (first >= end || indent === 0) return [{ start, end }];
  const starts = startsAt(text, below, end, indent);
  if (!starts) return [{ start, end }];
  return starts.map((at, index) => ({
    start: index === 0 ? below : at,
    end: starts[index + 1] ?? end,
    header,
    isFirst: index === 0,
    isLast: index === starts.length - 1,
  }));
}

/** Collects the events of entries. */
class EntryReading {
  readonly #text: string;
  readonly #known: ReadEntries;
  readonly #entries = new Map<string, EntryEvents>();
  readonly #runs: EventRun[] = [];

  constructor(text: string, known: ReadEntries) {
    this.#text = text;
    this.#known = known;
  }

  /** Adds the events of a part, and returns whether it could be read alone. */
  add({ start, end, header = '', isFirst, isLast }: Part): boolean {
    const entry = header + this.#text.slice(start, end);
    const read = this.#known.get(entry) ?? this.#entries.get(entry) ?? readEntry(entry, header !== '');
    if (!read) return false;
    this.#entries.set(entry, read);
    const by = start - header.length;
    if (this.#runs.length === 0) this.#runs.push({ events: read.root, by });
    if (isFirst && read.section) this.#runs.push({ events: read.section, by });
    this.#runs.push({ events: read.pairs, by });
    if (isLast) this.#runs.push(END);
    return true;
  }

  /** All events; undefined for a text without entries. */
  done(): EventsOfEntries | undefined {
    if (this.#runs.length === 0) return undefined;
    this.#runs.push(END, END);
    return { runs: this.#runs, entries: this.#entries };
  }
}

/** The end of a collection. */
const END: EventRun = { events: [{ type: EVENT_ID.POP }], by: 0 };

/** The events of an entry; undefined if it is not a map, or not an entry of a section. */
function readEntry(text: string, inSection: boolean): EntryEvents | undefined {
  let events: readonly Event[];
  try {
    events = parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch {
    return undefined;
  }
  const [document, root, key, section] = events;
  if (document?.type !== EVENT_ID.DOCUMENT || document.explicitEnd || !isBlockMap(root)) return undefined;
  if (!inSection)
    return endLast(events, 2) ? { root: [document, root], section: undefined, pairs: events.slice(2, -2) } : undefined;
  return key?.type === EVENT_ID.SCALAR && isBlockMap(section) && endLast(events, 3)
    ? { root: [document, root], section: [key, section], pairs: events.slice(4, -3) }
    : undefined;
}

function isBlockMap(event: Event | undefined): event is MappingEvent {
  return event?.type === EVENT_ID.MAPPING && event.style === COLLECTION_STYLE.BLOCK;
}

/** Whether the first collections, of which the document is one, end only at the end of the events. */
function endLast(events: readonly Event[], collections: number): boolean {
  let open = 0;
  let opened = false;
  for (const event of events.slice(0, -collections)) {
    if (event.type === EVENT_ID.POP) open--;
    else if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS) open++;
    opened ||= open === collections;
    if (opened && open < collections) return false;
  }
  return open === collections;
}

/**
 * The starts of lines in a range whose first character, other than a comment, has a column; undefined if one is not the
 * start of a plain key.
 */
function startsAt(text: string, from: number, end: number, column: number): readonly number[] | undefined {
  const starts: number[] = [];
  for (let line = from; line < end; line = text.indexOf('\n', line) + 1 || end) {
    const content = contentOf(text, line, line + column + 1);
    const c = content < end ? text.charCodeAt(content) : NaN;
    if (content - line !== column || isLineEnd(c) || c === HASH) continue;
    PLAIN_KEY.lastIndex = content === 0 && c === BOM ? 1 : content;
    if (!PLAIN_KEY.test(text)) return undefined;
    starts.push(line);
  }
  return starts;
}

/** The first character after the spaces at the start of a line, or the limit. */
function contentOf(text: string, line: number, limit: number): number {
  let at = line;
  while (at < limit && text.charCodeAt(at) === SPACE) at++;
  return at;
}

/** The first character in a range that is not white space or a comment. */
function contentAfter(text: string, from: number, end: number): number {
  for (let line = from; line < end; line = text.indexOf('\n', line) + 1 || end) {
    const content = contentOf(text, line, end);
    if (content < end && !isLineEnd(text.charCodeAt(content)) && text.charCodeAt(content) !== HASH) return content;
  }
  return end;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}
