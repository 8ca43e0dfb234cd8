/** The minimum size of a policy as AWS counts it: its JSON without whitespace. */
import { memoize } from '../../base/memoize.ts';
import { judge, type Judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import type { Element, Leaf, Value } from '../../model/value.ts';

/**
 * The minimum size of a value as JSON, for any interpolated values and in any scenario: in characters, or with `bytes`
 * in bytes.
 */
export function leastSize(value: Value, bytes = false): number {
  return (bytes ? leastBytes : leastCharacters)(value);
}

// Cached, because every fix that adds to a policy needs its size.
const leastCharacters = memoize((value: Value) => measured(value, charactersOf));
const leastBytes = memoize((value: Value) => measured(value, bytesOf));

function measured(value: Value, measure: (text: string) => number): number {
  const size = (one: Value): number => {
    const sizes = leaves(one).map(({ value: leaf }) => sizeOf(leaf));
    return sizes.length === 0 ? 0 : Math.min(...sizes);
  };
  const sizeOf = (leaf: Leaf): number => {
    switch (leaf.state) {
      case 'known':
        return typeof leaf.value === 'string' ? 2 + measure(leaf.raw) : String(leaf.value).length;
      case 'template':
        return 2 + leaf.pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? measure(piece) : 0), 0);
      case 'object':
        return enclosed(
          leaf.entries.map((entry) => (entry.when.yes.isAlways() ? 3 + measure(entry.key) + size(entry.value) : 0)),
        );
      case 'list':
        return enclosed(withoutRepetition(leaf.items).map((item) => (item.when.yes.isAlways() ? size(item.value) : 0)));
      default:
        return 0;
    }
  };
  return size(value);
}

/** Items without strings that are listed again: Terraform removes these from the policies that it generates. */
function withoutRepetition(items: readonly Element[]): readonly Element[] {
  const seen = new Set<string>();
  return items.filter(({ value }) => {
    if (value.state !== 'known') return true;
    if (seen.has(value.raw)) return false;
    seen.add(value.raw);
    return true;
  });
}

/** Whether a document exceeds a size for all interpolated values. False if that is not certain. */
export function isLongerThan(document: Value, most: number, bytes = false): Judgement {
  return judge(document, (leaf) => leastSize(leaf, bytes) > most);
}

/**
 * Elements with their brackets and separators. An element that does not exist in every scenario has no minimum size.
 */
function enclosed(sizes: readonly number[]): number {
  let sum = 2;
  let parts = 0;
  for (const size of sizes)
    if (size > 0) {
      sum += size;
      parts++;
    }
  return sum + Math.max(0, parts - 1);
}

const WHITE_SPACE = /\s+/g;
/** Characters that JSON escapes. */
const ESCAPED = /["\\]/g;

/** Characters that count as one byte and that JSON does not escape. */
const PLAIN = /^[!#-[\]-~]*$/;

function charactersOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  const dense = text.replace(WHITE_SPACE, '');
  return dense.length + (dense.match(ESCAPED)?.length ?? 0);
}

function bytesOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  const dense = text.replace(WHITE_SPACE, '');
  let bytes = dense.match(ESCAPED)?.length ?? 0;
  for (const character of dense) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
