/** The rules of a list by what they check, in the order of the list. */
import { memoizeText } from '../base/memoize.ts';
import { addTo } from '../base/groups.ts';
import type { Format } from '../model/format.ts';
import type { AnyRule, IdentityCheck, ResourceCheck, StackCheck } from '../rules/rule.ts';
import { PolicyRuleIndex } from './policy-rules.ts';

export interface RulesBySubject {
  /** The rules about resources by type. */
  readonly ofResources: ReadonlyMap<string, readonly (AnyRule & ResourceCheck<never>)[]>;
  readonly policyRules: PolicyRuleIndex;
  readonly identityRules: readonly (AnyRule & IdentityCheck)[];
  readonly stackRules: readonly (AnyRule & StackCheck)[];
}

/** The rules of a list for the stacks of a format, memoized: most documents are checked with the same rules. */
export const rulesFor = memoizeText((list: readonly AnyRule[], format: Format): RulesBySubject => {
  const rules = list.filter(({ formats }) => formats?.includes(format) !== false);
  const ofResources = new Map<string, (AnyRule & ResourceCheck<never>)[]>();
  for (const rule of rules)
    if (rule.on === 'resource') for (const type of Object.keys(rule.reads)) addTo(ofResources, type, rule);
  return {
    ofResources,
    policyRules: new PolicyRuleIndex(rules.filter((rule) => rule.on === 'policy')),
    identityRules: rules.filter((rule) => rule.on === 'identity'),
    stackRules: rules.filter((rule) => rule.on === 'stack'),
  };
});

type RuleOn<On> = Extract<AnyRule, { readonly on: On }>;

/** The rules of a list about one kind of subjects, memoized for the same reason. */
export function rulesAbout<On extends AnyRule['on']>(list: readonly AnyRule[], on: On): readonly RuleOn<On>[] {
  return rulesByKind(list, on) as readonly AnyRule[] as readonly RuleOn<On>[];
}

const rulesByKind = memoizeText((list: readonly AnyRule[], on: AnyRule['on']) => list.filter((rule) => rule.on === on));
