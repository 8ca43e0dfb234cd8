/** What can give a resource an address. */
import type { Truth } from '../base/guard.ts';
import { among, any } from '../model/judgement.ts';
import { never, sometimes } from '../model/quantified.ts';
import type { Resource } from '../model/resource.ts';
import type { PathStep } from './access-path.ts';

/** A property or another resource that can give a resource an address. */
export interface Candidate extends Pick<PathStep, 'text' | 'at' | 'open'> {
  /** The text where it assigns no address, if it decides that. */
  readonly denied?: string;
}

/**
 * The step of a path in which a resource has an address.
 * @param complete The scenarios in which there are no other candidates.
 * @param missing The missing information about whether it has one.
 */
export function addressStep(
  resource: Resource,
  candidates: readonly Candidate[],
  complete: Truth,
  missing: string,
): PathStep {
  const open = among(any(...candidates.map((candidate) => candidate.open)), complete);
  const assigning =
    candidates.find((candidate) => sometimes(candidate.open)) ??
    candidates.find((candidate) => !never(candidate.open) && candidate.denied === undefined);
  if (assigning) return { resource, text: assigning.text, at: assigning.at, open, missing };
  const denying = candidates.find((candidate) => candidate.denied) ?? candidates.at(-1)!;
  return { resource, text: denying.denied ?? denying.text, at: denying.at, open, missing };
}
