import type { AnyRule } from '../rules/rule.ts';

/** The documentation page of a rule, as a path within the package. */
export function pageOf(rule: AnyRule): string {
  return `docs/rules/${rule.id}.md`;
}
