/** Where rule calls may have missed findings because they exceeded a limit. */
import type { Uri } from '../base/span.ts';
import { some } from '../base/words.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { Resource } from '../model/resource.ts';

export interface CutPlace {
  readonly doc: Uri;
  /** The name of the resource in messages; undefined if the call is about a whole file or stack. */
  readonly name: string | undefined;
}

/** A call that exceeded the limit of its work. */
export interface UnfinishedCall {
  readonly rule: AnyRule;
  readonly place: CutPlace;
}

/** The place of a call about a resource; without one, the first document of the stack. */
export function cutPlace(on: Resource | undefined, first: Uri): CutPlace {
  const part = on?.parts[0];
  return { doc: part?.doc ?? first, name: part?.isFile ? undefined : on?.displayName };
}

/** The maximum number of resources that a message names. */
const MOST_NAMES = 3;

/** The resources of places, for the middle of a sentence: ` in Disk, Other and 2 more`; empty if one has none. */
export function inResources(places: readonly CutPlace[]): string {
  const names = [...new Set(places.map(({ name }) => name))];
  return names.length === 0 || names.includes(undefined) ? '' : ` in ${some(names as string[], MOST_NAMES)}`;
}
