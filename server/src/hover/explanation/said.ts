import { Guard, type Term } from '../../base/guard.ts';
import { leaves } from '../../model/navigate.ts';
import { isHidden } from '../../model/shown.ts';
import type { Hole, Leaf, Value } from '../../model/value.ts';
import { inputName, isPseudo, UNKNOWN_BECAUSE } from '../unknown-because.ts';

/** A value in a few words. */
export interface Said {
  readonly state: 'known' | 'reference' | 'absent' | 'unknown' | 'secret';
  readonly text: string;
  /** Whether the text is what the value is, or stands for it as it is written; else it is words about it. */
  readonly literal: boolean;
}

/** The longest text that is shown of a value. */
const LONGEST = 100;

/** The number of items or entries that are shown of a collection, and how deep into it. */
const MOST_ITEMS = 6;
const DEEPEST = 2;

/** What must not be shown beyond what is marked as secret itself: what a rule takes for a secret. */
export interface Secrets {
  /** Whether a value is one, or has one in it. */
  covers(value: Value): boolean;
  /** Whether one is in a text, such as the source of an expression. */
  isIn(text: string): boolean;
}

/** A scenario without what tells a secret; that there is one says nothing, either. */
export function withoutSecrets(terms: readonly Term[], secrets: Secrets): readonly Term[] {
  return terms.filter(
    ({ name, value }) => value !== SECRET && !(typeof value === 'string' && secrets.isIn(value)) && !secrets.isIn(name),
  );
}

/** What stands in a scenario for a value that must not be shown. */
const SECRET = 'a secret value';

/** What a value is. */
export function said(leaf: Leaf, secrets: Secrets): Said {
  // Of what is not known there is nothing to hide.
  if (leaf.state !== 'unknown' && (isHidden(leaf) || secrets.covers(leaf)))
    return { state: 'secret', text: SECRET, literal: false };
  switch (leaf.state) {
    case 'known':
      return leaf.value === null
        ? { state: 'absent', text: 'not set', literal: false }
        : { state: 'known', text: literal(leaf.raw), literal: true };
    case 'text':
    case 'list':
    case 'object':
      return { state: 'known', text: cut(compact(leaf, secrets, 0)), literal: true };
    case 'reference':
      return { state: 'reference', text: named(leaf), literal: true };
    case 'absent':
      return {
        state: 'absent',
        text: leaf.open ? 'not set here, and something that is not read may set it' : 'not set',
        literal: false,
      };
    case 'unknown':
      return { state: 'unknown', text: unknownWords(leaf), literal: false };
  }
}

/** A value, or several that it can be, in few words; `literal` when they are the values themselves. */
export interface Shown {
  readonly text: string;
  readonly literal: boolean;
}

/** Everything that a value can be in some scenarios, shortly, the default first: `false or true`. */
export function saidInAll(value: Value, secrets: Secrets, within = Guard.always): Shown {
  const every = leaves(value);
  const there = every.filter(({ guard }) => guard.and(within).satisfiable());
  const all = (there.length > 0 ? there : every)
    .toSorted((a, b) => Number(b.guard.holdsByDefault()) - Number(a.guard.holdsByDefault()))
    .map(({ value: leaf }) => {
      const input = inputName(leaf);
      return input === undefined
        ? said(leaf, secrets)
        : ({ state: 'unknown', text: `what ${input} is given`, literal: false } as const);
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

function unknownWords(leaf: Hole & { readonly state: 'unknown' }): string {
  const input = inputName(leaf);
  if (leaf.why === 'syntax') return 'not known here: it is not complete, or names nothing that is there';
  if (input === undefined)
    return leaf.why === 'parameter' ? 'given at deployment' : `not known here: it ${UNKNOWN_BECAUSE[leaf.why]}`;
  return isPseudo(input) ? 'known at deployment only' : `given at deployment: ${input} has no default`;
}

function compact(value: Value, secrets: Secrets, depth: number): string {
  if (isHidden(value) || secrets.covers(value)) return '***';
  switch (value.state) {
    case 'known':
      return value.value === null ? 'null' : value.raw;
    case 'text':
      return value.pieces.map((piece) => (typeof piece === 'string' ? piece : hole(piece))).join('');
    case 'reference':
    case 'unknown':
      return hole(value);
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

/** What stands for something that is not known as text, in the words of a placeholder. */
function hole(piece: Hole): string {
  if (piece.state === 'reference') return `\${${named(piece)}}`;
  const input = piece.origin.secret && !piece.origin.secretByName ? undefined : inputName(piece);
  return input === undefined ? '…' : `\${${input}}`;
}

function named({ to, attribute }: Hole & { readonly state: 'reference' }): string {
  return attribute ? `${to}.${attribute}` : to;
}

function literal(raw: string): string {
  return raw === '' ? '""' : cut(raw.replaceAll(/\s+/g, ' '));
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
