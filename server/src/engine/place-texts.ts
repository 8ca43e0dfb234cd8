import { flatMap } from '../base/flat-map.ts';
import type { Stack } from '../model/resource.ts';
import type { Documents } from './documents.ts';
import { markOf } from './mark.ts';
import { PartsAt } from './parts-at.ts';
import { pathBelow } from './path.ts';
import type { PlaceTexts } from './report.ts';

/** Information that is found in stacks on first use. */
export interface StackTexts extends PlaceTexts {
  /** Forgets what was found in the stacks, so that they can be released. */
  release(): void;
}

/** Information about the texts of documents and the resources in them. */
export function placeTexts(documents: Documents, stacks: () => readonly Stack[]): StackTexts {
  let parts: PartsAt | undefined;
  let sources: PartsAt | undefined;
  let written: PartsAt | undefined;
  return {
    release: () => {
      parts = sources = written = undefined;
    },
    mark: (leaf, part, skip) => markOf(leaf, (doc) => documents.tree(doc)?.text, part, skip),
    pathOf: (part, at, keys) => {
      const tree = part === undefined || part.doc === at.doc ? documents.tree(at.doc) : undefined;
      return tree ? pathBelow(tree, part && (part.body ?? part.range), at, keys) : '';
    },
    sourceAt: (at, beside) => (sources ??= new PartsAt(stacks(), (stack) => stack.sources ?? [])).at(at, beside),
    partAt: (at) =>
      (parts ??= new PartsAt(stacks(), (stack) => flatMap(stack.resources, (resource) => resource.parts))).at(at),
    overlapsParts: (at) =>
      (written ??= new PartsAt(stacks(), ({ resources, sources = [] }) =>
        [...flatMap(resources, ({ parts }) => parts), ...sources].filter(({ isFile }) => !isFile),
      )).overlaps(at),
  };
}
