/**
 * What a hover says in a configuration file, from `hovers.cases`: `§` is the cursor, and the card follows, or `--
 * nothing`.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { settingCard } from '../../server/src/engine/setting-card.ts';

const DOC = 'file:///w/.stackwarden.yaml';

function shown(marked: string): string {
  const offset = marked.indexOf('§');
  const text = marked.replace('§', '');
  const card = settingCard(DOC, text, offset);
  if (!card) return 'nothing';
  assert.ok(text.slice(card.range.start, card.range.end).includes(card.name));
  return [
    card.name,
    ...card.lines,
    ...card.written.map(({ label, texts }) => `${label}: ${texts.join(', ')}`),
    ...card.rules.map(({ id, title }) => `${id}: ${title}`),
    ...(card.more > 0 ? [`and ${card.more} more`] : []),
  ].join('\n');
}

describe('hovers in a configuration', () => {
  const cases = readFileSync(new URL('hovers.cases', import.meta.url), 'utf8')
    .split(/^== /m)
    .slice(1);
  for (const one of cases) {
    const [, title, text, card] = /^(.*)\n([^]*?)^-- ([^]*)$/m.exec(one)!;
    it(`are about ${title}`, () => assert.equal(shown(text!), card!.trim()));
  }

  it('list some of the rules that a pattern names', () => {
    const lines = shown("rules: {'s3-*§': off}").split('\n');
    assert.equal(lines.length, 12);
    assert.match(lines.at(-1)!, /^and \d+ more$/);
  });

  it('are found at every offset of a broken text without an error', () => {
    const text = 'suppressions:\n  - rules: [a, "b\n  rules: {x: {severity: [}}\n? a\n: - b\n---\n*a';
    for (let offset = 0; offset <= text.length; offset++) settingCard(DOC, text, offset);
  });
});
