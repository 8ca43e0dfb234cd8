import type { Tree, Node } from '../../syntax/tree.ts';
import type { Expression } from '../../model/expression.ts';
import type { Scope } from './expression/scope.ts';
export function expressionAt(_: { tree: Tree; scopesOf: (node: Node) => readonly Scope[] }, _o: number): Expression | undefined { return undefined; }
