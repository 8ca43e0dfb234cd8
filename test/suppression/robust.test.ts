/**
 * Documents with suppressions that somebody is typing: nothing throws, ranges are inside the text, and edits leave no
 * more problems than before.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Range } from '../../server/src/base/span.ts';
import { applyEdits } from '../../server/src/fixes/merge.ts';
import { suppressionsIn } from '../../server/src/suppression/suppressions.ts';
import { writeSuppression } from '../../server/src/suppression/write-suppression.ts';
import { mutations } from '../syntax/mutations.ts';
import { readCases, treeOf, type Case } from './cases.ts';

const FOLDER = new URL('./', import.meta.url);

/** How far mutations are apart. A prime, so that every kind of character is hit. */
const STEP = 7;

describe('suppressions: mutations', () => {
  for (const file of readdirSync(FOLDER)
    .filter((name) => name.endsWith('.cases') && name !== 'write-configuration.cases')
    .sort())
    it(file, () => {
      for (const one of readCases(new URL(file, FOLDER)))
        for (const { text, what } of mutations(one.text, STEP)) {
          try {
            check(one, text);
          } catch (error) {
            throw new Error(`${one.title}, ${what}`, { cause: error });
          }
        }
    });
});

function check({ language, format, honored }: Case, text: string): void {
  const tree = treeOf({ text, language });
  const isInside = ({ start, end }: Range): boolean => 0 <= start && start <= end && end <= text.length;
  for (const { at, scope, rules, error, removal } of suppressionsIn(tree, { format, honored })) {
    assert.ok(isInside(at), 'at');
    assert.ok(scope.kind !== 'range' || isInside(scope.in), 'scope');
    assert.ok(
      rules.every((rule) => isInside(rule.at)),
      'rules',
    );
    assert.ok(!error || isInside(error.at), 'error');
    for (const rule of [undefined, ...rules]) {
      const edit = removal?.(rule);
      if (edit) checkEdit(edit);
    }
  }
  const middle = { start: text.length >> 1, end: text.length >> 1 };
  for (const target of ['line', 'resource', 'file'] as const) {
    const edit = writeSuppression(tree, format, middle, 'rule-x', target);
    if (!('refused' in edit)) checkEdit(edit);
  }

  function checkEdit(edit: { readonly range: Range; readonly newText: string }): void {
    assert.ok(isInside(edit.range), 'edit');
    applyEdits(text, [edit]);
  }
}
