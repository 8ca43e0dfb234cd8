/** The checks of other tools and the controls of standards that a rule or a finding covers. */
import { memoize } from '../base/memoize.ts';

/** The tools whose checks have ids. */
export type Peer = 'checkov' | 'trivy' | 'cfn_nag' | 'guard' | 'parliament' | 'access-analyzer';

/** The standards whose controls have ids. */
export type Standard = 'securityHub' | 'cis';

type IdsBy<Key extends string> = Readonly<Partial<Record<Key, readonly string[]>>>;

/** IDs of equivalent checks in other tools. */
export type Aliases = IdsBy<Peer>;

/** IDs of equivalent controls in standards. */
export type Controls = IdsBy<Standard>;

/** What is covered, where it is stated. */
export interface Covered {
  readonly aliases?: Aliases;
  readonly controls?: Controls;
}

/** The same as authors write it: ids whose form shows their tool can be in one list. */
export interface WrittenCovered {
  readonly aliases?: Aliases | readonly string[];
  readonly controls?: Controls;
}

/** The ids by tool. */
export function aliasesByTool(written: NonNullable<WrittenCovered['aliases']>): Aliases {
  return isList(written) ? byTool(written) : written;
}

function isList(written: NonNullable<WrittenCovered['aliases']>): written is readonly string[] {
  return Array.isArray(written);
}

const byTool = memoize((ids: readonly string[]): Aliases => mergedIds(ids.map((id) => ({ [toolOf(id)]: [id] }))));

/** The tool of an id: `CKV_AWS_18`, `AWS-0089`, `W35`, `S3_BUCKET_LOGGING_ENABLED`. */
function toolOf(id: string): Peer {
  if (id.startsWith('CKV')) return 'checkov';
  if (/^AWS-\d{4}$/.test(id)) return 'trivy';
  return /^[FW]\d+$/.test(id) ? 'cfn_nag' : 'guard';
}

/** What several rules, violations or findings cover together, each id once. */
export function mergedCovered(all: readonly WrittenCovered[]): Required<Covered> {
  return {
    aliases: mergedIds(all.map(({ aliases = {} }) => aliasesByTool(aliases))),
    controls: mergedIds(all.map(({ controls = {} }) => controls)),
  };
}

/** All ids of several tables, each once. */
export function mergedIds<Key extends string>(all: readonly IdsBy<Key>[]): IdsBy<Key> {
  const merged: Partial<Record<Key, readonly string[]>> = {};
  for (const ids of all)
    for (const [key, some] of Object.entries(ids) as [Key, readonly string[]][])
      merged[key] = [...new Set([...(merged[key] ?? []), ...some])];
  return merged;
}

/** The same with the ids in alphabetical order. */
export function sortedCovered({ aliases, controls }: Required<Covered>): Required<Covered> {
  return { aliases: sortedIds(aliases), controls: sortedIds(controls) };
}

function sortedIds<Key extends string>(ids: IdsBy<Key>): IdsBy<Key> {
  const sorted: Partial<Record<Key, readonly string[]>> = {};
  for (const [key, some] of Object.entries(ids) as [Key, readonly string[]][]) sorted[key] = some.toSorted();
  return sorted;
}
