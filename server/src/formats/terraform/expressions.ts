/** The expressions of a configuration, for explanations. */
import { flatMap } from '../../base/flat-map.ts';
import { pushAll } from '../../base/push-all.ts';
import { Guard, type Truth } from '../../base/guard.ts';
import type { Span, Uri } from '../../base/span.ts';
import { table, type Table } from '../../base/table.ts';
import type { EvaluatedExpression } from '../../model/expression.ts';
import { leaves } from '../../model/navigate.ts';
import type { Step, Value } from '../../model/value.ts';
import { isPlaceable, offsetMap } from '../../syntax/offset-map.ts';
import { nodesAround, resolved, type Node, type Pair, type ScalarNode, type Tree } from '../../syntax/tree.ts';
import { spanOf } from '../located.ts';
import { plainValue } from '../plain.ts';
import { attributeValue } from './body-value.ts';
import { constantText, type Expression as Ast } from './expression/ast.ts';
import { evaluate, shownText, truthOf } from './evaluate.ts';
import { needsEvaluation, parseScalar } from './expression/template.ts';
import { innermostAt } from './expression/innermost.ts';
import { subexpressionsOf, traversalOf } from './expression/references.ts';
import type { Scope } from './expression/scope.ts';

/** The parts of a configuration that explanations use. */
export interface ExplainedConfiguration {
  /** The tree of a document of the configuration. */
  tree(doc: Uri): Tree | undefined;
  /** The scope of the template in a string, per distinguished instance; empty for a string that is not a template. */
  scopesOf(tree: Tree, node: Node): readonly Scope[];
}

/** The recorded steps of expressions that explain where a value comes from. */
const BEHIND: ReadonlySet<Step['what']> = new Set(['local', 'output', 'passed']);

/** The number of names before the body of a block. Other sections are not explained. */
const LABELS: Table<number> = table({
  resource: 2,
  data: 2,
  ephemeral: 2,
  module: 1,
  output: 1,
  variable: 1,
  provider: 1,
  locals: 0,
});

/** The maximum length of the shown source of an expression. */
const LONGEST = 60;

/**
 * The innermost expression at an offset of a document, in every instance of its block; undefined if nothing is
 * evaluated there.
 */
export function configurationExpressionAt(
  configuration: ExplainedConfiguration,
  doc: Uri,
  offset: number,
): EvaluatedExpression | undefined {
  const tree = configuration.tree(doc);
  if (!tree) return undefined;
  const around = nodesAround(tree, { start: offset, end: offset });
  const pairs = pairsAround(around);
  const labels = LABELS[pairs[0]?.name ?? ''];
  if (labels === undefined) return undefined;
  const innermost = around.at(-1);
  const last = pairs.at(-1);
  // A key represents its value, unless it is the name of a block.
  if (last && last.key === innermost)
    return pairs.length <= labels + 1 ? undefined : expressionOfNode(configuration, tree, last.value);
  if (pairs.length <= labels || innermost?.kind !== 'scalar') return undefined;
  return expressionOfNode(configuration, tree, innermost, offset);
}

/** The pairs that enclose a place, from the outermost to the innermost. */
function pairsAround(around: readonly Node[]): readonly Pair[] {
  return flatMap(around, (node, index) =>
    node.kind === 'map'
      ? (node.pairs.find((pair) => pair.key === around[index + 1] || pair.value === around[index + 1]) ?? [])
      : [],
  );
}

/** The expression at a node; with an offset, the innermost evaluated expression there. */
function expressionOfNode(
  configuration: ExplainedConfiguration,
  tree: Tree,
  node: Node,
  offset?: number,
): EvaluatedExpression | undefined {
  if (node.kind === 'scalar' && needsEvaluation(node)) return templateExpression(configuration, tree, node, offset);
  const target = resolved(node);
  if (!target) return undefined;
  return {
    what: 'value',
    computed: false,
    at: spanOf(tree, node),
    text: shortened(tree.text.slice(node.start, Math.min(node.end, node.start + 20 * LONGEST))),
    value: valueOfNode(configuration, tree, node),
    parts: () => flatMap(templatesBelow(target), (one) => templateExpression(configuration, tree, one) ?? []),
  };
}

