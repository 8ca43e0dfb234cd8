/**
 * The npm package: its manifest, its exact content, and that the packed program works where nothing else is installed.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RULES } from '../../server/src/rules/index.ts';
import { npmManifest, npmPack, packedFiles, stage, type Manifest, type Packed } from '../../tools/package/npm.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });

describe('the npm package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stackwarden-npm-'));
  const content = join(folder, 'content');
  const project = join(folder, 'project');
  let staged: readonly string[] = [];
  let packed: Packed;
  before(async () => {
    // npm test builds first; a run of this file alone may not have.
    if (!existsSync(join(ROOT, 'dist/server.cjs'))) run(process.execPath, ['tools/build.mjs'], ROOT);
    // The program reads an archive of any quality alike.
    staged = await stage(content, 1);
    packed = npmPack(content, folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('installs and runs nothing else, and names its source', () => {
    const manifest = npmManifest(MANIFEST);
    assert.deepEqual(Object.keys(manifest), [
      'name',
      'version',
      'description',
      'keywords',
      'homepage',
      'bugs',
      'repository',
      'license',
      'type',
      'bin',
      'engines',
      'files',
    ]);
    assert.deepEqual(manifest['repository'], { type: 'git', url: `git+${MANIFEST.repository.url}.git` });
    assert.deepEqual(manifest['engines'], { node: MANIFEST.engines['node'] });
    // Only editors replace such texts.
    assert.doesNotMatch(JSON.stringify(manifest), /"%[\w.]+%"/);
  });

  it('has exactly the files that package.json lists', () => {
    const paths = packed.files.map(({ path }) => path);
    assert.deepEqual(paths.toSorted(), staged);
    assert.deepEqual(
      [
        ...new Set(
          paths.map((path) =>
            path.replace(/^(schemas|docs|docs\/rules|dist\/parts)\/[^/]*\.(?:md|json|cjs)$|^(schemas)\/.*/, '$1$2'),
          ),
        ),
      ].sort(),
      [
        'LICENSE',
        'NOTICE',
        'README.md',
        'dist/THIRD-PARTY-LICENSES.txt',
        'dist/cli.cjs',
        'dist/parts',
        'dist/parts/rules-code.pack',
        'dist/parts/rules-index.jsonl',
        'dist/parts/rules-texts.pack',
        'dist/server.cjs',
        'docs',
        'docs/rules',
        'package.json',
        'schemas',
      ],
    );
  });

  it('has the page of every rule, and the pages that they link to', () => {
    const files = new Set(staged);
    assert.deepEqual(
      RULES.map(({ id }) => `docs/rules/${id}.md`).filter((path) => !files.has(path)),
      [],
    );
    const pages = staged.filter((path) => path.startsWith('docs/rules/'));
    const links = pages.flatMap((page) =>
      [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?![a-z]+:)([^)#\s]+\.md)/g)].map(([, link]) =>
        join(dirname(page), link!).replaceAll('\\', '/'),
      ),
    );
    assert.deepEqual(
      [...new Set(links)].filter((path) => !files.has(path)),
      [],
    );
  });

  it('has pages without links to pictures, which are not packed', () => {
    assert.deepEqual(
      staged.filter((path) => /^docs\/.*\.md$/.test(path) && /!\[/.test(readFileSync(join(content, path), 'utf8'))),
      [],
    );
    assert.match(readFileSync(join(ROOT, 'docs/terraform.md'), 'utf8'), /!\[/);
  });

  it('is not packed without a file that package.json lists', () => {
    assert.throws(() => packedFiles({ files: ['dist/missing.cjs'] }), /dist\/missing\.cjs does not exist/);
  });

  it('works after an installation without a network', async () => {
    run(
      'npm',
      ['install', '--prefix', project, '--offline', '--no-audit', '--no-fund', join(folder, packed.filename)],
      folder,
    );
    assert.deepEqual(
      readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.')),
      ['stackwarden'],
    );
    const bin = join(project, 'node_modules/.bin', process.platform === 'win32' ? 'stackwarden.cmd' : 'stackwarden');
    const call = (
      ...args: readonly string[]
    ): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
      spawnSync(bin, args, { cwd: join(ROOT, 'examples'), encoding: 'utf8', shell: process.platform === 'win32' });

    assert.equal(call('--version').stdout, `${MANIFEST.version}\n`);
    const { status, stdout, stderr } = call('lint', 'cloudformation/web-shop.yaml');
    assert.match(stdout, /rds-instance-encryption {2}cloudformation\/web-shop\.yaml:\d+:\d+\n/);
    assert.deepEqual([status, stderr], [1, '']);
    const page = /^ *page +(\S+)$/m.exec(call('explain', 'kms-key-rotation').stdout)?.[1];
    assert.ok(statSync(join(project, 'node_modules/stackwarden', page ?? 'missing')).isFile());
    assert.match(await firstAnswer(bin), /"serverInfo":\{"name":"stackwarden"/);
  });
});

/** What the language server answers to its first request. */
async function firstAnswer(bin: string): Promise<string> {
  const request = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  const server = spawn(bin, ['lsp', '--stdio'], { shell: process.platform === 'win32' });
  server.stdin.write(`Content-Length: ${request.length}\r\n\r\n${request}`);
  let answer = '';
  for await (const part of server.stdout) {
    answer += String(part);
    // Without a client, the server stops.
    if (/"id":1,.*\}$/.test(answer)) server.stdin.end();
  }
  return answer;
}
