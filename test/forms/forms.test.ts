/** The rule forms, by example rules with fixtures and their messages and titles. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RULES } from '../../server/src/rules/index.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';
import { ACCEPTING, isAsExpected } from '../kit/accept.ts';
import { parseFixture } from '../kit/fixture.ts';
import { prepareCase, checkAsJson, checkCase, hasTemplates } from '../kit/run-fixture.ts';
import { EXAMPLE_RULES } from './example-rules.ts';

const FOLDER = fileURLToPath(new URL('./', import.meta.url));

/** Does something while the example rules are in the list of rules. */
function withExamples<T>(work: () => T): T {
  const rules = RULES as AnyRule[];
  rules.push(...EXAMPLE_RULES);
  try {
    return work();
  } finally {
    rules.splice(-EXAMPLE_RULES.length);
  }
}

const fixtures = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.fixture'))
  .map((file) => ({ file, fixture: parseFixture(readFileSync(FOLDER + file, 'utf8')) }));
const ruleOf = (title: string): AnyRule => EXAMPLE_RULES.find(({ id }) => id === title.split(':')[0])!;

describe('forms of rules', () => {
  for (const { file, fixture } of fixtures)
    describe(file, () => {
      const rule = ruleOf(fixture.title);
      for (const one of fixture.cases) {
        it(one.name, () => withExamples(() => checkCase(rule, one, FOLDER + file)));
        if (hasTemplates(one) && !ACCEPTING)
          it(`${one.name} as JSON`, () => withExamples(() => checkAsJson(rule, one)));
      }
    });

  it('have an example rule with a fixture each', () => {
    assert.deepEqual(
      fixtures.map(({ fixture }) => ruleOf(fixture.title).id).sort(),
      EXAMPLE_RULES.map(({ id }) => id).sort(),
    );
  });

  it('write messages and titles', () => {
    const found = fixtures.flatMap(({ fixture }) =>
      fixture.cases
        .filter(({ name }) => !name.startsWith('good'))
        .flatMap((one) =>
          withExamples(() => prepareCase(ruleOf(fixture.title), one.files).analysis).documents.flatMap(({ findings }) =>
            findings.flatMap(({ message, fixes }) => [message, ...fixes.map(({ title }) => `  ${title}`)]),
          ),
        ),
    );
    isAsExpected(`${found.join('\n')}\n`, readFileSync(`${FOLDER}expected-texts.txt`, 'utf8'), {
      file: `${FOLDER}expected-texts.txt`,
      after: '',
    });
  });
});
