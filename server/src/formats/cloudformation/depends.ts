/** Dependencies between resources of a template. */
import { memoize } from '../../base/memoize.ts';
import { pushAll } from '../../base/push-all.ts';
import { childrenOf, pairsNamed, resolved, valueOf, type Node, type Tree } from '../../syntax/tree.ts';
import { argumentList, argumentText, callOf, plainText } from './call.ts';

/** The maximum number of resources visited to find a dependency. */
const MOST_RESOURCES = 500;

/** Whether a resource depends on another one, directly or indirectly, according to the template. */
export function dependsOnResource(tree: Tree, one: string, other: string): boolean {
  const resources = valueOf(resolved(tree.roots[0]), 'Resources');
  const seen = new Set([one]);
  for (const name of seen) {
    if (name === other) return true;
    if (seen.size > MOST_RESOURCES) return true;
    const node = resources?.kind === 'map' ? pairsNamed(resources, name).at(-1)?.value : undefined;
    if (node) for (const named of namesIn(node)) seen.add(named);
  }
  return false;
}

/**
 * Whether events of a function create a notification of a bucket, so that the bucket depends on the function after the
 * SAM transform.
 */
export function isCalledBy(function_: Node, bucket: string): boolean {
  const events = valueOf(valueOf(function_, 'Properties'), 'Events');
  return (
    events !== undefined &&
    childrenOf(events).some((event) => plainText(valueOf(event, 'Type')) === 'S3' && namesIn(event).includes(bucket))
  );
}

/** The logical IDs that a node refers to. Several findings of a document follow the same references. */
const namesIn = memoize((node: Node): readonly string[] => {
  const names: string[] = [];
  const open: Node[] = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    const call = callOf(next);
    if (call?.name === 'Ref') names.push(argumentText(call) ?? '');
    else if (call?.name === 'Fn::GetAtt')
      names.push(plainText(argumentList(call)?.[0]) ?? argumentText(call)?.split('.', 1)[0] ?? '');
    else if (call?.name === 'Fn::Sub')
      names.push(
        ...[...(argumentText(call) ?? plainText(argumentList(call)?.[0]) ?? '').matchAll(/\$\{([A-Za-z0-9]+)/g)].map(
          (match) => match[1]!,
        ),
      );
    const dependencies = next === node ? valueOf(node, 'DependsOn') : undefined;
    if (dependencies)
      pushAll(
        names,
        [dependencies, ...childrenOf(dependencies)].map((one) => plainText(one) ?? ''),
      );
    pushAll(open, childrenOf(next));
  }
  return names.filter((name) => name !== '');
});
