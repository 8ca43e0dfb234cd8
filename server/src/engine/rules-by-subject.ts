/** The rules of a list by what they check, in the order of the list. */
import { flatMap } from '../base/flat-map.ts';
import { memoizeText } from '../base/memoize.ts';
import { addTo } from '../base/groups.ts';
import type { Format } from '../model/format.ts';
import type { Stack } from '../model/resource.ts';
import { checkedTypes, type AnyRule, type IdentityCheck, type ResourceCheck, type StackCheck } from '../rules/rule.ts';
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
    if (rule.on === 'resource') for (const type of checkedTypes(rule)) addTo(ofResources, type, rule);
  return {
    ofResources,
    policyRules: new PolicyRuleIndex(rules.filter((rule) => rule.on === 'policy')),
    identityRules: rules.filter((rule) => rule.on === 'identity'),
    stackRules: rules.filter((rule) => rule.on === 'stack'),
  };
});

/** The order in which subjects are checked (`rule-calls.ts`). */
const IN_ORDER = ['resource', 'policy', 'identity', 'stack'] as const;

/**
 * The rules of a list that apply to a stack and were not called for all of its subjects.
 * @param last The rule that was called last, which comes first; undefined if none was.
 */
export function unfinishedRules(list: readonly AnyRule[], stack: Stack, last: AnyRule | undefined): readonly AnyRule[] {
  const { ofResources } = rulesFor(list, stack.format);
  const types = new Set(stack.resources.map(({ type }) => type));
  const applying = new Set<AnyRule>(flatMap([...types], (type) => ofResources.get(type) ?? []));
  const isLeft = ({ on }: AnyRule): boolean =>
    IN_ORDER.some((kind, index) => kind === on && index >= IN_ORDER.findIndex((one) => one === last?.on));
  const left = list.filter(
    (rule) =>
      isLeft(rule) && rule.formats?.includes(stack.format) !== false && (rule.on !== 'resource' || applying.has(rule)),
  );
  return last ? [last, ...left.filter((rule) => rule !== last)] : left;
}

type RuleOn<On> = Extract<AnyRule, { readonly on: On }>;

/** The rules of a list about one kind of subjects, memoized for the same reason. */
export function rulesAbout<On extends AnyRule['on']>(list: readonly AnyRule[], on: On): readonly RuleOn<On>[] {
  return rulesByKind(list, on) as readonly AnyRule[] as readonly RuleOn<On>[];
}

const rulesByKind = memoizeText((list: readonly AnyRule[], on: AnyRule['on']) => list.filter((rule) => rule.on === on));
