/** Who has access to a resource as text: a table of principals, then what allows and limits the access of each. */
import { flatMap } from '../../base/flat-map.ts';
import pico from 'picocolors';
import { inert } from '../../base/inert.ts';
import { LineIndex } from '../../base/line-index.ts';
import type { Span, Uri } from '../../base/span.ts';
import { some } from '../../base/words.ts';
import { assumerText, type AccessListing, type AccessRow } from '../../hover/access/listing.ts';
import { shownUri } from '../shown-path.ts';
import { widthOf, wrapped } from '../terminal-text.ts';
import type { World } from '../world.ts';
import type { Writer } from './reporter.ts';

/** The access to a resource with the texts of its documents. */
export interface AccessReport {
  readonly access: AccessListing;
  textOf(doc: Uri): string;
}

const WIDEST = 100;
const NARROWEST = 60;

export const accessText: Writer<AccessReport> = { report: accessAsText };

type Colors = ReturnType<typeof pico.createColors>;

interface Page {
  readonly columns: number;
  readonly colors: Colors;
  place(span: Span): string;
}

function accessAsText({ access, textOf }: AccessReport, { cwd, display }: Pick<World, 'cwd' | 'display'>): string {
  const indexes = new Map<Uri, LineIndex>();
  const page: Page = {
    columns: Math.max(NARROWEST, Math.min(display.columns, WIDEST)),
    colors: pico.createColors(display.color),
    place: ({ doc, start }) => {
      const index = indexes.get(doc) ?? new LineIndex(textOf(doc));
      indexes.set(doc, index);
      return `${inert(shownUri(doc, cwd))}:${index.positionAt(start).line + 1}`;
    },
  };
  const { resource, document, principals, possible, denied, unknowns } = access;
  const { bold, underline, dim } = page.colors;
  const inside = principals.filter(({ isOutside }) => !isOutside);
  const outside = principals.filter(({ isOutside }) => isOutside);
  const own = resource.parts[0];
  const header = `${bold(underline(inert(resource.displayName)))} (${inert(resource.nativeType)})${own ? ` ${dim(page.place({ ...own.nameAt, doc: own.doc }))}` : ''}`;
  const rows = [...principals, ...possible, ...denied];
  const column = Math.min(44, Math.max(9, ...rows.map((row) => widthOf(labelOf(row)))));
  const list = (heading: string, of: readonly AccessRow[]): readonly string[] =>
    of.length === 0 ? [] : ['', bold(heading), ...flatMap(of, (row) => tableRow(row, column, page))];
  return [
    header,
    ...(principals.length === 0
      ? ['', `No principal of this ${document} and no external principal is known to have access.`]
      : []),
    ...list(`In this ${document}`, inside),
    ...list('From outside', outside),
    ...list('Not known', possible),
    ...list('Denied', denied),
    ...(rows.length > 0 ? ['', bold('Why')] : []),
    ...flatMap(rows, (row, index) => [...(index > 0 ? [''] : []), ...details(row, page)]),
    ...(unknowns.length > 0
      ? ['', bold('Unknown'), ...flatMap(unknowns, (text) => indented(text, '  ', page.columns))]
      : []),
    '',
    ...wrapped(
      `Principals that this ${document} does not declare are listed only if a policy of the resource names them.`,
      page.columns,
    ).map((line) => dim(line)),
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function labelOf({ name, what }: AccessRow): string {
  return inert(what === '' ? name : `${name} (${what})`);
}

/** A principal with its levels, wrapped in their column. */
function tableRow(row: AccessRow, column: number, { columns, colors }: Page): readonly string[] {
  const label = labelOf(row);
  const levels = row.levels.map(({ text }) => text).join(', ');
  const width = widthOf(label);
  const paint = row.kind === 'anyone' ? colors.red : row.isOutside ? colors.yellow : colors.cyan;
  const lines = wrapped(levels, columns - column - 4);
  const rest = lines.map((line) => `${' '.repeat(column + 4)}${line}`);
  return width > column
    ? [`  ${paint(label)}`, ...rest]
    : [`  ${paint(label)}${' '.repeat(column - width + 2)}${lines[0]!}`, ...rest.slice(1)];
}

const MOST_WRITTEN = 4;

function details(
  { name, members, usedBy, assumedBy, sources, limits }: AccessRow,
  { columns, colors, place }: Page,
): readonly string[] {
  const { cyan, dim } = colors;
  return [
    `  ${cyan(inert(name))}${members.length > 0 ? `, with ${inert(some(members, 3))}` : ''}${usedBy.length > 0 ? `, used by ${inert(some(usedBy, 3))}` : ''}`,
    ...(assumedBy.length > 0
      ? indented(`assumed by ${inert(some(assumedBy.map(assumerText), 3))}`, '    ', columns)
      : []),
    ...flatMap(sources, ({ capabilities, text, at, actions, resources }) => {
      const what = [some(actions, MOST_WRITTEN), resources.length > 0 ? `on ${some(resources, MOST_WRITTEN)}` : '']
        .filter((part) => part !== '')
        .join(' ');
      return [
        ...indented(`${some(capabilities)} by ${text}`, '    ', columns - 2, dim(place(at))),
        ...(what === '' ? [] : indented(what, '      ', columns)),
      ];
    }),
    ...flatMap(limits, ({ text, at }) => indented(`limit: ${text}`, '    ', columns, at ? dim(place(at)) : undefined)),
  ];
}

/** A text, wrapped and indented, with a place behind it. */
function indented(text: string, indent: string, columns: number, behind?: string): readonly string[] {
  const lines = wrapped(text, columns - indent.length).map((line, index) => `${indent}${index > 0 ? '  ' : ''}${line}`);
  return behind === undefined ? lines : [...lines.slice(0, -1), `${lines.at(-1)!}  ${behind}`];
}
