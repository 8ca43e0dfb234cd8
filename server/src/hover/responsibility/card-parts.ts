/** What the cards of types, properties and objects have in common. */
import { ownEntry } from '../../base/table.ts';
import type { Resource } from '../../model/resource.ts';
import type { ChangeImpact } from '../change-data.ts';
import { changeOf } from '../change.ts';
import { documentOf } from '../document-of.ts';
import type { Cited, CitedPage, Line } from '../card.ts';
import { holds } from '../fits.ts';
import type { CardContext } from '../card-context.ts';
import type { Citation, OwnershipVerdict } from '../ownership.ts';
import { specificationOf } from '../property.ts';
import type { HoverRequest } from './hover.ts';

/** What a change of a property does to what is deployed, if that is known. */
export function changeLine(resource: Resource, path: string, { data }: HoverRequest): readonly Line[] {
  const impact = data('change-impact') as ChangeImpact | undefined;
  const change = changeOf(resource, path, specificationOf(resource.type, data), impact);
  return change ? [{ label: 'If changed', parts: [change], separator: '; ' }] : [];
}

/** The heading of the lines about a document. */
export function headingOf(resource: Resource): string {
  return `In this ${documentOf(resource)}`;
}

/** The first sentence that holds for a resource. */
export function firstOf(verdicts: readonly OwnershipVerdict[], resource: Resource, cited: CitedBy): Cited | undefined {
  const verdict = verdicts.find(({ when }) => holds(when, resource));
  return verdict && { text: verdict.text, cite: cited(verdict.cite) };
}

/** The pages of the keys of citations. */
export type CitedBy = (keys: readonly string[]) => readonly CitedPage[];

/** What finds the pages of keys. */
export function citing(citations: Readonly<Record<string, Citation>>): CitedBy {
  return (keys) =>
    keys
      .map((key) => ownEntry(citations, key))
      .filter((citation) => citation !== undefined)
      .map(({ url }) => ({ url }));
}

/** What the lines about a resource depend on. */
export function cardContextOf(
  { stack, findings, findingsIn = findings, statusOf, today, data }: HoverRequest,
  resource: Resource,
  cited: CitedBy,
): CardContext {
  return {
    stack,
    resource,
    findings,
    findingsIn,
    statusOf: (path, of = resource) => statusOf?.(of, path),
    today,
    data,
    cited,
  };
}
