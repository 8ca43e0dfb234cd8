/**
 * Public access to a resource by its policies, permissions, access lists and shares, apart from paths through networks.
 */
import { all, among, any, not, UNKNOWABLE, type Judgement } from '../../model/judgement.ts';
import type { Truth } from '../../base/guard.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import type { Outside } from './outside.ts';

/** One cause that makes a resource public. */
export interface PublicCause {
  /** The resource that has it, such as the policy of a bucket. */
  readonly resource: Resource;
  /** A sentence without its period: `FilesPolicy allows anyone to call s3:GetObject`. */
  readonly text: string;
  /** Its value, for its place. */
  readonly at: Value;
  readonly from: Outside;
  /** Where it makes the resource public: it grants access, and nothing blocks that. */
  readonly open: Judgement;
  /** The missing information, as the end of a sentence: `whether Url was created before October 2025`. */
  readonly missing?: string;
}

/** A setting that blocks public access. */
export interface PublicBlock {
  /** A sentence without its period: `BlockPublicPolicy of Files is true`. */
  readonly text: string;
  readonly at: Value;
  readonly blocks: Judgement;
}

export interface PublicAccess {
  /** Where the resource is public, and where it is certainly not. */
  readonly open: Judgement;
  readonly causes: readonly PublicCause[];
  readonly blocks: readonly PublicBlock[];
}

/** Settings of the account that a document or a configuration can state. */
export interface AccountSettings {
  /** Whether S3 Block Public Access is on for the account. */
  readonly s3Block: Judgement;
}

/** Combines causes; the resource is not public only if all of them are known. */
export function accessThrough(
  causes: readonly PublicCause[],
  complete: Truth,
  blocks: readonly PublicBlock[] = [],
): PublicAccess {
  return { open: among(any(...causes.map(({ open }) => open)), complete), causes, blocks };
}

/**
 * The causes that make a resource public by default, and those that may do so, depending on something that the document
 * does not state.
 */
export function causesByDefault({ causes }: PublicAccess): {
  readonly open: readonly PublicCause[];
  readonly possible: readonly PublicCause[];
} {
  return {
    open: causes.filter(({ open }) => open.yes.holdsByDefault()),
    possible: causes.filter(
      ({ open, missing }) => missing !== undefined && !open.yes.holdsByDefault() && !open.no.holdsByDefault(),
    ),
  };
}

/**
 * Where a grant has effect: certainly if it is allowed, and not where it is blocked. With neither, it depends on the
 * defaults of the resource.
 */
export function effective(
  grant: Judgement,
  { allows, blocks }: { readonly allows: Judgement; readonly blocks: Judgement },
): Judgement {
  return any(all(grant, allows), all(grant, not(blocks), UNKNOWABLE));
}
