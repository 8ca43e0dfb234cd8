/**
 * A JSON document as a tape of numbers. A plan can have millions of values, but few are used, so nodes are created
 * lazily, per collection.
 */
import { JsonString, JsonText, JsonWord, UnclosedString } from './json-scalar.ts';
import { NodeBase, EmptyScalar, SequenceEntry, pairName, sharedBy } from './nodes.ts';
import { lastNamed, type ListNode, type MapNode, type Node, type Pair } from './tree.ts';

/** The kind of an entry of the tape. */
export const STRING_ENTRY = 1,
  UNCLOSED_ENTRY = 2,
  WORD_ENTRY = 3,
  EMPTY_ENTRY = 4,
  MAP_ENTRY = 5,
  LIST_ENTRY = 6;

const SIZE_OF_SCALAR = 3;
/** The numbers of a collection before its contents. */
const SIZE_OF_COLLECTION = 4;
/** The length of a tape whose memory the system provides by the page. */
const LONG_TAPE = 1 << 20;
/** Where the key and the value of a pair are, behind its separator. */
const KEY_OF_PAIR = 1,
  VALUE_OF_PAIR = 4;

/**
 * Entries one after another, as the values come in the text. A scalar is its kind, start and end; a collection is the
 * same, then the place of the next entry after its contents, then its contents. In a map each value has the place of
 * the colon (or -1) and a scalar as key before it.
 */
export class Tape {
  readonly #source: JsonText;
  #numbers: Int32Array;
  #length = 0;
  /** Whether all keys are strings without escapes, so that they can be compared without decoding them. */
  hasPlainKeys = true;
  /** The first backslash from the last key on. */
  #backslash = -1;

  constructor(text: string) {
    this.#source = new JsonText(text);
    // Enough for most text. The system provides the memory when it is used, and the rest is returned at the end.
    this.#numbers = new Int32Array(Math.max(64, text.length >> 1));
  }

  get length(): number {
    return this.#length;
  }

  /** Adds a scalar and returns its place. */
  scalar(kind: number, start: number, end: number): number {
    const at = this.#room(SIZE_OF_SCALAR);
    const numbers = this.#numbers;
    numbers[at] = kind;
    numbers[at + 1] = start;
    numbers[at + 2] = end;
    return at;
  }

  /** Begins a collection and returns its place. */
  open(kind: number, start: number): number {
    const at = this.scalar(kind, start, start + 1);
    this.#room(SIZE_OF_COLLECTION - SIZE_OF_SCALAR);
    return at;
  }

  /** Ends the collection at a place. */
  close(at: number, end: number): void {
    this.#numbers[at + 2] = end;
    this.#numbers[at + 3] = this.#length;
  }

  /** Adds the separator and the key of a value in a map. */
  key(separator: number, kind: number, start: number, end: number): void {
    const at = this.#room(VALUE_OF_PAIR);
    const numbers = this.#numbers;
    numbers[at] = separator;
    numbers[at + KEY_OF_PAIR] = kind;
    numbers[at + KEY_OF_PAIR + 1] = start;
    numbers[at + KEY_OF_PAIR + 2] = end;
    this.hasPlainKeys &&= kind === STRING_ENTRY && !this.#hasEscape(start, end);
  }

