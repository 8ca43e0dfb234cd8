/** Names and patterns of names. Parts of them can be values of parameters. */
import { all, any, judge, type Judgement } from '../model/judgement.ts';
import { leaves } from '../model/navigate.ts';
import type { UnknownPiece, Leaf, Value } from '../model/value.ts';

/** The characters around a part that is a value of a parameter or a resource. Documents do not contain them. */
const BEGIN = '\uE000';
const END = '\uE001';

/** A text in which equal unknown parts are equal; undefined if a part can differ where it looks equal. */
export function comparableText(leaf: Leaf): string | undefined {
  switch (leaf.state) {
    case 'known':
      return leaf.value === null ? undefined : leaf.raw;
    case 'template': {
      const parts = leaf.pieces.map((piece) => (typeof piece === 'string' ? piece : partText(piece)));
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    case 'reference':
    case 'unknown':
      return partText(leaf);
    default:
      return undefined;
  }
}

function partText(part: UnknownPiece): string | undefined {
  if (part.state === 'reference') {
    const [only, ...others] = part.leadsTo ? leaves(part.leadsTo) : [];
    if (only && others.length === 0 && only.value.state !== 'reference') return comparableText(only.value);
    return `${BEGIN}${part.to}.${part.attribute ?? ''}${END}`;
  }
  return part.why === 'parameter' && part.input !== undefined && part.refs.length === 0
    ? `${BEGIN}${part.input}${END}`
    : undefined;
}

/** The constraint of a pattern on names: one name, the start of names, or something that is not evaluated. */
export function nameIs(pattern: string): 'exact' | 'start' | 'unclear' {
  const star = pattern.indexOf('*');
  return star < 0 ? 'exact' : star === pattern.length - 1 ? 'start' : 'unclear';
}

/** Whether a pattern fits a name, which a text precedes in the pattern. */
export function fitsName(pattern: Value, name: Value, before: string): Judgement {
  const texts = new Set(leaves(name).map(({ value }) => comparableText(value)));
  return any(
    ...[...texts].map((text) =>
      text === undefined
        ? judge(name, (leaf) => (comparableText(leaf) === undefined ? undefined : false))
        : all(
            judge(name, (leaf) => comparableText(leaf) === text),
            judge(pattern, (leaf) => fits(comparableText(leaf), `${before}${text}`)),
          ),
    ),
  );
}

function fits(pattern: string | undefined, text: string): boolean | undefined {
  if (pattern === undefined) return undefined;
  const kind = nameIs(pattern);
  if (kind === 'unclear') return undefined;
  if (kind === 'exact' ? pattern === text : text.startsWith(pattern.slice(0, -1))) return true;
  return [pattern, text].some((one) => one.includes(BEGIN)) ? undefined : false;
}
