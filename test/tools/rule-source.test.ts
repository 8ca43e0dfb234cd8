/** The texts of rules for people, which the build takes out of their code. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { TEXTS, withoutTexts } from '../../tools/build/rule-source.mjs';
import { RULES_FOLDER, rulePaths } from '../../tools/rule-index.ts';

const SOURCE = `const OTHER = {
  title: 'Not of the rule',
};

export default settingRule({
  id: 'a-rule',
  title: 'Things should be good',
  keywords: [
    'one',
    'two',
  ],
  why:
    'A long reason: ' +
    'two lines.',
  remedy: 'Do it {now}.',
  sources: {
    'https://docs.aws.amazon.com/a':
      'A claim.',

    'https://docs.aws.amazon.com/b': { claim: 'A claim.', seen: '2026-11-28' },
  },
  judged: '2026-11-24',
  problem: 'is bad',
  *check() {
    yield { title: 'Set it' };
  },
});

const MORE = {
  why: 'Not of the rule',
};
`;

const CODE = `const OTHER = {
  title: 'Not of the rule',
};

export default settingRule({
  id: 'a-rule',
  title: '',
  why: '',
  remedy: '',
  sources: {},
  problem: 'is bad',
  *check() {
    yield { title: 'Set it' };
  },
});

const MORE = {
  why: 'Not of the rule',
};
`;

describe('the source of a rule in a build', () => {
  it('has no texts for people', () => {
    assert.equal(withoutTexts('a-rule.ts', SOURCE), CODE);
  });

  it('has sources on one line, and texts from the next line on', () => {
    const source = "export default f({\n  why:\n    'Because.',\n  sources: {},\n  id: 'a',\n});\n";
    assert.equal(withoutTexts('a.ts', source), "export default f({\n  why: '',\n  sources: {},\n  id: 'a',\n});\n");
  });

  it('has the title where a form makes messages of it', () => {
    const source = (form: string, more: string): string => `export default ${form}({\n  title: 'A',\n${more}});\n`;
    for (const [form, more, kept] of [
      ['settingRule', '', true],
      ['settingRule', "  problem: 'is bad',\n", false],
      ['defineRule', '', false],
    ] as const) {
      const code = withoutTexts('a.ts', source(form, more));
      assert.equal(code, kept ? source(form, more) : source(form, more).replace("'A'", "''"), form);
    }
  });

  it('is refused in a form that is not recognized', () => {
    assert.throws(
      () => withoutTexts('a.ts', 'export default f({\n  why,\n});\n'),
      /a\.ts: cannot find where "why" ends/,
    );
    assert.throws(() => withoutTexts('a.ts', 'export const a = 1;\n'), /a\.ts exports no rule/);
  });

  it('is recognized for every rule', () => {
    for (const path of rulePaths()) {
      const code = withoutTexts(path, readFileSync(RULES_FOLDER + path, 'utf8'));
      const rule = /^export default\b.*?^\}/ms.exec(code)![0];
      for (const name of TEXTS)
        if (
          name !== 'title' ||
          /^ {2}problem:/m.test(rule) ||
          !/^export default (?:setting|item|attribute|list|companion)Rule/.test(rule)
        )
          assert.doesNotMatch(rule, new RegExp(`^ {2}${name}: (?!'',|\\{\\},)`, 'm'), path);
    }
  });
});
