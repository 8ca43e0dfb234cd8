import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lookupsIn } from '../../tools/lint/own-names.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Code, and the keys that are looked up in plain objects; undefined for a comment without such a key. */
const CASES: readonly (readonly [code: string, found: readonly (string | undefined)[]])[] = [
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
  [
    'export const at = (named: Readonly<Record<string, number>>, name: string): unknown => named[(name!)];',
    ['(name!)'],
  ],
  [
    'export const at = (named: Readonly<Record<string, number>>, name: string): unknown => named[name]; // own-names: safe',
    [],
  ],
  ['export const at = <T extends object>(named: T, name: keyof T): unknown => named[name];', []],
  ['export const at = 1; // own-names: nothing', [undefined]],
  ['export const is = (named: { a?: 1 } | { b: 2 }): boolean => "a" in named;', []],
];

describe('tools/lint/own-names', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'own-names-')));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('finds names of documents that are looked up in plain objects', () => {
    const { compilerOptions } = JSON.parse(readFileSync(`${ROOT}tsconfig.json`, 'utf8')) as { compilerOptions: object };
    writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions: { ...compilerOptions, types: [] } }));
    copyFileSync(`${ROOT}server/src/base/table.ts`, `${folder}/table.ts`);
    for (const [index, [code]] of CASES.entries()) writeFileSync(`${folder}/${index}.ts`, code);
    const found = CASES.map((): (string | undefined)[] => []);
    for (const { file, key } of lookupsIn(join(folder, 'tsconfig.json'), folder))
      found[parseInt(basename(file))]!.push(key);
    assert.deepEqual(
      found,
      CASES.map(([, keys]) => keys),
    );
  });
});
