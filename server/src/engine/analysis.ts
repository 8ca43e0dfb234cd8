/** What an analysis is asked and what it answers. */
import type { Uri } from '../base/span.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Certainty, Finding, Problem, Profile } from '../model/finding.ts';
import type { Format } from '../model/resource.ts';

export interface AnalysisOptions {
  /** Findings of this profile and those it includes are reported: essential ⊂ recommended ⊂ strict. */
  readonly profile: Profile;
  /** `certain` reports certain findings alone, `possible` both. */
  readonly certainty: Certainty;
  readonly configuration: Configuration;
  /** Only these rules, by id; all when undefined. */
  readonly rules?: ReadonlySet<string>;
  /** Asked between resources; an analysis that is cancelled throws `Cancelled`. */
  readonly cancelled?: () => boolean;
}

export class Cancelled extends Error {}

export interface DocumentAnalysis {
  readonly doc: Uri;
  readonly format: Format;
  /** Why it was recognised as that, or why not: one clause for people, "Resources with AWS types". */
  readonly reason: string;
  /** The tool that made it, so that its source is to be changed and not it: `the AWS CDK`. */
  readonly generator?: string;
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
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
