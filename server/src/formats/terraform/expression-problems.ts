/** The syntax problems of the expressions in a configuration file. */
import type { Problem } from '../../model/finding.ts';
import { table, type Table } from '../../base/table.ts';
import type { Range } from '../../base/span.ts';
import { endsStep } from '../../base/steps.ts';
import type { Node, ScalarNode, Tree } from '../../syntax/tree.ts';
import { labelsOf } from './bodies.ts';
import { parseExpression } from './expression/parser.ts';
import { needsEvaluation, parseScalar } from './expression/template.ts';
import { spansIn } from './template-spans.ts';

/**
 * The top-level blocks of Terraform JSON that contain templates, and their arguments that are literals.
 * https://developer.hashicorp.com/terraform/language/syntax/json#block-type-specific-exceptions
 */
const LITERALS: Table<ReadonlySet<string>> = table({
  resource: new Set(),
  data: new Set(),
  ephemeral: new Set(),
  locals: new Set(),
  check: new Set(),
  output: new Set(['description']),
  module: new Set(['source', 'version']),
  provider: new Set(['alias', 'version']),
  variable: new Set(['default', 'description', 'type']),
});

/** The number of expressions of a step: most are parsed already. */
const EXPRESSIONS_OF_STEP = 128;

/**
 * Finds the syntax problems of all expressions of a file in steps, evaluated or not. Expressions are parsed only;
 * references are not resolved.
 */
export function* findingExpressionProblems(tree: Tree): Generator<void, readonly Problem[], undefined> {
  const found: Problem[] = [];
  let count = 0;
  for (const scalar of expressionsOf(tree)) {
    if (endsStep(count++, EXPRESSIONS_OF_STEP)) yield;
    const problems = needsEvaluation(scalar)
      ? templateProblems(tree, scalar)
      : tree.language === 'hcl' && scalar.style === 'double'
        ? literalProblems(tree, scalar)
        : NONE;
    for (const one of problems) found.push(one);
  }
  return found;
}

const NONE: readonly Problem[] = [];

function* expressionsOf({ language, roots }: Tree): Iterable<ScalarNode> {
  if (language === 'hcl') for (const root of roots) yield* scalarsBelow(root);
  else yield* jsonScalars(roots[0]);
}

/** The syntax problems of a template. */
function templateProblems(tree: Tree, node: ScalarNode): readonly Problem[] {
  const { problems } = parseScalar(node);
  if (problems.length === 0 || isReported(tree, node)) return [];
  const span = spansIn(tree, node);
  return problems.map(({ message, ...range }) => problem(tree, span(range), message));
}

/** The invalid escapes of a quoted string without template sequences. */
function literalProblems(tree: Tree, node: ScalarNode): readonly Problem[] {
  const written = tree.text.slice(node.start, node.end);
  if (!written.includes('\\') || isReported(tree, node)) return [];
  return parseExpression(written).problems.map(({ start, end, message }) =>
    problem(tree, { start: node.start + start, end: node.start + end }, message),
  );
}

function problem({ doc }: Tree, { start, end }: Range, message: string): Problem {
  return { at: { doc, start, end }, message, kind: 'syntax', within: 'text' };
}

/** Whether the parser of the document reported a problem in an expression already, or that it is missing. */
function isReported(tree: Tree, node: ScalarNode): boolean {
  return (
    tree.language === 'hcl' &&
    (node.value === '' || tree.problems.some(({ start, end }) => start <= node.end && node.start <= end))
  );
}

/** The strings of Terraform JSON that can be templates. */
function* jsonScalars(root: Node | undefined): Iterable<ScalarNode> {
  for (const { name, value } of labelsOf(root)) {
    const literals = LITERALS[name];
    if (literals) yield* scalarsBelow(value, (argument) => argument !== '//' && !literals.has(argument));
  }
}

/** The scalars below a node in document order, in the arguments that are read. */
function* scalarsBelow(root: Node, reads: (argument: string) => boolean = () => true): Iterable<ScalarNode> {
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'scalar') yield node;
    else if (node.kind === 'list') for (const { value } of node.items.toReversed()) open.push(value);
    else if (node.kind === 'map')
      for (const { name, value } of node.pairs.toReversed()) if (reads(name)) open.push(value);
  }
}
