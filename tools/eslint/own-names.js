/**
 * An ESLint rule: a plain object is not asked for a name that is only known at run time, because it answers `constructor` or `__proto__` with what it inherits.
 * The name is looked up in a `Map`, in a `Table`, or by `ownEntry` of `server/src/base/table.ts`. It needs the types of the program.
 */
import ts from 'typescript';

const { StringLike, StringLiteral, Any, Unknown } = ts.TypeFlags;

export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      lookup:
        'A plain object also has what it inherits: look up {{key}} in a Map, in a Table, or by ownEntry or putEntry (server/src/base/table.ts).',
    },
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    const checker = services.program.getTypeChecker();

    /** Whether an expression can be any string. Type assertions do not count. */
    const isOpen = (node) => {
      if (node.type === 'TSAsExpression' || node.type === 'TSNonNullExpression') return isOpen(node.expression);
      const type = services.getTypeAtLocation(node);
      return (type.isUnion() ? type.types : [type]).some(
        ({ flags }) => (flags & (Any | Unknown)) !== 0 || ((flags & StringLike) !== 0 && (flags & StringLiteral) === 0),
      );
    };
    const isTable = (node) =>
      checker
        .getNonNullableType(services.getTypeAtLocation(node))
        .getProperties()
        .some(({ name }) => name.startsWith('__@NO_PROTOTYPE'));
    const see = (node, holder, key) => {
      if (isOpen(key) && !isTable(holder))
        context.report({ node, messageId: 'lookup', data: { key: context.sourceCode.getText(key) } });
    };
    return {
      MemberExpression: (node) => {
        if (node.computed) see(node, node.object, node.property);
      },
      BinaryExpression: (node) => {
        if (node.operator === 'in' && node.left.type !== 'PrivateIdentifier') see(node, node.right, node.left);
      },
    };
  },
};
