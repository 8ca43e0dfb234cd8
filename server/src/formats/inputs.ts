import type { Parameter } from '../model/resource.ts';
import type { EditPlace, Value } from '../model/value.ts';
import { resolved, type Node, type Pair, type Tree } from '../syntax/tree.ts';
import { spanOf } from './located.ts';
import { plainValue } from './plain.ts';

/** A parameter as rules see it: its default as written, hidden if the parameter is secret. */
export function inputOf(
  tree: Tree,
  pair: Pair,
  address: string,
  secret: boolean,
  fallback: Pair | undefined,
  body: Node = pair.value,
  edit: EditPlace = 'here',
): Parameter {
  const node = resolved(fallback?.value);
  const self = missing(tree, pair);
  return {
    name: pair.name,
    address,
    secret,
    self,
    fallback: node ? written(tree, node, spanOf(tree, fallback!.key), secret) : self,
    declaration: plainValue(tree, body, undefined, edit, secret),
  };
}

function written(tree: Tree, node: Node, key: Parameter['fallback']['origin']['use'], secret: boolean): Value {
  const value = plainValue(tree, node, key);
  return secret ? { ...value, origin: { ...value.origin, secret: true } } : value;
}

function missing(tree: Tree, pair: Pair): Value {
  const key = spanOf(tree, pair.key);
  return { state: 'absent', open: false, origin: { use: key, key, steps: [], edit: 'none' } };
}
