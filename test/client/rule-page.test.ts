/** The pages of rules, which the extension puts together from the texts of rules and the rest of each page. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { restOfPage, rulePage } from '../../client/src/rule-page.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { DOCS_FOLDER } from '../../tools/docs.ts';

describe('the page of a rule', () => {
  it('is put together from the texts of each rule', () => {
    for (const rule of RULES) {
      const page = readFileSync(`${DOCS_FOLDER}${rule.id}.md`, 'utf8');
      const rest = restOfPage(page, rule);
      assert.ok(rest.facts.startsWith(`\`${rule.id}\` · `), rule.id);
      assert.ok(rest.sections.startsWith('Formats: '), rule.id);
      assert.equal(rulePage(rule, rest), page);
    }
  });

  it('is not packed with other texts than those of its rule', () => {
    const [rule] = RULES;
    const page = readFileSync(`${DOCS_FOLDER}${rule!.id}.md`, 'utf8');
    assert.throws(() => restOfPage(page, { ...rule!, why: 'Another reason.' }), /other texts/);
  });
});
