/** New values as text in brackets. */
import { Blocks, Encoded, Tagged, Verbatim, type NewNode } from '../syntax/tree-edit.ts';
import type { FlowStyle } from './flow-style.ts';
import { isCollection, isList, isObject } from './new-node.ts';
import { Refused } from './refused.ts';

/** How a syntax writes what stands between the brackets. */
export interface FlowSyntax {
  readonly style: FlowStyle;
  key(name: string): string;
  scalar(value: string | number | boolean | null): string;
  /** Whether there has to be a space after a colon, as after the bare keys of YAML. */
  readonly spaced: boolean;
  /** Undefined when the syntax has no tags. */
  readonly tagged?: (tag: string, value: string) => string;
  /** How values with a tag are written, if not like others. */
  readonly inTag?: FlowSyntax;
  /** Writes values and pairs in another layout. */
  readonly layout?: FlowLayout;
}

export interface FlowLayout {
  /** What separates the entries of an object on lines, where that cannot be seen. */
  readonly comma: ',' | '';
  value(value: NewNode, indent: string | undefined): string;
  pair(key: string, value: NewNode, indent: string | undefined): string;
}

/**
 * A value as text. `indent` is the indentation of the line that it starts on, when its children are to stand on lines
 * of their own, and undefined if all of it is to stay on one line.
 */
export function flowText(value: NewNode, syntax: FlowSyntax, indent?: string): string {
  if (syntax.layout) return syntax.layout.value(value, indent);
  if (value instanceof Blocks || value instanceof Encoded) throw new Refused('Only HCL has blocks and functions.');
  if (value instanceof Tagged) {
    if (!syntax.tagged) throw new Refused(`\`${value.tag}\` cannot be written in JSON.`);
    if (value.value instanceof Tagged) throw new Refused('A value cannot have two tags.');
    return syntax.tagged(value.tag, flowText(value.value, syntax.inTag ?? syntax, indent));
  }
  if (value instanceof Verbatim) return value.text;
  if (isList(value)) {
    const short = syntax.style.shortLists && !value.some(isCollection);
    return bracketed('[', value, ']', '', syntax.style, short ? undefined : indent, (item, inner) =>
      flowText(item, syntax, inner),
    );
  }
  if (isObject(value)) {
    return bracketed(
      '{',
      Object.entries(value),
      '}',
      syntax.style.padding,
      syntax.style,
      indent,
      ([key, member], inner) => flowPair(key, member, syntax, inner),
    );
  }
  return syntax.scalar(value);
}

/** A key and its value as text; `indent` as above. */
export function flowPair(key: string, value: NewNode, syntax: FlowSyntax, indent?: string): string {
  if (syntax.layout) return syntax.layout.pair(key, value, indent);
  const { colon } = syntax.style;
  return `${syntax.key(key)}${colon}${syntax.spaced && !colon.endsWith(' ') ? ' ' : ''}${flowText(value, syntax, indent)}`;
}

function bracketed<T>(
  open: string,
  parts: readonly T[],
  close: string,
  padding: string,
  style: FlowStyle,
  indent: string | undefined,
  write: (part: T, indent?: string) => string,
): string {
  if (parts.length === 0) return open + close;
  if (indent === undefined)
    return open + padding + parts.map((part) => write(part)).join(`,${style.gap}`) + padding + close;
  const inner = indent + style.unit;
  const lines = parts.map((part) => inner + write(part, inner));
  return [open, lines.join(`,${style.lineEnd}`), indent + close].join(style.lineEnd);
}
