/**
 * Merges the versions of an embedded document. A string with several interpolated values has a version of the document
 * for each of them, and the versions are mostly equal. Equal parts become one value for all scenarios; only different
 * parts depend on the scenario.
 */
import { flatMap } from '../base/flat-map.ts';
import { Guard } from '../base/guard.ts';
import { sameSpan } from '../base/span.ts';
import { choice, leaves } from '../model/navigate.ts';
import type { Branch, Leaf, List, Obj, Value } from '../model/value.ts';
import { locate, locatedAt } from './located.ts';
import { lazyElement, lazyMember } from './plain.ts';

/** The same value, with branches of the same place and shape merged. */
export function mergedBranches(value: Value): Value {
  if (value.state !== 'choice') return value;
  const groups = grouped(leaves(value));
  const [only] = groups;
  return groups.length === 1 && Guard.always.coveredBy(only!.guard) ? only!.value : choice(value.origin, groups);
}

type Part = ReturnType<typeof leaves>[number];

/** The versions of a value, with similar ones grouped. */
function grouped(parts: readonly Part[]): readonly Branch[] {
  const groups: Part[][] = [];
  for (const part of parts) {
    const like = groups.find(([first]) => isAlike(first!.value, part.value));
    if (like) like.push(part);
    else groups.push([part]);
  }
  return groups.map((group) => ({
    guard: group.reduce<Guard>((sum, { guard }) => sum.or(guard), Guard.never),
    value: together(group),
  }));
}

/** Whether two versions differ only in their contents. */
function isAlike(a: Leaf, b: Leaf): boolean {
  if (a === b) return true;
  if (a.state !== b.state || !sameSpan(a.origin.use, b.origin.use) || a.origin.secret !== b.origin.secret) return false;
  if (a.state === 'known' && b.state === 'known')
    return a.raw === b.raw && a.value === b.value && a.origin.steps.length === 0 && b.origin.steps.length === 0;
  if (a.state === 'object' && b.state === 'object') {
    return (
      a.open === b.open &&
      a.entries.length === b.entries.length &&
      a.entries.every(({ key, when }, index) => key === b.entries[index]!.key && when === b.entries[index]!.when)
    );
  }
  return (
    a.state === 'list' &&
    b.state === 'list' &&
    a.open === b.open &&
    a.items.length === b.items.length &&
    a.items.every(({ when }, index) => when === b.items[index]!.when)
  );
}

function together(group: readonly Part[]): Leaf {
  const { value: first } = group[0]!;
  if (group.every(({ value }) => value === first)) return first;
  const within = (of: (leaf: Leaf) => Value) => (): Value =>
    inside(group.map(({ guard, value }) => ({ guard, value: of(value) })));
  const located = locate(first);
  const kept = <V extends Leaf>(value: V): V =>
    located && group.every(({ value: one }) => locate(one)?.node === located.node)
      ? locatedAt(value, located.tree, located.node)
      : value;
  switch (first.state) {
    case 'object':
      return kept({
        ...first,
        entries: first.entries.map(({ key, keyAt, when }, index) =>
          lazyMember(
            key,
            keyAt,
            within((leaf) => (leaf as Obj).entries[index]!.value),
            when,
          ),
        ),
      });
    case 'list':
      return kept({
        ...first,
        items: first.items.map(({ when }, index) =>
          lazyElement(
            within((leaf) => (leaf as List).items[index]!.value),
            when,
          ),
        ),
      });
    default:
      return first;
  }
}

/** The contents of versions of a value, each read only in its scenarios. */
function inside(parts: readonly { readonly guard: Guard; readonly value: Value }[]): Value {
  const groups = grouped(
    flatMap(parts, ({ guard, value }) =>
      leaves(value)
        .map((leaf) => ({ guard: guard.and(leaf.guard), value: leaf.value }))
        .filter((leaf) => leaf.guard.satisfiable()),
    ),
  );
  const [only] = groups;
  // A value with different types in different scenarios is unchanged in each of them.
  return groups.length === 1 && coversAll(only!.guard, parts) ? only!.value : choice(parts[0]!.value.origin, groups);
}

function coversAll(guard: Guard, parts: readonly { readonly guard: Guard }[]): boolean {
  return parts.every((part) => part.guard.coveredBy(guard));
}
