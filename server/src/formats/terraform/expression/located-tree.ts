/**
 * The literals, lists and objects of an expression as a located tree. Changes are made there as in JSON, and written in
 * the expression syntax.
 */
import { flatMap } from '../../../base/flat-map.ts';
import { memoize } from '../../../base/memoize.ts';
import type { Range } from '../../../base/span.ts';
import { embedded } from '../../../syntax/embedded.ts';
import {
  resolved,
  type Comment,
  type Item,
  type ListNode,
  type MapNode,
  type Node,
  type Pair,
  type ScalarNode,
  type Tree,
} from '../../../syntax/tree.ts';
import type { Located } from '../../located.ts';
import { constantText, type Expression, type ObjectLiteral, type Tuple } from './ast.ts';
import { parseScalar } from './template.ts';
import { subexpressionsOf } from './references.ts';

/** The node of a literal, list or object of the template in a string; undefined if it cannot be edited in place. */
export function locatedIn({ tree, node }: Located, range: Range): Located | undefined {
  if (node.kind !== 'scalar') return undefined;
  const inner = innerTree(node, tree);
  const found = inner && nodesOf(inner).get(keyOf(range));
  return inner && found ? { tree: inner, node: found } : undefined;
}

const innerTree = memoize((node: ScalarNode, tree: Tree) => embedded(tree, node, () => expressionTree(tree, node)));

/**
 * The tree of a template. Everything but literals, lists and objects is a scalar with its source text, with nested
 * literals as separate roots.
 */
function expressionTree({ doc }: Pick<Tree, 'doc'>, scalar: ScalarNode): Tree {
  const { expression, problems } = parseScalar(scalar);
  const text = scalar.value;
  const builder = new Builder(text);
  builder.root(expression);
  return {
    doc,
    text,
    language: 'expression',
    roots: builder.roots.toSorted((a, b) => a.start - b.start),
    comments: builder.comments,
    problems,
  };
}

/** The nodes by their ranges. */
const nodesOf = memoize((tree: Tree): ReadonlyMap<string, Node> => {
  const found = new Map<string, Node>();
  const open = [...tree.roots];
  for (let node = resolved(open.pop()); node; node = resolved(open.pop())) {
    found.set(keyOf(node), node);
    if (node.kind === 'map') for (const { value } of node.pairs) open.push(value);
    if (node.kind === 'list') for (const { value } of node.items) open.push(value);
  }
  return found;
});

function keyOf({ start, end }: Range): string {
  return `${start}:${end}`;
}

class Builder {
  readonly roots: Node[] = [];
  readonly comments: Comment[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The nodes of an expression that are not in a list or object. */
  root(expression: Expression): void {
    const node = this.#written(expression, undefined);
    if (node) this.roots.push(node);
    else for (const part of subexpressionsOf(expression)) this.root(part);
  }

  /** The node of a literal, list or object; undefined for an expression that is evaluated. */
  #written(expression: Expression, parent: MapNode | ListNode | undefined): Node | undefined {
    switch (expression.kind) {
      case 'literal':
        return scalar(expression, parent, 'plain', expression.raw);
      case 'parentheses':
        return this.#written(expression.inner, parent);
      case 'unary':
        return expression.operator === '-' && expression.operand.kind === 'literal'
          ? scalar(expression, parent, 'plain', this.#source(expression))
          : undefined;
      case 'template': {
        const text = constantText(expression);
        return text === undefined || expression.form === 'bare' || expression.form === 'heredoc'
          ? undefined
          : scalar(expression, parent, expression.form === 'name' ? 'plain' : 'double', text);
      }
      case 'tuple':
        return this.#list(expression, parent);
      case 'object':
        return this.#map(expression, parent);
      default:
        return undefined;
    }
  }

  /** A child of a list or object, of any kind. */
  #child(expression: Expression, parent: MapNode | ListNode): Node {
    const node = this.#written(expression, parent);
    if (node) return node;
    for (const part of subexpressionsOf(expression)) this.root(part);
    return scalar(this.#outer(expression), parent, 'plain', this.#source(expression));
  }

  /** The range of an expression, including the quotes and braces of a string that consists only of it. */
  #outer({ start, end }: Range): Range {
    const before = /"\$\{~?\s*$/.exec(this.#text.slice(Math.max(0, start - 100), start))?.[0].length;
    const after = before === undefined ? undefined : /^\s*~?\}"/.exec(this.#text.slice(end, end + 100))?.[0].length;
    return { start: start - (after === undefined ? 0 : before!), end: end + (after ?? 0) };
  }

  #list(expression: Tuple, parent: MapNode | ListNode | undefined): ListNode {
    const items: Item[] = [];
    const list: ListNode = {
      kind: 'list',
      style: 'flow',
      indent: -1,
      start: expression.start,
      end: expression.end,
      parent,
      items,
    };
    for (const item of expression.items) items.push({ ...this.#outer(item), value: this.#child(item, list) });
    this.#commentsBetween(list, items);
    return list;
  }

  #map(expression: ObjectLiteral, parent: MapNode | ListNode | undefined): MapNode {
    const pairs: Pair[] = [];
    const map: MapNode = {
      kind: 'map',
      style: 'flow',
      indent: -1,
      start: expression.start,
      end: expression.end,
      parent,
      pairs,
    };
    for (const { key, value } of expression.items) {
      const [left, right] = [this.#outer(key), this.#outer(value)];
      const separator = left.end + this.#text.slice(left.end, right.start).search(/[=:]/);
      const node = this.#child(key, map);
      pairs.push({
        start: left.start,
        end: right.end,
        key: node,
        keyEnd: node.end,
        name: constantText(key) ?? '',
        separator,
        value: this.#child(value, map),
      });
    }
    this.#commentsBetween(
      map,
      flatMap(expression.items, ({ key, value }) => [this.#outer(key), this.#outer(value)]),
    );
    return map;
  }

  /** Comments can only be added where no other token is. */
  #commentsBetween({ start, end }: Range, parts: readonly Range[]): void {
    let at = start + 1;
    for (const part of [...parts, { start: end - 1, end }]) {
      for (const found of this.#text.slice(at, part.start).matchAll(/#[^\r\n]*|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/g))
        this.comments.push({ start: at + found.index, end: at + found.index + found[0].length });
      at = part.end;
    }
  }

  #source({ start, end }: Range): string {
    return this.#text.slice(start, end);
  }
}

function scalar(
  { start, end }: Range,
  parent: MapNode | ListNode | undefined,
  style: 'plain' | 'double',
  value: string,
): ScalarNode {
  const inside = style === 'double' ? 1 : 0;
  return {
    kind: 'scalar',
    style,
    start,
    end,
    content: { start: start + inside, end: end - inside },
    empty: false,
    parent,
    value,
  };
}
