/** The lines about the properties in an object, one for each. */
import { isTerraform } from '../../model/format.ts';
import type { Value } from '../../model/value.ts';
import type { Line, Part, Status } from '../card.ts';
import { lastName, valueLine } from '../composed-property.ts';
import type { Here } from '../here.ts';
import type { HolderTarget } from '../holder-target.ts';
import type { HereLine } from '../ownership.ts';
import { nativeName } from '../property-pieces.ts';
import { hereLines } from './here-lines.ts';

interface HeldBy {
  /** The paths of properties with cards. */
  readonly paths: ReadonlySet<string>;
  /** The lines of the card of a property. */
  readonly lineOf: (path: string) => readonly HereLine[];
  /** The lines of the card of the type about a property. */
  readonly ofType: (path: string) => readonly HereLine[];
  readonly here: Here;
  /** The text of the document. */
  readonly text: string;
}

/** How each property in an object is configured, and the names of those that are not set. */
export function heldLines(target: HolderTarget, held: HeldBy): readonly Line[] {
  const lines = target.held.flatMap((path) => linesAbout(path, target, held));
  const unset = lines.filter(({ status, parts }) => !status && parts.length === 1 && parts[0]!.text === UNSET);
  const others = lines.filter((line) => !unset.includes(line));
  if (unset.length < 2) return lines;
  const names = unset.map(({ label }) => ({ text: label, cite: [] }));
  return [...others, { label: UNSET, here: true, parts: names, names: { most: names.length }, separator: ', ' }];
}

const UNSET = 'not set';

function linesAbout(
  path: string,
  target: HolderTarget,
  { paths, lineOf, ofType, here, text }: HeldBy,
): readonly Line[] {
  if (path.includes('[]')) return listedLines(path, target.valuesOf(path), here, text);
  const own = paths.has(path) ? lineOf(path) : ofType(path);
  const name = nativeName(here.resource, path).split('.').at(-1)!;
  return hereLines(own.length > 0 ? own : [valueLine(path)], here).map((line) =>
    // Other lines are worded for their labels.
    line.label === VALUE ? { ...line, label: name } : line,
  );
}

const VALUE = valueLine('').label;

/** The values of a property in a list, where other objects have properties of that name too. */
function listedLines(path: string, values: readonly Value[], here: Here, text: string): readonly Line[] {
  const label = writtenName(path, values, here, text);
  const lines = values.flatMap((at) => hereLines([valueLine(path)], { ...here, at }));
  if (label === undefined || lines.length === 0) return [];
  const parts = new Map<string, Part>(lines.flatMap((line) => line.parts.map((part) => [part.text, part] as const)));
  const status = STATUSES.find((one) => lines.some((line) => line.status === one));
  const isMarked = status !== undefined && (status !== 'good' || lines.every((line) => line.status === 'good'));
  return [{ label, here: true, ...(isMarked ? { status } : {}), parts: [...parts.values()], separator: '; ' }];
}

/** What the document calls a property in a list; undefined if that is not known. */
function writtenName(path: string, values: readonly Value[], { resource }: Here, text: string): string | undefined {
  // What is not set has the key of what would contain it.
  const key = values.find(({ origin, state }) => origin.key && state !== 'absent')?.origin.key;
  const written = key && text.slice(key.start, key.end).replaceAll(/^"|"$/g, '');
  return written ?? (isTerraform(resource.format) ? undefined : lastName(path));
}

/** The worst first. */
const STATUSES: readonly Status[] = ['wrong', 'unknown', 'good'];
