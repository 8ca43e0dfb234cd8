/** The options and the result of an analysis. */
import { Interrupted, type Expired } from '../base/budget.ts';
import type { Span, Uri } from '../base/span.ts';
import type { Configuration, ConfiguredFile } from '../config/configuration.ts';
import type { ScenarioTerm } from '../model/scenario.ts';
import type { Incomplete, SeenInputs } from '../formats/format.ts';
import type { Certainty, Finding, Problem, Profile } from '../model/finding.ts';
import type { Format } from '../model/format.ts';
import type { AnalyzedStacks, FinishedStacks } from './analyzed-stacks.ts';
import type { EntryUse } from './suppressing.ts';

export interface AnalysisOptions {
  /** Findings of this profile and those it includes are reported: essential ⊂ recommended ⊂ strict. */
  readonly profile: Profile;
  /** `certain` reports only certain findings; `possible` also reports possible ones. */
  readonly certainty: Certainty;
  readonly configuration: Configuration;
  /**
   * The day, such as 2026-11-24. Earlier dates are past. Without it, only dates that are past on any possible day count
   * as past.
   */
  readonly today?: string;
  /** Only these rules, by id; all when undefined. */
  readonly rules?: ReadonlySet<string>;
  /**
   * Parameter files that replace those next to templates. Each applies to the templates that have one of its
   * parameters.
   */
  readonly parameterFiles?: readonly ConfiguredFile[];
  /**
   * Whether all documents of the configuration's directory are analyzed, so that it is known which of its suppressions
   * are unused.
   */
  readonly coversConfiguration?: boolean;
  /** The chosen scenario. A template ignores terms for names that it does not have. */
  readonly scenario?: readonly ScenarioTerm[];
  /**
   * Documents that are known to include a named one, which is then judged where they use it: parent templates, and
   * files of directories that call a module.
   */
  readonly leading?: readonly Uri[];
  /** Called between resources. A canceled analysis throws `Cancelled`. */
  readonly cancelled?: () => boolean;
  /**
   * Called between stacks. Once it returns true, the other stacks are not checked, and the result names their
   * documents.
   */
  readonly stopped?: () => boolean;
  /** The length of the documents from which a stack is checked in parts; by default that of a few megabytes. */
  readonly largeStack?: number;
  /** Called when much of what was evaluated is not needed any more. */
  readonly released?: () => void;
  /** Returns true after the time limit of a request. The results up to then are returned and marked as incomplete. */
  readonly expired?: Expired;
  /** Receives the stacks before they are checked, once all are built. */
  readonly built?: (stacks: AnalyzedStacks) => void;
  /** Receives the stacks of a finished analysis. Who keeps them also keeps all that was read and evaluated. */
  readonly keep?: (stacks: FinishedStacks) => void;
}

/** The options that decide what is read. */
export type ReadingOptions = Pick<AnalysisOptions, 'configuration' | 'parameterFiles' | 'scenario' | 'leading'>;

export class Cancelled extends Interrupted {}

/** Thrown when findings of stacks are needed that are not checked yet. */
export class Unchecked extends Interrupted {}

export interface DocumentAnalysis {
  readonly doc: Uri;
  readonly format: Format;
  /** Why this format was detected, or why none was: a clause for users, "Resources with AWS types". */
  readonly reason: string;
  /** The tool that generated the document, such as `the AWS CDK`. Its source must be changed instead. */
  readonly generator?: string;
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
  /** The ranges of credentials in the documents of the findings, which reports hide. Computed on demand. */
  readonly secrets?: readonly Span[];
  /** The same, except that some can be missing where no text is shown: within a distance of the begin of some spans. */
  readonly secretsNear?: (shown: readonly Span[], distance: number) => readonly Span[];
  /** Set for a file with the values of template parameters, whose text is not shown. */
  readonly parameterFile?: true;
  /** For a template: the values and the scenario that it is checked with. */
  readonly inputs?: SeenInputs;
  /** For a template, its nested templates; for a Terraform directory, the files of the modules that it calls. */
  readonly nested?: readonly Uri[];
}

/** Counters of the work of an analysis, for tests that do not depend on a clock. */
export interface Work {
  /** Calls of a rule on a resource, a policy or a stack. */
  readonly ruleCalls: number;
  /** Evaluated nodes and expressions. */
  readonly evaluations: number;
}

export interface Analysis {
  /** One for each named document, in the order named. */
  readonly documents: readonly DocumentAnalysis[];
  readonly incomplete: readonly Incomplete[];
  /** The findings about suppressions in the configuration. */
  readonly configured: readonly Finding[];
  /** What these findings follow from. */
  readonly entryUse: EntryUse;
  /** The named documents that were not checked because the analysis was stopped. */
  readonly unchecked: ReadonlySet<Uri>;
  readonly work: Work;
  /** For each named document, all documents and folders that its findings may depend on, including itself. */
  readonly dependencies: ReadonlyMap<Uri, ReadonlySet<Uri>>;
}
