/** Assembles the pieces of a template: adjacent lines into text, directives into trees. */
import type { Range } from '../../../base/span.ts';
import type { Expression, ForDirective, IfDirective, Interpolation, TemplatePart, Strip } from './ast.ts';
import type { ExpressionCursor } from './cursor.ts';
import { TemplateLine } from './template-line.ts';

/** One `%{…}` before it is matched with others. */
export type TemplateDirective = Range & { readonly kind: 'directive'; readonly strip: Strip } & (
    | { readonly name: 'else' | 'endif' | 'endfor' }
    | { readonly name: 'if'; readonly condition: Expression }
    | {
        readonly name: 'for';
        readonly keyName: string | undefined;
        readonly valueName: string;
        readonly collection: Expression;
      }
  );

export type TemplatePiece = TemplateLine | Interpolation | TemplateDirective;

/** A directive without its end. */
interface Open {
  readonly directive: TemplateDirective & { readonly name: 'if' | 'for' };
  readonly strips: Strip[];
  readonly parts: TemplatePart[];
  otherwise: TemplatePart[] | undefined;
}

/**
 * The parts that result from pieces. Unmatched directives are problems; the contents of a directive without an end are
 * invalid.
 */
export function buildParts(cursor: ExpressionCursor, pieces: readonly TemplatePiece[]): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  const open: Open[] = [];
  const current = (): TemplatePart[] => {
    const top = open.at(-1);
    return top ? (top.otherwise ?? top.parts) : parts;
  };
  for (const piece of pieces) {
    if (piece.kind === 'text') addText(current(), piece);
    else if (piece.kind === 'interpolation') current().push(interpolation(cursor, piece));
    else if (piece.name === 'if' || piece.name === 'for')
      open.push({ directive: piece, strips: [piece.strip], parts: [], otherwise: undefined });
    else if (!addEnd(piece, open.at(-1)))
      note(cursor, piece, `This has no matching ${piece.name === 'endfor' ? 'for' : 'if'}.`);
    else if (piece.name !== 'else') {
      const closed = open.pop()!;
      current().push(closedDirective(cursor, closed, piece.end));
    }
  }
  const unclosed = open[0];
  if (unclosed) {
    const { start, end, name } = unclosed.directive;
    note(cursor, { start, end }, `Missing end${name}.`);
    const last = pieces.at(-1)!.end;
    parts.push({
      kind: 'interpolation',
      start,
      end: last,
      expression: { kind: 'invalid', start, end: last },
      strip: { before: false, after: false },
    });
  }
  return parts;
}

/** Records a problem that does not affect the text after it. */
function note(cursor: ExpressionCursor, range: Range, message: string): void {
  if (cursor.isBroken()) return;
  cursor.report(range, message);
  cursor.broken = false;
}

function addText(parts: TemplatePart[], line: TemplateLine): void {
  if (line.value === '') return;
  const before = parts.at(-1);
  if (before instanceof TemplateLine) before.appendLine(line);
  else parts.push(line);
}

function interpolation(cursor: ExpressionCursor, piece: Interpolation): TemplatePart {
  const made = cursor.make(piece, piece.expression);
  return made.kind === 'invalid' ? { ...piece, expression: made } : made;
}

/** Whether an `else` or an end belongs to the innermost open directive, which then receives it. */
function addEnd(end: TemplateDirective, open: Open | undefined): boolean {
  if (!open || (open.directive.name === 'for') !== (end.name === 'endfor')) return false;
  if (end.name === 'else' && open.otherwise) return false;
  if (end.name === 'else') open.otherwise = [];
  open.strips.push(end.strip);
  return true;
}

function closedDirective(cursor: ExpressionCursor, open: Open, end: number): TemplatePart {
  const { directive, parts, otherwise, strips } = open;
  const { start } = directive;
  const made =
    directive.name === 'if'
      ? cursor.make<IfDirective>(
          { kind: 'if', start, end, condition: directive.condition, then: parts, otherwise, strips },
          directive.condition,
          ...parts,
          ...(otherwise ?? []),
        )
      : cursor.make<ForDirective>(
          {
            kind: 'for',
            start,
            end,
            key: directive.keyName,
            value: directive.valueName,
            collection: directive.collection,
            body: parts,
            strips,
          },
          directive.collection,
          ...parts,
        );
  return made.kind === 'invalid'
    ? { kind: 'interpolation', start, end, expression: made, strip: { before: false, after: false } }
    : made;
}
