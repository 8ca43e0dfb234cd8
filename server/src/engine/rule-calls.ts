/** The calls of rules for a stack, in order. */
import { StepAllowance } from '../base/budget.ts';
import { once } from '../base/once.ts';
import { noting } from '../base/reads.ts';
import { isolated } from '../base/isolation.ts';
import type { Span } from '../base/span.ts';
import { endsStep } from '../base/steps.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { stableNameOf, type Resource, type Stack } from '../model/resource.ts';
import { identitiesOf, noteIdentity, relatingIdentities } from '../policy/allowance/identity.ts';
import type { AnyRule, Context, Report } from '../rules/rule.ts';
import type { KeptDraft } from './kept-drafts.ts';
import type { StackCalls } from './known-calls.ts';
import { STEPS_OF_RULE_CALL } from './limits.ts';
import type { PolicyRule } from './policy-rules.ts';
import { reportsOn } from './replacing-policy.ts';
import { rulesFor } from './rules-by-subject.ts';
import { callsOnAll, callsOnEach, identityName, policyNames, RESOURCES_OF_STEP } from './stack-calls.ts';

/** One call of a rule. Without a subject it concerns the whole stack. */
export interface RuleCall {
  readonly rule: AnyRule;
  /** Identifies the subject of the call in all versions of the stack. */
  readonly about: string;
  readonly subject: Resource | undefined;
  /** The resource that all its reports are about, if there is one besides the subject. */
  readonly resource?: Resource;
  /** What it is known to find, so that it is not made. */
  readonly found?: readonly KeptDraft[] | undefined;
  reports(): Iterable<Report & { readonly resource?: Resource }>;
  /** Called if the rule reports nothing. */
  readonly nothing?: (() => void) | undefined;
}

/** The resource that a report of a call is about, if there is one. */
export function reportedResource(
  { subject, resource }: Pick<RuleCall, 'subject' | 'resource'>,
  report: Report & { readonly resource?: Resource },
): Resource | undefined {
  return subject ?? resource ?? report.resource;
}

const NOT_CALLED = { result: undefined, reads: undefined };

export interface RuleCallOptions {
  /** The rules that are known to report nothing for a policy, to which calls without reports are added. */
  readonly quietRulesOf?: ((policy: PolicyDocument) => Set<AnyRule> | undefined) | undefined;
  /**
   * The calls for an earlier version of the stack, which are not made again where their questions have the same
   * answers.
   */
  readonly knownCalls?: StackCalls | undefined;
  /** Whether rules are called for policies without what they need, so that it is known what they read. */
  readonly regardlessOfNeeds?: boolean | undefined;
  /** Whether no call about something is wanted, by its name. */
  readonly skips?: ((about: string) => boolean) | undefined;
}

/** The calls of rules for a stack. Resources that exist in no scenario are skipped. */
export function* ruleCallsFor(
  stack: Stack,
  rules: readonly AnyRule[],
  context: Context,
  options: RuleCallOptions = {},
): Generator<RuleCall, void, undefined> {
  for (const call of listingRuleCalls(stack, rules, context, options)) if (call) yield call;
}

