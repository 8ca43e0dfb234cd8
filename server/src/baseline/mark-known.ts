import { copyWith } from '../base/copy.ts';
import type { Finding } from '../model/finding.ts';
import type { Suppressed } from '../model/suppression.ts';

const IN_BASELINE: Suppressed = { kind: 'baseline', tool: 'stackwarden' };

/** A document with its known findings marked as suppressed by the baseline. */
export function markKnown<T extends { readonly findings: readonly Finding[] }>(
  document: T,
  known: ReadonlySet<Finding>,
): T {
  if (!document.findings.some((finding) => known.has(finding))) return document;
  const findings: T['findings'] = document.findings.map((finding) =>
    known.has(finding) ? copyWith<Finding>(finding, { suppressed: IN_BASELINE }) : finding,
  );
  return copyWith(document, { findings } as Partial<T>);
}
