/** Whether the resources of one statement include those of another, as far as the strings determine it. */
import { flatMap } from '../../base/flat-map.ts';
import { exists, judge, NO, YES, type Judgement } from '../../model/judgement.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { fits, isDisjoint } from '../text/wildcard.ts';

/**
 * Whether a statement covers the resources of another one. No only if some resource is certainly not covered: both
 * strings are known, or they interpolate the same references. Others, such as a bucket by name and by ARN, are assumed
 * to be covered.
 */
export function coversResources(one: Statement, other: Statement): Judgement {
  if (one.resources.state === 'absent') return excludesSome(one, other) ? NO : YES;
  if (other.resources.state === 'absent') return isAboutParts(one) ? NO : YES;
  const covering = itemsOf(one.resources, true);
  const missed = itemsOf(other.resources, true).items.some(
    ({ value, when }) =>
      when.yes.isAlways() &&
      leaves(value).every(({ value: leaf }) => {
        const text = namedText(leaf);
        return (
          text !== undefined &&
          exists(covering, (item) => judge(item.value, (candidate) => covers(namedText(candidate), text))).no.isAlways()
        );
      }),
  );
  return missed ? NO : YES;
}

/** Whether NotResource of a statement excludes a resource that another statement names. */
function excludesSome({ notResources }: Statement, { resources }: Statement): boolean {
  const excluded = textsIn(notResources);
  return textsIn(resources).some((text) =>
    excluded.some((pattern) => referencesOf(pattern) === referencesOf(text) && !isDisjoint(pattern, text)),
  );
}

/** Whether a statement names only parts of resources, such as the objects with a prefix. */
function isAboutParts({ resources }: Statement): boolean {
  const { items, complete } = itemsOf(resources, true);
  const texts = textsIn(resources);
  return complete.yes.isAlways() && texts.length === items.length && texts.every((text) => /\/(?!\*+$)/.test(text));
}

/** The strings of an element that are the same in every scenario. */
function textsIn(element: Value): readonly string[] {
  return flatMap(itemsOf(element, true).items, ({ value, when }) => {
    const [leaf, ...others] = leaves(value);
    return when.yes.isAlways() && leaf && others.length === 0 ? (namedText(leaf.value) ?? []) : [];
  });
}

function covers(pattern: string | undefined, text: string): boolean | undefined {
  if (pattern === undefined) return undefined;
  if (fits(text, pattern)) return true;
  return referencesOf(pattern) === referencesOf(text) ? false : undefined;
}

const [BEGIN, END] = ['\uE100', '\uE101'] as const;

/** A string in which references are replaced by their resource and attribute; undefined if part of it is unknown. */
function namedText(leaf: Leaf): string | undefined {
  switch (leaf.state) {
    case 'known':
      return leaf.value === null ? undefined : leaf.raw;
    case 'reference':
      return `${BEGIN}${leaf.to}.${leaf.attribute ?? ''}${END}`;
    case 'template': {
      const parts = leaf.pieces.map((piece) =>
        typeof piece === 'string' ? piece : piece.state === 'reference' ? namedText(piece) : undefined,
      );
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    default:
      return undefined;
  }
}

function referencesOf(text: string): string {
  // The replaced references are enclosed in characters that no document contains.
  return text
    .split(BEGIN)
    .slice(1)
    .map((part) => part.split(END, 1)[0])
    .join(' ');
}
