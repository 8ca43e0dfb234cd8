/**
 * The Region of a provider, if it is a literal.
 * https://developer.hashicorp.com/terraform/language/providers/configuration
 */
import { addTo } from '../../base/groups.ts';
import { type Node, pairOf, resolved, textOf, valueOf } from '../../syntax/tree.ts';
import type { Block } from './blocks.ts';
import { labelsOf, namedBlocks } from './bodies.ts';
import type { DirectoryFiles } from './module-source.ts';
import { lastWith, type PlacedBody } from './overrides.ts';

/** The `provider` blocks of a directory, by the name under which others choose them: `aws`, `aws.east`. */
export function providersOf({ configuration }: DirectoryFiles): ReadonlyMap<string, readonly PlacedBody[]> {
  const found = new Map<string, PlacedBody[]>();
  for (const tree of configuration)
    for (const { name, body } of namedBlocks(tree.roots[0], 'provider')) {
      const alias = textOf(valueOf(body, 'alias'));
      addTo(found, alias === undefined ? name : `${name}.${alias}`, { tree, body });
    }
  return found;
}

/** The provider that the bodies of a block choose: the one without an alias where they choose none. */
export function providerChosen({ bodies }: Pick<Block, 'bodies'>): string {
  return nameOf(valueOf(lastWith(bodies, 'provider')?.body, 'provider')) ?? 'aws';
}

/** The provider of the calling module that a module knows under a name; undefined if the call gives it none. */
export function providerPassed({ bodies }: Block, name: string): string | undefined {
  const passed = resolved(pairOf(lastWith(bodies, 'providers')?.body, 'providers')?.value);
  const pair = labelsOf(passed).find((one) => one.name === name);
  // A provider without an alias is passed down by itself.
  return pair ? nameOf(pair.value) : name.includes('.') ? undefined : name;
}

/** A provider is named by a text, in old configurations within the marks of a template. */
function nameOf(node: Node | undefined): string | undefined {
  return textOf(node)?.replace(/^\$\{\s*|(?<!\s)\s*\}$/g, '');
}
