/** The table of intrinsic functions, and the effects of a row. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { callOf } from '../../server/src/formats/cloudformation/call.ts';
import { INTRINSICS } from '../../server/src/formats/cloudformation/intrinsics.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { check } from './expression-table.ts';

const PAGE = readFileSync(new URL('../../docs/templates.md', import.meta.url), 'utf8');

describe('the intrinsic functions', () => {
  for (const [name, { short, page }] of INTRINSICS) {
    it(`include ${name}, which has a short form and a page`, () => {
      for (const text of [`!${short} x`, `{${name}: x}`]) {
        const [root] = parse('file:///t.yaml', text, 'yaml').roots;
        assert.equal(callOf(root!)?.name, name, text);
      }
      assert.match(page, /^intrinsic-function-reference-\w+$/);
    });
  }

  it('are all described in docs/templates.md', () => {
    const missing = [...INTRINSICS.keys()].filter((name) => !PAGE.includes(`\`${name}\``));
    assert.deepEqual(missing, []);
  });
});

check('functions that only a deployment knows', '', [
  ['!GetStackOutput {StackName: network, OutputName: SubnetId}', '?import'],
  ['!ImportValue network-SubnetId', '?import'],
  ['!GetAZs eu-west-1', '?computed'],
]);
