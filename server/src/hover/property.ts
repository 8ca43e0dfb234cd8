/**
 * The card of a property: its own, completed with what rules and the resource specification say, or composed of that.
 */
import { flatMap } from '../base/flat-map.ts';
import { ownEntry } from '../base/table.ts';
import { some } from '../base/words.ts';
import { isTerraform } from '../model/format.ts';
import type { Resource } from '../model/resource.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { Line } from './card.ts';
import type { CloudFormationType } from './change-data.ts';
import { ownershipOf, type CitedCard, type DataOf } from './composed-card.ts';
import {
  composedProperty,
  isAbout,
  isHolder,
  lastName,
  type CitedProperty,
  type PropertyFacts,
} from './composed-property.ts';
import { serviceOf, type PropertyCard, type Remark } from './ownership.ts';
import { nativeName } from './property-pieces.ts';
import { pathsRead, readProperties, rulesReading } from './read-properties.ts';

/**
 * The maximum number of lines of a card about its remarks and the document, without the update behavior and the rules.
 */
const MOST_LINES = 7;

/** The maximum number of rules that a line names. */
const MOST_RULES = 3;

/** The longest path in a title. */
const LONGEST_PATH = 45;

/**
 * The name of a property in a title: its path as in the document's format, without the first names if there are many.
 */
export function titleName(resource: Resource, path: string): string {
  const name = nativeName(resource, path).replace(/\[\]$/, '');
  return name.length > LONGEST_PATH ? name.split('.').slice(-2).join('.') : name;
}

/** The canonical paths of a type that have a card. */
export function propertyPaths(type: string, own: CitedCard | undefined): readonly string[] {
  return [...new Set([...Object.keys(own?.card.properties ?? {}), ...readProperties(type).keys()])];
}

/** The card of a property that has one of its own or is read by rules. */
export function propertyOf(resource: Resource, path: string, own: CitedCard | undefined, data: DataOf): CitedProperty {
  const facts = factsOf(resource, path, data);
  const written = own && writtenFor(own, path);
  const card = composedProperty(facts);
  const named = { ...card, card: { ...card.card, remarks: inFormat(card.card.remarks, resource, facts) } };
  return written ? completed({ card: written, citations: own.citations }, named, facts) : named;
}

/** The claims of pages about a type on a property, apart from those of its rules. */
export function documentedProperty(
  type: string,
  path: string,
  own: CitedCard | undefined,
  data: DataOf,
): CitedProperty {
  const written = own && writtenFor(own, path);
  if (written) return { card: written, citations: own.citations };
  const { card, citations } = composedProperty(factsOf({ type, format: 'cloudformation' }, path, data));
  return { card: { ...card, remarks: card.remarks.filter(({ label }) => !OF_RULES.has(label)) }, citations };
}

/** The labels of lines that only a rule provides. */
const OF_RULES: ReadonlySet<string> = new Set(['Why', 'Recommendation']);

/** The card that is written for a path; the items of a list have that of the list. */
function writtenFor({ card }: CitedCard, path: string): PropertyCard | undefined {
  return ownEntry(card.properties, path) ?? ownEntry(card.properties, path.replace(/\[\]$/, ''));
}

function factsOf({ type, format }: Pick<Resource, 'type' | 'format'>, path: string, data: DataOf): PropertyFacts {
  const ownership = ownershipOf(type, data);
  return {
    type,
    path,
    rules: rulesReading(type, path, format),
    isTerraform: isTerraform(format),
    specification: specificationOf(type, data),
    guides: ownership?.service?.guides ?? ownership?.terraform?.guides ?? [],
    general: flatMap(ownership?.service?.cite ?? [], (key) => ownEntry(ownership?.citations, key) ?? []),
  };
}

/** A type in the resource specification of CloudFormation. */
export function specificationOf(type: string, data: DataOf): CloudFormationType | undefined {
  const file = data(`cloudformation/${serviceOf(type)}`) as
    | { types: Record<string, CloudFormationType> }
    | null
    | undefined;
  return ownEntry(file?.types, type);
}

/** The number of remarks with which a card needs no sentences of rules. */
const ENOUGH_REMARKS = 2;

/**
 * Adds what is known apart from a card, if a rule is about the property; the sentences of the rule only to a card with
 * few remarks.
 */
function completed(own: CitedProperty, composed: CitedProperty, facts: PropertyFacts): CitedProperty {
  const [rule] = facts.rules;
  const { remarks, here } = own.card;
  // The rule can be about anything in an object or list.
  if (!rule || !isAbout(rule, facts) || isHolder(rule, facts)) return own;
  const labels = new Set(remarks.map(({ label }) => label));
  const more = composed.card.remarks
    .filter(
      ({ label }) =>
        label !== 'Documentation' &&
        !labels.has(label) &&
        !(label === 'If not set' && labels.has('Default')) &&
        !(remarks.length >= ENOUGH_REMARKS && OF_RULES.has(label)),
    )
    .slice(0, Math.max(0, MOST_LINES - remarks.length - here.length));
  return {
    card: { ...own.card, remarks: [...remarks, ...more] },
    citations: { ...composed.citations, ...own.citations },
  };
}

/** The rules that read a property; those that are off are marked. */
export function rulesLine(
  resource: Resource,
  path: string,
  verdict: string,
  isOn: ((rule: AnyRule) => boolean) | undefined,
): readonly Line[] {
  const rules = rulesReading(resource.type, path, resource.format);
  if (rules.length === 0) return [];
  const names = rules.map((rule) => {
    const notes = [
      ...(rules.length > MOST_RULES || verdict.includes(rule.title) ? [] : [rule.title]),
      ...(isOn?.(rule) === false ? ['off'] : []),
    ];
    return `${rule.id}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`;
  });
  return [{ label: 'Checked by', parts: [{ text: some(names, MOST_RULES), cite: [] }], separator: '; ' }];
}

/** Remarks with the names of properties in the document's format. */
function inFormat(
  remarks: readonly Remark[],
  resource: Resource,
  { type, rules, specification }: PropertyFacts,
): readonly Remark[] {
  if (!isTerraform(resource.format)) return remarks;
  const read = new Map(flatMap(rules, (rule) => pathsRead(rule, type)).map((path) => [lastName(path), path] as const));
  const nameOf = (word: string): string => {
    if (!/[a-z][A-Z]/.test(word)) return word;
    const path = read.get(word) ?? (ownEntry(specification?.properties, word) === undefined ? undefined : word);
    return path === undefined ? word : nativeName(resource, path);
  };
  return remarks.map((remark) => ({ ...remark, text: remark.text.replaceAll(/\b[A-Z]\w+\b/g, nameOf) }));
}
