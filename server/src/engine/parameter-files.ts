/** Parameter files that lie beside a template and are called after it. */
import { addTo } from '../base/groups.ts';
import type { Uri } from '../base/span.ts';
import { nameOf } from '../base/uri.ts';

const TEMPLATE = /^(.+?)(?:\.template)?\.(?:ya?ml|json|template)$/i;
const VALUES = /^(.+)\.(?:json|ya?ml)$/;
/** The words that make a file one for parameters, at the end of its name or before its stage. */
const WORD_LAST = /^(.+)[.-](?:parameters|params)$/;
const STAGE_LAST = /^(.+)[.-](?:parameters|params)[.-][A-Za-z0-9]+$/;
const STAGE = /^(.+)[.-][A-Za-z0-9]+$/;

/** The parameter files in a listing by the template that they are called after. */
const indexes = new WeakMap<readonly Uri[], ReadonlyMap<string, readonly Uri[]>>();

/**
 * The files in the folder of a template that are called after it: `network.parameters.json` or `network-params.yaml` for
 * `network.yaml`, also with a stage, as in `network.prod.parameters.json` and `network-parameters-prod.json`. Where two templates could
 * be meant, as `network.yaml` and `network-prod.yaml` by `network-prod-params.json`, it is the one with the longer name.
 */
export function filesBeside(template: Uri, listing: readonly Uri[]): readonly Uri[] {
  let index = indexes.get(listing);
  if (!index) indexes.set(listing, (index = indexOf(listing)));
  return index.get(stemOf(template) ?? '') ?? [];
}

function indexOf(listing: readonly Uri[]): ReadonlyMap<string, readonly Uri[]> {
  const stems = new Set(listing.flatMap((uri) => stemOf(uri) ?? []));
  const index = new Map<string, Uri[]>();
  for (const uri of listing) {
    const stem = stemsMeant(nameOf(uri)).find((candidate) => stems.has(candidate));
    if (stem !== undefined) addTo(index, stem, uri);
  }
  return index;
}

function stemOf(template: Uri): string | undefined {
  return TEMPLATE.exec(nameOf(template))?.[1];
}

/** What the template of a parameter file can be called, the longest first. */
function stemsMeant(name: string): readonly string[] {
  const base = VALUES.exec(name)?.[1];
  if (base === undefined) return [];
  const before = WORD_LAST.exec(base)?.[1];
  if (before === undefined) return [STAGE_LAST.exec(base)?.[1]].filter((stem) => stem !== undefined);
  return [before, STAGE.exec(before)?.[1]].filter((stem) => stem !== undefined);
}
