/** The arguments whose changes Terraform ignores. */
import { flatMap } from '../../base/flat-map.ts';
import { pairOf, resolved, textOf, valueOf, type MapNode, type Node } from '../../syntax/tree.ts';
import { objectsOf } from './bodies.ts';
import type { Binding } from './mapping.ts';
import type { NativeResource } from './native.ts';

/**
 * Whether Terraform keeps the previous value of an argument of a block, regardless of the configuration.
 * https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes
 */
export function ignoresChanges(body: MapNode, argument: string): boolean {
  return objectsOf(pairOf(body, 'lifecycle')?.value).some((lifecycle) =>
    ignoredIn(valueOf(lifecycle, 'ignore_changes')).some((name) => name === 'all' || name === argument),
  );
}

/** Whether Terraform keeps the previous value of a property, because it ignores changes of the argument that is set. */
export function keepsProperty({ place }: NativeResource, binding: Binding): boolean {
  if (!place || place.elsewhere.has('lifecycle')) return false;
  const written = argumentsOf(binding).filter((argument) => pairOf(place.body, argument));
  return written.length > 0 && written.every((argument) => ignoresChanges(place.body, argument));
}

/** The arguments, or the blocks, that a property is read from. */
function argumentsOf(binding: Binding): readonly string[] {
  if (typeof binding === 'string') return [binding.split('.')[0]!];
  if (!('from' in binding)) return [];
  const paths = typeof binding.from === 'string' ? [binding.from] : binding.from;
  return paths.map((path) => path.split('.')[0]!);
}

function ignoredIn(node: Node | undefined): readonly string[] {
  const target = resolved(node);
  const nodes = target?.kind === 'list' ? target.items.map(({ value }) => value) : target ? [target] : [];
  return flatMap(nodes, (one) => /[\w-]+/.exec(textOf(one) ?? '')?.[0] ?? []);
}
