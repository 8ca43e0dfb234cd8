import type { Range, Span, Uri } from '../base/span.ts';
import type { Peer } from './covered.ts';

/** What is known of a tool whose suppressions are read. */
export interface SuppressionToolFacts {
  /** Its name in texts. */
  readonly name: string;
  /** The tool whose ids its suppressions use, if rules have them as aliases. The ids of tfsec are those of Trivy. */
  readonly ids?: Peer;
  /** Whether its suppressions are honored unless the configuration names others. */
  readonly honored: boolean;
}

const TOOLS = {
  stackwarden: { name: 'Stackwarden', honored: true },
  checkov: { name: 'Checkov', ids: 'checkov', honored: true },
  trivy: { name: 'Trivy', ids: 'trivy', honored: true },
  tfsec: { name: 'tfsec', ids: 'trivy', honored: true },
  cfn_nag: { name: 'cfn_nag', ids: 'cfn_nag', honored: true },
  cdk_nag: { name: 'cdk-nag', honored: true },
  'cfn-lint': { name: 'cfn-lint', honored: true },
  guard: { name: 'AWS Guard', ids: 'guard', honored: true },
  // Some of its suppressions are about all rules.
  kics: { name: 'KICS', honored: false },
} as const satisfies Readonly<Record<string, SuppressionToolFacts>>;

/** A tool whose suppressions are read. */
export type SuppressionTool = keyof typeof TOOLS;

/** The tools whose suppressions are read, our own first. */
export const SUPPRESSION_TOOLS = Object.keys(TOOLS) as readonly SuppressionTool[];

/** The other tools. */
export const PEER_SUPPRESSION_TOOLS: readonly SuppressionTool[] = SUPPRESSION_TOOLS.filter(
  (tool) => tool !== 'stackwarden',
);

/** What is known of a tool. */
export function suppressionToolFacts(tool: SuppressionTool): SuppressionToolFacts {
  return TOOLS[tool];
}

/** Where a suppression is written: in the document, as a comment or as metadata, or in the configuration. */
export type SuppressionKind = 'comment' | 'metadata' | 'configuration';

/**
 * An accepted finding that a document or the configuration states, as it is written. It can be wrong, unused or
 * expired.
 */
export interface Suppression {
  readonly tool: SuppressionTool;
  readonly kind: SuppressionKind;
  /** What findings about the suppression mark: the comment, or the entry of a list. */
  readonly at: Span;
  /**
   * The rules as written. An empty list is an error in our own suppressions; in those of tools that have no ids it
   * means all rules.
   */
  readonly rules: readonly SuppressedRule[];
  readonly scope: SuppressionScope;
  readonly reason?: string;
  /** The last day on which it counts, such as 2027-01-31. */
  readonly until?: string;
  /** A syntax error, as a sentence for users. The suppression then has no effect. */
  readonly error?: { readonly at: Span; readonly message: string };
  /**
   * The edit that removes the suppression, or one of its rules if it has several; undefined where it cannot be removed.
   */
  readonly removal?: (rule?: SuppressedRule) => { readonly range: Range; readonly newText: string } | undefined;
}

/** A rule that a suppression names: an id, an id of another tool, or a pattern with `*`. */
export interface SuppressedRule {
  readonly name: string;
  readonly at: Span;
}

/** The findings that a suppression is about. */
export type SuppressionScope =
  /** Those in a document. */
  | { readonly kind: 'file'; readonly doc: Uri }
  /** Those that start in a range of a document: a line, a property or a resource. */
  | { readonly kind: 'range'; readonly in: Span; readonly value?: string }
  /** Those that match an entry of the configuration. */
  | {
      readonly kind: 'selected';
      /** Whether the entry is about a document. */
      readonly includes: (doc: Uri) => boolean;
      /** Addresses, with `*` for any characters; all if undefined. */
      readonly resources?: readonly string[];
      /** The accepted value, as text or as `hash:` with `valueHash` of the finding; any if undefined. */
      readonly value?: string;
    };

/** Why a finding is suppressed. It stays in reports for programs. */
export interface Suppressed {
  readonly kind: SuppressionKind | 'baseline';
  /** The tool whose suppression it is. */
  readonly tool: SuppressionTool;
  /** Undefined for a finding of the baseline. */
  readonly reason?: string;
  readonly until?: string;
  /** Where the suppression is written. */
  readonly at?: Span;
}
