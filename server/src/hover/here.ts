import type { Guard, Term } from '../base/guard.ts';
import { ownEntry } from '../base/table.ts';
import { some } from '../base/words.ts';
import type { Finding } from '../model/finding.ts';
import { leaves } from '../model/navigate.ts';
import type { Resource, Stack } from '../model/resource.ts';
import { scenario } from '../model/scenario.ts';
import { isHidden, shown } from '../model/shown.ts';
import type { Leaf, Value } from '../model/value.ts';
import { RULES } from '../rules/index.ts';
import type { Cited, Line, Source, Status } from './card.ts';
import { COMPUTED } from './computed/index.ts';
import { caseFor, holds } from './fits.ts';
import type { HereLine, PropertyLine } from './ownership.ts';
import { unknownBecause } from './unknown-because.ts';
import { valuesAt } from './values-at.ts';

/** The input of the lines about the document's configuration. */
export interface Here {
  readonly stack: Stack;
  readonly resource: Resource;
  /** The findings of the document, so that a line can name the rule that reports the value. */
  readonly findings: readonly Finding[];
  /** What the rules that are on find about a property; undefined if no rule is about it. */
  readonly statusOf: (path: string) => Status | undefined;
  /** The current date in ISO format, such as 2026-11-24. */
  readonly today: string;
  /** Parsed data of `schemas/` by name. */
  readonly data: (name: string) => unknown;
  readonly cited: (keys: readonly string[]) => readonly Source[];
}

/** The lines about the document's configuration; lines without a known result are omitted. */
export function hereLines(lines: readonly HereLine[], here: Here): readonly Line[] {
  return lines.flatMap((line): Line[] => {
    if (!holds(line.when, here.resource)) return [];
    const outcomes = 'path' in line ? outcomesOf(line, here) : [];
    const parts = 'path' in line ? propertyParts(line, outcomes, here) : computedParts(line.compute, line.cite, here);
    if (parts.length === 0) return [];
    const status = 'path' in line ? statusOf(line, outcomes, here) : undefined;
    return [{ label: line.label, here: true, ...(status ? { status } : {}), parts, separator: '; ' }];
  });
}

/** A property is wrong if a finding is about it, and good if the rules about it find nothing in any scenario. */
function statusOf(
  { path }: PropertyLine,
  outcomes: readonly Outcome[],
  { statusOf: statusIn }: Here,
): Status | undefined {
  if (outcomes.some(({ rule }) => rule !== undefined)) return 'wrong';
  const status = statusIn(path.split('[]')[0]!);
  // A finding that is not reported, such as a suppressed one.
  if (status === 'wrong') return undefined;
  return status !== undefined && outcomes.some(({ isUnknown }) => isUnknown) ? 'unknown' : status;
}

function computedParts(name: string, cite: readonly string[], here: Here): readonly Cited[] {
  const text = COMPUTED[name]?.(here);
  return text === undefined ? [] : [{ text, cite: here.cited(cite) }];
}

/** The maximum number of outcomes that a line shows for a property. */
const MAX_OUTCOMES = 3;

interface Outcome {
  readonly text: string;
  readonly guard: Guard;
  readonly cite: readonly string[];
  /** The rule that reports it, if that is not suppressed. */
  readonly rule?: string | undefined;
  readonly isUnknown: boolean;
}

function outcomesOf(line: PropertyLine, here: Here): readonly Outcome[] {
  const outcomes = new Map<string, Outcome>();
  for (const value of valuesAt(here.resource, line.path))
    for (const { guard, value: leaf } of reached(leaves(value), here.resource)) {
      const said = outcomeOf(line, leaf, value, guard, here);
      const before = outcomes.get(said.text);
      outcomes.set(said.text, { ...said, guard: before ? before.guard.or(guard) : guard });
    }
  // The default scenario comes first.
  return [...outcomes.values()].sort((a, b) => Number(b.guard.holdsByDefault()) - Number(a.guard.holdsByDefault()));
}

function propertyParts(line: PropertyLine, all: readonly Outcome[], here: Here): readonly Cited[] {
  const several = all.length > 1 && valuesAt(here.resource, line.path).length === 1;
  return all
    .slice(0, MAX_OUTCOMES)
    .map(({ text, guard, cite }) => ({
      text: several ? `${text}${circumstances(guard)}` : text,
      cite: here.cited(cite),
    }));
}

