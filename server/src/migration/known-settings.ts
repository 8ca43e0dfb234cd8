/** What an existing configuration states already, so that only the rest is proposed. */
import { flatMap } from '../base/flat-map.ts';
import type { Uri } from '../base/span.ts';
import type { Configuration } from '../config/configuration.ts';
import { selectedBy } from '../engine/configured-rules.ts';
import type { Suppression } from '../model/suppression.ts';
import type { Plan, PlannedSuppression } from './plan.ts';

/** A plan without what a configuration states. Rules that it has a level for are the user's decision. */
export function withoutKnown(plan: Plan, configuration: Configuration, folder: Uri): Plan {
  const { failOn, exclude, rules, suppressions, notes } = plan;
  const levels = new Set(
    flatMap(configuration.rules, ({ selector, level }) =>
      level === undefined ? [] : selectedBy(selector).map(({ id }) => id),
    ),
  );
  const patterns = new Set(flatMap(configuration.exclude, (one) => one.patterns));
  return {
    ...(failOn && configuration.failOn === undefined ? { failOn } : {}),
    exclude: exclude.filter(({ pattern }) => !patterns.has(pattern)),
    // What is only proposed is a comment, which a configuration does not have.
    rules: rules.filter(({ rule, others }) => !levels.has(rule) && others.length === 0),
    suppressions: suppressions.filter(
      (one) => !configuration.suppressions.some((known) => isKnown(one, known, folder)),
    ),
    notes,
  };
}

function isKnown({ rules, paths, until }: PlannedSuppression, known: Suppression, folder: Uri): boolean {
  const { scope } = known;
  const named = new Set(flatMap(known.rules, ({ name }) => selectedBy(name).map(({ id }) => id)));
  if (scope.kind !== 'selected' || known.until !== until || !rules.every((rule) => named.has(rule))) return false;
  // A name that matches a pattern stands for it.
  return paths.every((path) =>
    scope.includes(`${folder}/${path.replace(/^\//, '').replaceAll('**/', '').replaceAll('*', 'x')}`),
  );
}
