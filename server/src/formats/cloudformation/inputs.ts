/** The inputs of a template: the parameter values of its deployments, and a selected scenario. */
import type { Span } from '../../base/span.ts';

/** The value that a parameter is given, as the text that CloudFormation gets. */
export interface GivenText {
  readonly text: string;
  /** Where it is written, if that can be read. */
  readonly at?: Span;
}

/**
 * One way in which a template is deployed. A parameter that it does not name has its default.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Parameter.html
 */
export interface Deployment {
  /** What it is called for people: `params/prod.json`, `.stackwarden.yaml`. */
  readonly name: string;
  readonly parameters: ReadonlyMap<string, GivenText>;
  /**
   * Parameters of which it does not say what they are given, such as one that keeps the value that the stack has. They can
   * have every value that they can have without any deployment.
   */
  readonly open?: ReadonlySet<string>;
}

/** A selected scenario: conditions that are true or false, and values of parameters. */
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
