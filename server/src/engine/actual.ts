import type { Draft } from './report.ts';

/** A draft with its values, whose identity can matter. */
export function withActualValues(draft: Draft): Draft {
  return draft.actual?.() ?? draft;
}
