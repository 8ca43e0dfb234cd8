/**
 * Builds a located tree from js-yaml's events. The events say where scalars and properties are; the indicators between
 * them (dashes, colons, commas, brackets) and the comments are found by reading the gaps, each of them once.
 */
import { COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE, type Event, type MappingEvent, type ScalarEvent, type SequenceEvent } from 'js-yaml';
import { BOM, COLON, COMMA, CR, HASH, isBlank, isLineEnd, LF, OPEN_BRACE, PERCENT, QUESTION, SPACE, TAB } from './characters.ts';
import { Alias, EmptyScalar, Entry, KeyValue, Mapping, Sequence, type Scalar } from './nodes.ts';
import type { Anchor, Comment, Node, Tag } from './tree.ts';
import { blockEnd, HalfKey, YamlScalar } from './yaml-scalar.ts';

export interface YamlTree {
  readonly roots: readonly Node[];
  readonly comments: readonly Comment[];
}

/** How the text that the events come from differs from the one that is taken for the text. */
export interface Repairs {
  /** Where the last character of a key is that has no colon or no space behind it: the parser saw a colon there. */
  readonly halfKeys: ReadonlySet<number>;
}

/** Turns the events of a text into nodes. Takes linear time and does not recurse. */
export function buildYaml(text: string, events: readonly Event[], repairs?: Repairs): YamlTree {
  return new Builder(text, repairs).build(events);
}

type Collection = Mapping | Sequence;
type Properties = Pick<ScalarEvent, 'tagStart' | 'tagEnd' | 'anchorStart' | 'anchorEnd'>;

/** A collection that is not closed yet. */
interface Open {
  readonly node: Collection;
  /** False for the map of a single pair in a flow list, which has no braces. */
  readonly bracketed: boolean;
  /** The key whose value comes next. */
  key: Node | undefined;
}

class Builder {
  readonly #text: string;
  readonly #repairs: Repairs | undefined;
  readonly #roots: Node[] = [];
  readonly #comments: Comment[] = [];
  readonly #open: Open[] = [];
  #anchors = new Map<string, Node>();
  /** The end of what was consumed. */
  #at = 0;
  /** The dash or colon in front of the next node, or -1. */
  #indicator = -1;
  /** The place of the next node if it should be empty. */
  #empty = 0;
  #explicitEnd = false;

  constructor(text: string, repairs: Repairs | undefined) {
    this.#text = text;
    this.#repairs = repairs;
  }

  build(events: readonly Event[]): YamlTree {
    for (let i = 0; i < events.length; i++) {
      const event = events[i]!;
      switch (event.type) {
        case EVENT_ID.DOCUMENT:
          this.#startDocument(event.explicitStart, events[i + 1]);
          this.#explicitEnd = event.explicitEnd;
          break;
        case EVENT_ID.SCALAR: this.#scalar(event); break;
        case EVENT_ID.ALIAS: this.#alias(event.anchorStart, event.anchorEnd); break;
        case EVENT_ID.POP: this.#pop(); break;
        default: this.#collection(event, events[i + 1]);
      }
    }
    this.#skipMarkers();
    return { roots: this.#roots, comments: this.#comments };
  }

  #startDocument(explicit: boolean, first: Event | undefined): void {
    this.#anchors = new Map();
    this.#skipMarkers(explicit ? Infinity : startOf(first));
    while (explicit && this.#text.charCodeAt(this.#at) === PERCENT) {
      this.#skipDirective();
      this.#skip();
    }
    if (explicit) this.#at += 3;
    this.#empty = this.#at;
  }

