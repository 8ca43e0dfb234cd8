/** The texts that the values of a template are read from: its resources, and the entries of its other sections. */
import { flatMap } from '../../base/flat-map.ts';
import { ownText, ownTexts } from '../../base/own-text.ts';
import { pairShape } from '../../syntax/shape.ts';
import type { TextPlace } from '../../model/content.ts';
import type { Pair, Tree } from '../../syntax/tree.ts';

/** A text of a template. Equal texts in two versions are one object, wherever they are. */
export interface ContentPart {
  /** As it is in the last version, because a part of a text keeps all of it in memory. */
  text: string;
  /** How it is parsed, and what else its values depend on. */
  readonly meaning: string;
  /** The words in it, each once; undefined if not all are known. */
  readonly words: readonly string[] | undefined;
  /** Whether it can read a mapping whose name is not in it. */
  readonly readsAnyMapping: boolean;
}

/** The parts of a template by a key that identifies them in all versions. */
export type Parts = ReadonlyMap<string, ContentPart>;

/** Reads the parts of a template; those that are the same as before are the same objects. */
export class PartReader {
  readonly parts = new Map<string, ContentPart>();
  readonly #places = new Map<ContentPart, number>();
  /** Whether the text of a part does not determine how it is parsed. */
  isUnclear = false;
  readonly #tree: Tree;
  readonly #before: Parts | undefined;

  constructor(tree: Tree, before: Parts | undefined) {
    this.#tree = tree;
    this.#before = before;
  }

  /**
   * The part with a key, which is read once.
   * @param besides What its values depend on besides its text and what that names.
   */
  read(key: string, pair: Pair, besides = ''): ContentPart {
    const held = this.parts.get(key);
    if (held) return held;
    const shape = pairShape(pair);
    if (!shape) this.isUnclear = true;
    const text = this.#tree.text.slice(pair.start, shape?.end ?? pair.end);
    const meaning = `${shape?.hash} ${besides}`;
    const old = this.#before?.get(key);
    const part =
      old?.text !== text
        ? { text, meaning, words: wordsIn(text), readsAnyMapping: readsAnyMapping(text) }
        : old.meaning === meaning
          ? old
          : { ...old, meaning };
    part.text = text;
    // What is known of the last version can keep its part, which must not keep the text of the version.
    if (old && old !== part) old.text = ownText(old.text);
    this.parts.set(key, part);
    this.#places.set(part, pair.start);
    return part;
  }

  /** The places of the parts. */
  places(): readonly TextPlace[] {
    const { doc } = this.#tree;
    return [...this.#places].map(([part, start]) => ({ text: part, doc, start, end: start + part.text.length }));
  }
}

/** The words of a text, each once. Undefined if an escape sequence can hide some. */
function wordsIn(text: string): readonly string[] | undefined {
  if (/\\[uUx\r\n]/.test(text)) return undefined;
  return ownTexts(new Set(text.match(/\w+/g)));
}

/** A function with the name of a mapping as its first argument, in YAML or JSON. */
const NAMED_MAPPING = /FindInMap["']?:?\s*(?:\[|-)\s*["']?\w+["']?\s*(?:,|\n)/g;

/** With the language extensions, the name of a mapping can be an expression. */
function readsAnyMapping(text: string): boolean {
  const calls = text.match(/FindInMap/g);
  return calls !== null && calls.length !== text.match(NAMED_MAPPING)?.length;
}

/** The names in a template that its texts can contain. */
export interface SectionNames {
  /** The entries of sections by name: parameters, conditions, mappings. */
  readonly entries: ReadonlyMap<string, readonly ContentPart[]>;
  /** The entries that count as named by every text, because their names are not words. */
  readonly always: readonly ContentPart[];
  readonly parameters: readonly ContentPart[];
  readonly mappings: readonly ContentPart[];
  /** All entries. */
  readonly all: readonly ContentPart[];
  /** The names of resources that are words, with the address of a generated one. */
  readonly resources: ReadonlyMap<string, string>;
  /** Other names of resources, with the words in a text that contains one; none if any text can contain it. */
  readonly odd: readonly { readonly name: string; readonly address: string; readonly words: readonly string[] }[];
  /** Equal for equal names of resources. */
  readonly key: string;
}

/**
 * The parts that texts depend on by what they name, directly or through others, and the names of resources in all of
 * these.
 */
export function reachedFrom(
  start: readonly ContentPart[],
  conditions: readonly string[],
  { entries, always, mappings, all, resources, odd }: SectionNames,
): { readonly parts: readonly ContentPart[]; readonly resources: readonly string[] } {
  const reached = new Set([...start, ...always]);
  for (const name of conditions) for (const part of entries.get(name) ?? []) reached.add(part);
  const words = new Set<string>();
  for (const part of reached) {
    if (!part.words)
      return {
        parts: [...new Set([...start, ...all])],
        resources: [...resources, ...odd.map(({ name, address }) => [name, address])].flat(),
      };
    if (part.readsAnyMapping) for (const mapping of mappings) reached.add(mapping);
    for (const word of part.words) {
      if (words.has(word)) continue;
      words.add(word);
      for (const named of entries.get(word) ?? []) reached.add(named);
    }
  }
  return {
    parts: [...reached],
    resources: [
      ...flatMap([...words], (word) => (resources.has(word) ? `${word} ${resources.get(word)}` : [])),
      ...flatMap(odd, ({ name, address, words: own }) =>
        own.every((word) => words.has(word)) ? `${name} ${address}` : [],
      ),
    ],
  };
}
