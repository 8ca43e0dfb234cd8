/** What suppressions a document contains, and what it is without one, from the tables of cases in this folder. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Suppression } from '../../server/src/model/suppression.ts';
import { applyEdits } from '../../server/src/fixes/merge.ts';
import { suppressionsIn } from '../../server/src/suppression/suppressions.ts';
import { isAsExpected } from '../kit/accept.ts';
import { described, foundIn, readCases, treeOf, type Case, type Section } from './cases.ts';

const FOLDER = new URL('./', import.meta.url);

for (const name of readdirSync(FOLDER)
  .filter((file) => file.endsWith('.cases') && !file.startsWith('write'))
  .sort())
  describe(`suppressions: ${name.replace('.cases', '').replaceAll('-', ' ')}`, () => {
    const file = new URL(name, FOLDER);
    for (const one of readCases(file))
      it(one.title, () => {
        for (const section of one.sections) checkSection(file, one, section);
        checkRemovals(one);
      });
  });

function checkSection(file: URL, one: Case, { head, body }: Section): void {
  const found = foundIn(one, one.text);
  const [what, number, rule] = head.split(' ');
  if (what === 'suppressions') {
    const actual = found.map((suppression) => described(one.text, suppression)).join('');
    isAsExpected(actual, body, { file, after: `${one.source}-- suppressions\n` });
    return;
  }
  assert.equal(what, 'without', head);
  const suppression = found[Number(number) - 1] ?? assert.fail(`there is no suppression ${number}`);
  const removed = without(one.text, suppression, rule);
  assert.equal(removed ?? 'not removable\n', removed === undefined ? body : one.written(body));
}

function without(text: string, { rules, removal }: Suppression, rule?: string): string | undefined {
  const named = rule === undefined ? undefined : rules.find(({ name }) => name === rule);
  assert.ok(rule === undefined || named, `there is no rule ${rule}`);
  const edit = removal?.(named);
  return edit && applyEdits(text, [edit]);
}

/** Without a suppression or a rule, the others are there as before, and no syntax error is new. */
function checkRemovals(one: Case): void {
  const before = foundIn(one, one.text);
  const problems = treeOf(one).problems.length;
  before.forEach((suppression, index) => {
    const text = without(one.text, suppression);
    if (text === undefined) return;
    const others = before.filter(({ at }) => at.start !== suppression.at.start);
    assert.deepEqual(foundIn(one, text).map(rulesOf), others.map(rulesOf), `without suppression ${index + 1}`);
    assert.ok(treeOf({ ...one, text }).problems.length <= problems);
    for (const { name } of suppression.rules.length > 1 ? suppression.rules : []) {
      const left = foundIn(one, without(one.text, suppression, name)!)[index];
      assert.deepEqual(
        left && rulesOf(left),
        rulesOf(suppression).filter((rule) => rule !== name),
      );
    }
  });
}

function rulesOf({ rules }: Suppression): readonly string[] {
  return rules.map(({ name }) => name);
}

describe('suppressions: many', () => {
  const DOC = 'file:///many';
  const times = 20_000;
  const texts: readonly (readonly [string, 'yaml' | 'json' | 'hcl', string])[] = [
    ['comments on lines of their own', 'yaml', 'Resources:\n' + '# stackwarden-disable-next-line a\n'.repeat(times)],
    ['block comments on one line', 'json', '{' + '/* stackwarden-disable-line a */'.repeat(times) + '}'],
    ['comments for other tools', 'hcl', '# trivy:ignore:A tfsec:ignore:B\n'.repeat(times) + 'a = 1\n'],
    ['comments in a tuple', 'hcl', `a = f([\n${'# stackwarden-disable-next-line b\n{ c = [\n'.repeat(200)}`],
    ['rules of one comment', 'yaml', `# stackwarden-disable ${'a, '.repeat(times)}\n`],
    ['ids of one comment', 'hcl', `# ${'trivy:ignore:A[b '.repeat(times)}\na = 1\n`],
  ];
  for (const [what, language, text] of texts)
    it(`takes linear time for ${what}`, () => {
      const tree = treeOf({ text, language });
      const format = language === 'hcl' ? 'terraform' : 'cloudformation';
      const start = performance.now();
      suppressionsIn({ ...tree, doc: DOC }, { format, honored: ['trivy', 'tfsec', 'checkov', 'kics'] });
      assert.ok(performance.now() - start < 3000);
    });
});
