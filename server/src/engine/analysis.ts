/** What an analysis is asked and what it answers. */
import { Interrupted, type Expired } from '../base/budget.ts';
import type { Span, Uri } from '../base/span.ts';
import type { Configuration, ConfiguredFile } from '../config/configuration.ts';
import type { ScenarioTerm } from '../formats/cloudformation/scenario.ts';
import type { Certainty, Finding, Problem, Profile } from '../model/finding.ts';
import type { Format } from '../model/resource.ts';

export interface AnalysisOptions {
  /** Findings of this profile and those it includes are reported: essential ⊂ recommended ⊂ strict. */
  readonly profile: Profile;
  /** `certain` reports certain findings alone, `possible` both. */
  readonly certainty: Certainty;
  readonly configuration: Configuration;
  /** The day, as 2026-11-24: dates before it are past. Where it is left out, no date counts as past that is not so wherever this runs. */
  readonly today?: string;
  /** Only these rules, by id; all when undefined. */
  readonly rules?: ReadonlySet<string>;
  /** Parameter files in place of those that belong to templates. Each counts for the templates that have one of its parameters. */
  readonly parameterFiles?: readonly ConfiguredFile[];
  /** The scenario that somebody chose to look at, as far as a template has what it names. */
  readonly scenario?: readonly ScenarioTerm[];
  /** Documents that are known to include a named one, which is then judged in its place in them: templates, files of directories that call a module. */
  readonly leading?: readonly Uri[];
  /** Asked between resources; an analysis that is cancelled throws `Cancelled`. */
  readonly cancelled?: () => boolean;
  /** True once the time for a request is over. What was found out by then is its answer, marked as incomplete. */
  readonly expired?: Expired;
}

/** The options that decide what is read. */
export type ReadingOptions = Pick<AnalysisOptions, 'configuration' | 'parameterFiles' | 'scenario' | 'leading'>;

export class Cancelled extends Interrupted {}

export interface DocumentAnalysis {
  readonly doc: Uri;
  readonly format: Format;
  /** Why it was recognised as that, or why not: one clause for people, "Resources with AWS types". */
  readonly reason: string;
  /** The tool that made it, so that its source is to be changed and not it: `the AWS CDK`. */
  readonly generator?: string;
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
  /** Where credentials are written in the documents that its findings are in, so that nothing of them is shown. Sought when they are asked for. */
  readonly secrets?: readonly Span[];
  /** Set when it gives parameters of templates their values, so that nothing of its text is to be shown. */
  readonly parameterFile?: true;
  /** For a template: what was seen of it from outside. */
  readonly inputs?: SeenInputs;
  /** For a template, the templates of the stacks within it; for a Terraform directory, the files of the modules that it calls. */
  readonly nested?: readonly Uri[];
}

/** What was looked at of all that a template can be given from outside. */
export interface SeenInputs {
  /** Where the values of its parameters come from, for people: names of parameter files; none when they can be all that it allows. */
  readonly deployments: readonly string[];
  /** What of the chosen scenario the template has. The values of secret parameters are blanked out. */
  readonly scenario: readonly Required<ScenarioTerm>[];
}

export interface Incomplete {
  readonly doc: Uri;
  readonly reason: string;
}

/** What an analysis did, counted: for gates that do not depend on the clock. */
export interface Work {
  /** Calls of a rule on a resource, a policy or a stack. */
  readonly ruleCalls: number;
  /** Nodes and expressions that were worked out to values. */
  readonly evaluations: number;
}

export interface Analysis {
  /** One for each named document, in the order named. */
  readonly documents: readonly DocumentAnalysis[];
  readonly incomplete: readonly Incomplete[];
  readonly work: Work;
  /** For each named document all documents and folders whose content its findings may depend on, itself included. */
  readonly dependencies: ReadonlyMap<Uri, ReadonlySet<Uri>>;
}
