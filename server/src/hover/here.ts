import type { Guard } from '../base/guard.ts';
import { ownEntry } from '../base/table.ts';
import type { Finding } from '../model/finding.ts';
import { leaves } from '../model/navigate.ts';
import type { Resource, Stack } from '../model/resource.ts';
import { scenario } from '../model/scenario.ts';
import { shown } from '../model/shown.ts';
import type { Leaf, Value } from '../model/value.ts';
import { RULES } from '../rules/index.ts';
import type { Cited, Line, Source } from './card.ts';
import { COMPUTED } from './computed/index.ts';
import { caseFor, holds } from './fits.ts';
import type { HereLine, PropertyLine } from './ownership.ts';
import { unknownBecause } from './unknown-because.ts';
import { valuesAt } from './values-at.ts';

/** What the lines of a card are worked out from. */
export interface Here {
  readonly stack: Stack;
  readonly resource: Resource;
  /** What is found in the document, so that a line can name the rule that says so. */
  readonly findings: readonly Finding[];
  /** The day, as 2026-11-24. */
  readonly today: string;
  /** Data of `schemas/`, as far as a line needs some. */
  readonly data: (name: string) => unknown;
  readonly cited: (keys: readonly string[]) => readonly Source[];
}

/** The lines that say how it stands here; those about which nothing can be said are left out. */
export function hereLines(lines: readonly HereLine[], here: Here): readonly Line[] {
  return lines.flatMap((line): Line[] => {
    if (!holds(line.when, here.resource)) return [];
    const parts = 'path' in line ? propertyParts(line, here) : computedParts(line.compute, line.cite, here);
    return parts.length > 0 ? [{ label: `Here, ${line.label}`, parts, separator: '; ' }] : [];
  });
}

function computedParts(name: string, cite: readonly string[], here: Here): readonly Cited[] {
  const text = COMPUTED[name]?.(here);
  return text === undefined ? [] : [{ text, cite: here.cited(cite) }];
}

/** The number of different outcomes of one property that a line tells apart. */
const MAX_OUTCOMES = 3;

interface Outcome {
  readonly text: string;
  readonly guard: Guard;
  readonly cite: readonly string[];
}

function propertyParts(line: PropertyLine, here: Here): readonly Cited[] {
  const outcomes = new Map<string, Outcome>();
  for (const value of valuesAt(here.resource, line.path))
    for (const { guard, value: leaf } of reached(leaves(value), here.resource)) {
      const said = outcomeOf(line, leaf, value, here);
      const before = outcomes.get(said.text);
      outcomes.set(said.text, { ...said, guard: before ? before.guard.or(guard) : guard });
    }
  // What is so by default comes first.
  const all = [...outcomes.values()].sort(
    (a, b) => Number(b.guard.holdsByDefault()) - Number(a.guard.holdsByDefault()),
  );
  const several = all.length > 1 && valuesAt(here.resource, line.path).length === 1;
  return all
    .slice(0, MAX_OUTCOMES)
    .map(({ text, guard, cite }) => ({
      text: several ? `${text}${circumstances(guard)}` : text,
      cite: here.cited(cite),
    }));
}

/** What a property is in the scenarios in which the resource is there; all of it, where it is there in none. */
function reached(all: ReturnType<typeof leaves>, { exists }: Resource): ReturnType<typeof leaves> {
  const some = all.filter(({ guard }) => !guard.coveredBy(exists.no));
  return some.length > 0 ? some : all;
}

/** The scenario in which an outcome is so; the one without any choice made is the default. */
function circumstances(guard: Guard): string {
  const when = scenario(guard.describe());
  return when === '' ? '' : ` ${when}${guard.holdsByDefault() ? ' (the default)' : ''}`;
}

function outcomeOf(line: PropertyLine, leaf: Leaf, value: Value, here: Here): Omit<Outcome, 'guard'> {
  const property = nativeName(here.resource, line.path);
  const effective = effectiveOf(leaf);
  const fits = caseFor(effective, line.cases);
  if (!fits) return { text: `${property} ${unknownBecause(leaf)}`, cite: [] };
  const text = fits.say
    .replaceAll('{property}', property)
    .replaceAll('{value}', effective === leaf ? shown(leaf) : `${shown(effective)} by default`);
  const rule = ruleAt(here, line.path, leaf, value);
  return { text: rule === undefined ? text : `${text} (${rule})`, cite: fits.cite ?? [] };
}

/** What counts where nothing is written, as far as the format of the document says that: Terraform's defaults are not always the service's. */
function effectiveOf(leaf: Leaf): Leaf {
  return leaf.state === 'absent' && !leaf.open && leaf.default && leaf.default.state !== 'choice' ? leaf.default : leaf;
}

/** A property in the author's words; of a path through a list only what is in its items, in the canonical words. */
export function nativeName(resource: Resource, path: string): string {
  return path.includes('[]') ? path.split('[].').at(-1)! : resource.nativePath(path).replace(/\[\]$/, '');
}

/** The rule that finds fault with a value, if one does. What is not written has the place of its holder, where violations of other properties are too. */
function ruleAt({ findings, resource }: Here, path: string, leaf: Leaf, value: Value): string | undefined {
  return findings.find(
    ({ at, certainty, rule }) =>
      certainty === 'certain' &&
      (leaf.state !== 'absent' || isAbout(rule, resource.type, path)) &&
      [leaf, value].some(
        ({ origin: { use, key } }) =>
          at.doc === use.doc &&
          ((at.start === use.start && at.end === use.end) ||
            (leaf.state !== 'absent' && at.start === key?.start && at.end === key.end)),
      ),
  )?.rule;
}

/** Whether a rule is about a property: it is the first that the rule reads, in it, or around it. */
function isAbout(id: string, type: string, path: string): boolean {
  const rule = RULES.find((candidate) => candidate.id === id);
  const first =
    rule?.on === 'resource'
      ? ownEntry(rule.reads as Readonly<Record<string, readonly string[] | undefined>>, type)?.[0]
      : undefined;
  return first !== undefined && (`${path}.`.startsWith(`${first}.`) || first.startsWith(`${path}.`));
}
