import { Guard, type Term } from '../../base/guard.ts';
import { leaves } from '../../model/navigate.ts';
import { isHidden } from '../../model/shown.ts';
import type { UnknownPiece, Leaf, Value } from '../../model/value.ts';
import { inputName, isPseudo, UNKNOWN_BECAUSE } from '../unknown-because.ts';

/** A value in short form. */
export interface ShortValue {
  readonly state: 'known' | 'reference' | 'absent' | 'unknown' | 'secret';
  readonly text: string;
  /** Whether the text is the value or its source; otherwise it describes the value. */
  readonly literal: boolean;
}

/** The maximum length of a shown value, in UTF-16 code units. */
const LONGEST = 100;

/** The maximum number of shown items or entries of a collection, and the maximum depth. */
const MOST_ITEMS = 6;
const DEEPEST = 2;

/** Secrets beyond values that are marked as secret: values that a rule reports as secrets. */
export interface Secrets {
  /** Whether a value is or contains a secret. */
  covers(value: Value): boolean;
  /** Whether a text contains a secret, such as the source of an expression. */
  isIn(text: string): boolean;
}

/** A scenario without the terms that reveal a secret. */
export function withoutSecrets(terms: readonly Term[], secrets: Secrets): readonly Term[] {
  return terms.filter(
    ({ name, value }) => value !== SECRET && !(typeof value === 'string' && secrets.isIn(value)) && !secrets.isIn(name),
  );
}

/** Replaces the value of a secret in a scenario. */
const SECRET = 'a secret value';

/** Describes a value. */
export function shortValueOf(leaf: Leaf, secrets: Secrets): ShortValue {
  // An unknown value has nothing to hide.
  if (leaf.state !== 'unknown' && (isHidden(leaf) || secrets.covers(leaf)))
    return { state: 'secret', text: SECRET, literal: false };
  switch (leaf.state) {
    case 'known':
      return leaf.value === null
        ? { state: 'absent', text: 'not set', literal: false }
        : { state: 'known', text: literal(leaf.raw), literal: true };
    case 'template':
    case 'list':
    case 'object':
      return { state: 'known', text: cut(compact(leaf, secrets, 0)), literal: true };
    case 'reference':
      return { state: 'reference', text: named(leaf), literal: true };
    case 'absent':
      return {
        state: 'absent',
        text: leaf.open ? 'not set here, but files that are not read can set it' : 'not set',
        literal: false,
      };
    case 'unknown':
      return { state: 'unknown', text: unknownWords(leaf), literal: false };
  }
}

/** The possible values in short form; `literal` if the text is the value itself. */
export interface ShortText {
  readonly text: string;
  readonly literal: boolean;
}

/** All possible values in some scenarios in short form, default first: `false or true`. */
export function shortTextOfAll(value: Value, secrets: Secrets, within = Guard.always): ShortText {
  const every = leaves(value);
  const there = every.filter(({ guard }) => guard.and(within).satisfiable());
  const all = (there.length > 0 ? there : every)
    .toSorted((a, b) => Number(b.guard.holdsByDefault()) - Number(a.guard.holdsByDefault()))
    .map(({ value: leaf }) => {
      const input = inputName(leaf);
      return input === undefined
        ? shortValueOf(leaf, secrets)
        : ({ state: 'unknown', text: `the value of ${input}`, literal: false } as const);
    });
  const texts = [...new Set(all.map(({ state, text }) => (state === 'reference' ? `a reference to ${text}` : text)))];
  return {
    text:
      texts.length > MOST_ITEMS
        ? `${texts.slice(0, MOST_ITEMS).join(', ')} or ${texts.length - MOST_ITEMS} more`
        : texts.join(' or '),
    literal: texts.length === 1 && all[0]!.literal && all[0]!.state !== 'reference',
  };
}

function unknownWords(leaf: UnknownPiece & { readonly state: 'unknown' }): string {
  const input = inputName(leaf);
  if (leaf.why === 'syntax') return 'unknown: incomplete, or refers to something that does not exist';
  if (input === undefined)
    return leaf.why === 'parameter' ? 'given at deployment' : `unknown: it ${UNKNOWN_BECAUSE[leaf.why]}`;
  return isPseudo(input) ? 'known only at deployment' : `given at deployment (${input} has no default)`;
}

function compact(value: Value, secrets: Secrets, depth: number): string {
  if (isHidden(value) || secrets.covers(value)) return '***';
  switch (value.state) {
    case 'known':
      return value.value === null ? 'null' : value.raw;
    case 'template':
      return value.pieces.map((piece) => (typeof piece === 'string' ? piece : unknownText(piece))).join('');
    case 'reference':
    case 'unknown':
      return unknownText(value);
    case 'absent':
      return 'not set';
    case 'choice': {
      const all = leaves(value);
      const first = all.find(({ guard }) => guard.holdsByDefault());
      return first ? compact(first.value, secrets, depth) : '…';
    }
    case 'list':
      return depth === DEEPEST
        ? '[…]'
        : `[${few(value.items, (item) => compact(item.value, secrets, depth + 1), value.open)}]`;
    case 'object':
      return depth === DEEPEST
        ? '{…}'
        : `{${few(value.entries, ({ key, value: inner }) => `${secrets.isIn(key) ? '***' : key}: ${compact(inner, secrets, depth + 1)}`, value.open)}}`;
  }
}

function few<T>(things: readonly T[], shown: (thing: T) => string, open: boolean): string {
  return [...things.slice(0, MOST_ITEMS).map(shown), ...(things.length > MOST_ITEMS || open ? ['…'] : [])].join(', ');
}

/** The placeholder for an unknown part of a string. */
function unknownText(piece: UnknownPiece): string {
  if (piece.state === 'reference') return `\${${named(piece)}}`;
  const input = piece.origin.secret && !piece.origin.secretByName ? undefined : inputName(piece);
  return input === undefined ? '…' : `\${${input}}`;
}

function named({ to, attribute }: UnknownPiece & { readonly state: 'reference' }): string {
  return attribute ? `${to}.${attribute}` : to;
}

function literal(raw: string): string {
  return raw === '' ? '""' : cut(raw.replaceAll(/\s+/g, ' '));
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
