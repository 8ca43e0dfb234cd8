/** What an analysis reports in each document: by profile, certainty, configuration and suppressions. */
import { flatMap } from '../base/flat-map.ts';
import { memoize, memoizeText, numbering } from '../base/memoize.ts';
import type { Uri } from '../base/span.ts';
import type { Progress, Steps } from '../base/steps.ts';
import { CERTAINTIES, type Severity } from '../model/finding.ts';
import { includesProfile, PROFILES } from '../model/profile.ts';
import { RULES } from '../rules/index.ts';
import type { AnyRule } from '../rules/rule.ts';
import { documentRules, type DocumentRules, type RuleOptions } from './configured-rules.ts';
import type { GeneralFixes } from './general-fixes.ts';
import type { Draft, Reported } from './report.ts';
import { rulesAbout } from './rules-by-subject.ts';
import type { Suppressions } from './suppressing.ts';

const UNUSED = 'suppression-unused';

/** The maximum number of lists of rules that are kept. */
const MOST_LISTS = 64;

const numberOf = numbering<AnyRule>();
const numberOfList = numbering<readonly AnyRule[]>();

/** Makes lists of the same rules one list, so that what follows from a list is computed once. */
const sharedList = memoizeText(
  (_all: readonly AnyRule[], _numbers: string, rules: readonly AnyRule[]): readonly AnyRule[] => rules,
  MOST_LISTS,
);

/** Most rules are not selected if some are, so they are left out first. */
function candidatesOf({ rules }: RuleOptions, suppressed: ReadonlySet<string>): readonly AnyRule[] {
  return rules ? RULES.filter(({ id }) => rules.has(id) || suppressed.has(id)) : RULES;
}

function listOf(candidates: readonly AnyRule[], isIn: (rule: AnyRule) => boolean): readonly AnyRule[] {
  const rules = candidates.filter(isIn);
  return sharedList(RULES, rules.map(numberOf).join(' '), rules);
}

const numberOfApplied = numbering<DocumentRules>();

/** The rules that are on in some document. An analysis of the next version has the same. */
const rulesOnIn = memoizeText(
  (_all: readonly AnyRule[], _numbers: string, each: readonly DocumentRules[]) =>
    listOf(RULES, (rule) => each.some((applied) => applied.isOn(rule))),
  MOST_LISTS,
);

/** The ids of the rules that are on in documents regardless of the profile. */
const forcedIn = memoize((applied: DocumentRules): readonly string[] =>
  RULES.filter((rule) => applied.isForced(rule.id) && applied.isOn(rule)).map(({ id }) => id),
);

const byId = memoize(
  (rules: readonly AnyRule[]): ReadonlyMap<string, AnyRule> => new Map(rules.map((rule) => [rule.id, rule])),
);

/** The rules to run for some documents, and the filters of what they report. */
export class Reporting {
  /** The rules that are on for at least one document. Other rules are not run. */
  readonly rules: readonly AnyRule[];
  readonly #byId: ReadonlyMap<string, AnyRule>;
  readonly reported: Reported;
  readonly #options: RuleOptions;
  readonly #suppressions: Suppressions;
  /** The rules whose findings are all computed, in order to know whether a suppression is used. */
  readonly #complete: ReadonlySet<string>;
  /** Whether rules of suppressions are checked although they are not selected. */
  readonly #isAdded: boolean;

