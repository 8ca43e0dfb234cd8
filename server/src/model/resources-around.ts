import type { Range, Uri } from '../base/span.ts';
import type { Resource, Stack } from './resource.ts';

/** The resources of a stack whose text contains a range of a document; all of them if it is in the text of none. */
export function resourcesAround({ resources }: Stack, doc: Uri, { start, end }: Range): readonly Resource[] {
  const around = resources.filter(({ parts }) =>
    parts.some((part) => part.doc === doc && part.range.start <= start && end <= part.range.end),
  );
  return around.length > 0 ? around : resources;
}
