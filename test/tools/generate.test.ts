/** The cache of `npm run generate`: the changes that invalidate a result, and those that do not. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ResultCache } from '../../tools/generate/result-cache.ts';
import { hashOfFolder, ModuleHashes } from '../../tools/generate/source-hash.ts';

const FILES: Readonly<Record<string, string>> = {
  'entry.ts':
    "import { a } from './direct.ts';\nimport type { B } from './types.ts';\nexport const load = () => import('./dynamic.ts');\n",
  'direct.ts': "import {\n  first,\n  second,\n} from './indirect.ts';\nexport * from './entry.ts';\n",
  'indirect.ts': "import './effect.ts';\nimport fs from 'node:fs';\n",
  'effect.ts': 'export {};\n',
  'dynamic.ts': "import './left-out.ts';\n",
  'left-out.ts': "import './behind.ts';\n",
  'behind.ts': '',
  'types.ts': 'export type B = 1;\n',
};

describe('the cache of generated pages', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'generate-'));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const hash = (): string => new ModuleHashes([join(folder, 'left-out.ts')]).of(join(folder, 'entry.ts'));
  const isChangedBy = (name: string): boolean => {
    const before = hash();
    writeFileSync(join(folder, name), `${FILES[name]}// changed\n`);
    return hash() !== before;
  };

  for (const name of ['entry.ts', 'direct.ts', 'indirect.ts', 'effect.ts', 'dynamic.ts'])
    it(`analyzes again after a change of ${name}`, () => assert.ok(isChangedBy(name)));
  for (const name of ['types.ts', 'left-out.ts', 'behind.ts'])
    it(`does not analyze again after a change of ${name}`, () => assert.ok(!isChangedBy(name)));

  it('analyzes again after a change of data, or of its name', () => {
    const before = hashOfFolder(folder);
    writeFileSync(join(folder, 'other.ts'), '');
    const added = hashOfFolder(folder);
    rmSync(join(folder, 'other.ts'));
    writeFileSync(join(folder, 'another.ts'), '');
    assert.equal(new Set([before, added, hashOfFolder(folder)]).size, 3);
  });

  it('keeps the results of the last run only', () => {
    const path = join(folder, 'cache/results.json');
    const run = (keys: readonly string[]): readonly string[] => {
      const computed: string[] = [];
      const cache = new ResultCache(path);
      for (const key of keys)
        assert.deepEqual(
          cache.get(key, () => (computed.push(key), { of: key })),
          { of: key },
        );
      cache.save();
      return computed;
    };
    assert.deepEqual(run(['a', 'b', 'a']), ['a', 'b']);
    assert.deepEqual(run(['b', 'c']), ['c']);
    assert.deepEqual(run(['a', 'b', 'c']), ['a']);
    writeFileSync(path, '[["a", {"of"');
    assert.deepEqual(run(['a']), ['a']);
  });
});
