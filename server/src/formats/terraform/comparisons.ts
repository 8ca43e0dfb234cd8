/** The values that a configuration compares its variables with. */
import { flatMap } from '../../base/flat-map.ts';
import { pushAll } from '../../base/push-all.ts';
import { endsStep } from '../../base/steps.ts';
import { resolved, type Node, type ScalarNode } from '../../syntax/tree.ts';
import { labelsOf, under } from './bodies.ts';
import { constantText, type Expression } from './expression/ast.ts';
import { needsEvaluation, parseScalar } from './expression/template.ts';
import { expressionsIn } from './expression/references.ts';

/** The locals of a directory, as written. */
type Locals = ReadonlyMap<string, Node>;

/** The maximum length of a chain of locals. */
const MAX_HOPS = 10;

/** Finds for each variable, in steps, the strings that expressions compare it with or look it up with. */
export function* comparingTexts(
  roots: readonly (Node | undefined)[],
): Generator<void, ReadonlyMap<string, readonly string[]>, undefined> {
  const locals: Locals = new Map(
    flatMap(roots, (root) => flatMap(under(root, 'locals'), labelsOf).map((pair) => [pair.name, pair.value] as const)),
  );
  const found = new Map<string, string[]>();
  const add = (scalar: ScalarNode): void => {
    for (const expression of expressionsIn(parseScalar(scalar).expression)) {
      for (const [subject, texts] of comparisonsIn(expression, locals)) {
        const name = texts.length > 0 ? variableBehind(subject, locals) : undefined;
        const before = name === undefined ? undefined : found.get(name);
        if (before) pushAll(before, texts);
        else if (name !== undefined) found.set(name, [...texts]);
      }
    }
  };
  for (const root of roots)
    for (const scalar of templatesBelow(root)) {
      if (scalar) add(scalar);
      else yield;
    }
  return found;
}

/** The comparisons of an expression: each operand with the strings that it is compared with. */
function comparisonsIn(
  expression: Expression,
  locals: Locals,
): readonly (readonly [subject: Expression, texts: readonly string[]])[] {
  switch (expression.kind) {
    case 'binary': {
      const { operator, left, right } = expression;
      return operator === '==' || operator === '!='
        ? [
            [left, textsOf(right)],
            [right, textsOf(left)],
          ]
        : [];
    }
    case 'index':
      return [[expression.key, keysOf(expression.of, locals)]];
    case 'call': {
      const [holder, subject] = expression.args;
      if (!holder || !subject) return [];
      if (expression.name === 'lookup') return [[subject, keysOf(holder, locals)]];
      return expression.name === 'contains' ? [[subject, itemsOf(holder, locals)]] : [];
    }
    default:
      return [];
  }
}

function textsOf(expression: Expression): readonly string[] {
  const text = constantText(expression);
  return text === undefined ? [] : [text];
}

/** The keys of a literal object, in an expression or a local. */
function keysOf(expression: Expression, locals: Locals): readonly string[] {
  const written = writtenAs(expression, locals);
  if (written?.node?.kind === 'map')
    return written.node.pairs.map(({ name }) => name).filter((name) => !name.includes('{'));
  return written?.expression?.kind === 'object' ? flatMap(written.expression.items, ({ key }) => textsOf(key)) : [];
}

/** The strings in a literal list or set. */
function itemsOf(expression: Expression, locals: Locals): readonly string[] {
  const written = writtenAs(expression, locals);
  if (written?.node?.kind === 'list')
    return flatMap(written.node.items, ({ value }) =>
      value.kind === 'scalar' && value.style === 'double' && !value.value.includes('{') ? [value.value] : [],
    );
  return written?.expression?.kind === 'tuple' ? flatMap(written.expression.items, textsOf) : [];
}

interface Written {
  readonly expression?: Expression;
  readonly node?: Node;
}

/** The underlying expression, through parentheses, conversions and locals. */
function writtenAs(expression: Expression, locals: Locals): Written | undefined {
  let one = expression;
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    if (one.kind === 'parentheses') one = one.inner;
    else if (one.kind === 'call' && /^to(?:set|list|map)$/.test(one.name) && one.args[0])
      [one] = one.args as readonly [Expression];
    else {
      const local = nameIn(one, 'local');
      if (local === undefined) return { expression: one };
      const node = resolved(locals.get(local));
      if (node?.kind !== 'scalar') return node && { node };
      if (!needsEvaluation(node)) return undefined;
      one = parseScalar(node).expression;
    }
  }
  return undefined;
}

/** The variable that an expression is a reference to; undefined for any other expression. */
function variableBehind(expression: Expression, locals: Locals): string | undefined {
  const own = nameIn(expression, 'var');
  if (own !== undefined) return own;
  const written = writtenAs(expression, locals)?.expression;
  return written && nameIn(written, 'var');
}

function nameIn(expression: Expression, root: 'var' | 'local'): string | undefined {
  return expression.kind === 'attribute' && expression.of.kind === 'variable' && expression.of.name === root
    ? expression.name
    : undefined;
}

/** The strings that can contain a comparison with a variable, found by a quick search. */
const COMPARES = /[=!]=|\[\s*(?:var|local)\.|\b(?:lookup|contains)\s*\(/;

/** The number of nodes of a step. */
const NODES_OF_STEP = 2048;

/** The templates that can contain a comparison, in document order; undefined where a step ends. */
function* templatesBelow(root: Node | undefined): Iterable<ScalarNode | undefined> {
  const open: Node[] = root ? [root] : [];
  let count = 0;
  for (let node = resolved(open.pop()); node; node = resolved(open.pop())) {
    if (endsStep(count++, NODES_OF_STEP)) yield undefined;
    if (node.kind === 'map') for (let i = node.pairs.length - 1; i >= 0; i--) open.push(node.pairs[i]!.value);
    else if (node.kind === 'list') for (let i = node.items.length - 1; i >= 0; i--) open.push(node.items[i]!.value);
    else if (
      node.kind === 'scalar' &&
      needsEvaluation(node) &&
      (node.value.includes('var.') || node.value.includes('local.')) &&
      COMPARES.test(node.value)
    )
      yield node;
  }
}
