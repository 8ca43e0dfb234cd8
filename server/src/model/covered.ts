/** The checks of other tools and the controls of standards that a rule or a finding covers. */

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

/** What several rules, violations or findings cover together, each id once. */
export function mergedCovered(all: readonly Covered[]): Required<Covered> {
  return {
    aliases: mergedIds(all.map(({ aliases = {} }) => aliases)),
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
