/** The innermost expression at an offset of a template. */
import type { Range } from '../../../base/span.ts';
import { constantText, type Expression, type TemplatePart } from './ast.ts';
import { traversalOf } from './references.ts';

/** A branch of a conditional, which applies when the condition is true, or when it is false. */
export interface BranchOf {
  readonly condition: Expression;
  readonly holds: boolean;
}

export interface Innermost {
  readonly expression: Expression;
  /** The enclosing branches, from the outermost to the innermost. */
  readonly branches: readonly BranchOf[];
}

/**
 * The innermost expression with a value of its own at an offset. A constant argument is less informative than its
 * function or operator, and an expression within a loop has several values. All parts of a name belong together.
 */
export function innermostAt(root: Expression, offset: number): Innermost {
  const branches: BranchOf[] = [];
  let expression = root;
  for (let next = inside(expression, offset, branches); next; next = inside(expression, offset, branches))
    expression = next;
  return { expression, branches };
}

function inside(expression: Expression, offset: number, branches: BranchOf[]): Expression | undefined {
  const holds = (range: Range): boolean => range.start <= offset && offset <= range.end;
  const among = (all: readonly Expression[]): Expression | undefined =>
    all.find((one) => holds(one) && !isConstant(one));
  const own = (...all: readonly Expression[]): Expression | undefined => among(all);
  switch (expression.kind) {
    case 'template':
      return insideParts(expression.parts, offset);
    case 'parentheses':
      return expression.inner;
    case 'call':
      return among(expression.args);
    case 'unary':
      return own(expression.operand);
    case 'binary':
      return own(expression.left, expression.right);
    case 'tuple':
      return expression.items.find(holds);
    case 'object':
      return among(expression.items.map(({ key }) => key)) ?? expression.items.map(({ value }) => value).find(holds);
    case 'for':
      return own(expression.collection);
    case 'conditional': {
      const { condition, then, otherwise } = expression;
      const branch = [then, otherwise].find(holds);
      if (branch) branches.push({ condition, holds: branch === then });
      return branch ?? own(condition);
    }
    case 'attribute':
    case 'index':
    case 'splat':
      return insideChain(expression, own);
    default:
      return undefined;
  }
}

/** The root of a traversal that is not a name, and its evaluated keys. */
function insideChain(
  chain: Expression,
  own: (...all: readonly Expression[]) => Expression | undefined,
): Expression | undefined {
  switch (chain.kind) {
    case 'attribute':
    case 'splat':
      return insideChain(chain.of, own);
    case 'index':
      return own(chain.key) ?? insideChain(chain.of, own);
    default:
      return traversalOf(chain) ? undefined : own(chain);
  }
}

function insideParts(parts: readonly TemplatePart[], offset: number): Expression | undefined {
  const part = parts.find(({ start, end, kind }) => kind !== 'text' && start <= offset && offset <= end);
  switch (part?.kind) {
    case 'interpolation':
      return part.expression;
    case 'if': {
      const { condition } = part;
      if (condition.start <= offset && offset <= condition.end) return condition;
      return insideParts([...part.then, ...(part.otherwise ?? [])], offset);
    }
    case 'for':
      return part.collection.start <= offset && offset <= part.collection.end ? part.collection : undefined;
    default:
      return undefined;
  }
}

function isConstant(expression: Expression): boolean {
  return expression.kind === 'literal' || (expression.kind === 'template' && constantText(expression) !== undefined);
}
