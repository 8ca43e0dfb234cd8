/**
 * What is shown on hover, from documents in `cards.cases`: `§` is the cursor; `-- card on TEXT --` says what the card is about and
 * how it reads as plain text, `-- nothing --` that there is none. `all:` or `off:` in front is another level of hovers.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { analyze } from '../../server/src/engine/analyze.ts';
import { inspect } from '../../server/src/engine/inspect.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import type { Card } from '../../server/src/hover/card.ts';
import { hoverAt, type HoverLevel } from '../../server/src/hover/hover.ts';
import { markdownOf, plainTextOf } from '../../server/src/hover/markdown.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { TOYS } from './toy-ownership.ts';

interface Case {
  readonly title: string;
  readonly name: string;
  readonly text: string;
  readonly offset: number;
  readonly level: HoverLevel;
  readonly on: string | undefined;
  readonly card: string;
}

function readCases(): readonly Case[] {
  const file = readFileSync(new URL('cards.cases', import.meta.url), 'utf8');
  return file.split(/^== /m).slice(1).map((part): Case => {
    const [, title, name, marked, level, on, card] = /^(.*)\n-- (\S+) --\n([^]*?)-- (?:(all|off): )?(?:card on (.*)|nothing) --\n([^]*)$/.exec(part) ?? assert.fail(`a case that cannot be read: ${part}`);
    return { title: title!, name: name!, text: marked!.replace('§', ''), offset: marked!.indexOf('§'), level: (level ?? 'security') as HoverLevel, on, card: card!.trim() };
  });
}

export function cardAt(name: string, text: string, offset: number, level: HoverLevel = 'security', data: Readonly<Record<string, unknown>> = TOYS): Card | undefined {
  const doc = `file:///w/${name}`;
  const reader = memoryReader(new Map([[doc, text]]));
  const cache = new ParseCache();
  const snapshot = collect(reader, [doc], cache);
  const { findings } = analyze(snapshot, { profile: 'strict', certainty: 'certain', configuration: DEFAULT_CONFIGURATION }, cache).documents[0]!;
  return hoverAt({ ...inspect(snapshot, doc, cache)!, offset, level, findings, today: '2026-11-24', data: (wanted) => data[wanted] ?? (wanted.startsWith('ownership/') ? null : reader.data(wanted)) });
}

describe('hovers', () => {
  for (const { title, name, text, offset, level, on, card: expected } of readCases()) it(title, () => {
    const card = cardAt(name, text, offset, level);
    assert.equal(card ? plainTextOf(card) : '', expected);
    assert.equal(card && text.slice(card.range.start, card.range.end), on);
  });

  it('escape what a document says', () => {
    const card = cardAt('a.yaml', 'Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties: {Tags: [{Key: "[x](https://evil.example) <b> *a* `b`"}]}\n', 13)!;
    assert.match(markdownOf(card), /tag \\\[x\\\]\\\(https:\/\/evil\.example\\\) \\<b\\> \\\*a\\\* \\`b\\`/);
  });

  it('have twelve lines at most, in either form', () => {
    const cited = { text: 'x', cite: [{ url: 'https://a.example/' }] };
    const card: Card = { title: 'T', verdict: cited, lines: Array.from({ length: 30 }, () => ({ label: 'L', parts: [cited, cited], separator: '; ' as const })), range: { start: 0, end: 1 } };
    assert.equal(plainTextOf(card).split('\n').length, 12);
    assert.equal(markdownOf(card).split('\n').length, 12);
  });
});
