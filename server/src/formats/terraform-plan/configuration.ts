import type { Address } from '../../model/value.ts';
import { OWN_KEY } from '../terraform/joins.ts';
import { valueOf, type Node } from '../../syntax/tree.ts';

/** What a plan says of how a resource was configured. */
export interface ConfiguredResource {
  /** The module that it is in, as a prefix of addresses: empty, or `module.a.module.b.`. */
  readonly module: string;
  readonly expressions: Node | undefined;
}

/** An address or a reference without the keys of instances. */
export function withoutKeys(address: string): string {
  return address.replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, '');
}

/** The configuration of each resource, by its address without instance keys. */
export function configurationOf(root: Node | undefined): ReadonlyMap<Address, ConfiguredResource> {
  const found = new Map<Address, ConfiguredResource>();
  const open: { readonly node: Node | undefined; readonly module: string }[] = [{ node: valueOf(valueOf(root, 'configuration'), 'root_module'), module: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const resources = valueOf(next.node, 'resources');
    if (resources?.kind === 'list') for (const { value } of resources.items) {
      const address = valueOf(value, 'address');
      if (address?.kind === 'scalar') found.set(next.module + address.value, { module: next.module, expressions: valueOf(value, 'expressions') });
    }
    const calls = valueOf(next.node, 'module_calls');
    if (calls?.kind === 'map') for (const pair of calls.pairs) open.push({ node: valueOf(pair.value, 'module'), module: `${next.module}module.${pair.name}.` });
  }
  return found;
}

/** A resource that an expression refers to, and the attribute of it. */
export interface ConfiguredReference {
  readonly to: Address;
  readonly attribute?: string;
}

/**
 * The resources of its own module that an expression refers to, without instance keys. References are listed the longest
 * first and then each prefix of it. What leads out of the module, to variables or to outputs, is not followed.
 */
export function referencesIn(expression: Node | undefined, module: string): readonly ConfiguredReference[] {
  const list = valueOf(expression, 'references');
  const found = new Map<Address, ConfiguredReference>();
  if (list?.kind === 'list') for (const { value } of list.items) {
    if (value.kind !== 'scalar') continue;
    const parts = withoutKeys(value.value).split('.');
    const data = parts[0] === 'data';
    if (NOT_RESOURCES.has(parts[0]!) || parts.length < (data ? 3 : 2)) continue;
    const to = module + parts.slice(0, data ? 3 : 2).join('.');
    const attribute = parts.slice(data ? 3 : 2).join('.');
    if (!found.has(to)) found.set(to, attribute === '' ? { to } : { to, attribute });
  }
  return [...found.values()];
}

/**
 * Which instances of the resources of its module an expression picks: their addresses where the key is written, and `OWN_KEY`
 * where it is the key of the instance that the expression is in.
 */
export function instancesIn(expression: Node | undefined, module: string): readonly string[] {
  const list = valueOf(expression, 'references');
  const found = new Set<string>();
  if (list?.kind === 'list') for (const { value } of list.items) {
    if (value.kind !== 'scalar') continue;
    const picked = /^([\w-]+\.[\w-]+\[(?:"(?:[^"\\]|\\.)*"|\d+)\])(?:\.|$)/.exec(value.value)?.[1];
    if (picked !== undefined) found.add(module + picked);
    if (/^(?:each|count)\./.test(value.value)) found.add(OWN_KEY);
  }
  return [...found];
}

const NOT_RESOURCES: ReadonlySet<string> = new Set(['var', 'local', 'module', 'each', 'count', 'path', 'terraform', 'self']);
