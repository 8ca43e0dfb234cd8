import assert from 'node:assert/strict';
import { lintingTextsWithoutTypes } from '../kit/linting-texts.ts';

/** How a rule must not ask, and how it may. */
const CASES: readonly (readonly [code: string, found: number])[] = [
  ['export const a = (j: Judgement) => j.yes.satisfiable();', 2],
  ['export const a = (j: Judgement) => j.no.isAlways();', 2],
  ['export const a = (j: Judgement) => j["no"];', 1],
  ['export const a = ({ yes }: Judgement) => yes;', 1],
  ['export const a = (g: Truth) => judgement({ yes: g, no: g });', 2],
  ['export const a = (g: Cover) => g.coveredBy(g);', 1],
  ["import { Guard } from '../../base/guard.ts';\nexport const a = Guard;", 1],
  ['export const a = (j: Judgement) => never(j) || always(not(j)) || sometimes(all(j, j));', 0],
];

describe('lint rules about how a rule asks', () => {
  it('find judgements that are taken apart, and guards that are asked', async () => {
    const eslint = lintingTextsWithoutTypes();
    for (const [code, found] of CASES) {
      // The file is one of the rules; its text is replaced.
      const [result] = await eslint.lintText(code, { filePath: 'server/src/rules/s3/s3-bucket-versioning.ts' });
      const messages = result!.messages.filter(
        ({ ruleId, message }) => ruleId === 'no-restricted-syntax' && /judgement apart|ask a guard/.test(message),
      );
      assert.equal(messages.length, found, code);
    }
  });
});
