/**
 * Placeholders `${…}` in a string: substitutions of CloudFormation, IAM policy variables, and placeholders of ARN
 * formats. One linear scanner for all; a pattern such as `\$\{[^}]*\}` would scan to the end of the string again for
 * each unclosed `${`.
 */
import type { Range } from './span.ts';

/** A placeholder, with its offsets in the string. */
export interface Placeholder extends Range {
  /** The text between the braces, as written. */
  readonly inside: string;
}

/** The placeholders of a string in order. Each ends at the first closing brace. */
export function placeholdersIn(text: string): readonly Placeholder[] {
  const found: Placeholder[] = [];
  for (let start = text.indexOf('${'); start >= 0;) {
    const close = text.indexOf('}', start + 2);
    if (close < 0) break;
    found.push({ start, end: close + 1, inside: text.slice(start + 2, close) });
    start = text.indexOf('${', close + 1);
  }
  return found;
}

/** Replaces each placeholder of a string. `outside` maps the text between them. */
export function withPlaceholders(
  text: string,
  replacement: (placeholder: Placeholder) => string,
  outside: (part: string) => string = (part) => part,
): string {
  const found = placeholdersIn(text);
  if (found.length === 0) return outside(text);
  let from = 0;
  let result = '';
  for (const one of found) {
    result += outside(text.slice(from, one.start)) + replacement(one);
    from = one.end;
  }
  return result + outside(text.slice(from));
}

/** The placeholders of a string and the text between them, in order, without empty pieces. */
export function splitAtPlaceholders(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of placeholdersIn(text)) {
    parts.push(text.slice(from, start), text.slice(start, end));
    from = end;
  }
  return [...parts, text.slice(from)].filter((part) => part !== '');
}
