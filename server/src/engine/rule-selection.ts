/**
 * The rules that a selector names: rule ids, with `*` for any characters, ids of checks of other tools, and controls of
 * standards.
 */
import type { AnyRule } from '../rules/rule.ts';
import { namedByLongName } from './long-check-names.ts';
import { rulesNamed } from './rule-search.ts';

type Selectable = Pick<AnyRule, 'id' | 'title' | 'keywords' | 'aliases' | 'controls'>;

/**
 * The rules that a selector names, none if it is unknown: `s3-bucket-versioning`, `s3-*`, `CKV_AWS_21`, `S3.14`, and,
 * with the tool or the standard before it, `checkov:CKV_AWS_21` and `securityhub:S3.14`. Case does not matter.
 */
export function rulesSelectedBy<R extends Selectable>(selector: string, rules: readonly R[]): readonly R[] {
  const [, owner, id] = /^(\w+):(.+)$/.exec(selector.trim()) ?? [];
  if (owner !== undefined && id !== undefined) return rulesOf(owner.toLowerCase(), id, rules);
  if (!selector.includes('*')) return rulesNamed(selector, rules);
  const isMeant = matcherOf(selector.trim());
  return rules.filter((rule) => isMeant(rule.id));
}

function rulesOf<R extends Selectable>(owner: string, id: string, rules: readonly R[]): readonly R[] {
  if (owner === 'trivy' && namedByLongName(id)) return rulesNamed(id, rules);
  const isMeant = matcherOf(id);
  return rules.filter(({ aliases, controls }) =>
    [...Object.entries(aliases), ...Object.entries(controls)].some(
      ([name, ids]) => name.toLowerCase() === owner && ids.some((one) => isControl(isMeant, one)),
    ),
  );
}

/**
 * Whether a pattern names an id. A control can be named without the version of its standard: `1.16` for `v1.4.0 1.16`.
 */
function isControl(isMeant: (id: string) => boolean, id: string): boolean {
  return isMeant(id) || (id.includes(' ') && isMeant(id.slice(id.lastIndexOf(' ') + 1)));
}

function matcherOf(pattern: string): (id: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[^\w-]/g, (sign) => `\\${sign}`));
  const expression = new RegExp(`^${parts.join('.*')}$`, 'i');
  return (id) => expression.test(id);
}
