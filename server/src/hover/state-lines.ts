/** The lines about the protection of a resource in its document, by type: encryption, TLS, backups, logs, patches. */
import { flatMap } from '../base/flat-map.ts';
import { ownEntry } from '../base/table.ts';
import type { CitedCard, DataOf } from './composed-card.ts';
import type { Case, Citation, PropertyConditions, ConfigurationLine, ResourceKind } from './ownership.ts';
import { factsAbout } from './terraform-types.ts';

/** The texts for a kind of property, such as a switch for encryption. */
export interface StateForm {
  readonly label: string;
  readonly cases?: readonly Case[];
  /** The function in `server/src/hover/computed/` that states it, instead of cases. */
  readonly compute?: string;
}

/** A property of a type that states how a resource is protected. */
export interface StateRow {
  /** A key of `forms`. */
  readonly form: string;
  /** The canonical path; forms with a function can do without. */
  readonly path?: string;
  readonly when?: PropertyConditions;
  /** What holds if the property is not set, with the citations of its source. */
  readonly unset?: string;
  readonly cite?: readonly string[];
}

/** `schemas/resource-state`: the properties that state how a resource is protected, by type. */
export interface ResourceStates {
  readonly citations: Readonly<Record<string, Citation>>;
  readonly forms: Readonly<Record<string, StateForm>>;
  readonly types: Readonly<Record<string, readonly StateRow[]>>;
}

/** The labels in the order of a card. */
const LABELS = ['encryption', 'in transit', 'backups', 'deletion protection', 'logs', 'patching'];

/** The number of these labels before those that only some types have. */
const FIRST = 2;

/** The kinds whose content can be lost. */
const KEPT: ReadonlySet<ResourceKind> = new Set(['data-store', 'keys', 'guest-compute']);

/** A card with the lines about the protection of a resource of a type. */
export function withState({ card, citations }: CitedCard, type: string, data: DataOf): CitedCard {
  const states = data('resource-state') as ResourceStates | null | undefined;
  if (!states) return { card, citations };
  const { kind } = factsAbout(type, data);
  const rows = ownEntry(states.types, type) ?? [];
  const lines = rows.map((row) => lineOf(row, ownEntry(states.forms, row.form)!));
  return {
    card: {
      ...card,
      here: arranged(
        card.here.filter((line) => !isCovered(line, lines)),
        [...lines, ...generalState(kind, lines)],
      ),
    },
    citations: {
      ...citations,
      ...Object.fromEntries(Object.entries(states.citations).map(([name, one]) => [stateKey(name), one])),
    },
  };
}

/** Whether the table has a line of a type that follows from its relations. */
function isCovered(line: ConfigurationLine, rows: readonly ConfigurationLine[]): boolean {
  return 'compute' in line && line.path !== undefined && rows.some(({ label }) => label === line.label);
}

/**
 * The lines about a property: those of the table that follow from relations, such as the key that it names, in place of
 * its value.
 */
export function withPropertyState(
  lines: readonly ConfigurationLine[],
  { type, path }: { readonly type: string; readonly path: string },
  data: DataOf,
): readonly ConfigurationLine[] {
  const states = data('resource-state') as ResourceStates | null | undefined;
  const rows = ((states && ownEntry(states.types, type)) ?? []).filter(
    (row) => row.path === path && FOLLOWING.has(ownEntry(states!.forms, row.form)!.compute ?? ''),
  );
  if (rows.length === 0) return lines;
  // The texts of the property itself describe what holds if it is not set.
  const cases = flatMap(lines, (line) => ('compute' in line || line.path !== path ? [] : line.cases));
  const absent = cases.filter(({ is }) => is !== 'set' && is.includes(null));
  const own = lines.filter((line) => 'compute' in line || line.path !== path);
  return [
    ...rows.map((row): ConfigurationLine => {
      const line = lineOf(row, ownEntry(states!.forms, row.form)!);
      return { ...line, cases: [...absent, ...(line.cases ?? [])] };
    }),
    ...own,
  ];
}

/** The functions whose result is about the resource that a property names. */
const FOLLOWING: ReadonlySet<string> = new Set(['key', 'destination']);

/** The key of a citation of the table, which is different from those of the service. */
function stateKey(name: string): string {
  return `state ${name}`;
}

function lineOf(
  { path, when, unset, cite = [] }: StateRow,
  { label, cases = [], compute }: StateForm,
): ConfigurationLine {
  // Without a documented default, a property that is not set has no text. The first case applies.
  const absent: Case = { is: [null], say: unset ?? '', cite: cite.map(stateKey) };
  const own: readonly Case[] = unset === undefined ? [...cases, absent] : [absent, ...cases];
  const at = { label, ...(when ? { when } : {}) };
  if (compute !== undefined) return { ...at, compute, ...(path === undefined ? {} : { path }), cases: own, cite: [] };
  return { ...at, path: path!, cases: own };
}

/** The lines that follow from relations of a resource, whatever its type. */
function generalState(kind: ResourceKind, rows: readonly ConfigurationLine[]): readonly ConfigurationLine[] {
  const hasLogs = rows.some(({ label }) => label === 'logs');
  return [
    ...(KEPT.has(kind)
      ? [
          { label: 'backups', compute: 'snapshotPolicies', cite: [] },
          { label: 'backups', compute: 'backupPlans', cite: [] },
          { label: kind === 'keys' ? 'deletion protection' : 'backups', compute: 'deletion', cite: [] },
        ]
      : []),
    ...(kind === 'guest-compute' && !rows.some(({ label }) => label === 'patching')
      ? [{ label: 'patching', compute: 'patching', cite: [] }]
      : []),
    { label: 'logs', compute: hasLogs ? 'otherLogs' : 'logs', cite: [] },
  ];
}

/** Encryption first, then what only this type has, then the rest. */
function arranged(
  own: readonly ConfigurationLine[],
  state: readonly ConfigurationLine[],
): readonly ConfigurationLine[] {
  const rank = ({ label }: ConfigurationLine): number => {
    const place = LABELS.indexOf(label);
    return place < 0 ? FIRST : place < FIRST ? place : place + 1;
  };
  return [...own, ...state].toSorted((a, b) => rank(a) - rank(b));
}
