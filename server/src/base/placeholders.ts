/**
 * `${…}` in a text: what CloudFormation substitutes, the variables of policies, and the parts of a form that stand for a name. One scanner for all, which passes over a
 * text once; a pattern such as `\$\{[^}]*\}` looks to the end of the text again for each `${` that is not closed.
 */
import type { Range } from './span.ts';

/** A placeholder, with the offsets of all of it in the text. */
export interface Placeholder extends Range {
  /** What stands between the braces, as written. */
  readonly inside: string;
}

/** The placeholders of a text in their order. Each ends at the first closing brace, whatever precedes that. */
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

/** A text with something else in place of each placeholder. `outside` changes what stands between them. */
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

/** The placeholders of a text as they are written, and what stands between them, in their order; nothing empty. */
export function splitAtPlaceholders(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of placeholdersIn(text)) {
    parts.push(text.slice(from, start), text.slice(start, end));
    from = end;
  }
  return [...parts, text.slice(from)].filter((part) => part !== '');
}
