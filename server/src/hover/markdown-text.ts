/** Text in Markdown that means nothing but itself. */
import { inert } from '../base/inert.ts';

/**
 * A text of a document as Markdown on one line, in which nothing is taken for markup, HTML, or a link: also what GitHub Flavored Markdown
 * makes a link of by itself, such as `https://`, `www.` and addresses with an @. https://github.github.com/gfm/#autolinks-extension-
 */
export function markdownText(text: string): string {
  return inert(text)
    .replaceAll(/[\\`*_{}[\]<>#+!|~&@]|:(?=\/)|(?<=www)\./gi, '\\$&')
    .replaceAll(/\s+/g, ' ');
}

/** A code span, with as many backticks around as it needs. https://spec.commonmark.org/0.31.2/#code-spans */
export function markdownCode(text: string): string {
  const plain = inert(text);
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 || plain.trim() === '' ? ' ' : '';
  return `${fence}${space}${plain}${space}${fence}`;
}
