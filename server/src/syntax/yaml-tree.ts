/**
 * Builds a located tree from js-yaml's events. The events have the ranges of scalars and properties; the indicators
 * between them (dashes, colons, commas, brackets) and the comments are found by reading the gaps, each of them once.
 */
import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  EVENT_ID,
  SCALAR_STYLE,
  type Event,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import { COLON, COMMA, isSpaceOrEnd, OPEN_BRACE, QUESTION } from '../base/characters.ts';
import { Alias, EmptyScalar, SequenceEntry, KeyValue, MappingNode, Sequence, type AbstractScalar } from './nodes.ts';
import { finished } from '../base/steps.ts';
import type { Anchor, Comment, Node } from './tree.ts';
import type { EventRun } from './yaml-entries.ts';
import { column, Gaps } from './yaml-gaps.ts';
import { isPlainKey, Names, PlainPair } from './yaml-pair.ts';
import { blockEnd, KeyWithoutColon, YamlScalar } from './yaml-scalar.ts';

export interface YamlTree {
  readonly roots: readonly Node[];
  readonly comments: readonly Comment[];
}

/** How the text that the events come from differs from the one that is taken for the text. */
export interface Repairs {
  /** Where the last character of a key is that has no colon or no space after it: the parser saw a colon there. */
  readonly halfKeys: ReadonlySet<number>;
}

/** Turns the events of a text into nodes. Takes linear time and does not recurse. */
export function buildYaml(text: string, runs: readonly EventRun[], repairs?: Repairs): YamlTree {
  return finished(buildingYaml(text, runs, repairs));
}

/** The number of events between two yields, which take half a millisecond. */
const EVENTS_OF_STEP = 2000;

/** Does `buildYaml` with yields. */
export function* buildingYaml(
  text: string,
  runs: readonly EventRun[],
  repairs?: Repairs,
): Generator<void, YamlTree, undefined> {
  const builder = new Builder(text, repairs);
  let left = EVENTS_OF_STEP;
  for (const run of runs)
    for (let from = 0; from < run.events.length;) {
      const end = Math.min(from + left, run.events.length);
      builder.add(run, from, end);
      left -= end - from;
      from = end;
      if (left > 0) continue;
      left = EVENTS_OF_STEP;
      yield;
    }
  return builder.tree();
}

type Collection = MappingNode | Sequence;
type Properties = Pick<ScalarEvent, 'tagStart' | 'tagEnd' | 'anchorStart' | 'anchorEnd'>;

/** A collection that is not closed yet. */
interface Open {
  readonly node: Collection;
  /** False for the map of a single pair in a flow list, which has no braces. */
  readonly bracketed: boolean;
  /** The key whose value comes next; a plain one as its pair. */
  key: Node | PlainPair | undefined;
}

class Builder {
  readonly #text: string;
  readonly #repairs: Repairs | undefined;
  readonly #gaps: Gaps;
  readonly #roots: Node[] = [];
  readonly #open: Open[] = [];
  #anchors = new Map<string, Node>();
  readonly #names: Names;
  /** The dash or colon before the next node, or -1. */
  #indicator = -1;
  /** The place of the next node if it should be empty. */
  #empty = 0;
  #explicitEnd = false;
  readonly #movedScalar: Mutable<ScalarEvent> = { ...MOVED_SCALAR };
  readonly #movedCollection: Mutable<MappingEvent | SequenceEvent> = { ...MOVED_COLLECTION };

  constructor(text: string, repairs: Repairs | undefined) {
    this.#text = text;
    this.#gaps = new Gaps(text);
    this.#names = new Names(text);
    this.#repairs = repairs;
  }

