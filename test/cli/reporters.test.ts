/** A new entry in the list of reporters needs no other change of the command line. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { COMMANDS } from '../../server/src/cli/options.ts';
import { LINT_REPORTERS } from '../../server/src/cli/reporters/lint-reporters.ts';
import type { Reporters } from '../../server/src/cli/reporters/reporters-of.ts';
import { ACCESS_REPORTERS, EXPLANATION_REPORTERS, RULE_REPORTERS } from '../../server/src/cli/reporters/reporters.ts';

const PAGE = readFileSync(new URL('../../docs/output.md', import.meta.url), 'utf8');

const LISTS: readonly (readonly [command: string, reporters: Reporters<never>])[] = [
  ['lint', LINT_REPORTERS],
  ['rules', RULE_REPORTERS],
  ['explain-value', EXPLANATION_REPORTERS],
  ['access', ACCESS_REPORTERS],
];

describe('the reporters', () => {
  for (const [command, reporters] of LISTS) {
    const names = reporters.map(({ name }) => name);

    it(`of ${command} are the choices of --format, the first by default`, () => {
      const option = COMMANDS.find(({ name }) => name === command)?.options.find(({ flags }) =>
        flags.startsWith('--format '),
      );
      assert.deepEqual(option?.choices, names);
      assert.equal(option.default, names[0]);
      assert.equal(new Set(names).size, names.length);
    });

    it(`of ${command} for programs are described in docs/output.md`, () => {
      const missing = reporters
        .filter(({ forPrograms }) => forPrograms)
        .filter(({ name }) => !PAGE.includes(`\n## ${command} --format ${name}\n`));
      assert.deepEqual(missing, []);
    });
  }
});
