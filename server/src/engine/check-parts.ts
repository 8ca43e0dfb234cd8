/**
 * The check of a large stack in parts. Each part has a stack of its own, whose values are not needed afterwards, so
 * that only those of one part are in memory. The findings are the same. A template of 20 MB takes 480 instead of
 * 630 MB, and an eighth more time.
 */
import { flatMap } from '../base/flat-map.ts';
import { withProgress, type Progress, type Steps } from '../base/steps.ts';
import { stableNameOf, type Resource, type Stack } from '../model/resource.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { BuildableStack } from './analyzed-stacks.ts';
import { checking, type Checked, type CheckOptions } from './check.ts';
import type { Documents } from './documents.ts';
import { PartFindings, type NamedCall } from './part-findings.ts';
import type { StackTexts } from './place-texts.ts';
import type { Draft } from './report.ts';
import { repeatedCall, RuleCaller, stepsFor } from './rule-caller.ts';
import { ruleCallsFor, type RuleCall } from './rule-calls.ts';
import { contextOf } from './rule-context.ts';
import { unfinishedRules } from './rules-by-subject.ts';
import { resourceOf } from './stack-calls.ts';

type Subject = AnyRule['on'];

/** The rules of a part by their subjects, and which of several equal shares of these. */
interface Part {
  readonly on: readonly Subject[];
  readonly share: number;
  readonly shares: number;
}

/** The order in which findings are reported. */
const SUBJECTS = ['resource', 'policy', 'identity', 'stack'] as const satisfies readonly Subject[];

/** The length of the documents of a stack from which it is checked in parts, in UTF-16 code units. */
const LARGE_STACK = 8_000_000;

/** The length of the documents for which the policies are one part, by the length of a large stack. */
const LENGTH_OF_POLICIES = 3;

/**
 * The parts of a stack. The values of policies take the most memory. Rules about identities read them too, so that both
 * share a part. Other values of the stack are needed in each share, so there are few.
 */
function partsOf(length: number, large: number): readonly Part[] {
  const shares = Math.ceil(length / (LENGTH_OF_POLICIES * large));
  return [
    ...Array.from({ length: shares }, (_, share): Part => ({ on: ['policy', 'identity'], share, shares })),
    { on: ['resource', 'stack'], share: 0, shares: 1 },
  ];
}

/** A check of a stack. */
interface PartCheck {
  readonly rules: readonly AnyRule[];
  readonly options: CheckOptions & { readonly places: StackTexts };
  readonly progress: () => Progress;
}

/** Checks a stack, in parts if it is large and is checked only once. */
export function* checkingSource(
  source: BuildableStack,
  { documents, large = LARGE_STACK }: { readonly documents: Documents; readonly large: number | undefined },
  { rules, options, progress }: PartCheck,
): Steps<Checked> {
  const texts = options.knownCalls ? [] : source.documents.map((doc) => documents.tree(doc)?.text.length ?? 0);
  const length = texts.reduce((sum, one) => sum + one, 0);
  return source.isDivisible && length >= large
    ? yield* checkingInParts(source, { length, large }, { rules, options, progress })
    : yield* checking(source.build().stack, rules, options, progress);
}

/**
 * Does what `checking` does.
 * @param length The length of the documents.
 * @param large The length of a large stack.
 */
function* checkingInParts(
  source: BuildableStack,
  { length, large }: { readonly length: number; readonly large: number },
  { rules, options, progress }: PartCheck,
): Steps<Checked> {
  const found = new Map<Subject, PartFindings>(SUBJECTS.map((on) => [on, new PartFindings(source)]));
  const caller = callerFor(source, options, found);
  const parts = partsOf(length, large);
  let uncalled: readonly AnyRule[] = [];
  // What was only needed to parse the documents takes as much memory as they do.
  options.released?.();
  for (const [index, part] of parts.entries()) {
    uncalled = yield* callingPart(source, part, { caller, rules, progress });
    if (source.exhausted()) {
      // Beyond the limit values are unknown, and which ones depends on the order of evaluation.
      source.release();
      options.places.release();
      options.released?.();
      return yield* checking(source.build().stack, rules, options, progress);
    }
    if (!caller.isWhole) {
      const later = new Set(flatMap(parts.slice(index + 1), ({ on }) => on));
      const left = rules.filter(({ on }) => later.has(on));
      uncalled = [...uncalled, ...unfinishedRules(left, source.build().stack, undefined)];
    }
    source.release();
    options.places.release();
    options.released?.();
    yield progress();
    if (!caller.isWhole) break;
  }
  yield* withProgress(source.building(), progress);
  return caller.checked(draftsOf(source, found, options), [...new Set(uncalled)]);
}

