/**
 * What is offered while somebody types, from documents in `*.cases`: `§` is the cursor. `-- first --` has the labels
 * that come first, one in a line; `-- without --` labels that are not offered; `-- choosing LABEL --` the lines of the
 * document that are new once it is chosen, with what is to be filled in between angles; `-- nothing --` says that
 * nothing is offered.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { chosen, completedAt } from './completed-at.ts';

interface Expectation {
  readonly what: string;
  readonly lines: readonly string[];
}

interface Case {
  readonly title: string;
  readonly name: string;
  readonly text: string;
  readonly expected: readonly Expectation[];
}

function readCases(file: string): readonly Case[] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .split(/^== /m)
    .slice(1)
    .map((part): Case => {
      const [, title, name, text, rest] =
        /^(.*)\n-- (\S+) --\n([^]*?)^(-- (?:first|without|choosing .*|nothing) --\n[^]*)$/m.exec(part) ??
        assert.fail(`a case that cannot be read: ${part}`);
      const expected = rest!
        .split(/^-- /m)
        .slice(1)
        .map((section): Expectation => {
          const [head, ...lines] = section.split('\n');
          return { what: head!.replace(/ --$/, ''), lines: lines.filter((line) => line.trim() !== '') };
        });
      return { title: title!, name: name!, text: text!.replace(/\n$/, ''), expected };
    });
}

for (const file of readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.cases'))
  .sort())
  describe(`completion: ${file.replace('.cases', '')}`, () => {
    for (const { title, name, text, expected } of readCases(file))
      it(title, () => {
        const offered = completedAt(name, text);
        const labels = offered?.items.map(({ label }) => label) ?? [];
        for (const { what, lines } of expected) {
          if (what === 'nothing') assert.deepEqual(labels, []);
          else if (what === 'first') assert.deepEqual(labels.slice(0, lines.length), lines);
          else if (what === 'without')
            assert.deepEqual(
              lines.filter((label) => labels.includes(label)),
              [],
            );
          else {
            const label = what.replace(/^choosing /, '');
            const item =
              offered?.items.find((one) => one.label === label) ??
              assert.fail(`${label} is not among ${labels.slice(0, 20).join(', ')}`);
            const before = new Set(text.replace('§', '').split('\n'));
            assert.deepEqual(
              chosen(text, item)
                .split('\n')
                .filter((line) => !before.has(line)),
              lines,
            );
          }
        }
      });
  });
