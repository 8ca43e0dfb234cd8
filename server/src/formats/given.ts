/** The inputs of users in addition to the documents: in the configuration, on the command line or in an editor. */
import type { Span, Uri } from '../base/span.ts';
import type { StatedAccount } from '../model/resource.ts';
import type { ScenarioTerm } from '../model/scenario.ts';
import type { PolicyKind } from '../model/policy.ts';

/** The kind of a policy, and for a resource-based policy the service of the resource. */
export interface PolicyAttachment {
  readonly kind: PolicyKind;
  readonly service?: string;
  /** The kind that the name suggests, if the content is of another kind. */
  readonly suggests?: PolicyKind;
}

export interface Given {
  /** The kind of a policy file. */
  policy(doc: Uri): PolicyAttachment | undefined;
  /** The inputs of a template, or of the Terraform directory of a document. */
  parameters(doc: Uri): GivenParameters;
  /**
   * Parameter files that replace all others. Each applies to the templates that have one of its parameters.
   */
  readonly files: readonly GivenFile[];
  /** What the configuration states about the account. */
  readonly account: StatedAccount;
  /** The chosen scenario. A template ignores terms for names that it does not have. */
  readonly scenario: readonly ScenarioTerm[];
  /** Set if the variable files of a Terraform directory do not apply to it. */
  readonly withoutOwnFiles?: true;
}

export interface GivenParameters {
  /** The named parameter files; undefined if there are none, so that files next to the template apply. */
  readonly files: readonly GivenFile[] | undefined;
  /** The values, which have priority over files. */
  readonly values: ReadonlyMap<string, { readonly text: string; readonly at: Span }>;
}

export interface GivenFile {
  /** The name as written: `params/prod.json`. */
  readonly name: string;
  readonly uri: Uri;
}
