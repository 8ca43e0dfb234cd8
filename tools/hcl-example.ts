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

/** A string that an idiomatic configuration does not have: one with a JSON document, or one interpolation. JSON can also escape its beginning. */
const IDIOM = /"(?: |\\[nrt])*(?:[[{]|\$\{)|\\u/;

/** The preferred conversion of a case, if it has Terraform JSON and can be converted. */
export function preferredConversion({ files }: Case): Conversion | undefined {
  const configurations = files.filter(isConfiguration);
  if (configurations.length === 0) return undefined;
  const isPlain = !configurations.some(({ text }) => IDIOM.test(text));
  return converted(files, isPlain);
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
  preferred: Conversion | undefined = preferredConversion(one),
): HclExample | null {
  return (
    exampleWith(preferred, one, analyses) ??
    (preferred?.isPlain === false ? exampleWith(converted(one.files, true), one, analyses) : null)
  );
}

/** The example with a conversion, if it has the same findings as the case. */
function exampleWith(conversion: Conversion | undefined, one: Case, analyses: CaseAnalyses): HclExample | null {
  if (!conversion) return null;
  const { files } = conversion;
  if (!needsFindings(one, conversion)) return { files: files.map((file) => ({ ...file, marks: [] })) };
  const found = analyses.findingsIn(files);
  if (sorted(found.flat()) !== sorted(analyses.textsIn(one))) return null;
  return {
    files: files.map(({ path, text }, index) => ({
      path,
      text,
      marks: found[index]!.map(({ at }) => ({ start: at.start, end: at.end, label: '' })),
    })),
  };
}

function converted(files: Files, isPlain: boolean): Conversion | undefined {
  try {
    return { files: inHcl(files, !isPlain), isPlain };
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
