/**
 * The Region of a provider, if it is a literal.
 * https://developer.hashicorp.com/terraform/language/providers/configuration
 */
import { addTo } from '../../base/groups.ts';
import { type Node, pairOf, resolved, type ScalarNode, textOf, valueOf } from '../../syntax/tree.ts';
import type { Block } from './blocks.ts';
import { labelsOf, namedBlocks } from './bodies.ts';
import { parseScalar } from './expression/template.ts';
import type { DirectoryFiles } from './module-source.ts';
import { lastWith, type PlacedBody } from './overrides.ts';

/** The `provider` blocks of a directory, by the name that refers to them: `aws`, `aws.east`. */
export function providersOf({ configuration }: DirectoryFiles): ReadonlyMap<string, readonly PlacedBody[]> {
  const found = new Map<string, PlacedBody[]>();
  for (const tree of configuration)
    for (const { name, body } of namedBlocks(tree.roots[0], 'provider')) {
      const alias = textOf(valueOf(body, 'alias'));
      addTo(found, alias === undefined ? name : `${name}.${alias}`, { tree, body });
    }
  return found;
}

/** The provider of a block; the default provider if its bodies select none. */
export function providerChosen({ bodies }: Pick<Block, 'bodies'>): string {
  return nameOf(valueOf(lastWith(bodies, 'provider')?.body, 'provider')) ?? 'aws';
}

/** The provider of the calling module with a name in this module; undefined if the call passes none. */
export function providerPassed({ bodies }: Block, name: string): string | undefined {
  const passed = resolved(pairOf(lastWith(bodies, 'providers')?.body, 'providers')?.value);
  const pair = labelsOf(passed).find((one) => one.name === name);
  if (pair) return nameOf(pair.value);
  const written = passed?.kind === 'scalar' && passed.style === 'expression' ? writtenIn(passed).get(name) : undefined;
  // The default provider is inherited implicitly.
  return written ?? (name.includes('.') ? undefined : name);
}

/** The providers in an object whose keys have an alias, `{ aws.x = aws.other }`, which is not a literal. */
function writtenIn(passed: ScalarNode): ReadonlyMap<string, string> {
  const { expression } = parseScalar(passed);
  if (expression.kind !== 'object') return new Map();
  const textIn = ({ start, end }: { readonly start: number; readonly end: number }): string =>
    passed.value.slice(start, end).trim();
  return new Map(expression.items.map(({ key, value }) => [textIn(key), textIn(value)]));
}

/** A provider reference is a string; older configurations write it as a template. */
function nameOf(node: Node | undefined): string | undefined {
  return textOf(node)?.replace(/^\$\{\s*|(?<!\s)\s*\}$/g, '');
}