function callerFor(
  source: BuildableStack,
  options: CheckOptions,
  findings: ReadonlyMap<Subject, PartFindings>,
): RuleCaller {
  return new RuleCaller(source.build().stack, options, (call, drafts) => findings.get(call.rule.on)!.add(call, drafts));
}

/**
 * Calls the rules of a part for a stack of its own, and returns the rules that were not called for all of their
 * subjects. A function of its own, because its frame keeps the stack.
 */
function* callingPart(
  source: BuildableStack,
  { on, share, shares }: Part,
  { caller, rules, progress }: Omit<PartCheck, 'options'> & { readonly caller: RuleCaller },
): Steps<readonly AnyRule[]> {
  const { stack } = yield* withProgress(source.building(), progress);
  const own = rules.filter((rule) => on.includes(rule.on));
  yield* caller.calling(stack, own, progress, shares === 1 ? undefined : othersThan(share, shares, stack));
  return caller.isWhole ? [] : unfinishedRules(own, stack, caller.last);
}

/** Whether a subject is of another share of the resources. */
function othersThan(share: number, shares: number, { resources }: Stack): (about: string) => boolean {
  const size = Math.ceil(resources.length / shares);
  const names = new Set(resources.slice(share * size, (share + 1) * size).map(stableNameOf));
  return (about) => !names.has(resourceOf(about));
}

/** All findings in the order of `checking`, on a stack whose values are not evaluated. */
function draftsOf(
  source: BuildableStack,
  findings: ReadonlyMap<Subject, PartFindings>,
  options: CheckOptions,
): readonly Draft[] {
  const { stack } = source.build();
  const resources = new Map(stack.resources.map((resource): [string, Resource] => [stableNameOf(resource), resource]));
  return flatMap(SUBJECTS, (on) => {
    const found = findings.get(on)!;
    return found.drafts(resources, repeating(source, found, options));
  });
}

/**
 * Repeats calls for a stack of all parts. It can exceed a limit of evaluation that no part exceeded. Such a call is
 * repeated for another stack.
 */
function repeating(
  source: BuildableStack,
  found: PartFindings,
  options: CheckOptions,
): (call: NamedCall) => readonly Draft[] {
  let built = source.build();
  let calls: ReturnType<typeof callsAgain> | undefined;
  const repeated = ({ rule, about, findings }: NamedCall): readonly Draft[] | undefined => {
    calls ??= callsAgain(built.stack, found.calls, options);
    const call = calls.get(rule)?.get(about);
    return call && repeatedCall(call, findings, options, stepsFor(built.stack.resources.length));
  };
  return (call) => {
    let drafts = repeated(call);
    if (built.exhausted()) {
      built = source.buildAnew();
      calls = undefined;
      drafts = repeated(call);
    }
    if (!drafts) throw new Error('A rule is not called again for the same stack.');
    return drafts;
  };
}

/** Calls for a stack that was made again, by rule and subject. */
function callsAgain(
  stack: Stack,
  calls: readonly NamedCall[],
  options: CheckOptions,
): ReadonlyMap<AnyRule, ReadonlyMap<string, RuleCall>> {
  const subjects = new Set(calls.map(({ about }) => about));
  const rules = [...new Set(calls.map(({ rule }) => rule))];
  const again = new Map<AnyRule, Map<string, RuleCall>>(rules.map((rule) => [rule, new Map()]));
  for (const call of ruleCallsFor(stack, rules, contextOf(stack, options), {
    regardlessOfNeeds: true,
    skips: (about) => !subjects.has(about),
  }))
    again.get(call.rule)!.set(call.about, call);
  return again;
}
