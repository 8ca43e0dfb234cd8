/** The inputs of a template: the parameter values of its deployments, and a selected scenario. */
import type { Span } from '../../base/span.ts';

/** The value of a parameter, as the string that CloudFormation receives. */
export interface GivenText {
  readonly text: string;
  /** The place where it is written, if known. */
  readonly at?: Span;
}

/**
 * One deployment of a template. Parameters that it does not name have their default.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Parameter.html
 */
export interface Deployment {
  /** Its name in messages: `params/prod.json`, `.stackwarden.yaml`. */
  readonly name: string;
  readonly parameters: ReadonlyMap<string, GivenText>;
  /**
   * Parameters with an unknown value in the deployment, such as one that keeps the previous value of the stack. They
   * can have every value that they can have without a deployment.
   */
  readonly open?: ReadonlySet<string>;
}

/** A selected scenario: conditions that are true or false, and values of parameters. */
export interface ChosenScenario {
  readonly conditions: ReadonlyMap<string, boolean>;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Without deployments, a parameter can have every value that the template allows. */
export interface TemplateInputs {
  readonly deployments: readonly Deployment[];
  readonly scenario?: ChosenScenario;
}

export const NO_INPUTS: TemplateInputs = { deployments: [] };
