/** The configuration of a plan: its `configuration`, a tree of modules with expressions whose values are omitted. */
import type { Address } from '../../model/value.ts';
import { valueOf, type Node } from '../../syntax/tree.ts';

/** A module of the configuration. */
export interface ConfiguredModule {
  /** The address prefix without instance keys: empty, or `module.a.module.b.`. */
  readonly path: string;
  readonly node: Node | undefined;
  /** The module call and the calling module; both undefined for the root. */
  readonly call: Node | undefined;
  readonly around: ConfiguredModule | undefined;
  readonly calls: ReadonlyMap<string, ConfiguredModule>;
}

/** A resource or data source of the configuration. */
export interface ConfiguredResource {
  readonly module: ConfiguredModule;
  readonly node: Node;
}

/** The configuration of the resources in a plan. */
export interface PlanConfiguration {
  /** By address without instance keys. */
  readonly resources: ReadonlyMap<Address, ConfiguredResource>;
  /** By module path. */
  readonly modules: ReadonlyMap<string, ConfiguredModule>;
}

/** The configuration in a plan; empty if it has none. */
export function configurationOf(root: Node | undefined): PlanConfiguration {
  const resources = new Map<Address, ConfiguredResource>();
  const modules = new Map<string, ConfiguredModule>();
  const open: ConfiguredModule[] = [
    {
      path: '',
      node: valueOf(valueOf(root, 'configuration'), 'root_module'),
      call: undefined,
      around: undefined,
      calls: new Map(),
    },
  ];
  for (let module = open.pop(); module; module = open.pop()) {
    modules.set(module.path, module);
    const list = valueOf(module.node, 'resources');
    if (list?.kind === 'list')
      for (const { value } of list.items) {
        const address = valueOf(value, 'address');
        if (address?.kind === 'scalar') resources.set(module.path + address.value, { module, node: value });
      }
    const calls = valueOf(module.node, 'module_calls');
    if (calls?.kind !== 'map') continue;
    for (const pair of calls.pairs) {
      const called: ConfiguredModule = {
        path: `${module.path}module.${pair.name}.`,
        node: valueOf(pair.value, 'module'),
        call: pair.value,
        around: module,
        calls: new Map(),
      };
      (module.calls as Map<string, ConfiguredModule>).set(pair.name, called);
      open.push(called);
    }
  }
  return { resources, modules };
}