  /** Whether a key has an escape. Keys come in the order of the text. */
  #hasEscape(start: number, end: number): boolean {
    if (this.#backslash < start) {
      const at = this.#source.text.indexOf('\\', start);
      this.#backslash = at < 0 ? Infinity : at;
    }
    return this.#backslash < end;
  }

  /** Moves the end of the value at a place. */
  extend(at: number, end: number): void {
    this.#numbers[at + 2] = end;
  }

  /**
   * Ends the tape, and returns the room that is left. The system has not provided that of a long one, whose copy would
   * take more memory, and a collection of garbage.
   */
  end(): void {
    if (this.#length < LONG_TAPE) this.#numbers = this.#numbers.slice(0, this.#length);
  }

  /** The node of the value at a place. */
  node(at: number, parent: MapNode | ListNode | undefined): Node {
    const start = this.#numbers[at + 1]!;
    const end = this.#numbers[at + 2]!;
    switch (this.#numbers[at]) {
      case STRING_ENTRY:
        return new JsonString(parent, start, end, this.#source);
      case UNCLOSED_ENTRY:
        return new UnclosedString(parent, start, end, this.#source);
      case WORD_ENTRY:
        return new JsonWord(parent, start, end, this.#source);
      case MAP_ENTRY:
        return new JsonMap(parent, start, end, this, at);
      case LIST_ENTRY:
        return new JsonList(parent, start, end, this, at);
      default:
        return new EmptyScalar(parent, start, end);
    }
  }

  /** The pairs of a map, given those that exist already. */
  pairs(at: number, map: JsonMap, known: readonly JsonPair[]): readonly JsonPair[] {
    const pairs: JsonPair[] = [];
    const end = this.#numbers[at + 3]!;
    for (let i = at + SIZE_OF_COLLECTION; i < end; i = this.#behind(i + VALUE_OF_PAIR))
      pairs.push((known.length > 0 && known.find((pair) => pair.at === i)) || new JsonPair(map, i));
    // Without the room for more that an array has which grew.
    return pairs.slice();
  }

  /** The place of the last pair of a map with a name, or -1. Keys have no escapes. */
  placeOf(at: number, name: string): number {
    let found = -1;
    const end = this.#numbers[at + 3]!;
    for (let i = at + SIZE_OF_COLLECTION; i < end; i = this.#behind(i + VALUE_OF_PAIR)) {
      const start = this.#numbers[i + KEY_OF_PAIR + 1]! + 1;
      const length = this.#numbers[i + KEY_OF_PAIR + 2]! - 1 - start;
      if (length === name.length && this.#source.text.startsWith(name, start)) found = i;
    }
    return found;
  }

  /** The number at a place. */
  at(place: number): number {
    return this.#numbers[place]!;
  }

  /** The decoded text of a string at a place; undefined if there is no string. */
  string(at: number): string | undefined {
    if (this.#numbers[at] !== STRING_ENTRY) return undefined;
    return this.#source.string(this.#numbers[at + 1]!, this.#numbers[at + 2]!);
  }

  items(at: number, list: ListNode): readonly SequenceEntry[] {
    const items: SequenceEntry[] = [];
    const end = this.#numbers[at + 3]!;
    for (let i = at + SIZE_OF_COLLECTION; i < end; i = this.#behind(i))
      items.push(new SequenceEntry(this.#numbers[i + 1]!, this.node(i, list)));
    return items.slice();
  }

  /**
   * Passes the kinds and ranges of the entries of a pair to a function, as many numbers as their order tells apart.
   * Offsets count from the start of the pair.
   */
  shape(at: number, add: (number: number) => void): void {
    const origin = this.#numbers[at + KEY_OF_PAIR + 1]!;
    const end = this.#behind(at + VALUE_OF_PAIR);
    const addScalar = (place: number): void => {
      add(this.#numbers[place]!);
      add(this.#numbers[place + 1]! - origin);
      add(this.#numbers[place + 2]! - origin);
    };
    // The collections around a place: where each ends, and whether it is a map.
    const ends: number[] = [];
    const maps = [true];
    for (let place = at; place < end;) {
      while (ends.at(-1) === place) {
        ends.pop();
        maps.pop();
      }
      if (maps.at(-1)) {
        addScalar(place + KEY_OF_PAIR);
        place += VALUE_OF_PAIR;
      }
      addScalar(place);
      const kind = this.#numbers[place]!;
      if (kind >= MAP_ENTRY) {
        ends.push(this.#numbers[place + 3]!);
        maps.push(kind === MAP_ENTRY);
        place += SIZE_OF_COLLECTION;
      } else place += SIZE_OF_SCALAR;
    }
  }

  /** The place of the entry after a value. */
  #behind(at: number): number {
    return this.#numbers[at]! >= MAP_ENTRY ? this.#numbers[at + 3]! : at + SIZE_OF_SCALAR;
  }

  /** The place of some new numbers. */
  #room(numbers: number): number {
    const at = this.#length;
    this.#length += numbers;
    if (this.#length > this.#numbers.length) {
      const longer = new Int32Array(this.#numbers.length * 2);
      longer.set(this.#numbers);
      this.#numbers = longer;
    }
    return at;
  }
}

class JsonMap extends NodeBase implements MapNode {
  declare readonly kind: 'map';
  declare readonly style: 'flow';
  declare readonly indent: -1;
  readonly tape: Tape;
  readonly #at: number;
  #pairs: readonly JsonPair[] | undefined;
  /** The pairs that were looked up: of most maps of a plan, few of many. */
  #found: JsonPair[] | undefined;

  constructor(parent: MapNode | ListNode | undefined, start: number, end: number, tape: Tape, at: number) {
    super(parent, start, end);
    this.tape = tape;
    this.#at = at;
  }

  get pairs(): readonly Pair[] {
    if (!this.#pairs) {
      this.#pairs = this.tape.pairs(this.#at, this, this.#found ?? NO_PAIRS);
      this.#found = undefined;
    }
    return this.#pairs;
  }

  pairNamed(name: string): Pair | undefined {
    if (this.#pairs || !this.tape.hasPlainKeys) return lastNamed(this.pairs, name);
    const at = this.tape.placeOf(this.#at, name);
    if (at < 0) return undefined;
    const found = (this.#found ??= []);
    for (const pair of found) if (pair.at === at) return pair;
    const pair = new JsonPair(this, at);
    found.push(pair);
    return pair;
  }
}

const NO_PAIRS: readonly JsonPair[] = [];

/** A pair whose nodes are created lazily: most keys are only compared by name, and many values are never read. */
export class JsonPair implements Pair {
  readonly #map: JsonMap;
  /** Its place on the tape. */
  readonly at: number;
  #name: string | undefined;
  #key: Node | undefined;
  #value: Node | undefined;

  constructor(map: JsonMap, at: number) {
    this.#map = map;
    this.at = at;
  }

  get start(): number {
    return this.#map.tape.at(this.at + KEY_OF_PAIR + 1);
  }

  get end(): number {
    return this.#map.tape.at(this.at + VALUE_OF_PAIR + 2);
  }

  get keyEnd(): number {
    return this.#map.tape.at(this.at + KEY_OF_PAIR + 2);
  }

  get separator(): number {
    return this.#map.tape.at(this.at);
  }

  /** Passes what its text was parsed into to a function (`Tape.shape`). */
  shape(add: (number: number) => void): void {
    this.#map.tape.shape(this.at, add);
  }

  get key(): Node {
    return (this.#key ??= this.#map.tape.node(this.at + KEY_OF_PAIR, this.#map));
  }

  get value(): Node {
    return (this.#value ??= this.#map.tape.node(this.at + VALUE_OF_PAIR, this.#map));
  }

  get name(): string {
    return (this.#name ??= this.#map.tape.string(this.at + KEY_OF_PAIR) ?? pairName(this.key));
  }
}
sharedBy(JsonMap, { kind: 'map', style: 'flow', indent: -1 });

class JsonList extends NodeBase implements ListNode {
  declare readonly kind: 'list';
  declare readonly style: 'flow';
  declare readonly indent: -1;
  readonly #tape: Tape;
  readonly #at: number;
  #items: readonly SequenceEntry[] | undefined;

  constructor(parent: MapNode | ListNode | undefined, start: number, end: number, tape: Tape, at: number) {
    super(parent, start, end);
    this.#tape = tape;
    this.#at = at;
  }

  get items(): readonly SequenceEntry[] {
    return (this.#items ??= this.#tape.items(this.#at, this));
  }
}
sharedBy(JsonList, { kind: 'list', style: 'flow', indent: -1 });
