/** The check that a written suppression is the only new one, covers its place, and changes nothing else. */
import assert from 'node:assert/strict';
import type { Range } from '../../server/src/base/span.ts';
import { applyEdits } from '../../server/src/fixes/merge.ts';
import type { Suppression } from '../../server/src/model/suppression.ts';
import { coversPlace } from '../../server/src/suppression/scopes.ts';
import type { SuppressionEdit } from '../../server/src/suppression/suppression-edit.ts';
import { changesElsewhere } from '../kit/tree-change.ts';
import { DOC, foundIn, treeOf, type Case } from './cases.ts';

/** The rule of suppressions that are written. */
export const RULE = 'rule-x';

type Document = Pick<Case, 'language' | 'format' | 'honored'>;

export function checkRoundTrip(one: Document, text: string, at: Range, { range, newText }: SuppressionEdit): void {
  const before = foundIn(one, text);
  const after = applyEdits(text, [{ range, newText }]);
  const found = foundIn(one, after);
  const own = found.filter(({ rules }) => rules.some(({ name }) => name === RULE));
  assert.equal(own.length, 1);
  assert.deepEqual(
    found.map(rulesOf).sort(),
    [...before.map(rulesOf), ...(found.length > before.length ? [RULE] : [])].sort(),
  );
  const [written] = own;
  assert.equal(written!.error, undefined);
  assert.ok(written!.reason);
  const start = at.start < range.end ? at.start : at.start + newText.length - (range.end - range.start);
  assert.ok(coversPlace(written!.scope, { doc: DOC, start, end: start + at.end - at.start }), 'it covers the finding');
  const [tree, other] = [treeOf({ ...one, text }), treeOf({ ...one, text: after })];
  assert.deepEqual(other.problems.length, tree.problems.length);
  // The comment that is written is the only thing that is new besides metadata.
  const comments = other.comments.length - tree.comments.length;
  assert.ok(comments === 0 || (comments === 1 && written!.kind === 'comment'));
  const elsewhere = changesElsewhere({ ...tree, comments: [] }, { ...other, comments: [] }, [range]);
  assert.deepEqual(elsewhere, []);
  const removed = written!.removal?.();
  if (found.length > before.length && written!.kind === 'comment') assert.equal(applyEdits(after, [removed!]), text);
}

function rulesOf({ rules }: Suppression): string {
  return rules
    .map(({ name }) => name)
    .filter((name, _, all) => name !== RULE || all.length === 1)
    .join(' ');
}
