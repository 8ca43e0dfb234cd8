/** What suppressions a document contains, and what it is without one, from the tables of cases in this folder. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { PEER_SUPPRESSION_TOOLS, suppressionToolFacts, type Suppression } from '../../server/src/model/suppression.ts';
import { applyEdits } from '../../server/src/fixes/merge.ts';
import { suppressionsIn } from '../../server/src/suppression/suppressions.ts';
import { isAsExpected } from '../kit/accept.ts';
import { charactersRead, stepsOf } from '../kit/steps.ts';
import { described, foundIn, readCases, treeOf, type Case, type Section } from './cases.ts';

const FOLDER = new URL('./', import.meta.url);

describe('suppressions of other tools', () => {
  it('are described in docs/suppressions.md', () => {
    const page = readFileSync(new URL('../../docs/suppressions.md', import.meta.url), 'utf8');
    assert.deepEqual(
      PEER_SUPPRESSION_TOOLS.filter((tool) => !page.includes(suppressionToolFacts(tool).name)),
      [],
    );
  });
});

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
  const kinds: readonly (readonly [string, 'yaml' | 'json' | 'hcl', (times: number) => string])[] = [
    ['comments on lines of their own', 'yaml', (n) => 'Resources:\n' + '# stackwarden-disable-next-line a\n'.repeat(n)],
    ['block comments on one line', 'json', (n) => '{' + '/* stackwarden-disable-line a */'.repeat(n) + '}'],
    ['comments for other tools', 'hcl', (n) => '# trivy:ignore:A tfsec:ignore:B\n'.repeat(n) + 'a = 1\n'],
    ['comments in a tuple', 'hcl', (n) => `a = f([\n${'# stackwarden-disable-next-line b\n{ c = [\n'.repeat(n)}`],
    ['rules of one comment', 'yaml', (n) => `# stackwarden-disable ${'a, '.repeat(n)}\n`],
    ['ids of one comment', 'hcl', (n) => `# ${'trivy:ignore:A[b '.repeat(n)}\na = 1\n`],
  ];
  for (const [what, language, textOf] of kinds)
    it(`takes steps in proportion for ${what}`, () => {
      const format = language === 'hcl' ? 'terraform' : 'cloudformation';
      const steps = (times: number): number => {
        const tree = treeOf({ text: textOf(times), language });
        const work = (): unknown =>
          suppressionsIn({ ...tree, doc: DOC }, { format, honored: ['trivy', 'tfsec', 'checkov', 'kics'] });
        const { lookups, visits, scanned } = stepsOf(work);
        return lookups + visits + scanned + charactersRead(work);
      };
      const [few, many] = [steps(50), steps(200)];
      assert.ok(many > few && many <= 1.2 * 4 * few, `${few} steps for 50, ${many} for 200`);
    });
});