  /** Steps over what may be in front of a document: comments, byte order marks, end markers of documents that are not there. */
  #skipMarkers(limit = Infinity): void {
    for (;;) {
      this.#skip(limit);
      if (this.#at >= limit || column(this.#text, this.#at) !== 0) return;
      if (this.#text.charCodeAt(this.#at) === BOM) this.#at++;
      else if (this.#text.startsWith('...', this.#at) && isBlank(this.#text.charCodeAt(this.#at + 3))) this.#at += 3;
      else return;
    }
  }

  #skipDirective(): void {
    while (!isLineEnd(this.#text.charCodeAt(this.#at))) {
      if (this.#text.charCodeAt(this.#at) === HASH && isBlank(this.#text.charCodeAt(this.#at - 1))) return;
      this.#at++;
    }
  }

  /** Steps over white space and comments, but not over what is known to be something else. */
  #skip(limit = Infinity): void {
    const text = this.#text;
    while (this.#at < limit) {
      const c = text.charCodeAt(this.#at);
      if (c === SPACE || c === LF || c === CR || c === TAB) this.#at++;
      else if (c === HASH) {
        const start = this.#at;
        while (!isLineEnd(text.charCodeAt(this.#at))) this.#at++;
        this.#comments.push({ start, end: this.#at });
      } else return;
    }
  }

  /** Reads up to the next node: the dash, colon, comma or question mark that its place in the collection asks for. */
  #approach(): Open | undefined {
    const open = this.#open.at(-1);
    this.#indicator = -1;
    if (!open) return undefined;
    const before = this.#at;
    this.#skip();
    if (open.node.style === 'flow' && !open.key && open.bracketed) this.#step(COMMA);
    if (open.node.kind === 'list') {
      if (open.node.style === 'block') this.#indicate();
    } else if (open.key) {
      if (this.#atSeparator(open, before)) this.#indicate();
      else this.#empty = open.key.end;
      return open;
    } else if (this.#text.charCodeAt(this.#at) === QUESTION && isBlank(this.#text.charCodeAt(this.#at + 1))) {
      this.#step(QUESTION);
    }
    this.#empty = this.#at;
    return open;
  }

  #indicate(): void {
    this.#indicator = this.#at++;
    this.#empty = this.#at;
  }

  #step(indicator: number): void {
    if (this.#text.charCodeAt(this.#at) !== indicator) return;
    this.#at++;
    this.#skip();
  }

  /** Whether a colon is next that belongs to the open key: a block key without value may be followed by an outer colon. */
  #atSeparator(open: Open, keyEnd: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== COLON) return false;
    if (open.key instanceof HalfKey) return this.#at === keyEnd;
    if (open.node.style === 'flow') return true;
    if (!isBlank(this.#text.charCodeAt(this.#at + 1))) return false;
    if (this.#at === keyEnd) return true;
    const indent = column(this.#text, this.#at);
    return this.#at - indent <= keyEnd || indent === open.node.indent;
  }

  #scalar(event: ScalarEvent): void {
    const open = this.#approach();
    const node = event.valueStart < 0 ? this.#absent(open?.node, event) : this.#present(open?.node, event);
    this.#finish(node, event);
    this.#add(open, node);
  }

  #absent(parent: Collection | undefined, event: ScalarEvent): Scalar {
    const at = this.#empty;
    if (this.#repairs?.halfKeys.has(at)) return this.#halfKey(parent, at, at, at);
    const start = this.#properties(event, -1);
    return start < 0 ? new EmptyScalar(parent, at, at) : new EmptyScalar(parent, start, this.#at);
  }

  #present(parent: Collection | undefined, event: ScalarEvent): Scalar {
    const properties = this.#properties(event, -1);
    const { valueStart, valueEnd, style } = event;
    this.#skip(valueStart);
    const start = properties >= 0 ? properties : style === SCALAR_STYLE.PLAIN ? valueStart : this.#at;
    if (style === SCALAR_STYLE.PLAIN) {
      this.#at = valueEnd;
      if (this.#repairs?.halfKeys.has(valueEnd)) return this.#halfKey(parent, start, valueStart, valueEnd);
      return new YamlScalar(parent, start, valueEnd, this.#text, event);
    }
    if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) {
      this.#at = valueEnd + 1;
      // Line breaks may have been hidden from the parser, which then thinks that there is nothing to decode.
      return new YamlScalar(parent, start, valueEnd + 1, this.#text, this.#repairs ? { ...event, fast: false } : event);
    }
    const headerEnd = this.#blockHeader(valueStart);
    this.#at = valueEnd;
    return new YamlScalar(parent, start, Math.max(headerEnd, blockEnd(this.#text, event)), this.#text, event);
  }

  #halfKey(parent: Collection | undefined, start: number, contentStart: number, last: number): Scalar {
    this.#at = last + 1;
    return new HalfKey(parent, start, this.#at, this.#text, contentStart);
  }

  /** Reads `|2-` and a comment behind it, and returns where the indicators end. */
  #blockHeader(contentStart: number): number {
    while (!isBlank(this.#text.charCodeAt(this.#at))) this.#at++;
    const end = this.#at;
    this.#skip(contentStart);
    return end;
  }

  #alias(nameStart: number, nameEnd: number): void {
    const open = this.#approach();
    this.#skip();
    const name = this.#text.slice(nameStart, nameEnd);
    const target = this.#anchors.get(name);
    const circular = this.#open.some((outer) => outer.node === target);
    this.#at = nameEnd;
    this.#add(open, new Alias(open?.node, nameStart - 1, nameEnd, name, circular ? undefined : target));
  }

  #collection(event: MappingEvent | SequenceEvent, next: Event | undefined): void {
    const open = this.#approach();
    this.#skip();
    const start = this.#properties(event, event.start);
    const style = event.style === COLLECTION_STYLE.FLOW ? 'flow' : 'block';
    const indent = style === 'block' ? column(this.#text, event.start) : -1;
    const node = event.type === EVENT_ID.MAPPING ? new Mapping(open?.node, start, style, indent) : new Sequence(open?.node, start, style, indent);
    const bracketed = style === 'flow' && (event.type === EVENT_ID.SEQUENCE || !isSinglePair(this.#text, event, next));
    this.#skip(event.start);
    this.#at = Math.max(this.#at, event.start + (bracketed ? 1 : 0));
    this.#finish(node, event);
    this.#add(open, node);
    this.#open.push({ node, bracketed, key: undefined });
  }

  #pop(): void {
    const open = this.#open.pop();
    if (!open) return this.#endDocument();
    const node = open.node;
    if (open.bracketed) {
      this.#skip();
      this.#step(COMMA);
      node.end = ++this.#at;
    } else {
      const last = node.kind === 'map' ? node.pairs.at(-1) : node.items.at(-1);
      node.end = Math.max(last?.end ?? node.start, node.start);
    }
  }

  #endDocument(): void {
    if (!this.#explicitEnd) return;
    this.#skip();
    this.#at += 3;
  }

  /** Steps over tag and anchor, if there are any; returns where the first of them starts, or `otherwise`. */
  #properties(event: Properties, otherwise: number): number {
    const { tagEnd, anchorEnd } = event;
    if (tagEnd < 0 && anchorEnd < 0) return otherwise;
    this.#skip();
    const start = this.#at;
    if (tagEnd >= 0 && anchorEnd >= 0) {
      this.#at = Math.min(tagEnd, anchorEnd);
      this.#skip();
    }
    this.#at = Math.max(tagEnd, anchorEnd);
    return start;
  }

  #finish(node: Scalar | Collection, event: Properties): void {
    if (event.tagStart >= 0) node.tag = tagAt(this.#text, event);
    if (event.anchorStart >= 0) {
      node.anchor = anchorAt(this.#text, event);
      this.#anchors.set(node.anchor.name, node);
    }
  }

  #add(open: Open | undefined, node: Node): void {
    if (!open) this.#roots.push(node);
    else if (open.node.kind === 'list') open.node.items.push(new Entry(this.#indicator < 0 ? node.start : this.#indicator, node));
    else if (!open.key) {
      open.key = node;
      return;
    } else {
      open.node.pairs.push(new KeyValue(open.key, this.#indicator, node));
      open.key = undefined;
    }
  }
}

/** Where the first thing of a node that is written is; a node that is not there ends nothing. */
function startOf(event: Event | undefined): number {
  switch (event?.type) {
    case EVENT_ID.SCALAR: return event.valueStart < 0 || event.style !== SCALAR_STYLE.PLAIN ? Infinity : event.valueStart;
    case EVENT_ID.MAPPING: case EVENT_ID.SEQUENCE: return event.start;
    default: return Infinity;
  }
}

function tagAt(text: string, event: Properties): Tag {
  return { name: text.slice(event.tagStart, event.tagEnd), start: event.tagStart, end: event.tagEnd };
}

function anchorAt(text: string, event: Properties): Anchor {
  return { name: text.slice(event.anchorStart, event.anchorEnd), start: event.anchorStart - 1, end: event.anchorEnd };
}

/** Whether a flow map is the pair of a list without braces. One whose key is a map in braces starts at the same place. */
function isSinglePair(text: string, event: MappingEvent, next: Event | undefined): boolean {
  return text.charCodeAt(event.start) !== OPEN_BRACE || (next?.type === EVENT_ID.MAPPING && next.start === event.start);
}

function column(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineEnd(text.charCodeAt(start - 1))) start--;
  return offset - start - (offset > start && text.charCodeAt(start) === BOM ? 1 : 0);
}
