/**
 * Every fixture, case by case: as it is written, in the native syntax of Terraform, and, unless it is like others, in
 * JSON and in other forms of the same content. The tests of a case share its analysis. Then the texts of the findings,
 * and the pages with them.
 */
import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';
import { keepFindings } from '../../tools/page-finding.ts';
import { ACCEPTING } from '../kit/accept.ts';
import { distinctCases } from '../kit/distinct-cases.ts';
import { isConfiguration } from '../kit/as-hcl.ts';
import { checkAsHcl } from '../kit/check-hcl.ts';
import { fixturePaths, FIXTURES, readFixture, ruleOfFixture } from '../kit/fixtures.ts';
import { checkForm, formsOf } from '../kit/json-forms.ts';
import { prepareCaseOf, checkAsJson, checkCase, hasTemplates } from '../kit/run-fixture.ts';
import { describeTexts } from './texts.ts';

const rules = new Map(RULES.map((rule) => [rule.id, rule]));

const fixtures = fixturePaths().map((path) => ({ path, fixture: readFixture(path) }));
const unlike = distinctCases(
  fixtures.flatMap(({ path, fixture }) => fixture.cases.map((one) => ({ rule: ruleOfFixture(path), one }))),
);

describe('rules', () => {
  for (const { path, fixture } of fixtures) {
    describe(path, () => {
      const rule = rules.get(ruleOfFixture(path));
      it('is about a rule', () => assert.ok(rule, `there is no rule ${ruleOfFixture(path)}: npm run generate`));
      if (!rule) return;
      for (const one of fixture.cases) {
        it(one.name, () => {
          checkCase(rule, one, FIXTURES + path);
          // While expectations are written, those that were read are old.
          if (!ACCEPTING) keepFindings(one, prepareCaseOf(rule, one).analysis);
        });
        if (ACCEPTING) continue;
        if (one.files.some(isConfiguration)) it(`${one.name} in HCL`, () => checkAsHcl(rule, one, path));
        if (!unlike.has(one)) continue;
        if (hasTemplates(one)) it(`${one.name} as JSON`, () => checkAsJson(rule, one));
        for (const form of formsOf(rule, one)) it(`${one.name} ${form.name}`, () => checkForm(rule, one, form));
      }
    });
  }
});

describeTexts();
