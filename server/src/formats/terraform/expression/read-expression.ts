/** Parses expressions, by the grammar of HCL's native syntax. Every function starts at the construct's first token. */
import { flatMap } from '../../../base/flat-map.ts';
import type { Range } from '../../../base/span.ts';
import { table, type Table } from '../../../base/table.ts';
import type { BinaryOperator, Expression, Invalid, Literal, ObjectItem } from './ast.ts';
import type { ExpressionCursor } from './cursor.ts';
import { scanDigits, type Token, type TokenKind } from './lexer.ts';
import { readForHead, takeWord } from './read-for-head.ts';
import { readHeredoc, readQuoted } from './read-template.ts';

/** The precedence of operators. All of them are left-associative. */
const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};

const WORDS: Table<boolean | null> = table({ true: true, false: false, null: null });

/** Reads one expression. After an error, the cursor is broken. */
export function readExpression(cursor: ExpressionCursor): Expression {
  return cursor.nested(() => readConditional(cursor));
}

function readConditional(cursor: ExpressionCursor): Expression {
  const condition = readBinary(cursor, 1);
  if (cursor.isBroken() || !cursor.take('?')) return condition;
  const then = readExpression(cursor);
  cursor.expect(':', ':');
  if (cursor.isBroken()) return cursor.invalid(condition.start);
  const otherwise = readExpression(cursor);
  if (cursor.isBroken()) return cursor.invalid(condition.start);
  return cursor.make(
    { kind: 'conditional', start: condition.start, end: otherwise.end, condition, then, otherwise },
    condition,
    then,
    otherwise,
  );
}

function readBinary(cursor: ExpressionCursor, lowest: number): Expression {
  let left = readUnary(cursor);
  while (!cursor.isBroken()) {
    const { kind } = cursor.peek();
    if (!isOperator(kind) || PRECEDENCE[kind] < lowest) break;
    cursor.next();
    const right = readBinary(cursor, PRECEDENCE[kind] + 1);
    if (cursor.isBroken()) return cursor.invalid(left.start);
    left = cursor.make({ kind: 'binary', start: left.start, end: right.end, operator: kind, left, right }, left, right);
  }
  return left;
}

function isOperator(kind: TokenKind): kind is BinaryOperator {
  return Object.hasOwn(PRECEDENCE, kind);
}

function readUnary(cursor: ExpressionCursor): Expression {
  const sign = cursor.take('-', '!');
  if (!sign) return readTraversal(cursor, readTerm(cursor), false);
  const operand = cursor.nested(() => readUnary(cursor));
  if (cursor.isBroken()) return cursor.invalid(sign.start);
  return cursor.make(
    { kind: 'unary', start: sign.start, end: operand.end, operator: sign.kind as '-' | '!', operand },
    operand,
  );
}

/**
 * Reads the operators after a term: attributes, indexes and splats. After `.*`, only attributes and `.0` apply to each
 * item.
 */
function readTraversal(cursor: ExpressionCursor, base: Expression, attributesOnly: boolean): Expression {
  let node = base;
  while (!cursor.isBroken()) {
    const { kind } = cursor.peek();
    if (kind === '.') node = readDot(cursor, node, attributesOnly);
    else if (kind === '[' && !attributesOnly) node = readIndex(cursor, node);
    else break;
  }
  return node;
}

function readDot(cursor: ExpressionCursor, of: Expression, attributesOnly: boolean): Expression {
  const dot = cursor.next();
  const token = cursor.peek();
  const digits = scanDigits(cursor.text, token.start);
  if (digits) {
    cursor.position = digits.end;
    return cursor.make(
      { kind: 'index', start: of.start, end: digits.end, of, key: integer(cursor, digits), legacy: true },
      of,
    );
  }
  if (token.kind === '*' && !attributesOnly) return readSplat(cursor, of, cursor.next(), false);
  if (!cursor.expect('an attribute name', 'name')) return cursor.invalid(dot.start);
  return cursor.make(
    { kind: 'attribute', start: of.start, end: token.end, of, name: cursor.slice(token), nameAt: range(token) },
    of,
  );
}

