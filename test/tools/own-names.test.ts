import assert from 'node:assert/strict';
import { lintingTexts } from '../kit/linting-texts.ts';

/** Code, and the keys that the rule finds looked up in plain objects. */
const CASES: readonly (readonly [code: string, found: readonly string[]])[] = [
  ['export const at = (named: Readonly<Record<string, number>>, name: string): unknown => named[name];', ['name']],
  [
    'export const at = (named: Readonly<Record<string, number>>, name: string): unknown => named[`x${name}`];',
    ['`x${name}`'],
  ],
  [
    'const NAMED = { a: 1 };\nexport const at = (name: string): unknown => NAMED[name as keyof typeof NAMED];',
    ['name as keyof typeof NAMED'],
  ],
  ['export const is = (named: object, name: string): boolean => name in named;', ['name']],
  ['export const put = (named: Record<string, number>, name: string): void => { named[name] = 1; };', ['name']],
  ['export const at = (named: Readonly<Record<string, number>>, name: "a" | "b"): unknown => named[name];', []],
  ['export const at = (listed: readonly string[], index: number): unknown => listed[index];', []],
  [
    'import { table } from "./table.ts";\nconst NAMED = table({ a: 1 });\nexport const at = (name: string): unknown => NAMED[name];',
    [],
  ],
  ['export const is = (named: { a?: 1 } | { b: 2 }): boolean => "a" in named;', []],
];

describe('lint rule own-names', () => {
  it('finds names of documents that are looked up in plain objects', async () => {
    const eslint = lintingTexts();
    for (const [code, found] of CASES) {
      // The types are those of a file of the program; its text is replaced.
      const [result] = await eslint.lintText(code, { filePath: 'server/src/base/order.ts' });
      const keys = result!.messages
        .filter(({ ruleId }) => ruleId === 'local/own-names')
        .map(({ message }) => /look up (.*) in a Map/.exec(message)![1]);
      assert.deepEqual(keys, found, code);
    }
  });
});
