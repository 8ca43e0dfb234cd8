/**
 * Findings about entries of configurations. Several configurations can extend one file, and each is used by its own
 * documents.
 */
import { flatMap } from '../base/flat-map.ts';
import { groupedBy } from '../base/groups.ts';
import type { Span, Uri } from '../base/span.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Finding } from '../model/finding.ts';
import type { Suppression } from '../model/suppression.ts';

/** A configuration with the findings about its entries, without those of an analysis that was interrupted. */
export interface ConfigurationFindings {
  readonly configuration: Pick<Configuration, 'suppressions'>;
  readonly findings: readonly Finding[];
}

/**
 * The findings of all configurations, each once. An entry is unused if no document of any configuration with it uses
 * it. `covers` states whether the run has all documents around a file.
 */
export function findingsOfConfigurations(
  all: readonly ConfigurationFindings[],
  covers: (doc: Uri) => boolean,
): readonly Finding[] {
  return flatMap(
    [
      ...groupedBy(
        flatMap(all, ({ findings }) => findings),
        keyOf,
      ).values(),
    ],
    (same) => {
      const [finding] = same as [Finding];
      return finding.rule !== UNUSED || (covers(finding.at.doc) && same.length === havingEntryAt(finding.at, all))
        ? finding
        : [];
    },
  );
}

const UNUSED = 'suppression-unused';

function keyOf({ rule, at, message }: Finding): string {
  return JSON.stringify([rule, at.doc, at.start, at.end, message]);
}

/** The number of configurations that have the entry with a place. */
function havingEntryAt({ doc, start, end }: Span, all: readonly ConfigurationFindings[]): number {
  return all.filter(({ configuration: { suppressions } }) =>
    suppressions.some(({ at }) => at.doc === doc && at.start <= start && end <= at.end),
  ).length;
}

/**
 * Configurations, none of which removes an entry that another one has too, because documents of the other one can use
 * it.
 */
export function withSharedEntriesKept(configurations: readonly Configuration[]): readonly Configuration[] {
  const placeOf = ({ at }: Suppression): string => JSON.stringify([at.doc, at.start]);
  const entries = groupedBy(
    flatMap(configurations, ({ suppressions }) => suppressions),
    placeOf,
  );
  const kept = (one: Suppression): Suppression => {
    if (!one.removal || entries.get(placeOf(one))!.length === 1) return one;
    const { removal: _, ...rest } = one;
    return rest;
  };
  return configurations.map((configuration) => ({
    ...configuration,
    suppressions: configuration.suppressions.map(kept),
  }));
}
