/** The secret texts of rules, which are hidden in all output. */
import { within, type Span } from '../base/span.ts';
import { writtenSecrets } from '../formats/secret-places.ts';
import type { Secrets } from '../hover/explanation/short-value.ts';
import { isSecretName } from '../model/credential.ts';
import { leaves } from '../model/navigate.ts';
import type { Parameter } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { Tree } from '../syntax/tree.ts';
import type { Draft } from './report.ts';

/** Shorter texts occur in other words. */
const SHORTEST = 4;

/** The maximum number of secret values, including nested ones. */
const MOST_VALUES = 10_000;

/**
 * The secrets of findings. The source of a value, such as the default of a parameter, is included, and so are values
 * with the name of a credential in the documents.
 */
export function secretsAmong(
  drafts: readonly Draft[],
  parameters: readonly Parameter[],
  trees: readonly Tree[],
  textAt: (span: Span) => string | undefined,
): Secrets {
  const places: Span[] = [];
  const texts = new Set<string>();
  const addText = (text: string | undefined): void => {
    const bare = text?.trim().replace(/^(["'])([^]*)\1$/, '$2');
    if (bare !== undefined && bare.length >= SHORTEST && !/^[!$]/.test(bare)) texts.add(bare);
  };
  let remaining = MOST_VALUES;
  const addValue = (value: Value): void => {
    for (const { value: leaf } of leaves(value)) {
      if (remaining-- <= 0) return;
      if (leaf.state === 'list') leaf.items.forEach((item) => addValue(item.value));
      if (leaf.state === 'object') leaf.entries.forEach((entry) => addValue(entry.value));
      // An unknown value has no text.
      if (leaf.state !== 'known' && leaf.state !== 'template' && !(leaf.state === 'absent' && leaf.origin.secret))
        continue;
      for (const span of [leaf.origin.use, ...(leaf.origin.def ? [leaf.origin.def] : [])]) places.push(span);
      if (leaf.state === 'known') addText(leaf.raw);
    }
  };
  for (const { topic, place, at } of drafts) {
    if (topic !== 'secrets') continue;
    if (place.leaf.state === 'known' || place.leaf.state === 'template' || place.leaf.origin.secret) {
      places.push(at);
      addText(textAt(at));
    }
    // Other scenarios can have other secrets.
    addValue(place.violation.at);
    addValue(place.leaf);
  }
  for (const tree of trees)
    for (const { text, start, end, compares } of writtenSecrets(tree))
      if (!compares) {
        places.push({ doc: tree.doc, start, end });
        addText(text);
      }
  for (const { secret, name, fallback, others } of parameters)
    if (secret || isSecretName(name))
      for (const value of [fallback, ...(others ?? [])]) if (value.state !== 'absent') addValue(value);
  const isIn = (text: string): boolean =>
    [...texts].some((secret) => text.includes(secret) || endsWithin(text, secret));
  return {
    isIn,
    covers: (value) => {
      const { use, def } = value.origin;
      // Items of collections and choices are visited separately.
      const meets =
        value.state === 'object' || value.state === 'list' || value.state === 'choice' ? isWithin : overlaps;
      return (
        places.some((place) => meets(use, place) || (def !== undefined && meets(def, place))) ||
        (value.state === 'known' && isIn(value.raw)) ||
        (value.state === 'template' && value.pieces.some((piece) => typeof piece === 'string' && isIn(piece)))
      );
    },
  };
}

/** Whether a truncated text ends with the beginning of another one. */
function endsWithin(text: string, other: string): boolean {
  if (!text.endsWith('…')) return false;
  for (let length = Math.min(other.length, text.length) - 1; length > 1; length--)
    if (text.endsWith(`${other.slice(0, length)}…`)) return true;
  return false;
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.doc === outer.doc && within(inner, outer);
}

function overlaps(a: Span, b: Span): boolean {
  return a.doc === b.doc && a.start < b.end && b.start < a.end;
}
