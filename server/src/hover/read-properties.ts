/** The properties of resources that rules read. */
import { memoizeText } from '../base/memoize.ts';
import { addTo } from '../base/groups.ts';
import { ownEntry } from '../base/table.ts';
import type { Format } from '../model/format.ts';
import { compareSeverities } from '../model/severity.ts';
import { RULES } from '../rules/index.ts';
import type { AnyRule } from '../rules/rule.ts';

/** The rules that read each property of a type, by canonical path, those that are about it first. */
export function readProperties(type: string): ReadonlyMap<string, readonly AnyRule[]> {
  return readOf(RULES, type);
}

const readOf = memoizeText((rules: readonly AnyRule[], type: string): ReadonlyMap<string, readonly AnyRule[]> => {
  const found = new Map<string, { readonly rule: AnyRule; readonly isFirst: boolean }[]>();
  for (const rule of rules)
    for (const path of pathsRead(rule, type))
      addTo(found, path, { rule, isFirst: path === propertyReadBy(rule, type) });
  return new Map(
    [...found].map(([path, readers]) => [
      path,
      readers
        .sort((a, b) => Number(b.isFirst) - Number(a.isFirst) || compareSeverities(a.rule.severity, b.rule.severity))
        .map(({ rule }) => rule),
    ]),
  );
});

/** The paths of a type that a rule reads; none if it is not about such resources. */
export function pathsRead(rule: AnyRule, type: string): readonly string[] {
  if (rule.on !== 'resource') return [];
  return ownEntry(rule.reads as Readonly<Record<string, readonly string[]>>, type) ?? [];
}

/** The property or attribute of a type that a rule is about: the first that it reads, unless it names an attribute. */
export function propertyReadBy(rule: AnyRule, type: string): string | undefined {
  const paths = rule.on === 'resource' ? ownEntry(rule.reads as Readonly<Record<string, readonly string[]>>, type) : [];
  return rule.on === 'resource' && paths ? (rule.attribute ?? paths[0]) : undefined;
}

/** The rules that read a property in a document of a format. */
export function rulesReading(type: string, path: string, format: Format): readonly AnyRule[] {
  return (readProperties(type).get(path) ?? []).filter(({ formats }) => formats?.includes(format) !== false);
}
