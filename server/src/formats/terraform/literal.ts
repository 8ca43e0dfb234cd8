/** Values without references: defaults of variables, and values in variable files. */
import { unknown } from '../../model/navigate.ts';
import type { EditPlace, Origin, Value } from '../../model/value.ts';
import type { Node, ScalarNode, Tree } from '../../syntax/tree.ts';
import { spanOf } from '../located.ts';
import { plainValue } from '../plain.ts';
import { attributeValue } from './body-value.ts';
import { evaluate } from './evaluate.ts';
import type { Scope } from './expression/scope.ts';
import { parseScalar } from './expression/template.ts';
import { spansIn } from './template-spans.ts';

/** The maximum number of expressions that are evaluated for one value. */
const MAX_WORK = 100_000;

/**
 * The value of a node that cannot contain references. In JSON it is a literal; in HCL it can be an expression, such as
 * a heredoc or a number with a sign. https://developer.hashicorp.com/terraform/language/values/variables
 */
export function literalValue(tree: Tree, node: Node, edit: EditPlace): Value {
  if (tree.language !== 'hcl') return plainValue(tree, node, undefined, edit);
  const nesting = { level: 0, left: MAX_WORK };
  return attributeValue(tree, node, undefined, (_, scalar, key) =>
    scalar.style === 'expression' ? constant(tree, scalar, nesting, edit) : plainValue(tree, scalar, key, edit),
  );
}

function constant(tree: Tree, scalar: ScalarNode, nesting: Scope['nesting'], edit: EditPlace): Value {
  // A document in a heredoc has places of its own.
  const place = { tree, node: scalar };
  const scope: Scope = { ...NOTHING, text: scalar.value, span: spansIn(tree, scalar), nesting, place };
  return evaluate(parseScalar(scalar).expression, scope, { use: spanOf(tree, scalar), edit });
}

const NOTHING: Omit<Scope, 'text' | 'span' | 'nesting'> = {
  within: '',
  variable: notKnown,
  local: notKnown,
  bound: () => undefined,
  resolve: () => undefined,
  reference: notKnown,
  domain: () => undefined,
  condition: () => undefined,
  call: () => undefined,
};

function notKnown(_: unknown, origin: Origin): Value {
  return unknown(origin, 'syntax');
}
