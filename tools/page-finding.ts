/** The findings of a case of a fixture, as pages show them. */
import { memoize } from '../server/src/base/memoize.ts';
import type { Analysis } from '../server/src/engine/analysis.ts';
import type { Finding, LoweredFix } from '../server/src/model/finding.ts';
import type { AnyRule } from '../server/src/rules/rule.ts';
import type { Case } from '../test/kit/fixture.ts';
import { prepareCase, CASES } from '../test/kit/run-fixture.ts';

/** The part of a finding that pages show. It is JSON, so that it can be cached. */
export interface PageFinding extends Pick<Finding, 'severity' | 'profile' | 'message' | 'aliases'> {
  readonly fixes: readonly Pick<LoweredFix, 'title' | 'safe'>[];
}

/** The texts of a finding, with the names in them. */
export interface FindingTexts extends PageFinding, Pick<Finding, 'resource' | 'subjects'> {
  readonly construct: string | undefined;
  readonly related: readonly string[];
}

/** The findings of cases that were analyzed before. */
const kept = new WeakMap<Case, readonly FindingTexts[]>();

/** Keeps the findings of a case that was analyzed with the rule of its fixture, so that it is not analyzed again. */
export function keepFindings(one: Case, { documents }: Analysis): void {
  // The fixes are read now, so that the analysis is not kept with them.
  kept.set(
    one,
    documents.flatMap(({ findings }) => findings.map(textsOf)).map((texts) => ({ ...texts })),
  );
}

/**
 * The findings of a rule in the cases of its fixture. They are analyzed together, each in a folder of its own, because most of the time of a short analysis is
 * that of its start. A case without marks needs no analysis, because the fixture tests ensure that it has no findings.
 */
export const findingsOfCases = memoize(
  (cases: readonly Case[], rule: AnyRule): ReadonlyMap<Case, readonly FindingTexts[]> => {
    const marked = cases.filter((one) => !kept.has(one) && one.files.some(({ marks }) => marks.length > 0));
    const [configured, others] = [marked.filter(isConfigured), marked.filter((one) => !isConfigured(one))];
    const found = new Map([...configured.map((one) => [one]), others].flatMap((some) => analyzed(some, rule)));
    return new Map(cases.map((one) => [one, kept.get(one) ?? found.get(one) ?? []]));
  },
);

/** Whether a case has a configuration, which applies to all documents of an analysis. */
function isConfigured({ files }: Case): boolean {
  return files.some(({ path }) => path.endsWith('/.stackwarden.yaml'));
}

function analyzed(cases: readonly Case[], rule: AnyRule): readonly (readonly [Case, readonly FindingTexts[]])[] {
  if (cases.length === 0) return [];
  const files = cases.flatMap((one, index) => one.files.map(({ path, text }) => ({ path: `${index}/${path}`, text })));
  const { documents } = prepareCase(rule, files).analysis;
  return cases.map((one, index) => [
    one,
    documents.filter(({ doc }) => doc.startsWith(`${CASES}${index}/`)).flatMap(({ findings }) => findings.map(textsOf)),
  ]);
}

function textsOf(finding: Finding): FindingTexts {
  const { severity, profile, message, aliases, resource, subjects, construct, related } = finding;
  return {
    severity,
    profile,
    message,
    aliases,
    // Few fixes are shown, and making them takes time.
    get fixes() {
      return finding.fixes.map(({ title, safe }) => ({ title, safe }));
    },
    resource,
    subjects,
    construct,
    related: related.map((place) => place.message),
  };
}
