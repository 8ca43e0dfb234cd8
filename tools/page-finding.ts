/** The findings in the cases of a fixture, as pages show them and as tests read them. */
import type { Analysis } from '../server/src/engine/analysis.ts';
import type { Finding, LoweredFix } from '../server/src/model/finding.ts';
import type { AnyRule } from '../server/src/rules/rule.ts';
import type { TextFile } from '../test/kit/as-hcl.ts';
import type { Case } from '../test/kit/fixture.ts';
import { prepareCase, CASES } from '../test/kit/run-fixture.ts';

/** The part of a finding that pages show. */
export interface PageFinding extends Pick<Finding, 'message'> {
  readonly fixes: readonly Pick<LoweredFix, 'title' | 'safe'>[];
}

/** The texts of a finding, with the names in them. */
export interface FindingTexts extends PageFinding, Pick<Finding, 'resource' | 'subjects'> {
  readonly construct: string | undefined;
  readonly related: readonly string[];
}

/** The files of a case. */
export type Files = readonly TextFile[];

/** The findings in each file of a case. */
export type FindingsByFile = readonly (readonly Finding[])[];

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
 * The findings in cases of a rule. Those that were added before the first result is needed are analyzed together, which
 * takes less time.
 */
export class CaseAnalyses {
  readonly #rule: AnyRule;
  readonly #waiting = new Set<Files>();
  readonly #found = new Map<Files, FindingsByFile>();

  constructor(rule: AnyRule) {
    this.#rule = rule;
  }

  /** Adds a case of the fixture that will be needed. */
  add(one: Case): void {
    if (!kept.has(one) && isMarked(one)) this.addFiles(one.files);
  }

  /** Adds files that will be needed. */
  addFiles(files: Files): void {
    this.#waiting.add(files);
  }

  /**
   * The findings in a case of the fixture. A case without marks needs no analysis, because the fixture tests ensure
   * that it has no findings.
   */
  textsIn(one: Case): readonly FindingTexts[] {
    return kept.get(one) ?? (isMarked(one) ? this.findingsIn(one.files).flat().map(textsOf) : []);
  }

  /** The findings in files. */
  findingsIn(files: Files): FindingsByFile {
    if (!this.#found.has(files)) {
      this.#waiting.add(files);
      const [configured, others] = [
        [...this.#waiting].filter(isConfigured),
        [...this.#waiting].filter((one) => !isConfigured(one)),
      ];
      for (const some of [...configured.map((one) => [one]), others]) this.#analyze(some);
      this.#waiting.clear();
    }
    return this.#found.get(files)!;
  }

  /** Analyzes cases at once, each in a folder of its own. */
  #analyze(cases: readonly Files[]): void {
    if (cases.length === 0) return;
    const placed = cases.map((files, index) => files.map(({ path, text }) => ({ path: `${index}/${path}`, text })));
    const { documents } = prepareCase(this.#rule, placed.flat()).analysis;
    const found = new Map(documents.map(({ doc, findings }) => [doc, findings]));
    for (const [index, files] of cases.entries())
      this.#found.set(
        files,
        placed[index]!.map(({ path }) => found.get(CASES + path) ?? []),
      );
  }
}

/** Whether a case has a configuration, which applies to all documents of an analysis. */
function isConfigured(files: Files): boolean {
  return files.some(({ path }) => path.endsWith('/.stackwarden.yaml'));
}

function isMarked({ files }: Case): boolean {
  return files.some(({ marks }) => marks.length > 0);
}

function textsOf(finding: Finding): FindingTexts {
  const { message, resource, subjects, construct, related } = finding;
  return {
    message,
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
