import { Allowance, Interrupted, spend, withinSteps, type Expired } from '../base/budget.ts';
import { TRUE } from '../base/guard.ts';
import { once } from '../base/once.ts';
import { note, noting } from '../base/reads.ts';
import { MISSING_DATA_QUESTION } from '../model/question.ts';
import { isolated } from '../base/isolation.ts';
import type { Span, Uri } from '../base/span.ts';
import { finished, type Progress, type Steps } from '../base/steps.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Problem } from '../model/finding.ts';
import { any, judgement, NO, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import type { PolicyDocument } from '../model/policy.ts';
import { QUOTAS } from '../model/quota.ts';
import { nameOf, type Resource, type Stack } from '../model/resource.ts';
import { holdersBeside } from '../policy/allowance/beside.ts';
import type { IamData } from '../policy/data/iam-data.ts';
import { identitiesOf, noteIdentity } from '../policy/allowance/identity.ts';
import type { AnyRule, Context, DocumentText, Report } from '../rules/rule.ts';
import { Cancelled } from './analysis.ts';
import { isCutShort } from './limits.ts';
import type { PolicyRule } from './policy-rules.ts';
import { numberOf, optionOf, portsOf, textsOf } from './rule-options.ts';
import { rulesFor } from './rules-by-subject.ts';
import { ReportFilter } from './report-filter.ts';
import type { Draft, Places, Reported } from './report.ts';
import type { CleanPolicyCache } from './clean-policy-cache.ts';
import type { StackLooks } from './look-cache.ts';
import { looksAtAll, looksAtEach, policyNames } from './stack-looks.ts';
import type { ActionsOf } from './service-data.ts';

export interface CheckOptions {
  readonly configuration: Configuration;
  readonly cancelled?: () => boolean;
  /** Returns true after the time limit; the findings up to then are the result. */
  readonly expired?: Expired;
  readonly places: Places;
  readonly actions: ActionsOf;
  readonly iam: IamData | undefined;
  /** The filter of reports; all reports by default. */
  readonly reported?: Reported;
  /** The cache of policies without findings. */
  readonly quiet?: CleanPolicyCache;
  /** The looks at an earlier version of the stack that found nothing, which are skipped. */
  readonly looks?: StackLooks | undefined;
  /** The day of the analysis, with which rules compare dates. */
  readonly today?: string | undefined;
}

export interface Checked {
  readonly drafts: readonly Draft[];
  /** Failures of rules, each rule once. Other rules and other subjects are not affected. */
  readonly problems: readonly Problem[];
  /** The documents in which the limit of scenarios was exceeded. */
  readonly cutShort: ReadonlySet<Uri>;
  /** The rules that did not finish within the budget. */
  readonly unfinished: ReadonlySet<AnyRule>;
  /** Whether the time limit is the reason. */
  readonly late: boolean;
  /** Whether nothing was omitted. */
  readonly isComplete: boolean;
  /** The number of rule calls. */
  readonly calls: number;
}

/** The maximum number of steps of one rule call. Calls on thousands of real documents need less than a tenth. */
const STEPS_OF_LOOK = 1_000_000;

/** The maximum number of steps of all rules for one stack, which grows with the number of resources. */
const STEPS_OF_STACK = 8_000_000;
const STEPS_OF_RESOURCE = 20_000;

/** The number of rule calls between two pauses. On average they take half a millisecond. */
const LOOKS_OF_STEP = 8;

/** Runs document rules. */
export function checkDocuments(
  documents: readonly DocumentText[],
  rules: readonly AnyRule[],
  { places, reported, cancelled }: Omit<CheckOptions, 'actions' | 'iam'>,
): Pick<Checked, 'drafts' | 'problems' | 'calls'> {
  const drafts: Draft[] = [];
  const problems: Problem[] = [];
  let calls = 0;
  for (const rule of rules)
    for (const document of rule.on === 'document' ? documents : []) {
      if (rule.on === 'document' && rule.formats?.includes(document.format) === false) continue;
      if (cancelled?.()) throw new Cancelled('The analysis was cancelled.');
      calls++;
      try {
        if (rule.on !== 'document') continue;
        const filter = new ReportFilter(rule, places, reported);
        const found = [...rule.check(document)].flatMap((report) =>
          filter.hears(report, undefined) ? filter.draftsOf(report, undefined) : [],
        );
        for (const draft of found) drafts.push(draft);
      } catch (error) {
        if (error instanceof Interrupted) throw error;
        problems.push(failure(rule, [], document.doc));
      }
    }
  return { drafts, problems, calls };
}

/** One call of a rule. Without a subject it concerns the whole stack. */
export interface Look {
  readonly rule: AnyRule;
  /** Identifies what the rule looks at, in all versions of the stack. */
  readonly about: string;
  readonly subject: Resource | undefined;
  reports(): Iterable<Report & { readonly resource?: Resource }>;
  /** Called if the rule reports nothing. */
  nothing?(): void;
}

export interface LookOptions {
  /** The rules that are known to report nothing for a policy, to which calls without reports are added. */
  readonly quietRulesOf?: ((policy: PolicyDocument) => Set<AnyRule> | undefined) | undefined;
  /** The looks at an earlier version of the stack that found nothing, which are skipped. */
  readonly looks?: StackLooks | undefined;
  /** Whether rules are called for policies without what they need, so that it is known what they read. */
  readonly regardlessOfNeeds?: boolean;
}

/** The calls of rules for a stack. Resources that exist in no scenario are skipped. */
export function* looksAt(
  stack: Stack,
  rules: readonly AnyRule[],
  context: Context,
  { quietRulesOf, looks, regardlessOfNeeds }: LookOptions = {},
): Generator<Look, void, undefined> {
  const { ofResources, policyRules, identityRules, stackRules } = rulesFor(rules, stack.format);
  for (const resource of stack.resources) {
    if (isNowhere(resource)) continue;
    const about = nameOf(resource);
    for (const rule of ofResources.get(resource.type) ?? [])
      if (!looks?.isClean(about, rule))
        yield { rule, about, subject: resource, reports: () => rule.check(resource as never, context) };
  }
  const aboutPolicy = policyNames();
  if (!policyRules.isEmpty)
    for (const policy of isolated(
      () => startOf(stack),
      () => stack.policies,
      () => [],
    )) {
      const place = (): Span => policy.value.origin.use;
      const about = aboutPolicy(policy);
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
      for (const rule of regardlessOfNeeds
        ? all()
        : isolated(
            place,
            () => (looks ? looks.rulesFor(about, policy, policyRules) : policyRules.rulesFor(policy)),
            all,
          )) {
        if (looks?.isClean(about, rule)) continue;
        const { result: quiet, reads } = quietly();
        if (quiet?.has(rule)) {
          looks?.add(about, rule, policy.host, reads);
          continue;
        }
        yield {
          rule,
          about,
          subject: policy.host,
          reports: () => rule.check(policy, context),
          ...(quiet && rule.selfContained ? { nothing: () => quiet.add(rule) } : {}),
        };
      }
    }
  if (identityRules.length > 0)
    for (const identity of isolated(
      () => startOf(stack),
      () => identitiesOf(stack),
      () => [],
    )) {
      if (isNowhere(identity.resource)) continue;
      const about = `identity ${nameOf(identity.resource)}`;
      for (const rule of identityRules)
        if (!looks?.isClean(about, rule))
          yield {
            rule,
            about,
            subject: identity.resource,
            reports: () => {
              noteIdentity(identity);
              return rule.check(identity, context);
            },
          };
    }
  for (const rule of stackRules)
    yield* rule.checkEach ? looksAtEach(rule, stack, context, looks) : looksAtAll(rule, stack, context, looks);
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

/** The context that rules can query. */
export function contextOf(
  stack: Stack,
  { configuration, actions, iam }: Pick<CheckOptions, 'configuration' | 'actions' | 'iam'>,
): Context {
  return {
    stack,
    actions,
    iam,
    beside: (policy) => holdersBeside(policy, stack),
    accounts: configuration.accounts && new Set(configuration.accounts),
    ports: (rule, option) => portsOf(optionOf(configuration, stack.documents[0]!, rule, option)),
    number: (rule, option) => numberOf(optionOf(configuration, stack.documents[0]!, rule, option), rule, option),
    texts: (rule, option) => textsOf(optionOf(configuration, stack.documents[0]!, rule, option)),
    quota: (name) => configuration.quotas[name] ?? QUOTAS[name].usual,
    assume: (name, otherwise) => {
      const answer = (value: boolean | undefined): Judgement => (value === undefined ? UNKNOWABLE : value ? YES : NO);
      const configured = configuration.assume[name];
      const own = stack.account?.get(name);
      return configured !== undefined
        ? answer(configured)
        : own
          ? any(judgement(own), answer(otherwise))
          : answer(otherwise);
    },
  };
}

/** Runs rules on a stack. */
export function check(stack: Stack, rules: readonly AnyRule[], options: CheckOptions): Checked {
  return finished(checking(stack, rules, options, () => NOT_SHOWN));
}

const NOT_SHOWN: Progress = { stage: 'checking', done: 0, total: 1 };

/** Does `check` in steps, which yield the progress of the analysis. */
export function* checking(
  stack: Stack,
  rules: readonly AnyRule[],
  options: CheckOptions,
  progress: () => Progress,
): Steps<Checked> {
  const drafts: Draft[] = [];
  const failures = new Map<AnyRule, (Resource | undefined)[]>();
  const cutShort = new Set<Uri>();
  let calls = 0;
  const { quiet, looks: known, configuration, iam, reported } = options;
  // A service whose data was not read can be read in a later analysis.
  let lacking = false;
  const isLacking = (): boolean => lacking;
  const actions: ActionsOf = (prefix) => {
    const known = options.actions(prefix);
    if (!known && iam?.services.has(prefix)) {
      lacking = true;
      note(MISSING_DATA_QUESTION);
    }
    return known;
  };
  const quietRulesOf = quiet && ((policy: PolicyDocument) => quiet.rulesOf(policy, stack, options));
  const unfinished = new Set<AnyRule>();
  /** Calls a rule, and returns whether it certainly finds nothing. */
  const look = ({ rule, subject, reports }: Look): boolean => {
    lacking = false;
    // Most rule calls report nothing.
    let found: Draft[] | undefined;
    let isCut = false;
    let filter: ReportFilter | undefined;
    try {
      for (const report of reports()) {
        const on = subject ?? report.resource;
        filter ??= new ReportFilter(rule, options.places, reported);
        if (!filter.hears(report, on)) continue;
        for (const draft of filter.draftsOf(report, on)) (found ??= []).push(draft);
        if (report.violations.some((violation) => isCutShort(violation, on?.when ?? TRUE))) {
          isCut = true;
          cutShort.add(on?.parts[0]!.doc ?? stack.documents[0]!);
        }
      }
    } catch (error) {
      // Findings from before the budget was exhausted are reported.
      if (found && error instanceof Interrupted) for (const draft of found) drafts.push(draft);
      if (error instanceof Interrupted) throw error;
      const before = failures.get(rule);
      if (before) before.push(subject);
      else failures.set(rule, [subject]);
      return false;
    }
    if (found) for (const draft of found) drafts.push(draft);
    return !found && !isCut && !isLacking();
  };
  const lookAt = (one: Look): void => {
    const { result: isClean, reads } = known ? noting(() => look(one)) : { result: look(one), reads: undefined };
    if (!isClean) return;
    one.nothing?.();
    known?.add(one.about, one.rule, one.subject, reads);
  };
  const all = (): void => {
    for (const rule of rules) unfinished.add(rule);
  };
  const looks = looksAt(stack, rules, contextOf(stack, { configuration, iam, actions }), {
    quietRulesOf,
    looks: known,
  });
  /** Makes the next calls, and returns whether there are more. */
  const lookOn = (): boolean => {
    for (let made = 0; made < LOOKS_OF_STEP; made++) {
      const next = looks.next();
      if (next.done) return false;
      if (options.cancelled?.()) throw new Cancelled('The analysis was cancelled.');
      spend(64);
      calls++;
      withinSteps(
        STEPS_OF_LOOK,
        () => lookAt(next.value),
        () => void unfinished.add(next.value.rule),
      );
    }
    return true;
  };
  let late = false;
  const allowance = new Allowance(
    Math.max(STEPS_OF_STACK, STEPS_OF_RESOURCE * stack.resources.length),
    options.expired,
  );
  const endEarly = (exceeded: 'steps' | 'time'): boolean => {
    late = exceeded === 'time';
    all();
    return false;
  };
  while (allowance.part(lookOn, endEarly)) yield progress();
  return {
    drafts,
    problems: [...failures].map(([rule, subjects]) => failure(rule, subjects, stack.documents[0]!)),
    cutShort,
    unfinished,
    late,
    isComplete: failures.size === 0 && cutShort.size === 0 && unfinished.size === 0,
    calls,
  };
}

/** The message of an error can contain document text, so the error is not included. */
function failure({ id }: AnyRule, subjects: readonly (Resource | undefined)[], doc: Uri): Problem {
  const [first] = subjects;
  const others = new Set(subjects).size - 1;
  const where = first ? ` on ${first.displayName}${others > 0 ? ` and ${others} more` : ''}` : '';
  return {
    at: first?.parts[0]?.nameAt ?? { doc, start: 0, end: 0 },
    kind: 'internal',
    message: `The rule ${id} failed${where}, so its findings may be missing. Please report this bug.`,
  };
}
