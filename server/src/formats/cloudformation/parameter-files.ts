/** Parameter files next to a template that have its name. */
import { flatMap } from '../../base/flat-map.ts';
import { addTo } from '../../base/groups.ts';
import { memoize } from '../../base/memoize.ts';
import type { Uri } from '../../base/span.ts';
import { nameOf } from '../../base/uri.ts';

const TEMPLATE = /^(.+?)(?:\.template)?\.(?:ya?ml|json|template)$/i;
const VALUES = /^(.+)\.(?:json|ya?ml)$/;
/** The words that mark a parameter file, at the end of its name or before its stage. */
const WORD_LAST = /^(.+)[.-](?:parameters|params)$/;
const STAGE_LAST = /^(.+)[.-](?:parameters|params)[.-][A-Za-z0-9]+$/;
const STAGE = /^(.+)[.-][A-Za-z0-9]+$/;

/**
 * The files in the folder of a template that have its name: `network.parameters.json` or `network-params.yaml` for
 * `network.yaml`, also with a stage, as in `network.prod.parameters.json` and `network-parameters-prod.json`. If a
 * name matches two templates, such as `network-prod-params.json` for `network.yaml` and `network-prod.yaml`, the
 * longer one applies.
 */
export function filesBeside(template: Uri, listing: readonly Uri[]): readonly Uri[] {
  return indexOf(listing).get(stemOf(template) ?? '') ?? [];
}

/** The parameter files of a listing by template. Most folders have none, so their other names are not read. */
const indexOf = memoize((listing: readonly Uri[]): ReadonlyMap<string, readonly Uri[]> => {
  const marked = listing.filter(mayBeMarked);
  if (marked.length === 0) return NONE;
  const stems = new Set(flatMap(listing, (uri) => stemOf(uri) ?? []));
  const index = new Map<string, Uri[]>();
  for (const uri of marked) {
    const stem = stemsMeant(nameOf(uri)).find((candidate) => stems.has(candidate));
    if (stem !== undefined) addTo(index, stem, uri);
  }
  return index;
});

const NONE: ReadonlyMap<string, readonly Uri[]> = new Map();

/** Whether the name of a file may have a word that marks a parameter file; it can be encoded. */
function mayBeMarked(uri: Uri): boolean {
  const start = uri.lastIndexOf('/');
  return uri.indexOf('param', start) >= 0 || uri.indexOf('%', start) >= 0;
}

function stemOf(template: Uri): string | undefined {
  return TEMPLATE.exec(nameOf(template))?.[1];
}

/** The possible names of the template of a parameter file, the longest first. */
function stemsMeant(name: string): readonly string[] {
  const base = VALUES.exec(name)?.[1];
  if (base === undefined) return [];
  const before = WORD_LAST.exec(base)?.[1];
  if (before === undefined) return [STAGE_LAST.exec(base)?.[1]].filter((stem) => stem !== undefined);
  return [before, STAGE.exec(before)?.[1]].filter((stem) => stem !== undefined);
}
