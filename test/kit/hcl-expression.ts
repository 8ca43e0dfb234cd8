/** The layout of Terraform expressions. */
import type { Expression, For, ObjectItem } from '../../server/src/formats/terraform/expression/ast.ts';
import type { Layout } from './hcl-layout.ts';

const row = (...parts: readonly Layout[]): Layout => ({ kind: 'row', parts });

/** An expression whose lists and objects can be broken into lines; `source` is the text that it was parsed from. */
export function expressionLayout(expression: Expression, source: string): Layout {
  const layout = (one: Expression): Layout => expressionLayout(one, source);
  switch (expression.kind) {
    case 'tuple':
      return { kind: 'list', items: expression.items.map(layout) };
    case 'object':
      return { kind: 'object', entries: expression.items.map((item) => entry(item, source)) };
    case 'call':
      return row(
        `${expression.name}(`,
        ...expression.args.flatMap((arg, index) => (index === 0 ? [layout(arg)] : [', ', layout(arg)])),
        expression.spread ? '...)' : ')',
      );
    case 'conditional':
      return row(layout(expression.condition), ' ? ', layout(expression.then), ' : ', layout(expression.otherwise));
    case 'binary':
      return row(layout(expression.left), ` ${expression.operator} `, layout(expression.right));
    case 'unary':
      return row(expression.operator, layout(expression.operand));
    case 'parentheses':
      return row('(', layout(expression.inner), ')');
    case 'for':
      return forLayout(expression, source);
    default:
      return source.slice(expression.start, expression.end);
  }
}

function entry({ key, value }: ObjectItem, source: string): { readonly key: string; readonly value: Layout } {
  return { key: source.slice(key.start, key.end), value: expressionLayout(value, source) };
}

function forLayout(loop: For, source: string): Layout {
  const layout = (one: Expression): Layout => expressionLayout(one, source);
  const names = loop.keyName === undefined ? loop.valueName : `${loop.keyName}, ${loop.valueName}`;
  return row(
    `${loop.key ? '{ ' : '['}for ${names} in `,
    layout(loop.collection),
    ' : ',
    ...(loop.key ? [layout(loop.key), ' => '] : []),
    layout(loop.value),
    loop.group ? '...' : '',
    ...(loop.condition ? [' if ', layout(loop.condition)] : []),
    loop.key ? ' }' : ']',
  );
}
