/**
 * The quick fixes of problems in a configuration, from `repairs.cases`: each is `-- TITLE` with the text after it. The
 * removals of suppressions, from `removals.cases`: `-- without NUMBER [RULE]` with the text after it.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import { loadedConfiguration } from '../../server/src/engine/load-configuration.ts';
import { applyEdits } from '../../server/src/fixes/merge.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const DOC = 'file:///w/.stackwarden.yaml';

interface Case {
  readonly title: string;
  readonly text: string;
  readonly after: readonly (readonly [head: string, text: string])[];
}

function readCases(file: string): readonly Case[] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .split(/^== /m)
    .slice(1)
    .map((one) => {
      const [first, ...sections] = one.replace(/\n+$/, '\n').split(/^-- /m);
      const [title, text] = headed(first!);
      return { title, text, after: sections.map(headed) };
    });
}

function headed(section: string): readonly [string, string] {
  const end = section.indexOf('\n');
  return [section.slice(0, end), section.slice(end + 1)];
}

describe('quick fixes in a configuration', () => {
  for (const { title, text, after } of readCases('repairs.cases'))
    it(`repair ${title}`, () => {
      const { files } = loadedConfiguration(memoryReader(new Map()), { doc: DOC, text });
      const fixes = files.flatMap(({ problems }) => problems.flatMap(({ repairs }) => repairs?.() ?? []));
      assert.ok(fixes.every(({ safe, edits }) => !safe && edits.every(({ doc }) => doc === DOC)));
      assert.deepEqual(
        fixes.map((fix) => [fix.title, applyEdits(text, fix.edits)]),
        after,
      );
    });
});

describe('suppressions of a configuration', () => {
  for (const { title, text, after } of readCases('removals.cases'))
    it(`are removed: ${title}`, () => {
      const { suppressions } = readConfiguration(DOC, text).configuration;
      for (const [head, expected] of after) {
        const [, number, rule] = /^without (\d+)(?: (\S+))?$/.exec(head)!;
        const suppression = suppressions[Number(number) - 1]!;
        const edit = suppression.removal!(suppression.rules.find(({ name }) => name === rule));
        assert.equal(edit ? applyEdits(text, [edit]) : '(not removable)\n', expected, head);
      }
    });
});
