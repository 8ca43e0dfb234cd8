/** That strings, comments and pages have no banned words. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { BANNED_WORDS } from './banned-words.ts';
import { textsOf, type Found } from './strings.ts';

const ROOT = new URL('../../', import.meta.url);

/**
 * Where the words are enforced: sources, tools and pages. Tests quote documents, and generated pages repeat the texts
 * of rules.
 */
const CHECKED = ['server/src', 'client/src', 'tools', 'docs', '*.md', 'client/*.md', 'schemas/*.md'];
const GENERATED = /^docs\/(?:rules\/|access-analyzer\.md|bare-resources\.md)/;

const FILES = execFileSync('git', ['ls-files', '--', ...CHECKED], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(?:m?[jt]s|md)$/.test(file) && !GENERATED.test(file));

/** The texts of a file: strings and comments of a source, lines of a page outside of code blocks. */
function textsIn(file: string): readonly (Pick<Found, 'line' | 'text'> & { readonly kind: Found['kind'] | 'page' })[] {
  const source = readFileSync(new URL(file, ROOT), 'utf8');
  if (!file.endsWith('.md')) return textsOf(file, source);
  let code = false;
  return source.split('\n').flatMap((text, index) => {
    if (/^\s*```/.test(text)) code = !code;
    return code
      ? []
      : [{ line: index + 1, text: text.replaceAll(/`[^`]*`|\]\([^)]*\)/g, ' … '), kind: 'page' as const }];
  });
}

/** The banned words of a file, one line each. */
function hitsIn(file: string): readonly string[] {
  return textsIn(file).flatMap(({ line, text, kind }) =>
    BANNED_WORDS.flatMap(({ pattern, instead, only = kind }) => {
      const [word] = only === kind ? (pattern.exec(text) ?? []) : [];
      return word === undefined ? [] : [`${file}:${line}: "${word}"; use: ${instead}`];
    }),
  );
}

describe('language', () => {
  it('has no banned words', () => {
    assert.deepEqual(FILES.flatMap(hitsIn), []);
  }).timeout(120_000);
});
