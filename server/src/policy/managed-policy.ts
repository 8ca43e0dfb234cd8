/** The policies of AWS, as they are named. */
import type { Predicate } from '../model/judgement.ts';
import type { Leaf } from '../model/value.ts';
import { HOLE, shapeOf } from './hole.ts';
import type { IamData, ManagedPolicy } from './iam-data.ts';

/** Whether a policy of AWS allows an action on every resource: all of them, all of its service, or one of those that the data tells. */
export function allowsAction({ admin, services, actions }: ManagedPolicy, action: string): boolean {
  const lower = action.toLowerCase();
  return (
    admin || services.includes(lower.slice(0, lower.indexOf(':'))) || actions.some((one) => one.toLowerCase() === lower)
  );
}

/** The policy of AWS that a value names by its ARN, whatever the partition; undefined for all else. */
export function managedPolicy(leaf: Leaf, iam: IamData): ManagedPolicy | undefined {
  const path = managedPath(leaf);
  return path === undefined ? undefined : iam.managed(path);
}

/** A policy of AWS whose path meets something. A reference to another resource names none. */
export function namedByAws(meets: (path: string) => boolean): Predicate {
  const test = (leaf: Leaf): boolean => {
    const path = managedPath(leaf);
    return path !== undefined && meets(path);
  };
  return { known: test, text: test, reference: () => false, collection: false };
}

/** What stands behind `policy/` in the ARN of a policy of AWS. */
export function managedPath(leaf: Leaf): string | undefined {
  const text = leaf.state === 'known' ? leaf.raw : leaf.state === 'text' ? shapeOf(leaf) : '';
  const path = /^(?:arn:[^:]*|[^:]*):iam::aws:policy\/(.+)$/.exec(text)?.[1];
  return path?.includes(HOLE) ? undefined : path;
}
