/** Parses the head that `for` expressions and `for` directives have in common. */
import type { Expression } from './ast.ts';
import type { ExpressionCursor } from './cursor.ts';

/** The common head of `for` expressions and directives: `k, v in collection`. */
export function readForHead(cursor: ExpressionCursor): {
  keyName: string | undefined;
  valueName: string;
  collection: Expression | undefined;
} {
  const first = cursor.expect('a name', 'name');
  const second = !cursor.isBroken() && cursor.take(',') ? cursor.expect('a name', 'name') : undefined;
  if (!cursor.isBroken() && !takeWord(cursor, 'in')) cursor.fail(cursor.peek(), 'the keyword in');
  const names = [first, second].filter((token) => token !== undefined).map((token) => cursor.slice(token));
  return {
    keyName: names.length > 1 ? names[0] : undefined,
    valueName: names.at(-1) ?? '',
    collection: cursor.isBroken() ? undefined : cursor.readExpression(),
  };
}

/** Reads a word that is special only where it stands. */
export function takeWord(cursor: ExpressionCursor, word: string): boolean {
  const token = cursor.peek();
  if (token.kind !== 'name' || cursor.slice(token) !== word) return false;
  cursor.next();
  return true;
}
