/** Parses template strings: quoted ones, heredocs, and unquoted templates. */
import { table, type Table } from '../../../base/table.ts';
import type { Expression, Interpolation, Invalid, TemplatePart, TemplateExpression } from './ast.ts';
import type { ExpressionCursor } from './cursor.ts';
import { readForHead } from './read-for-head.ts';
import { TemplateLine, removeIndentation } from './template-line.ts';
import { buildParts, type TemplateDirective, type TemplatePiece } from './template-structure.ts';

/** Where a template ends: at the end of the text, at a quote, or at a line with the heredoc's marker. */
export type TemplateForm =
  | { readonly form: 'bare' }
  | { readonly form: 'quoted' }
  | { readonly form: 'heredoc'; readonly marker: string; readonly flush: boolean };

const ESCAPES: Table<string> = table({ n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' });

/** A string that consists of one interpolation is the inner expression, and has its type. */
export function unwrapped(cursor: ExpressionCursor, template: TemplateExpression): Expression {
  const [only] = template.parts;
  if (template.parts.length === 1 && only?.kind === 'interpolation') return only.expression;
  return cursor.makeOf(template, template.parts);
}

/**
 * Reads a quoted string, starting at its first quote. A line break ends it, so that a missing quote affects one line
 * only.
 */
export function readQuoted(cursor: ExpressionCursor): Expression {
  const quote = cursor.next();
  const parts = readParts(cursor, { form: 'quoted' });
  if (cursor.text[cursor.position] !== '"') {
    cursor.report(quote, 'Unterminated string.');
    return cursor.invalid(quote.start);
  }
  cursor.position++;
  return unwrapped(cursor, { kind: 'template', form: 'quoted', start: quote.start, end: cursor.position, parts });
}

/** Reads a heredoc from its `<<` to its closing marker. */
export function readHeredoc(cursor: ExpressionCursor): Expression {
  const head = cursor.next();
  const [, dash, marker] = /^<<(-?)(.*?)\r?\n$/.exec(cursor.slice(head))!;
  const parts = readParts(cursor, { form: 'heredoc', marker: marker!, flush: dash === '-' });
  const last = lineAt(cursor.text, cursor.position);
  if (last.trim() !== marker) {
    cursor.report(
      { start: head.start, end: head.start + 2 + dash!.length + marker!.length },
      `Unterminated heredoc: missing line with ${marker}.`,
    );
    return cursor.invalid(head.start);
  }
  cursor.position += last.trimEnd().length;
  return cursor.makeOf({ kind: 'template', form: 'heredoc', start: head.start, end: cursor.position, parts }, parts);
}

/** Reads the parts of a template up to its end, which is not consumed. */
export function readParts(cursor: ExpressionCursor, form: TemplateForm): readonly TemplatePart[] {
  const pieces = readPieces(cursor, form);
  if (form.form === 'heredoc' && form.flush) removeIndentation(pieces);
  return buildParts(cursor, pieces);
}

/** Text is read line by line, because strip markers and indentation apply to lines. */
function readPieces(cursor: ExpressionCursor, form: TemplateForm): readonly TemplatePiece[] {
  const { text } = cursor;
  const ordinary = form.form === 'quoted' ? /[^$%"\\\r\n]+/y : /[^$%\n]+/y;
  const pieces: TemplatePiece[] = [];
  let line: TemplateLine | undefined;
  let stripNext = false;
  const endLine = (): void => {
    if (!line) return;
    if (stripNext) line.trimStart();
    pieces.push(line);
    stripNext = false;
    line = undefined;
  };
  while (!cursor.isBroken() && !atEnd(cursor, form, !line && isLineStart(text, cursor.position))) {
    const at = cursor.position;
    const character = text[at]!;
    const isMark = character === '$' || character === '%';
    if (isMark && text[at + 1] === '{') {
      if (text[at + 2] === '~') line?.trimEnd();
      endLine();
      const sequence = readSequence(cursor);
      stripNext = sequence.strip.after;
      pieces.push(sequence);
      continue;
    }
    line ??= new TemplateLine(at);
    ordinary.lastIndex = at;
    if (ordinary.test(text)) {
      line.append(text.slice(at, (cursor.position = ordinary.lastIndex)));
    } else if (isMark && text.startsWith(`${character}{`, at + 1)) {
      line.appendEscape(`${character}{`, (cursor.position = at + 3));
    } else if (character === '\\' && form.form === 'quoted') {
      line.appendEscape(readEscape(cursor), cursor.position);
    } else {
      line.append(text[cursor.position++]!);
      if (character === '\n') endLine();
    }
  }
  endLine();
  return pieces;
}

function atEnd(cursor: ExpressionCursor, form: TemplateForm, isLineStart: boolean): boolean {
  const { text, position } = cursor;
  if (position >= text.length) return true;
  if (form.form === 'quoted') return text[position] === '"' || text[position] === '\n' || text[position] === '\r';
  return form.form === 'heredoc' && isLineStart && lineAt(text, position).trim() === form.marker;
}

function isLineStart(text: string, position: number): boolean {
  return text[position - 1] === '\n';
}

function lineAt(text: string, position: number): string {
  const end = text.indexOf('\n', position);
  return text.slice(position, end < 0 ? text.length : end);
}

/**
 * Reads an escape sequence of a quoted string. An unknown one is kept as text, and is a problem that does not stop the
 * parse.
 */
function readEscape(cursor: ExpressionCursor): string {
  const start = cursor.position;
  const hex = /\\u([\da-fA-F]{4})|\\U([\da-fA-F]{8})/y;
  hex.lastIndex = start;
  const found = hex.exec(cursor.text);
  const code = found ? Number.parseInt(found[1] ?? found[2]!, 16) : undefined;
  if (found && code! <= 0x10ffff) {
    cursor.position = hex.lastIndex;
    return String.fromCodePoint(code!);
  }
  const letter = cursor.text[start + 1] ?? '';
  cursor.position = letter === '\n' || letter === '\r' ? start + 1 : start + 1 + letter.length;
  const intended = ESCAPES[letter];
  if (intended !== undefined) return intended;
  cursor.report({ start, end: cursor.position }, 'Invalid escape sequence.');
  cursor.broken = false;
  return cursor.text.slice(start, cursor.position);
}

/** Reads `${…}` or `%{…}`. A syntax error affects only the sequence, up to its end or the next `${`. */
function readSequence(cursor: ExpressionCursor): Interpolation | TemplateDirective {
  const start = cursor.position;
  const variable = policyVariable(cursor);
  if (variable) return variable;
  const isDirective = cursor.text[start] === '%';
  const before = cursor.text[start + 2] === '~';
  cursor.position += before ? 3 : 2;
  const inside = cursor.inside({ start, end: cursor.position }, false, () =>
    isDirective ? readDirective(cursor) : cursor.readExpression(),
  );
  const strip = { before, after: inside?.closer.kind === '~}' };
  const end = inside ? inside.closer.end : cursor.position;
  const value = inside ? inside.value : cursor.invalid(start);
  if (!inside && cursor.startsPlaceholder(cursor.position)) cursor.broken = false;
  if (value.kind === 'directive') return { ...value, start, end, strip };
  return { kind: 'interpolation', start, end, expression: value, strip };
}

/** A policy variable, `${aws:username}`. Terraform parses it as an expression and rejects the colon. */
function policyVariable(cursor: ExpressionCursor): Interpolation | undefined {
  const start = cursor.position;
  const shape = /\$\{\s*([\w.-]+:[\w./-]+)\s*(?:,\s*'[^'}]*'\s*)?\}/y;
  shape.lastIndex = start;
  const [whole, name] = shape.exec(cursor.text) ?? [];
  if (whole === undefined) return undefined;
  const end = (cursor.position = start + whole.length);
  cursor.report(
    { start, end },
    `Terraform rejects \${${name}} as an expression; write $\${${name}} for an IAM policy variable, or &{${name}} in aws_iam_policy_document.`,
  );
  cursor.broken = false;
  return {
    kind: 'interpolation',
    start,
    end,
    expression: cursor.invalid(start),
    strip: { before: false, after: false },
  };
}

function readDirective(cursor: ExpressionCursor): TemplateDirective | Invalid {
  const start = cursor.position;
  const strip = { before: false, after: false };
  const word = cursor.peek();
  const name = cursor.slice(word);
  if (name === 'else' || name === 'endif' || name === 'endfor') {
    cursor.next();
    return { kind: 'directive', name, start, end: word.end, strip };
  }
  if (name === 'if') {
    cursor.next();
    const condition = cursor.readExpression();
    return { kind: 'directive', name, start, end: condition.end, strip, condition };
  }
  if (name === 'for') {
    cursor.next();
    const { keyName, valueName, collection } = readForHead(cursor);
    if (collection)
      return { kind: 'directive', name, start, end: collection.end, strip, keyName, valueName, collection };
  }
  if (!cursor.isBroken()) cursor.fail(word, 'if, else, endif, for or endfor');
  return cursor.invalid(start);
}