  constructor(named: readonly Uri[], options: RuleOptions, suppressions: Suppressions) {
    this.#options = options;
    this.#suppressions = suppressions;
    const each = [...new Set(named.map((doc) => documentRules(options, doc)))];
    const suppressed = suppressions.namedRules(options.coversConfiguration ? 'everywhere' : 'in documents');
    // If only some rules are selected, those of suppressions are checked too, so that it is known which are unused.
    this.#isAdded = options.rules?.has(UNUSED) === true && suppressed.size > 0;
    this.rules = this.#isAdded
      ? listOf(
          candidatesOf(options, suppressed),
          (rule) => each.some((one) => one.isOn(rule)) || suppressed.has(rule.id),
        )
      : rulesOnIn(RULES, each.map(numberOfApplied).join(' '), each);
    this.#byId = byId(this.rules);
    this.#complete = new Set([...suppressed].filter((id) => this.#byId.has(id)));
    this.reported = {
      profile: PROFILES.findLast((profile) => each.some((one) => one.profile === profile)) ?? options.profile,
      certainty:
        CERTAINTIES.findLast((certainty) => each.some((one) => one.certainty === certainty)) ?? options.certainty,
      always: new Set([...this.#complete, ...flatMap(each, forcedIn)]),
    };
  }

  /** The same for all that report the same drafts with the rules and overrides of one configuration. */
  get key(): string {
    const { profile, certainty, rules } = this.#options;
    return JSON.stringify([profile, certainty, [...(rules ?? [])], numberOfList(this.rules)]);
  }

  in(doc: Uri): DocumentRules {
    return documentRules(this.#options, doc);
  }

  /** The rules about suppressions that are on for a document. */
  suppressionRules(doc: Uri): readonly AnyRule[] {
    const applied = this.in(doc);
    const { reportUnusedSuppressions } = this.#options.configuration;
    return rulesAbout(this.rules, 'suppression').filter(
      (rule) => applied.isOn(rule) && (reportUnusedSuppressions || rule.id !== UNUSED),
    );
  }

  /** Notes which suppressions drafts use, and gives them the severities of the configuration. */
  prepared(drafts: readonly Draft[]): readonly Draft[] {
    const isSuppressible = !this.#suppressions.isEmpty;
    if (
      !isSuppressible &&
      this.#options.configuration.rules.length === 0 &&
      this.#options.configuration.overrides.length === 0
    )
      return drafts;
    return drafts.map((draft): Draft => {
      const suppressed = isSuppressible ? this.#suppressions.of(draft) : null;
      const severity = this.severityOf(draft);
      return suppressed || severity !== undefined
        ? { ...draft, suppressed, ...(severity === undefined ? {} : { severity }) }
        : draft;
    });
  }

  /**
   * Notes which suppressions the findings of other deployments use, with other values of parameters and variables than
   * those that are given.
   */
  *notingOtherUses(general: GeneralFixes, progress: () => Progress): Steps<void> {
    if (this.#suppressions.isEmpty) return;
    const unused = (): readonly string[] =>
      [...this.#suppressions.unusedRules()].filter((rule) => this.#complete.has(rule));
    for (const draft of yield* general.finding(unused, progress)) this.#suppressions.of(draft);
  }

  /** The rule of a draft. */
  readonly ruleNamed = (id: string): AnyRule | undefined => this.#byId.get(id);

  /** The severity that the configuration sets for a draft. */
  severityOf(draft: Draft): Severity | undefined {
    return this.in(docOf(draft)).severityOf(draft.rule);
  }

  /** Whether a draft is reported. */
  readonly isReported = (draft: Draft): boolean => {
    const { rule, profile, certainty } = draft;
    const applied = this.in(docOf(draft));
    return (
      this.#isOn(rule, applied) &&
      (applied.isForced(rule) || includesProfile(applied.profile, profile)) &&
      (applied.certainty === 'possible' || certainty === 'certain')
    );
  };

  /** The rules whose findings are completely known, in all profiles. */
  get completeRules(): readonly string[] {
    return [...this.#complete];
  }

  /** Whether it is known which findings of a rule a document has. Other documents can have rules that are off in it. */
  isCompleteIn(doc: Uri): (rule: string) => boolean {
    const applied = this.in(doc);
    return (rule) => this.#complete.has(rule) && (this.#isAdded || this.#isOn(rule, applied));
  }

  #isOn(id: string, applied: DocumentRules): boolean {
    const rule = this.#byId.get(id);
    return rule !== undefined && applied.isOn(rule);
  }
}

/** The document in which a draft is shown. */
function docOf({ shownAt, at }: Draft): Uri {
  return (shownAt ?? at).doc;
}
