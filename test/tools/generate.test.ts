/** The cache of `npm run generate`: the changes that invalidate a result, and those that do not. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../tools/generate/bundle.mjs';
import { hashOfFolder, ModuleHashes, type Modules } from '../../tools/generate/dependencies.ts';
import { PageResultCache } from '../../tools/generate/result-cache.ts';
import { resultKeys } from '../../tools/generate/result-keys.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const readText = (path: string): string => readFileSync(path, 'utf8');

const FILES: Readonly<Record<string, string>> = {
  'entry.ts':
    "import { a } from './direct.ts';\nimport type { B } from './types.ts';\nexport const load = () => import('./dynamic.ts');\nexport const b: B = a;\n",
  'direct.ts':
    "import {\n  first,\n  second,\n} from './indirect.ts';\nexport * from './entry.ts';\nexport const a = first + second;\n",
  'indirect.ts':
    "import './effect.ts';\nimport fs from 'node:fs';\nexport const first = fs.constants.F_OK;\nexport const second = 2;\n",
  'effect.ts': 'export {};\n',
  'dynamic.ts': "import './left-out.ts';\n",
  'left-out.ts': "import './behind.ts';\n",
  'behind.ts': '',
  'types.ts': 'export type B = number;\n',
};

describe('the cache of generated pages', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'generate-'));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const hash = async (): Promise<string> => {
    const { modules } = await bundle('entry.ts', 'bundle.mjs', folder);
    return new ModuleHashes(modules, readText, [join(folder, 'left-out.ts')]).of(join(folder, 'entry.ts'));
  };
  const isChangedBy = async (name: string): Promise<boolean> => {
    const before = await hash();
    writeFileSync(join(folder, name), `${FILES[name]}// changed\n`);
    return (await hash()) !== before;
  };

  for (const name of ['entry.ts', 'direct.ts', 'indirect.ts', 'effect.ts', 'dynamic.ts'])
    it(`makes pages again after a change of ${name}`, async () => assert.ok(await isChangedBy(name)));
  for (const name of ['types.ts', 'left-out.ts', 'behind.ts'])
    it(`keeps pages after a change of ${name}`, async () => assert.ok(!(await isChangedBy(name))));

  it('makes pages again after a change of data, or of its name', () => {
    const before = hashOfFolder(folder, readText);
    writeFileSync(join(folder, 'other.ts'), '');
    const added = hashOfFolder(folder, readText);
    rmSync(join(folder, 'other.ts'));
    writeFileSync(join(folder, 'another.ts'), '');
    assert.equal(new Set([before, added, hashOfFolder(folder, readText)]).size, 3);
  });

  it('keeps the results of the last run only', () => {
    const path = join(folder, 'cache/results.json');
    const run = (keys: readonly string[]): readonly string[] => {
      const cache = new PageResultCache(path);
      const missing = new Set(keys.filter((key) => !cache.has(key)));
      const computed: string[] = [];
      for (const key of keys)
        assert.deepEqual(
          cache.get(key, () => (computed.push(key), { of: key })),
          { of: key },
        );
      assert.deepEqual(computed, [...missing]);
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

describe('the cached page of kms-key-rotation, and the findings of a minimal S3 bucket', () => {
  const PAGE = 'kms-key-rotation';
  const BARE = 'S3 bucket.yaml';
  let modules: Modules;
  let unchanged: ReadonlyMap<string, string>;
  before(async () => {
    ({ modules } = await bundle('tools/generate/pages.ts', '.cache/generate/test.mjs'));
    unchanged = resultKeys(modules);
  });

  for (const [file, remade] of Object.entries({
    'server/src/rules/kms/kms-key-rotation.ts': [PAGE, BARE],
    'server/src/rules/forms/setting-rule.ts': [PAGE, BARE],
    'server/src/rules/sns/sns-topic-encryption.ts': [BARE],
    'server/src/engine/report.ts': [PAGE, BARE],
    'server/src/syntax/yaml.ts': [PAGE, BARE],
    'server/src/cli/rule-formats.ts': [PAGE],
    'server/src/cli/options.ts': [],
    'schemas/cloudformation/kms.json': [PAGE, BARE],
    'schemas/stackwarden-configuration.schema.json': [],
    'package-lock.json': [PAGE, BARE],
    'test/rules/kms/kms-key-rotation.fixture': [PAGE],
    'test/rules/sns/sns-topic-encryption.fixture': [],
    'test/kit/hcl-text.ts': [PAGE],
    'test/kit/run-fixture.ts': [PAGE],
    'tools/example-sections.ts': [PAGE],
    'tools/bare-resources.ts': [BARE],
    'tools/cli-page.ts': [],
  }))
    it(`${remade.length === 0 ? 'stay' : `are remade (${remade.join(', ')})`} after a change of ${file}`, () => {
      let reads = 0;
      const keys = resultKeys(modules, (path) => {
        if (path !== join(ROOT, file)) return readFileSync(path);
        reads++;
        return `${readText(path)} `;
      });
      assert.deepEqual(
        [PAGE, BARE].filter((name) => keys.get(name) !== unchanged.get(name)),
        remade,
      );
      assert.ok(reads > 0 || remade.length === 0);
    });

  it('have keys, as all have', () => {
    assert.ok(unchanged.has(PAGE) && unchanged.has(BARE));
    assert.equal(new Set(unchanged.values()).size, unchanged.size);
  });
});