function valueOfNode(configuration: ExplainedConfiguration, tree: Tree, node: Node): Value {
  return attributeValue(tree, node, undefined, (t, scalar, key) => {
    const [scope] = needsEvaluation(scalar) ? configuration.scopesOf(t, scalar) : [];
    return scope
      ? evaluate(parseScalar(scalar).expression, scope, {
          use: spanOf(t, scalar),
          ...(key ? { key } : {}),
          edit: 'none',
        })
      : plainValue(t, scalar, key);
  });
}

function templatesBelow(root: Node): readonly ScalarNode[] {
  const found: ScalarNode[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'map') pushAll(open, node.pairs.map((pair) => pair.value).toReversed());
    else if (node.kind === 'list') pushAll(open, node.items.map((item) => item.value).toReversed());
    else if (node.kind === 'scalar' && needsEvaluation(node)) found.push(node);
  }
  return found;
}

/** The template in a string, or the innermost expression in it at an offset of the document. */
function templateExpression(
  configuration: ExplainedConfiguration,
  tree: Tree,
  node: ScalarNode,
  offset?: number,
): EvaluatedExpression | undefined {
  const scopes = configuration.scopesOf(tree, node);
  if (scopes.length === 0) return undefined;
  const root = parseScalar(node).expression;
  const inner = offset === undefined || !isPlaceable(tree, node) ? undefined : offsetMap(tree, node).toInner(offset);
  const { expression, branches } = inner === undefined ? { expression: root, branches: [] } : innermostAt(root, inner);
  const made = scopes.map((scope): EvaluatedExpression => {
    const template = new TemplateExpressions(configuration, scope, root, spanOf(tree, node));
    const reached = branches.reduce(
      (guard, { condition, holds }) => guard.and(sideOf(truthOf(condition, scope, true), holds)),
      Guard.always,
    );
    return { ...template.of(expression), ...(reached.satisfiable() ? { reached } : {}) };
  });
  return together(made[0]!, made);
}

function sideOf({ yes, no }: Truth, holds: boolean): Guard {
  return holds ? yes : no;
}

/** One expression in several instances, with its value in each. */
function together(first: EvaluatedExpression, all: readonly EvaluatedExpression[]): EvaluatedExpression {
  if (first.what === 'condition' || all.length === 1) return first;
  const values = flatMap(all, (one) => (one.what === 'value' ? [one] : []));
  return {
    ...first,
    value: anyOf(values.map(({ value }) => value)),
    parts: () => {
      const parts = all.map((one) => one.parts());
      return parts[0]!.map((part, index) =>
        together(
          part,
          flatMap(parts, (others) => others[index] ?? []),
        ),
      );
    },
  };
}

function anyOf(values: readonly Value[]): Value {
  const apart = values.filter((value, index) => !values.slice(0, index).some((before) => isSame(value, before)));
  return apart.length === 1
    ? apart[0]!
    : { state: 'choice', origin: values[0]!.origin, branches: apart.map((value) => ({ guard: Guard.always, value })) };
}

/** Whether two values are known to be equal in every scenario. */
function isSame(a: Value, b: Value): boolean {
  const [all, others] = [leaves(a), leaves(b)];
  return (
    all.length === others.length &&
    all.every(({ value: one, guard }, index) => {
      const { value: other, guard: when } = others[index]!;
      if (!guard.coveredBy(when) || !when.coveredBy(guard)) return false;
      switch (one.state) {
        case 'known':
          return other.state === 'known' && one.value === other.value;
        case 'unknown':
          return other.state === 'unknown' && one.input !== undefined && one.input === other.input;
        case 'reference':
          return other.state === 'reference' && one.to === other.to && one.attribute === other.attribute;
        default:
          return false;
      }
    })
  );
}

