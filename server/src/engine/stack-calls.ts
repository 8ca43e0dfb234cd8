/** The rule calls for a stack, and the names of their subjects, which are the same in all versions of it. */
import { isolated } from '../base/isolation.ts';
import { isNoting, note } from '../base/reads.ts';
import { endsStep } from '../base/steps.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { contentQuestion } from '../model/question.ts';
import { stableNameOf, type Resource, type ResourceAttribute, type Stack } from '../model/resource.ts';
import type { AnyRule, Context, ResourceNeeds, StackCheck } from '../rules/rule.ts';
import type { RuleCall, RuleCallOptions } from './rule-calls.ts';

/**
 * The number of resources between two pauses. Comparing the answers of their calls with those of the last version can
 * involve many referenced resources.
 */
export const RESOURCES_OF_STEP = 4;

/** The call of a rule for what it checks at once. */
export function* callsOnAll(
  rule: AnyRule & StackCheck,
  stack: Stack,
  context: Context,
  knownCalls: RuleCallOptions['knownCalls'],
): Generator<RuleCall, void, undefined> {
  if (!knownCalls?.known('', rule))
    yield {
      rule,
      about: '',
      subject: undefined,
      reports: () => (rule.checkEach ? rule.checkRest!(stack, context) : rule.check(stack, context)),
    };
}

/** The calls of a rule that checks each of some resources by itself. */
export function* callsOnEach(
  rule: AnyRule & StackCheck,
  resources: readonly Resource[],
  context: Context,
  { knownCalls, regardlessOfNeeds }: Pick<RuleCallOptions, 'knownCalls' | 'regardlessOfNeeds'>,
): Generator<RuleCall | undefined, void, undefined> {
  const { types, attribute }: ResourceNeeds = (regardlessOfNeeds ? undefined : rule.needsOfEach) ?? {};
  let count = 0;
  for (const resource of resources) {
    if (types?.includes(resource.type) === false) continue;
    if (endsStep(count++, RESOURCES_OF_STEP)) yield undefined;
    const about = stableNameOf(resource);
    const found = knownCalls?.known(about, rule);
    if (found?.length === 0 || (!found && attribute && isWithout(resource, attribute))) continue;
    yield {
      rule,
      about,
      subject: undefined,
      resource,
      found,
      reports: () => {
        if (isNoting()) note(contentQuestion(resource));
        return rule.checkEach!(resource, context);
      },
    };
  }
}

/** Whether a resource certainly lacks an attribute. If that cannot be evaluated, the call shows why. */
function isWithout(resource: Resource, name: ResourceAttribute): boolean {
  return isolated(
    () => resource.self.origin.use,
    () => {
      const value = resource.attribute(name);
      return value.state === 'absent' && !value.open && !value.default;
    },
    () => false,
  );
}

/** The name of a subject of identity rules. */
export function identityName(resource: Resource): string {
  return `identity ${stableNameOf(resource)}`;
}

/** The name of the resource of a policy or an identity, from the name of the subject. */
export function resourceOf(name: string): string {
  const begin = name.indexOf(' ') + 1;
  return name.startsWith('policy ') ? name.slice(begin, name.lastIndexOf(' ')) : name.slice(begin);
}

/** Identifies policies in all versions of a stack: by the place among those of its resource. */
export function policyNames(): (policy: PolicyDocument) => string {
  const before = new Map<string, number>();
  return ({ host }) => {
    const name = stableNameOf(host);
    const index = before.get(name) ?? 0;
    before.set(name, index + 1);
    return `policy ${name} ${index}`;
  };
}