function integer(cursor: ExpressionCursor, at: Range): Literal {
  const raw = cursor.slice(at);
  return { kind: 'literal', ...range(at), value: Number(raw), raw };
}

function readIndex(cursor: ExpressionCursor, of: Expression): Expression {
  const inside = cursor.inside(cursor.next(), false, () => (cursor.take('*') ? undefined : readExpression(cursor)));
  if (!inside) return cursor.invalid(of.start);
  const { value: key, closer } = inside;
  if (!key) return readSplat(cursor, of, closer, true);
  return cursor.make({ kind: 'index', start: of.start, end: closer.end, of, key, legacy: false }, of, key);
}

function readSplat(cursor: ExpressionCursor, of: Expression, last: Token, full: boolean): Expression {
  const each = cursor.nested(() =>
    readTraversal(cursor, { kind: 'splat-item', start: last.end, end: last.end }, !full),
  );
  if (cursor.isBroken()) return cursor.invalid(of.start);
  return cursor.make({ kind: 'splat', start: of.start, end: each.end, of, each, full }, of, each);
}

function readTerm(cursor: ExpressionCursor): Expression {
  const token = cursor.peek();
  switch (token.kind) {
    case 'number': {
      const raw = cursor.slice(cursor.next());
      return { kind: 'literal', ...range(token), value: Number(raw), raw };
    }
    case 'name':
      return readName(cursor);
    case '"':
      return readQuoted(cursor);
    case 'heredoc':
      return readHeredoc(cursor);
    case '(':
      return readParentheses(cursor);
    case '[':
      return readTuple(cursor);
    case '{':
      return readObject(cursor);
    default:
      cursor.fail(token, 'an expression');
      return cursor.invalid(token.start);
  }
}

function readName(cursor: ExpressionCursor): Expression {
  const first = cursor.next();
  let nameAt: Range = range(first);
  while (cursor.take('::')) {
    const next = cursor.expect('a name', 'name');
    if (!next) return cursor.invalid(first.start);
    nameAt = { start: first.start, end: next.end };
  }
  const name = cursor.slice(nameAt);
  if (cursor.peek().kind === '(') return readCall(cursor, name.replace(/\s/g, ''), nameAt);
  if (nameAt.end !== first.end) {
    cursor.fail(cursor.peek(), '(');
    return cursor.invalid(first.start);
  }
  if (Object.hasOwn(WORDS, name)) return { kind: 'literal', ...nameAt, value: WORDS[name]!, raw: name };
  return { kind: 'variable', ...nameAt, name };
}

function readCall(cursor: ExpressionCursor, name: string, nameAt: Range): Expression {
  const args: Expression[] = [];
  let spread = false;
  const closer = readSeries(cursor, cursor.next(), false, () => {
    args.push(readExpression(cursor));
    if (cursor.isBroken() || !cursor.take('...')) return;
    spread = true;
    if (cursor.peek().kind !== ')') cursor.fail(cursor.peek(), ')');
  });
  if (!closer) return cursor.invalid(nameAt.start);
  return cursor.makeOf({ kind: 'call', start: nameAt.start, end: closer.end, name, nameAt, args, spread }, args);
}

function readParentheses(cursor: ExpressionCursor): Expression {
  const open = cursor.next();
  const inside = cursor.inside(open, false, () => readExpression(cursor));
  if (!inside) return cursor.invalid(open.start);
  return cursor.make(
    { kind: 'parentheses', start: open.start, end: inside.closer.end, inner: inside.value },
    inside.value,
  );
}

function readTuple(cursor: ExpressionCursor): Expression {
  const open = cursor.next();
  if (isFor(cursor)) return readFor(cursor, open);
  const items: Expression[] = [];
  const closer = readSeries(cursor, open, false, () => items.push(readExpression(cursor)));
  if (!closer) return cursor.invalid(open.start);
  return cursor.makeOf({ kind: 'tuple', start: open.start, end: closer.end, items }, items);
}

function readObject(cursor: ExpressionCursor): Expression {
  const open = cursor.next();
  if (isFor(cursor)) return readFor(cursor, open);
  const items: ObjectItem[] = [];
  const closer = readSeries(cursor, open, true, () => items.push(readItem(cursor)));
  if (!closer) return cursor.invalid(open.start);
  return cursor.makeOf(
    { kind: 'object', start: open.start, end: closer.end, items },
    flatMap(items, (item) => [item.key, item.value]),
  );
}

