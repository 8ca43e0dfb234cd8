/** Cases in Terraform JSON, converted to HCL for the pages, with the findings in it. */
import type { AnyRule } from '../server/src/rules/rule.ts';
import { inHcl, isConfiguration, type TextFile } from '../test/kit/as-hcl.ts';
import type { Case, CaseFile } from '../test/kit/fixture.ts';
import { Unconvertible } from '../test/kit/hcl-text.ts';
import { prepareCase } from '../test/kit/run-fixture.ts';
import type { PageFinding } from './page-finding.ts';

/** The files of a case in HCL. */
export interface HclExample {
  readonly files: readonly CaseFile[];
}

/**
 * A case in HCL that has the same findings as in JSON; null if it has no Terraform JSON or cannot be converted. In some cases, findings are about
 * strings that an idiomatic configuration does not have.
 */
export function convertedExample(rule: AnyRule, one: Case, findings: readonly PageFinding[]): HclExample | null {
  if (!one.files.some(isConfiguration)) return null;
  const expected = sorted(findings);
  for (const idiomatic of [true, false]) {
    const files = converted(one.files, idiomatic);
    if (!files) continue;
    const { texts, analysis } = prepareCase(rule, files);
    const found = analysis.documents.flatMap((document) => document.findings);
    if (sorted(found) !== expected) continue;
    const docs = [...texts.keys()];
    return {
      files: files.map(({ path, text }, index) => ({
        path,
        text,
        marks: found
          .filter(({ at }) => at.doc === docs[index])
          .map(({ at }) => ({ start: at.start, end: at.end, label: '' })),
      })),
    };
  }
  return null;
}

function converted(files: readonly TextFile[], idiomatic: boolean): readonly TextFile[] | undefined {
  try {
    return inHcl(files, idiomatic);
  } catch (error) {
    if (error instanceof Unconvertible) return undefined;
    throw error;
  }
}

function sorted(findings: readonly { readonly message: string }[]): string {
  return findings
    .map(({ message }) => message)
    .sort()
    .join('\n');
}
