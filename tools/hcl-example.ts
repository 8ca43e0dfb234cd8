/** Cases in Terraform JSON, converted to HCL for the pages, with the findings in it. */
import { inHcl, isConfiguration } from '../test/kit/as-hcl.ts';
import type { Case, CaseFile } from '../test/kit/fixture.ts';
import { Unconvertible } from '../test/kit/hcl-text.ts';
import type { CaseAnalyses, Files } from './page-finding.ts';

/** The files of a case in HCL. */
export interface HclExample {
  readonly files: readonly CaseFile[];
}

/** A case in HCL. */
export interface Conversion {
  readonly files: Files;
  /** Whether strings stay strings. The fixture tests ensure that such a conversion has the findings of the case. */
  readonly isPlain: boolean;
}

/** The conversions of a case, an idiomatic one first; none if it has no Terraform JSON or cannot be converted. */
export function conversionsOf({ files }: Case): readonly Conversion[] {
  if (!files.some(isConfiguration)) return [];
  const plain = converted(files, false);
  const idiomatic = converted(files, true);
  const isSame = plain?.every(({ text }, index) => text === idiomatic?.[index]?.text) === true;
  return [
    ...(idiomatic && !isSame ? [{ files: idiomatic, isPlain: false }] : []),
    ...(plain ? [{ files: plain, isPlain: true }] : []),
  ];
}

/** Whether the example needs the findings in a conversion of a case. */
export function needsFindings(one: Case, { isPlain }: Conversion): boolean {
  return !isPlain || one.files.some(({ marks }) => marks.length > 0);
}

/**
 * A case in HCL that has the same findings as in JSON, if there is one. In some cases, findings are about strings that an idiomatic configuration does not
 * have.
 */
export function convertedExample(
  one: Case,
  analyses: CaseAnalyses,
  conversions: readonly Conversion[] = conversionsOf(one),
): HclExample | null {
  for (const conversion of conversions) {
    const { files } = conversion;
    if (!needsFindings(one, conversion)) return { files: files.map((file) => ({ ...file, marks: [] })) };
    const found = analyses.findingsIn(files);
    if (sorted(found.flat()) !== sorted(analyses.textsIn(one))) continue;
    return {
      files: files.map(({ path, text }, index) => ({
        path,
        text,
        marks: found[index]!.map(({ at }) => ({ start: at.start, end: at.end, label: '' })),
      })),
    };
  }
  return null;
}

function converted(files: Files, idiomatic: boolean): Files | undefined {
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
