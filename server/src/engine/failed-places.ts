/** The places whose evaluation failed, as problems of their documents. */
import type { Span } from '../base/span.ts';
import type { Problem } from '../model/finding.ts';
import type { Analysis } from './analysis.ts';

/** An analysis with a problem for each place in its documents whose evaluation failed. */
export function withFailures(analysis: Analysis, failures: readonly Span[]): Analysis {
  if (failures.length === 0) return analysis;
  return {
    ...analysis,
    documents: analysis.documents.map((one) => ({
      ...one,
      problems: [...one.problems, ...failures.filter(({ doc }) => doc === one.doc).map(failedAt)],
    })),
  };
}

function failedAt(at: Span): Problem {
  return {
    at,
    kind: 'internal',
    message:
      'Failed to evaluate this. Its value is treated as unknown, so findings may be missing. Please report this bug.',
  };
}
