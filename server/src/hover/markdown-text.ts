/** Escaping of text for Markdown. */
import { inert } from '../base/inert.ts';

/**
 * Text of a document as Markdown on one line, without markup, HTML or links. This includes the extended autolinks of
 * GitHub Flavored Markdown, such as `https://`, `www.` and email addresses.
 * https://github.github.com/gfm/#autolinks-extension-
 */
export function markdownText(text: string): string {
  return inert(text)
    .replaceAll(/[\\`*_{}[\]<>#+!|~&@]|:(?=\/)|(?<=www)\./gi, '\\$&')
    .replaceAll(/\s+/g, ' ');
}

/** A code span, delimited by as many backticks as its text requires. https://spec.commonmark.org/0.31.2/#code-spans */
export function markdownCode(text: string): string {
  const plain = inert(text);
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 || plain.trim() === '' ? ' ' : '';
  return `${fence}${space}${plain}${space}${fence}`;
}