/** The expressions of one template in one instance. */
class TemplateExpressions {
  readonly #configuration: ExplainedConfiguration;
  readonly #scope: Scope;
  readonly #root: Ast;
  readonly #whole: Span;

  constructor(configuration: ExplainedConfiguration, scope: Scope, root: Ast, whole: Span) {
    this.#configuration = configuration;
    this.#scope = scope;
    this.#root = root;
    this.#whole = whole;
  }

  of(expression: Ast): EvaluatedExpression {
    if (expression.kind === 'parentheses') return this.of(expression.inner);
    const at = expression === this.#root ? this.#whole : this.#scope.span(expression);
    const written = { at, text: this.#text(expression), parts: () => this.#parts(expression) };
    if (isCondition(expression))
      return { what: 'condition', name: undefined, truth: truthOf(expression, this.#scope, true), ...written };
    return {
      what: 'value',
      computed: isComputed(expression),
      ...written,
      value: evaluate(expression, this.#scope, { use: at, edit: 'none' }),
    };
  }

  /** The source with secrets redacted. A string that is the whole template is shown with its quotes. */
  #text(expression: Ast): string {
    const text = shownText(expression, this.#scope).slice(0, 20 * LONGEST);
    return shortened(expression.kind === 'template' && expression.form === 'bare' ? `"${text}"` : text);
  }

  #parts(expression: Ast): readonly EvaluatedExpression[] {
    if (expression.kind === 'conditional') {
      const { condition, then, otherwise } = expression;
      const truth = truthOf(condition, this.#scope, true);
      return [
        ...this.#worthwhile(condition),
        ...this.#worthwhile(then).map((part) => ({ ...part, reached: truth.yes })),
        ...this.#worthwhile(otherwise).map((part) => ({ ...part, reached: truth.no })),
      ];
    }
    if (expression.kind === 'for') return this.#worthwhile(expression.collection);
    return traversalOf(expression)
      ? this.#behind(expression)
      : flatMap(subexpressionsOf(expression), (one) => this.#worthwhile(one));
  }

  /** An expression that is evaluated; for one that only contains others, those. */
  #worthwhile(expression: Ast): readonly EvaluatedExpression[] {
    if (isComputed(expression))
      return expression.kind === 'splat-item' || expression.kind === 'invalid' ? [] : [this.of(expression)];
    return flatMap(subexpressionsOf(expression), (one) => this.#worthwhile(one));
  }

  /** The definition of a name: the value of a local or an output, or the value passed to a module. */
  #behind(chain: Ast): readonly EvaluatedExpression[] {
    const value = evaluate(chain, this.#scope, { edit: 'none' });
    const step = leaves(value)[0]?.value.origin.steps[0];
    const at = step && BEHIND.has(step.what) ? step.at : undefined;
    const tree = at && this.#configuration.tree(at.doc);
    const node = tree && nodesAround(tree, at).findLast(({ start, end }) => start === at.start && end === at.end);
    const behind = node && expressionOfNode(this.#configuration, tree, node);
    // The value is that of the name; its definition is more informative, unless it is another name.
    const isName =
      node?.kind === 'scalar' && needsEvaluation(node) && traversalOf(parseScalar(node).expression) !== undefined;
    return !behind ? [] : isName ? [behind] : behind.parts();
  }
}

const LOGICAL: ReadonlySet<string> = new Set(['||', '&&', '==', '!=', '<', '<=', '>', '>=']);

function isCondition(expression: Ast): boolean {
  return (
    (expression.kind === 'binary' && LOGICAL.has(expression.operator)) ||
    (expression.kind === 'unary' && expression.operator === '!')
  );
}

/** Whether a value differs from the current one. */
function isComputed(expression: Ast): boolean {
  switch (expression.kind) {
    case 'literal':
    case 'tuple':
    case 'object':
      return false;
    case 'template':
      return constantText(expression) === undefined;
    case 'parentheses':
      return isComputed(expression.inner);
    default:
      return true;
  }
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