/** Does `ruleCallsFor` with pauses, because to find out which calls to skip is work too. */
export function* listingRuleCalls(
  stack: Stack,
  rules: readonly AnyRule[],
  context: Context,
  { quietRulesOf, knownCalls, regardlessOfNeeds, skips }: RuleCallOptions = {},
): Generator<RuleCall | undefined, void, undefined> {
  const { ofResources, policyRules, identityRules, stackRules } = rulesFor(rules, stack.format);
  const resources = skips ? yield* notSkipped(stack.resources, stableNameOf, skips) : stack.resources;
  let count = 0;
  for (const resource of resources) {
    if (endsStep(count++, RESOURCES_OF_STEP)) yield undefined;
    const about = stableNameOf(resource);
    if (isNowhere(resource)) continue;
    const all = ofResources.get(resource.type);
    if (knownCalls) yield* knownCalls.comparing(about);
    for (const rule of all ? (knownCalls?.notClean(about, all) ?? all) : []) {
      const found = knownCalls?.known(about, rule);
      if (found?.length === 0) continue;
      yield { rule, about, subject: resource, found, reports: () => rule.check(resource as never, context) };
    }
  }
  // Calls for policies need them too.
  if (identityRules.length > 0 && !skips) yield* relatingIdentities(stack);
  if (!policyRules.isEmpty) {
    // Explanations are made of stacks that were analyzed, whose policies and relations are known.
    if (!skips) yield* readingPolicies(stack);
    const aboutPolicy = policyNames();
    const policies = isolated(
      () => startOf(stack),
      () => stack.policies,
      () => [],
    ).map((policy) => ({ policy, about: aboutPolicy(policy) }));
    for (const { policy, about } of skips ? yield* notSkipped(policies, aboutOf, skips) : policies) {
      yield undefined;
      if (knownCalls) yield* knownCalls.comparing(about);
      // Not the place of its value, which is evaluated on demand and can be what failed.
      const place = (): Span => policy.host.self.origin.use;
      const quietly = once(() =>
        noting(() =>
          isolated(
            place,
            () => quietRulesOf?.(policy),
            () => undefined,
          ),
        ),
      );
      const all = (): readonly PolicyRule[] => policyRules.rulesForKind(policy.kind);
      const chosen = (): readonly PolicyRule[] =>
        isolated(place, () => policyRules.rulesFor(policy, knownCalls ? undefined : quietly().result), all);
      for (const rule of regardlessOfNeeds
        ? all()
        : (knownCalls?.rulesFor(about, policy.host, policyRules, chosen) ?? chosen())) {
        const found = knownCalls?.known(about, rule);
        if (found?.length === 0) continue;
        const { result: quiet, reads } = found ? NOT_CALLED : quietly();
        if (quiet?.has(rule)) {
          knownCalls?.add(about, rule, policy.host, { reads });
          continue;
        }
        yield {
          rule,
          about,
          subject: policy.host,
          found,
          reports: () => reportsOn(policy, rule.check(policy, context)),
          nothing: quiet && rule.selfContained ? () => quiet.add(rule) : undefined,
        };
      }
    }
  }
  if (identityRules.length > 0) {
    const identities = isolated(
      () => startOf(stack),
      () => identitiesOf(stack),
      () => [],
    ).map((identity) => ({ identity, about: identityName(identity.resource) }));
    for (const { identity, about } of skips ? yield* notSkipped(identities, aboutOf, skips) : identities) {
      yield undefined;
      if (isNowhere(identity.resource)) continue;
      if (knownCalls) yield* knownCalls.comparing(about);
      const place = (): Span => identity.resource.self.origin.use;
      for (const rule of identityRules) {
        const found = knownCalls?.known(about, rule);
        if (found?.length === 0) continue;
        if (!found && rule.preparing) yield* preparing(place, () => rule.preparing!(identity, context));
        yield {
          rule,
          about,
          subject: identity.resource,
          found,
          reports: () => {
            noteIdentity(identity);
            return rule.check(identity, context);
          },
        };
      }
    }
  }
  const isStackSkipped = skips?.('') ?? false;
  for (const rule of stackRules) {
    if (rule.checkEach) yield* callsOnEach(rule, resources, context, { knownCalls, regardlessOfNeeds });
    if ((!rule.checkEach || rule.checkRest) && !isStackSkipped) yield* callsOnAll(rule, stack, context, knownCalls);
  }
}

/** Prepares a call in steps. If that fails, or takes more work than a call may, the call does so too. */
function* preparing(
  place: () => Span,
  work: () => Generator<void, void, undefined>,
): Generator<undefined, void, undefined> {
  // Otherwise one call could use the work of all rules for the stack.
  const allowance = new StepAllowance(STEPS_OF_RULE_CALL, undefined);
  let steps: ReturnType<typeof work> | undefined;
  const next = (): boolean =>
    isolated(
      place,
      () => (steps ??= work()).next().done === false,
      () => false,
    );
  while (allowance.part(next, () => false)) yield undefined;
}

const aboutOf = ({ about }: { readonly about: string }): string => about;

/** The number of subjects between two pauses while it is decided which calls are skipped. */
const NAMES_OF_STEP = 64;

/** The subjects whose calls are not skipped. `skips` is called once for each subject, not for each rule. */
function* notSkipped<T>(
  all: readonly T[],
  about: (one: T) => string,
  skips: (about: string) => boolean,
): Generator<undefined, readonly T[], undefined> {
  const wanted: T[] = [];
  for (let index = 0; index < all.length; index++) {
    if (endsStep(index, NAMES_OF_STEP)) yield undefined;
    const one = all[index]!;
    if (!skips(about(one))) wanted.push(one);
  }
  return wanted;
}

/** Reads the policies of all resources in steps, so that those of the stack are known. */
export function* readingPolicies({ resources }: Stack): Generator<undefined, void, undefined> {
  for (const [index, resource] of resources.entries()) {
    if (endsStep(index)) yield undefined;
    isolated(
      () => resource.self.origin.use,
      () => void resource.policies(),
      () => undefined,
    );
  }
}

/** Whether something exists in no scenario. */
function isNowhere(resource: Resource): boolean {
  return isolated(
    () => placeOf(resource),
    () => !resource.when.yes.satisfiable() && resource.when.no.isAlways(),
    () => false,
  );
}

function placeOf({ parts, self }: Resource): Span {
  return parts[0]?.nameAt
    ? { doc: parts[0].doc, start: parts[0].nameAt.start, end: parts[0].nameAt.end }
    : self.origin.use;
}

/** The subject of rules about the whole stack. */
function startOf({ documents }: Stack): Span {
  return { doc: documents[0]!, start: 0, end: 0 };
}