function readItem(cursor: ExpressionCursor): ObjectItem {
  const key = readKey(cursor);
  if (!cursor.isBroken()) cursor.expect('= or :', '=', ':');
  const value = cursor.isBroken() ? cursor.invalid(cursor.position) : readExpression(cursor);
  return { start: key.start, end: Math.max(key.end, value.end), key, value };
}

/** A bare name as a key is a string. To use the value of a variable as a key, authors write it in parentheses. */
function readKey(cursor: ExpressionCursor): Expression {
  const token = cursor.peek();
  const key = readExpression(cursor);
  const bare = key.kind === 'variable' || (key.kind === 'literal' && token.kind === 'name');
  if (!bare || key.start !== token.start || key.end !== token.end || token.kind !== 'name') return key;
  return {
    kind: 'template',
    form: 'name',
    ...range(token),
    parts: [{ kind: 'text', ...range(token), value: cursor.slice(token), escapes: [] }],
  };
}

/**
 * Reads items up to the closing token of a bracket that has just been opened. An error affects its own item only:
 * reading continues after the next comma, or after the line break if line breaks separate items. Returns the closing
 * token.
 */
function readSeries(cursor: ExpressionCursor, open: Token, lines: boolean, readOne: () => void): Token | undefined {
  const closer = open.kind === '(' ? ')' : open.kind === '[' ? ']' : '}';
  const separators: readonly TokenKind[] = lines ? [',', 'newline'] : [','];
  return cursor.inside(open, lines, () => {
    for (;;) {
      while (cursor.take('newline'));
      if (cursor.peek().kind === closer) return;
      readOne();
      if (!cursor.isBroken() && cursor.peek().kind !== closer && !cursor.take(...separators))
        cursor.fail(cursor.peek(), `a comma${lines ? ', a new line' : ''} or ${closer}`);
      if (!cursor.isBroken()) continue;
      cursor.skip([...separators, closer]);
      if (!cursor.take(...separators) && cursor.peek().kind !== closer) return;
      cursor.broken = false;
    }
  })?.closer;
}

/**
 * Whether a bracket that has just been opened contains a `for` expression, in which line breaks have no meaning, unlike
 * in an object.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#for-expressions
 */
function isFor(cursor: ExpressionCursor): boolean {
  const token = cursor.peekPastLines();
  return token.kind === 'name' && cursor.slice(token) === 'for';
}

function readFor(cursor: ExpressionCursor, open: Token): Expression {
  const inside = cursor.inside(open, false, () => {
    cursor.next();
    return readForBody(cursor, open.kind === '{');
  });
  if (!inside || inside.value.kind === 'invalid')
    return inside ? { ...inside.value, start: open.start, end: inside.closer.end } : cursor.invalid(open.start);
  const { value: body, closer } = inside;
  const parts = [body.collection, body.key, body.value, body.condition].filter((part) => part !== undefined);
  return cursor.make({ ...body, start: open.start, end: closer.end }, ...parts);
}

/** Reads the rest of a `for` expression after its `for`. */
function readForBody(cursor: ExpressionCursor, isObject: boolean): (Expression & { kind: 'for' }) | Invalid {
  const start = cursor.position;
  const { keyName, valueName, collection } = readForHead(cursor);
  cursor.expect(':', ':');
  let key: Expression | undefined;
  if (!cursor.isBroken() && isObject) {
    key = readExpression(cursor);
    cursor.expect('=>', '=>');
  }
  if (cursor.isBroken() || !collection) return cursor.invalid(start);
  const value = readExpression(cursor);
  const group = !cursor.isBroken() && isObject && cursor.take('...') !== undefined;
  const condition = !cursor.isBroken() && takeWord(cursor, 'if') ? readExpression(cursor) : undefined;
  if (cursor.isBroken()) return cursor.invalid(start);
  return { kind: 'for', start, end: cursor.position, keyName, valueName, collection, key, value, condition, group };
}

function range({ start, end }: Range): Range {
  return { start, end };
}
