/** The settings at a place of a configuration file. */
import { flatMap } from '../base/flat-map.ts';
import type { Range } from '../base/span.ts';
import { ownEntry } from '../base/table.ts';
import { indexOfItem, nodesAround, pairWith, type MapNode, type Node, type Pair, type Tree } from '../syntax/tree.ts';
import { CONFIGURATION_VALUE } from './setting-docs.ts';
import type { SettingDoc, SettingValue } from './setting-value.ts';

/** A scalar of a configuration, and where it is. */
export interface ConfigurationPlace {
  readonly node: Node;
  /** The keys and indexes from the root: to the value, or to the mapping of a key. */
  readonly path: readonly (string | number)[];
  /** The mapping and the pair whose key it is; undefined for a value. */
  readonly key?: { readonly map: MapNode; readonly pair: Pair };
  /** The strings beside it in a list. */
  readonly beside: readonly string[];
}

/** The scalar around a range; undefined where there is none, or only in another document of the file. */
export function settingPlace(tree: Tree, range: Range): ConfigurationPlace | undefined {
  const around = nodesAround(tree, range);
  const node = around.at(-1);
  if (node?.kind !== 'scalar' || around[0] !== tree.roots[0]) return undefined;
  const path: (string | number)[] = [];
  let beside: readonly string[] = [];
  for (const [index, parent] of around.slice(0, -1).entries()) {
    const child = around[index + 1]!;
    if (parent.kind === 'list') {
      path.push(indexOfItem(parent, child));
      beside = flatMap(parent.items, ({ value }) => (value !== child && value.kind === 'scalar' ? value.value : []));
    } else if (parent.kind === 'map') {
      const pair = pairWith(parent, child);
      if (!pair) return undefined;
      // A mapping as a key is not a setting.
      if (pair.key === child)
        return child === node ? { node, path, key: { map: parent, pair }, beside: [] } : undefined;
      path.push(pair.name);
      beside = [];
    }
  }
  return { node, path, beside };
}

/** The forms that a value at a path can have; none for unknown keys. */
export function settingValuesAt(path: readonly (string | number)[]): readonly SettingValue[] {
  return path.reduce<readonly SettingValue[]>(
    (values, step) => flatMap(values, (value) => below(value, step)),
    [CONFIGURATION_VALUE],
  );
}

/** The descriptions of a key in the mapping at a path. */
export function settingDoc(path: readonly (string | number)[], name: string): SettingDoc | undefined {
  const maps = flatMap(settingValuesAt(path), alternatives);
  return flatMap(maps, (value) => (value.kind === 'keys' ? (ownEntry(value.keys, name) ?? []) : []))[0];
}

/** The forms of a value, without choices between them. */
export function alternatives(value: SettingValue): readonly SettingValue[] {
  return value.kind === 'either' ? [...alternatives(value.one), ...alternatives(value.other)] : [value];
}

function below(value: SettingValue, step: string | number): readonly SettingValue[] {
  if (value.kind === 'either') return flatMap(alternatives(value), (one) => below(one, step));
  if (typeof step === 'number') return value.kind === 'list' || value.kind === 'texts' ? [value.of] : [];
  if (value.kind === 'table') return [ownEntry(value.ofSome ?? {}, step) ?? value.of];
  const doc = value.kind === 'keys' ? ownEntry(value.keys, step) : undefined;
  return doc ? [doc.value] : [];
}
