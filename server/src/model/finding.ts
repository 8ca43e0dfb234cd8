import type { Range, Span, Uri } from '../base/span.ts';
import type { Term } from '../base/guard.ts';
import type { Fix, Uncovers } from './edit.ts';
import type { Resource } from './resource.ts';
import type { Address } from './value.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

export type Certainty = 'certain' | 'possible';

export type Profile = 'essential' | 'recommended' | 'strict';
export const PROFILES: readonly Profile[] = ['essential', 'recommended', 'strict'];

/** Whether a run in one profile reports what belongs to another. */
export function includesProfile(run: Profile, of: Profile): boolean {
  return PROFILES.indexOf(of) <= PROFILES.indexOf(run);
}

export type Topic =
  | 'data-exposure'
  | 'network-exposure'
  | 'identity'
  | 'encryption-at-rest'
  | 'encryption-in-transit'
  | 'secrets'
  | 'logging'
  | 'resilience'
  | 'operations';

export type Peer = 'checkov' | 'trivy' | 'cfn_nag' | 'guard' | 'parliament' | 'access-analyzer';

/** Ids of other tools' checks that say the same. */
export type Aliases = Readonly<Partial<Record<Peer, readonly string[]>>>;

export interface RelatedPlace {
  readonly at: Span;
  readonly message: string;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly topic: Topic;
  readonly message: string;
  readonly at: Span;
  /** Set if the marked value is a secret, so that reports show its range but not its value. */
  readonly secret?: true;
  /** The native owner of the range, or null when the finding is about a whole file. */
  readonly resource: Address | null;
  readonly resourceType: string | null;
  /** The construct that makes the resource, in a template that the AWS CDK made. */
  readonly construct?: string;
  readonly subjects: readonly Address[];
  /** The native path of what is wrong, within the resource. */
  readonly path: string;
  /** The scenario; empty when it is wrong in every one. */
  readonly when: readonly Term[];
  readonly aliases: Aliases;
  readonly related: readonly RelatedPlace[];
  readonly fingerprint: string;
  readonly suppressed: null;
  readonly fixes: readonly LoweredFix[];
  readonly profile: Profile;
}

/** One replacement of a range by a text. */
export interface TextEdit {
  readonly doc: Uri;
  readonly range: Range;
  readonly newText: string;
}

/** A fix as an editor can carry it out: one patch, whose edits do not overlap. */
export interface LoweredFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
  readonly uncovers?: Uncovers;
}

/** A fix that cannot be applied here, and why. */
export interface RefusedFix {
  readonly title: string;
  readonly refused: string;
}

export interface Problem {
  readonly at: Span;
  readonly message: string;
  readonly kind: 'syntax' | 'document' | 'internal';
  /** It is within a text of the document, such as an expression of Terraform, so that readers of the document's own syntax do not see it. */
  readonly within?: 'text';
}

export type { Fix, Resource };
