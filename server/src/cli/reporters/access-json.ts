/** Who has access to a resource as JSON. The format is stable: fields are added, never changed or removed. */
import { inertJson } from '../../base/inert.ts';
import { LineIndex } from '../../base/line-index.ts';
import type { Span, Uri } from '../../base/span.ts';
import type { AccessRow } from '../../hover/access/listing.ts';
import { shownUri } from '../shown-path.ts';
import type { World } from '../world.ts';
import type { AccessReport } from './access-text.ts';
import type { Writer } from './reporter.ts';

export const accessJson: Writer<AccessReport> = { report: accessAsJson };

function accessAsJson({ access, textOf }: AccessReport, { program, cwd }: Pick<World, 'program' | 'cwd'>): string {
  const indexes = new Map<Uri, LineIndex>();
  const place = (span: Span): object => {
    const index = indexes.get(span.doc) ?? new LineIndex(textOf(span.doc));
    indexes.set(span.doc, index);
    return { path: shownUri(span.doc, cwd), range: index.range(span) };
  };
  const { resource, principals, possible, denied, unknowns } = access;
  const own = resource.parts[0];
  const rows = (of: readonly AccessRow[]): readonly object[] => of.map((row) => rowAsJson(row, place));
  return `${inertJson(
    JSON.stringify({
      version: 1,
      tool: { name: 'stackwarden', version: program.version },
      resource: resource.address,
      resourceType: resource.nativeType,
      ...(own ? place({ ...own.nameAt, doc: own.doc }) : { path: null, range: null }),
      principals: rows(principals),
      notKnown: rows(possible),
      denied: rows(denied),
      unknowns,
    }),
  )}\n`;
}

function rowAsJson(
  { kind, name, what, isOutside, members, usedBy, assumedBy, levels, sources, limits }: AccessRow,
  place: (span: Span) => object,
): object {
  return {
    kind,
    name,
    description: what,
    outside: isOutside,
    members,
    usedBy,
    assumedBy: assumedBy.map((one) => ({ name: one.name, through: one.through, conditional: one.isConditional })),
    access: levels.map(({ capability, actions, isConditional, isPartial, lacking, scenarios }) => ({
      level: capability,
      actions,
      conditional: isConditional,
      partial: isPartial,
      lacks: lacking && !lacking.isUnknown ? lacking.actions : [],
      scenario: scenarios === '' ? null : scenarios,
    })),
    allowedBy: sources.map((source) => ({
      kind: source.kind,
      text: source.text,
      levels: source.capabilities,
      actions: source.actions,
      resources: source.resources,
      ...place(source.at),
    })),
    limits: limits.map((limit) => ({
      kind: limit.kind,
      text: limit.text,
      ...(limit.at ? place(limit.at) : { path: null, range: null }),
    })),
  };
}
