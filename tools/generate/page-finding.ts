/** The findings of a case of a fixture, as pages show them. */
import { memoize } from '../../server/src/base/memoize.ts';
import type { Finding, LoweredFix } from '../../server/src/model/finding.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';
import type { Case } from '../../test/kit/fixture.ts';
import { bench } from '../../test/kit/run-fixture.ts';

/** The part of a finding that pages show. It is JSON, so that it can be cached. */
export interface PageFinding extends Pick<Finding, 'severity' | 'profile' | 'message' | 'aliases'> {
  readonly fixes: readonly Pick<LoweredFix, 'title' | 'safe'>[];
}

/** The texts of a finding, with the names in them. */
export interface FindingTexts extends PageFinding, Pick<Finding, 'resource' | 'subjects'> {
  readonly construct: string | undefined;
  readonly related: readonly string[];
}

/**
 * The findings of a rule in a case of its fixture, from an analysis. A case without marks needs none, because the fixture tests ensure that it has no
 * findings.
 */
export const analyzedFindings = memoize((one: Case, rule: AnyRule): readonly FindingTexts[] => {
  return one.files.every(({ marks }) => marks.length === 0)
    ? []
    : bench(rule, one.files)
        .analysis.documents.flatMap(({ findings }) => findings)
        .map(({ severity, profile, message, aliases, fixes, resource, subjects, construct, related }) => ({
          severity,
          profile,
          message,
          aliases,
          fixes: fixes.map(({ title, safe }) => ({ title, safe })),
          resource,
          subjects,
          construct,
          related: related.map((place) => place.message),
        }));
});
