/**
 * Quick fixes that write suppressions, from `write.cases`: `«…»` marks the finding, `-- line`, `-- resource` and `--
 * file` have the document with the suppression, in which `‹reason›` is the place for the reason (or: `refused: ` and
 * the reason). Whatever is written is read again: it is the only new suppression, covers the finding, and everything
 * else in the document is as before.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { Range } from '../../server/src/base/span.ts';
import { applyEdits } from '../../server/src/fixes/merge.ts';
import { configurationEntry } from '../../server/src/suppression/configuration-entry.ts';
import type { RefusedSuppression, SuppressionEdit } from '../../server/src/suppression/suppression-edit.ts';
import { writeSuppression, type SuppressionTarget } from '../../server/src/suppression/write-suppression.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { valueOf } from '../../server/src/syntax/tree.ts';
import { ACCEPTING } from '../kit/accept.ts';
import { readCases, treeOf } from './cases.ts';
import { checkRoundTrip, RULE } from './round-trip.ts';

const CASES = new URL('write.cases', import.meta.url);
const CONFIGURATIONS = new URL('write-configuration.cases', import.meta.url);

/** What is written, by case and section, where it is accepted. */
const accepted = new Map<string, string>();

describe('suppressions: writing', () => {
  after(() => accept(CASES));
  for (const one of readCases(CASES))
    it(one.title, () => {
      const at = marked(one.text);
      const text = one.text.replace(/[«»]/g, '');
      for (const { head, body } of one.sections) {
        const written = writeSuppression(treeOf({ ...one, text }), one.format, at, RULE, head as SuppressionTarget);
        const actual = shown(text, written);
        if (ACCEPTING) accepted.set(`${one.title} ${head}`, actual);
        else assert.equal(actual, 'refused' in written ? body : one.written(body), head);
        if (!('refused' in written)) checkRoundTrip(one, text, at, written);
      }
    });
});

describe('suppressions: writing an entry of the configuration', () => {
  after(() => accept(CONFIGURATIONS));
  for (const one of readCases(CONFIGURATIONS))
    it(one.title, () => {
      const [{ head, body } = assert.fail()] = one.sections;
      const entry = { rule: RULE, paths: ['a/b.yaml'], resources: ['Site'], value: '0.0.0.0/0' };
      const tree = parse('file:///.stackwarden.yaml', one.text, 'yaml');
      const written = configurationEntry(tree, head === 'rule' ? { rule: RULE } : entry);
      const actual = shown(one.text, written);
      if (ACCEPTING) accepted.set(`${one.title} ${head}`, actual);
      else assert.equal(actual, 'refused' in written ? body : one.written(body));
      if ('refused' in written) return;
      const after = parse('file:///.stackwarden.yaml', applyEdits(one.text, [written]), 'yaml');
      assert.deepEqual(after.problems, []);
      const list = valueOf(after.roots[0], 'suppressions');
      assert.ok(list?.kind === 'list');
      assert.equal(valueOf(list.items.at(-1)!.value, 'reason')?.kind, 'scalar');
    });
});

/** The range between the marks. */
function marked(text: string): Range {
  return { start: text.indexOf('«'), end: text.indexOf('»') - 1 };
}

/** Writes what was written for the cases of a file in the place of what they expect. */
function accept(file: URL): void {
  if (!ACCEPTING) return;
  const texts = readCases(file).map(({ source, title, sections }) => {
    const bodies = sections.map(({ head }) => {
      const body = accepted
        .get(`${title} ${head}`)!
        .replace(/^\uFEFF/, '')
        .replaceAll('\r\n', '\n');
      return `-- ${head}\n${body === '' || body.endsWith('\n') ? body : `${body}\n`}`;
    });
    return `== ${source}${bodies.join('')}`;
  });
  writeFileSync(file, texts.join('\n'));
}

function shown(text: string, written: SuppressionEdit | RefusedSuppression): string {
  if ('refused' in written) return `refused: ${written.refused}\n`;
  const { range, newText, reason } = written;
  const marked = reason
    ? `${newText.slice(0, reason.start)}‹${newText.slice(reason.start, reason.end)}›${newText.slice(reason.end)}`
    : newText;
  return applyEdits(text, [{ range, newText: marked }]);
}
