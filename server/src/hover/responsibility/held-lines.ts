/** The lines about the properties in an object, one for each. */
import { flatMap } from '../../base/flat-map.ts';
import { isTerraform } from '../../model/format.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import type { Line, Part } from '../card.ts';
import { lastName, valueLine } from '../composed-property.ts';
import type { CardContext } from '../card-context.ts';
import type { HolderTarget } from '../holder-target.ts';
import { worst } from '../instances.ts';
import type { ConfigurationLine } from '../ownership.ts';
import { nativeName } from '../property-pieces.ts';
import { configurationLines } from './configuration-lines.ts';

interface HeldBy {
  /** The paths of properties with cards. */
  readonly paths: ReadonlySet<string>;
  /** The lines of the card of a property. */
  readonly lineOf: (path: string) => readonly ConfigurationLine[];
  /** The lines of the card of the type about a property. */
  readonly ofType: (path: string) => readonly ConfigurationLine[];
  readonly here: CardContext;
  /** The text of the document. */
  readonly text: string;
}

/** How each property in an object is configured, and the names of those that are not set. */
export function heldLines(target: HolderTarget, held: HeldBy): readonly Line[] {
  const lines = together(flatMap(target.held, (path) => linesAbout(path, target, held)));
  const unset = lines.filter(({ status, parts }) => !status && parts.length === 1 && parts[0]!.text === UNSET);
  const others = lines.filter((line) => !unset.includes(line));
  if (unset.length < 2) return lines;
  const names = unset.map(({ label }) => ({ text: label, cite: [] }));
  return [
    ...others,
    { label: `properties ${UNSET}`, here: true, parts: names, names: { most: names.length }, separator: ', ' },
  ];
}

const UNSET = 'not set';

/** A line about a property, and the name of the property. */
interface NamedLine {
  readonly line: Line;
  readonly name: string;
}

/** Lines with a label each: where several properties have the same label, others have their names. */
function together(lines: readonly NamedLine[]): readonly Line[] {
  const merged = new Map<string, Line>();
  for (const { line, name } of lines) {
    const before = merged.get(line.label);
    const isSame = before !== undefined && textOf(before) === textOf(line);
    const label = before && !isSame ? name : line.label;
    const other = merged.get(label);
    merged.set(label, other ? mergedLine([other, line]) : { ...line, label });
  }
  return [...merged.values()];
}

function textOf({ parts }: Line): string {
  return parts.map(({ text }) => text).join('; ');
}

/** A line with the statements of some lines, each once. */
function mergedLine(lines: readonly Line[]): Line {
  const { status: _, ...rest } = lines[0]!;
  const status = worst(lines.map((line) => line.status));
  const parts = new Map(flatMap(lines, (line) => line.parts.map((part): [string, Part] => [part.text, part])));
  return { ...rest, ...(status ? { status } : {}), parts: [...parts.values()], separator: '; ' };
}

function linesAbout(
  path: string,
  target: HolderTarget,
  { paths, lineOf, ofType, here, text }: HeldBy,
): readonly NamedLine[] {
  if (path.includes('[]')) return listedLines(path, target.valuesOf(path), here, text);
  const own = paths.has(path) ? lineOf(path) : ofType(path);
  const name = nameIn(target, path, here.resource);
  return configurationLines(own.length > 0 ? own : [valueLine(path)], here).map((line) => ({
    // Other lines are worded for their labels.
    line: line.label === VALUE ? { ...line, label: name } : line,
    name,
  }));
}

const VALUE = valueLine('').label;

/** The last name of a property, with the name before it if several properties in the object have it. */
function nameIn({ held }: HolderTarget, path: string, resource: Resource): string {
  const lastNames = (one: string, count: number): string =>
    nativeName(resource, one).split('.').slice(-count).join('.');
  const isShared = held.some((one) => one !== path && !one.includes('[]') && lastNames(one, 1) === lastNames(path, 1));
  return lastNames(path, isShared ? 2 : 1);
}

/** The values of a property in a list, where other objects have properties of that name too. */
function listedLines(path: string, values: readonly Value[], here: CardContext, text: string): readonly NamedLine[] {
  const label = writtenName(path, values, here, text);
  const lines = flatMap(values, (at) => configurationLines([valueLine(path)], { ...here, at }));
  if (label === undefined || lines.length === 0) return [];
  return [{ line: { ...mergedLine(lines), label }, name: label }];
}

/** What the document calls a property in a list; undefined if that is not known. */
function writtenName(
  path: string,
  values: readonly Value[],
  { resource }: CardContext,
  text: string,
): string | undefined {
  // What is not set has the key of what would contain it.
  const key = values.find(({ origin, state }) => origin.key && state !== 'absent')?.origin.key;
  const written = key && text.slice(key.start, key.end).replaceAll(/^"|"$/g, '');
  return written ?? (isTerraform(resource.format) ? undefined : lastName(path));
}
