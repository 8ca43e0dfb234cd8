/** Cases in Terraform JSON, converted to HCL for the pages, with the findings in it. */
import type { Finding } from '../server/src/model/finding.ts';
import type { AnyRule } from '../server/src/rules/rule.ts';
import { inHcl, isConfiguration } from '../test/kit/as-hcl.ts';
import type { Case, CaseFile } from '../test/kit/fixture.ts';
import { Unconvertible } from '../test/kit/hcl-text.ts';
import { markedFindings, type MarkedFinding } from './marked-findings.ts';
import type { CaseAnalyses, Files, FindingsByFile } from './page-finding.ts';

/** The files of a case in HCL, with the messages of its findings. */
export interface HclExample {
  readonly files: readonly CaseFile[];
  readonly messages: readonly string[];
}

/** A case in HCL. */
export interface Conversion {
  readonly files: Files;
  /** Whether strings stay strings. The fixture tests ensure that such a conversion has the findings of the case. */
  readonly isPlain: boolean;
}

/**
 * A string that an idiomatic configuration does not have: one with a JSON document, or one interpolation. JSON can also
 * escape its beginning.
 */
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
 * A case of the fixture of a rule in HCL, with findings as it is marked, if there is one. In some cases, findings are
 * about strings that an idiomatic configuration does not have.
 */
export function convertedExample(
  rule: AnyRule,
  one: Case,
  analyses: CaseAnalyses,
  preferred: Conversion | undefined = preferredConversion(one),
): HclExample | null {
  for (const conversion of conversionsOf(one, preferred)) {
    const { files, isPlain } = conversion;
    const found = needsFindings(one, conversion) ? analyses.findingsIn(files) : files.map(() => []);
    if (isPlain || isAsMarked(rule, one, found.flat())) return exampleOf(files, found);
  }
  return null;
}

/** The preferred conversion, and the plain one if it is another. */
function* conversionsOf({ files }: Case, preferred: Conversion | undefined): Generator<Conversion, void, undefined> {
  if (preferred) yield preferred;
  const plain = preferred?.isPlain === false ? converted(files, true) : undefined;
  if (plain) yield plain;
}

function isAsMarked(rule: AnyRule, one: Case, findings: readonly Finding[]): boolean {
  const found = findings.map(({ severity, profile, aliases }) => ({
    severity,
    profile,
    codes: aliases['access-analyzer'] ?? [],
  }));
  return summary(found) === summary(markedFindings(rule, one));
}

/** Findings regardless of their order. */
function summary(findings: readonly Pick<MarkedFinding, 'severity' | 'profile' | 'codes'>[]): string {
  return findings
    .map(({ severity, profile, codes }) => [severity, profile, ...codes.toSorted()].join(' '))
    .sort()
    .join('\n');
}

function exampleOf(files: Files, found: FindingsByFile): HclExample {
  return {
    files: files.map(({ path, text }, index) => ({
      path,
      text,
      marks: found[index]!.map(({ at }) => ({ start: at.start, end: at.end, label: '' })),
    })),
    messages: found.flat().map(({ message }) => message),
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
