/** package.json is the only place that spells the address of the repository. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addressesOf, type PackageIdentity } from '../../tools/addresses.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as PackageIdentity;

/** Files that may have an address, and why. */
const SPELLED: ReadonlyMap<string, string> = new Map([
  ['package.json', 'the place itself'],
  ['docs/ci.md', 'generated'],
  ['schemas/stackwarden-configuration.schema.json', 'generated'],
]);

const filesOfRepository = (): readonly string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)));

describe('the addresses of the project', () => {
  it('derive from the manifest', () => {
    assert.deepEqual(
      addressesOf({
        name: 'tool',
        version: '1.2.3',
        publisher: 'acme',
        repository: { url: 'https://github.com/Acme/tool' },
      }),
      {
        repository: 'https://github.com/Acme/tool',
        slug: 'Acme/tool',
        issues: 'https://github.com/Acme/tool/issues',
        homepage: 'https://github.com/Acme/tool#readme',
        raw: 'https://raw.githubusercontent.com/Acme/tool/v1.2.3',
        image: 'ghcr.io/acme/tool',
        npm: 'https://www.npmjs.com/package/tool',
        marketplace: 'https://marketplace.visualstudio.com/items?itemName=acme.tool',
        openVsx: 'https://open-vsx.org/extension/acme/tool',
      },
    );
  });

  for (const url of ['git@github.com:acme/tool.git', 'https://gitlab.com/acme/tool', 'https://github.com/acme'])
    it(`are refused for ${url}`, () => {
      assert.throws(() => addressesOf({ ...MANIFEST, repository: { url } }), /repository\.url in package\.json/);
    });

  it('are spelled in package.json only', () => {
    const { slug } = addressesOf(MANIFEST);
    assert.deepEqual(
      filesOfRepository().filter((path) => !SPELLED.has(path) && readFileSync(join(ROOT, path)).includes(slug)),
      [],
    );
  });
});