/** The leaves of a property in scenarios in which the resource exists; all leaves if it exists in none. */
function reached(all: ReturnType<typeof leaves>, { when }: Resource): ReturnType<typeof leaves> {
  const some = all.filter(({ guard }) => !guard.coveredBy(when.no));
  return some.length > 0 ? some : all;
}

/** The scenario of an outcome as the end of a sentence. */
function circumstances(guard: Guard): string {
  const when = scenario(guard.describe());
  return when === '' ? '' : ` ${when}${guard.holdsByDefault() ? ' (the default)' : ''}`;
}

function outcomeOf(line: PropertyLine, leaf: Leaf, value: Value, guard: Guard, here: Here): Omit<Outcome, 'guard'> {
  const property = nativeName(here.resource, line.path);
  const effective = effectiveOf(leaf);
  const fits = caseFor(effective, line.cases);
  if (!fits) return { text: `${line.unnamed ? '' : `${property} `}${unknownBecause(leaf)}`, cite: [], isUnknown: true };
  const text = fits.say
    .replaceAll('{property}', property)
    .replaceAll('{value}', effective === leaf ? valueText(leaf) : `${valueText(effective)} by default`);
  const found = findingAt(here, line.path, leaf, value, guard.describe());
  return {
    text: found ? `${text} (${found.rule}${found.suppressed ? ', suppressed' : ''})` : text,
    cite: fits.cite ?? [],
    rule: found?.suppressed ? undefined : found?.rule,
    isUnknown: false,
  };
}

/** The maximum number of items that a line shows of a list. */
const MAX_ITEMS = 4;

/** A value as a line shows it: the items of a list that are always in it, and of an object that it is set. */
function valueText(leaf: Leaf): string {
  if (isHidden(leaf) || (leaf.state !== 'object' && leaf.state !== 'list')) return shown(leaf);
  if (leaf.state === 'object' || leaf.open || leaf.items.length === 0) return 'set';
  if (leaf.items.some(({ value, when }) => isCollection(value) || !when.yes.isAlways())) return 'set';
  return some(
    leaf.items.map(({ value }) => shown(value)),
    MAX_ITEMS,
  );
}

function isCollection({ state }: Value): boolean {
  return state === 'object' || state === 'list' || state === 'choice';
}

/** The default value of an absent property, if the document's format defines one: Terraform's defaults can differ from the service's. */
function effectiveOf(leaf: Leaf): Leaf {
  return leaf.state === 'absent' && !leaf.open && leaf.default && leaf.default.state !== 'choice' ? leaf.default : leaf;
}

/** The name of a property in the document's format; for a path through a list, the canonical name below the items. */
export function nativeName(resource: Resource, path: string): string {
  return path.includes('[]') ? path.split('[].').at(-1)! : resource.nativePath(path).replace(/\[\]$/, '');
}

/** The finding about a value. An absent property has the range of its holder, where other properties are reported too. */
function findingAt(
  { findings, resource }: Here,
  path: string,
  leaf: Leaf,
  value: Value,
  terms: readonly Term[],
): Finding | undefined {
  return findings.find(
    ({ at, certainty, rule, when }) =>
      certainty === 'certain' &&
      // The values of a reference have the same place in all scenarios.
      !exclude(when, terms) &&
      (leaf.state !== 'absent' || isAbout(rule, resource.type, path)) &&
      [leaf, value].some(
        ({ origin: { use, key } }) =>
          at.doc === use.doc &&
          ((at.start === use.start && at.end === use.end) ||
            (leaf.state !== 'absent' && at.start === key?.start && at.end === key.end)),
      ),
  );
}

/** Whether two scenarios give a parameter or condition different values. */
function exclude(one: readonly Term[], other: readonly Term[]): boolean {
  return one.some((a) =>
    other.some((b) => a.kind === b.kind && a.name === b.name && a.value !== b.value && isExact(a) && isExact(b)),
  );
}

function isExact({ value }: Term): boolean {
  return value !== 'its default' && value !== 'its given value' && value !== 'a secret value';
}

/** Whether a rule is about a property: the property contains, equals or is within the first path that the rule reads. */
function isAbout(id: string, type: string, path: string): boolean {
  const rule = RULES.find((candidate) => candidate.id === id);
  const first =
    rule?.on === 'resource'
      ? ownEntry(rule.reads as Readonly<Record<string, readonly string[] | undefined>>, type)?.[0]
      : undefined;
  return first !== undefined && (`${path}.`.startsWith(`${first}.`) || first.startsWith(`${path}.`));
}
