/** AWS managed policies by ARN. */
import type { Predicate } from '../../model/judgement.ts';
import type { Leaf } from '../../model/value.ts';
import { UNKNOWN_PIECE, shapeOf } from '../text/unknown-piece.ts';
import { fits } from '../text/wildcard.ts';
import type { IamData, ManagedPolicy } from './iam-data.ts';

/**
 * Whether an AWS managed policy allows an action on all resources: with all actions, with its service, or by the data.
 */
export function allowsAction({ admin, services, actions }: ManagedPolicy, action: string): boolean {
  const lower = action.toLowerCase();
  return (
    admin || services.includes(lower.slice(0, lower.indexOf(':'))) || actions.some((one) => one.toLowerCase() === lower)
  );
}

/**
 * Whether an AWS managed policy allows an action as a permissions boundary: on all resources, not at all, or undefined
 * if possibly on some.
 * @param isListed Whether the data would include the action: one that changes something or has a risk.
 */
export function admitsAction(policy: ManagedPolicy, action: string, isListed: boolean): boolean | undefined {
  const lower = action.toLowerCase();
  const matches = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => fits(lower, pattern.toLowerCase()));
  if (allowsAction(policy, action) || (policy.most && !matches(policy.except))) return true;
  return isListed && !matches(policy.reaches) ? false : undefined;
}

/** The AWS managed policy that a value names by its ARN, in any partition; undefined for other values. */
export function managedPolicy(leaf: Leaf, iam: IamData): ManagedPolicy | undefined {
  const path = managedPath(leaf);
  return path === undefined ? undefined : iam.managed(path);
}

/** An AWS managed policy whose path meets a predicate. A reference to a resource is never one. */
export function namedByAws(meets: (path: string) => boolean): Predicate {
  const test = (leaf: Leaf): boolean => {
    const path = managedPath(leaf);
    return path !== undefined && meets(path);
  };
  return { known: test, text: test, reference: () => false, collection: false };
}

/** The part after `policy/` in the ARN of an AWS managed policy. */
export function managedPath(leaf: Leaf): string | undefined {
  const text = leaf.state === 'known' ? leaf.raw : leaf.state === 'template' ? shapeOf(leaf) : '';
  const path = /^(?:arn:[^:]*|[^:]*):iam::aws:policy\/(.+)$/.exec(text)?.[1];
  return path?.includes(UNKNOWN_PIECE) ? undefined : path;
}

/** The name of an AWS managed policy, without the path; undefined for other values. */
export function managedName(leaf: Leaf): string | undefined {
  const path = managedPath(leaf);
  return path?.slice(path.lastIndexOf('/') + 1);
}
