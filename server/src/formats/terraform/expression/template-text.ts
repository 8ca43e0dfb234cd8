/** The text of a quoted template or heredoc as a separate document, with the location of each character. */
import { partitionPoint } from '../../../base/binary-search.ts';
import type { Range } from '../../../base/span.ts';
import { scalarLayer, type HoldingScalar, type Layer } from '../../../syntax/embedded.ts';
import type { ScalarNode, Tree } from '../../../syntax/tree.ts';
import type { Expression, TemplateExpression, TextPart } from './ast.ts';
import { parseTemplate } from './parser.ts';

/** A placeholder in the text. */
export interface TextPlaceholder extends Range {
  readonly expression: Expression;
}

export interface TemplateText {
  readonly text: string;
  readonly placeholders: readonly TextPlaceholder[];
  /** The position of the text in the scalar with the expression. */
  readonly layer: (tree: Tree, scalar: ScalarNode) => Layer;
}

/** A stretch of the text and its source: of equal length, or one escape. */
interface Segment {
  readonly inner: Range;
  readonly source: Range;
}

/**
 * The text of a template with its interpolations, and escapes such as `$${`, as they are written; undefined with
 * directives, which make text. Offsets of the source are relative to `source`.
 */
export function templateText({ form, parts }: TemplateExpression, source: string): TemplateText | undefined {
  let text = '';
  const placeholders: TextPlaceholder[] = [];
  const segments: Segment[] = [];
  const add = (written: string, at: Range): void => {
    segments.push({ inner: { start: text.length, end: text.length + written.length }, source: at });
    text += written;
  };
  for (const part of parts) {
    if (part.kind === 'interpolation') {
      placeholders.push({ start: text.length, end: text.length + part.end - part.start, expression: part.expression });
      add(source.slice(part.start, part.end), part);
    } else if (part.kind === 'text') addText(part, source, add);
    else return undefined;
  }
  return {
    text,
    placeholders,
    layer: (tree, scalar) => new TemplateLayer(form, text.length, segments, scalarLayer(tree, scalar)),
  };
}

function addText({ value, start, escapes }: TextPart, source: string, add: (written: string, at: Range) => void): void {
  let [at, from] = [0, start];
  for (const escape of escapes) {
    if (escape.at > at) add(value.slice(at, escape.at), { start: from, end: from + escape.at - at });
    const written = source.slice(escape.start, escape.end);
    if (isMarker(written)) add(written, escape);
    else if (escape.length > 0) add(value.slice(escape.at, escape.at + escape.length), escape);
    at = escape.at + escape.length;
    from = escape.end;
  }
  if (at < value.length) add(value.slice(at), { start: from, end: from + value.length - at });
}

/** Whether a text is the escape of a template marker. */
function isMarker(text: string): boolean {
  return text === '$${' || text === '%%{';
}

/** The source of a text in a quoted template. Interpolations stay as they are; undefined with directives. */
function quotedSource(text: string): string | undefined {
  const { expression } = parseTemplate(text);
  if (expression.kind !== 'template') return text;
  let source = '';
  let at = 0;
  for (const part of expression.parts) {
    if (part.kind === 'text') continue;
    if (part.kind !== 'interpolation') return undefined;
    source += stringContent(text.slice(at, part.start)) + text.slice(part.start, part.end);
    at = part.end;
  }
  return source + stringContent(text.slice(at));
}

/** A text with the escapes of a quoted string, which JSON has too. */
function stringContent(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

class TemplateLayer implements Layer {
  readonly #form: TemplateExpression['form'];
  readonly #length: number;
  readonly #segments: readonly Segment[];
  readonly #whole: Layer;

  constructor(form: TemplateExpression['form'], length: number, segments: readonly Segment[], whole: Layer) {
    this.#form = form;
    this.#length = length;
    this.#segments = segments;
    this.#whole = whole;
  }

  get outer(): Tree {
    return this.#whole.outer;
  }

  get scalar(): ScalarNode {
    return this.#whole.scalar;
  }

  outerOffset(inner: number): number {
    return this.#whole.outerOffset(this.#sourceOf(inner));
  }

  /** Indentation that is not part of the text can lie before the next character. */
  outerEnd(inner: number): number {
    const segment = this.#segmentAt(({ inner: { end } }) => end >= inner);
    return segment ? this.#whole.outerOffset(sourceIn(segment, inner)) : this.outerOffset(inner);
  }

  innerOffset(outer: number): number | undefined {
    const offset = this.#whole.innerOffset(outer);
    const segment = offset === undefined ? undefined : this.#segmentAt(({ source: { end } }) => end > offset);
    if (!segment) return offset === this.#segments.at(-1)?.source.end ? this.#length : undefined;
    if (offset! < segment.source.start) return undefined;
    return segment.inner.start + (isVerbatim(segment) ? offset! - segment.source.start : 0);
  }

  encode(text: string, inner: number): string | undefined {
    // The lines of a heredoc can be indented more than their text.
    if (this.#form === 'heredoc' && /[\r\n]/.test(text)) return undefined;
    const written = this.#form === 'quoted' ? quotedSource(text) : text;
    return written === undefined || this.scalar.style === 'expression'
      ? written
      : this.#whole.encode(written, this.#sourceOf(inner));
  }

  holding(): HoldingScalar {
    return { layer: this, from: 0 };
  }

  #sourceOf(inner: number): number {
    const segment = this.#segmentAt(({ inner: { end } }) => end > inner) ?? this.#segments.at(-1);
    return segment ? sourceIn(segment, inner) : 0;
  }

  /** The first segment whose end meets a condition. */
  #segmentAt(ends: (segment: Segment) => boolean): Segment | undefined {
    return this.#segments[partitionPoint(this.#segments, (segment) => !ends(segment))];
  }
}

function isVerbatim({ inner, source }: Segment): boolean {
  return inner.end - inner.start === source.end - source.start;
}

function sourceIn(segment: Segment, inner: number): number {
  if (inner >= segment.inner.end) return segment.source.end;
  return segment.source.start + (isVerbatim(segment) ? inner - segment.inner.start : 0);
}