  /** Adds the nodes of a range of events. Ranges are added in order. */
  add({ events, by }: EventRun, from: number, end: number): void {
    for (let i = from; i < end; i++) {
      const event = events[i]!;
      switch (event.type) {
        case EVENT_ID.DOCUMENT:
          this.#startDocument(event.explicitStart, startOf(events[i + 1]) + by);
          this.#explicitEnd = event.explicitEnd;
          break;
        case EVENT_ID.SCALAR:
          this.#scalar(by === 0 ? event : this.#moveScalar(event, by));
          break;
        case EVENT_ID.ALIAS:
          this.#alias(event.anchorStart + by, event.anchorEnd + by);
          break;
        case EVENT_ID.POP:
          this.#pop();
          break;
        default:
          this.#collection(
            by === 0 ? event : this.#moveCollection(event, by),
            event.type === EVENT_ID.MAPPING && isDoubleStart(event, events[i + 1]),
          );
      }
    }
  }

  /** A scalar at other offsets, until the next call: nodes have what they need of it. */
  #moveScalar(event: ScalarEvent, by: number): ScalarEvent {
    const moved = this.#movedScalar;
    moved.valueStart = movedBy(event.valueStart, by);
    moved.valueEnd = movedBy(event.valueEnd, by);
    moveProperties(moved, event, by);
    moved.style = event.style;
    moved.chomping = event.chomping;
    moved.indent = event.indent;
    moved.fast = event.fast;
    return moved;
  }

  #moveCollection(event: MappingEvent | SequenceEvent, by: number): MappingEvent | SequenceEvent {
    const moved = this.#movedCollection;
    moved.type = event.type;
    moved.start = movedBy(event.start, by);
    moveProperties(moved, event, by);
    moved.style = event.style;
    return moved;
  }

  tree(): YamlTree {
    this.#gaps.skipMarkers();
    return { roots: this.#roots, comments: this.#gaps.comments };
  }

  #startDocument(explicit: boolean, first: number): void {
    this.#anchors = new Map();
    this.#gaps.skipMarkers(explicit ? Infinity : first);
    if (explicit) {
      this.#gaps.skipDirectives();
      this.#gaps.at += 3;
    }
    this.#empty = this.#gaps.at;
  }

  /** Reads up to the next node: the dash, colon, comma or question mark that its place in the collection requires. */
  #approach(): Open | undefined {
    const open = this.#open.at(-1);
    this.#indicator = -1;
    if (!open) return undefined;
    const before = this.#gaps.at;
    this.#gaps.skip();
    if (open.node.style === 'flow' && !open.key && open.bracketed) this.#gaps.step(COMMA);
    if (open.node.kind === 'list') {
      if (open.node.style === 'block') this.#indicate();
    } else if (open.key) {
      if (this.#atSeparator(open, before)) this.#indicate();
      else this.#empty = open.key instanceof PlainPair ? open.key.keyEnd : open.key.end;
      return open;
    } else if (
      this.#text.charCodeAt(this.#gaps.at) === QUESTION &&
      isSpaceOrEnd(this.#text.charCodeAt(this.#gaps.at + 1))
    ) {
      this.#gaps.step(QUESTION);
    }
    this.#empty = this.#gaps.at;
    return open;
  }

  #indicate(): void {
    this.#indicator = this.#gaps.at++;
    this.#empty = this.#gaps.at;
  }

  /**
   * Whether a colon is next that belongs to the open key: a block key without value may be followed by an outer colon.
   */
  #atSeparator(open: Open, keyEnd: number): boolean {
    if (this.#text.charCodeAt(this.#gaps.at) !== COLON) return false;
    if (open.key instanceof KeyWithoutColon) return this.#gaps.at === keyEnd;
    if (open.node.style === 'flow') return true;
    if (!isSpaceOrEnd(this.#text.charCodeAt(this.#gaps.at + 1))) return false;
    if (this.#gaps.at === keyEnd) return true;
    const indent = column(this.#text, this.#gaps.at);
    return this.#gaps.at - indent <= keyEnd || indent === open.node.indent;
  }

  #scalar(event: ScalarEvent): void {
    const open = this.#approach();
    const isKey = open?.node.kind === 'map' && !open.key;
    if (isKey && isPlainKey(event) && this.#repairs?.halfKeys.has(event.valueEnd) !== true) {
      open.key = this.#plainPair(event);
      return;
    }
    const node = event.valueStart < 0 ? this.#absent(open?.node, event) : this.#present(open?.node, event);
    this.#finish(node, event);
    this.#add(open, node);
  }

  #plainPair({ valueStart, valueEnd }: ScalarEvent): PlainPair {
    this.#gaps.skip(valueStart);
    this.#gaps.at = valueEnd;
    return new PlainPair(this.#text, valueStart, valueEnd, this.#names.at(valueStart, valueEnd));
  }

  #absent(parent: Collection | undefined, event: ScalarEvent): AbstractScalar {
    const at = this.#empty;
    if (this.#repairs?.halfKeys.has(at)) return this.#halfKey(parent, at, at, at);
    const start = this.#gaps.properties(event, -1);
    return start < 0 ? new EmptyScalar(parent, at, at) : new EmptyScalar(parent, start, this.#gaps.at);
  }

  #present(parent: Collection | undefined, event: ScalarEvent): AbstractScalar {
    const properties = this.#gaps.properties(event, -1);
    const { valueStart, valueEnd, style } = event;
    this.#gaps.skip(valueStart);
    const start = properties >= 0 ? properties : style === SCALAR_STYLE.PLAIN ? valueStart : this.#gaps.at;
    if (style === SCALAR_STYLE.PLAIN) {
      this.#gaps.at = valueEnd;
      if (this.#repairs?.halfKeys.has(valueEnd)) return this.#halfKey(parent, start, valueStart, valueEnd);
      return new YamlScalar(parent, start, valueEnd, this.#text, event);
    }
    if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) {
      this.#gaps.at = valueEnd + 1;
      // If line breaks were hidden from the parser, it reports that there is nothing to decode.
      return new YamlScalar(parent, start, valueEnd + 1, this.#text, event, event.fast && !this.#repairs);
    }
    const headerEnd = this.#gaps.blockHeader(valueStart);
    this.#gaps.at = valueEnd;
    return new YamlScalar(parent, start, Math.max(headerEnd, blockEnd(this.#text, event)), this.#text, event);
  }

  #halfKey(parent: Collection | undefined, start: number, contentStart: number, last: number): AbstractScalar {
    this.#gaps.at = last + 1;
    return new KeyWithoutColon(parent, start, this.#gaps.at, this.#text, contentStart);
  }

  #alias(nameStart: number, nameEnd: number): void {
    const open = this.#approach();
    this.#gaps.skip();
    const name = this.#text.slice(nameStart, nameEnd);
    const target = this.#anchors.get(name);
    const circular = this.#open.some((outer) => outer.node === target);
    this.#gaps.at = nameEnd;
    this.#add(open, new Alias(open?.node, nameStart - 1, nameEnd, name, circular ? undefined : target));
  }

  /** @param isDouble Whether its first key is a map that starts at the same place. */
  #collection(event: MappingEvent | SequenceEvent, isDouble: boolean): void {
    const open = this.#approach();
    this.#gaps.skip();
    const start = this.#gaps.properties(event, event.start);
    const style = event.style === COLLECTION_STYLE.FLOW ? 'flow' : 'block';
    const indent = style === 'block' ? column(this.#text, event.start) : -1;
    const node =
      event.type === EVENT_ID.MAPPING
        ? new MappingNode(open?.node, start, style, indent)
        : new Sequence(open?.node, start, style, indent);
    const bracketed =
      style === 'flow' && (event.type === EVENT_ID.SEQUENCE || !isSinglePair(this.#text, event, isDouble));
    this.#gaps.skip(event.start);
    this.#gaps.at = Math.max(this.#gaps.at, event.start + (bracketed ? 1 : 0));
    this.#finish(node, event);
    this.#add(open, node);
    this.#open.push({ node, bracketed, key: undefined });
  }

  #pop(): void {
    const open = this.#open.pop();
    if (!open) return this.#endDocument();
    const node = open.node;
    // An array that grew has room for sixteen more, and most collections are smaller.
    if (node.kind === 'map') node.pairs = node.pairs.slice();
    else node.items = node.items.slice();
    if (open.bracketed) {
      this.#gaps.skip();
      this.#gaps.step(COMMA);
      node.end = ++this.#gaps.at;
    } else {
      const last = node.kind === 'map' ? node.pairs.at(-1) : node.items.at(-1);
      node.end = Math.max(last?.end ?? node.start, node.start);
    }
  }

  #endDocument(): void {
    if (!this.#explicitEnd) return;
    this.#gaps.skip();
    this.#gaps.at += 3;
  }

  #finish(node: AbstractScalar | Collection, event: Properties): void {
    if (event.tagStart >= 0) {
      const { tagStart: start, tagEnd: end } = event;
      node.tag = { name: this.#names.at(start, end), start, end };
    }
    if (event.anchorStart >= 0) {
      node.anchor = anchorAt(this.#text, event);
      this.#anchors.set(node.anchor.name, node);
    }
  }

  #add(open: Open | undefined, node: Node): void {
    if (!open) this.#roots.push(node);
    else if (open.node.kind === 'list')
      open.node.items.push(new SequenceEntry(this.#indicator < 0 ? node.start : this.#indicator, node));
    else if (!open.key) {
      open.key = node;
      return;
    } else {
      const pair =
        open.key instanceof PlainPair
          ? open.key.with(this.#indicator, node)
          : new KeyValue(open.key, this.#indicator, node);
      open.node.pairs.push(pair);
      open.key = undefined;
    }
  }
}

/** Where the first thing of a node that is written is; a node that is not there ends nothing. */
function startOf(event: Event | undefined): number {
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return event.valueStart < 0 || event.style !== SCALAR_STYLE.PLAIN ? Infinity : event.valueStart;
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return event.start;
    default:
      return Infinity;
  }
}

function anchorAt(text: string, event: Properties): Anchor {
  return { name: text.slice(event.anchorStart, event.anchorEnd), start: event.anchorStart - 1, end: event.anchorEnd };
}

/**
 * Whether a flow map is the pair of a list without braces. One whose key is a map in braces starts at the same place.
 */
function isSinglePair(text: string, { start }: MappingEvent, isDouble: boolean): boolean {
  return text.charCodeAt(start) !== OPEN_BRACE || isDouble;
}

function isDoubleStart({ start }: MappingEvent, next: Event | undefined): boolean {
  return next?.type === EVENT_ID.MAPPING && next.start === start;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NO_PROPERTIES = { anchorStart: -1, anchorEnd: -1, tagStart: -1, tagEnd: -1 };
const MOVED_SCALAR: ScalarEvent = {
  type: EVENT_ID.SCALAR,
  valueStart: -1,
  valueEnd: -1,
  ...NO_PROPERTIES,
  style: SCALAR_STYLE.PLAIN,
  chomping: CHOMPING_MODE.CLIP,
  indent: -1,
  fast: false,
};
const MOVED_COLLECTION: MappingEvent | SequenceEvent = {
  type: EVENT_ID.MAPPING,
  start: 0,
  ...NO_PROPERTIES,
  style: COLLECTION_STYLE.BLOCK,
};

/** An offset of -1 means that something does not exist. */
function movedBy(offset: number, by: number): number {
  return offset < 0 ? offset : offset + by;
}

function moveProperties(moved: Mutable<Properties>, event: Properties, by: number): void {
  moved.anchorStart = movedBy(event.anchorStart, by);
  moved.anchorEnd = movedBy(event.anchorEnd, by);
  moved.tagStart = movedBy(event.tagStart, by);
  moved.tagEnd = movedBy(event.tagEnd, by);
}
