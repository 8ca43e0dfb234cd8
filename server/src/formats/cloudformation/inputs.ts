/** What a template gets from outside of it: the values with which it is deployed, and a scenario that somebody looks at. */
import type { Span } from '../../base/span.ts';

/** The value that a parameter is given, as the text that CloudFormation gets. */
export interface GivenText {
  readonly text: string;
  /** Where it is written, if that can be read. */
  readonly at?: Span;
}

/** One way in which a template is deployed. A parameter that it does not name has its default. */
export interface Deployment {
  /** What it is called for people: `params/prod.json`, `.stackwarden.yaml`. */
  readonly name: string;
  readonly parameters: ReadonlyMap<string, GivenText>;
}

/** A scenario that somebody chose to look at: conditions that are true or false, and values of parameters. */
export interface ChosenScenario {
  readonly conditions: ReadonlyMap<string, boolean>;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Without any deployment a parameter can have every value that the template allows. */
export interface TemplateInputs {
  readonly deployments: readonly Deployment[];
  readonly scenario?: ChosenScenario;
}

export const NO_INPUTS: TemplateInputs = { deployments: [] };
