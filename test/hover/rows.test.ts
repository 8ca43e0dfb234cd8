/** Cards take little space in an editor, which breaks long lines. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { markdownOf } from '../../server/src/hover/markdown.ts';
import type { ServiceOwnership } from '../../server/src/hover/ownership.ts';
import { MAX_ROWS, rowsOf } from '../../server/src/hover/rows.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { data } from '../schemas/data.ts';
import { cardsOf } from './card-at.ts';

/** The text that an editor shows, with the names of links and a sign for each icon. */
const shown = (markdown: string): string =>
  markdown
    .replaceAll('  \n', '\n')
    .replaceAll(/\[([^\]]*)\]\([^()\s]+(?: "(?:[^"\\]|\\.)*")?\)/g, '$1')
    .replaceAll(/\$\(\w+\)/g, '-')
    .replaceAll(/\*\*?/g, '')
    .replaceAll(/\\(.)/g, '$1');

describe('the rows of cards', () => {
  it('are counted as an editor breaks lines', () => {
    assert.equal(rowsOf(''), 1);
    assert.equal(rowsOf('x'.repeat(300)), 1);
    assert.equal(rowsOf(`${'x'.repeat(39)} ${'x'.repeat(40)}`), 1);
    assert.equal(rowsOf(`${'x'.repeat(40)} ${'x'.repeat(40)}`), 2);
  });

  it('are few for a resource of each type without properties', () => {
    const long = readdirSync(`${SCHEMAS}/ownership`).flatMap((file) => {
      const types = Object.keys(data<Partial<ServiceOwnership>>(`ownership/${file.slice(0, -5)}`).service?.kinds ?? {});
      if (types.length === 0) return [];
      const names = types.map((type, index) => `  R${index}n:\n    Type: ${type}\n`);
      const text = `Resources:\n${names.join('')}`;
      const cardAt = cardsOf('template.yaml', text, 'all');
      return types.flatMap((type, index) => {
        const card = cardAt(text.indexOf(`R${index}n:`) + 1) ?? assert.fail(`${type} has no card`);
        const lines = shown(markdownOf(card, { hasIcons: true, page: 'p', paths: 'q' })).split('\n');
        const rows = lines.reduce((sum, line) => sum + rowsOf(line), 0);
        return rows > MAX_ROWS ? [`${type}: ${rows}`] : [];
      });
    });
    assert.deepEqual(long, []);
  });
});
