import type { Uri } from '../base/span.ts';
import type { Problem } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';
import type { AnyRule } from '../rules/rule.ts';

/** The message of an error can contain document text, so the error is not included. */
export function failure({ id }: AnyRule, subjects: readonly (Resource | undefined)[], doc: Uri): Problem {
  const [first] = subjects;
  const others = new Set(subjects).size - 1;
  const where = first ? ` on ${first.displayName}${others > 0 ? ` and ${others} more` : ''}` : '';
  return {
    at: first?.parts[0]?.nameAt ?? { doc, start: 0, end: 0 },
    kind: 'internal',
    message: `The rule ${id} failed${where}, so its findings may be missing. Please report this bug.`,
  };
}
