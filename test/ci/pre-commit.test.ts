/** The hook for pre-commit: the fields that pre-commit knows, and the files that it passes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { FORMATS } from '../../server/src/model/format.ts';
import { call } from '../cli/call.ts';
import { makeFolder } from '../host/workspace.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The fields of a hook and the types of their values. https://pre-commit.com/#creating-new-hooks */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ...[
    'id',
    'name',
    'entry',
    'language',
    'files',
    'exclude',
    'description',
    'language_version',
    'minimum_pre_commit_version',
  ].map((name) => [name, 'string'] as const),
  ...['always_run', 'fail_fast', 'verbose', 'pass_filenames', 'require_serial'].map(
    (name) => [name, 'boolean'] as const,
  ),
  ...['types', 'types_or', 'exclude_types', 'args', 'stages', 'additional_dependencies'].map(
    (name) => [name, 'object'] as const,
  ),
]);

const hooks = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as readonly Readonly<
  Record<string, unknown>
>[];
const hook = hooks[0]!;

describe('the hook for pre-commit', () => {
  it('has known fields only, and those that are required', () => {
    assert.equal(hooks.length, 1);
    for (const [name, value] of Object.entries(hook)) assert.equal(typeof value, FIELDS.get(name), name);
    for (const name of ['id', 'name', 'entry', 'language']) assert.ok(name in hook, name);
    assert.deepEqual(
      [hook['id'], hook['language'], hook['require_serial'], 'pass_filenames' in hook],
      ['stackwarden', 'node', true, false],
    );
  });

  it('gets the files that can be of a supported format, and no others', () => {
    const files = new RegExp(hook['files'] as string);
    const endings = new Set([...FORMATS.values()].flatMap((format) => format.endings));
    assert.deepEqual(
      [...endings].filter((ending) => !files.test(`infra/a.${ending.replaceAll('*', 'x')}`)),
      [],
    );
    for (const path of ['README.md', 'a.tfvars', 'a.hcl', 'yaml', 'a.yaml.j2', 'a.jsonl'])
      assert.ok(!files.test(path), path);
  });

  it('builds the program that npm packs, without the output of scripts', () => {
    const { scripts, bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
      readonly bin: Readonly<Record<string, string>>;
    };
    assert.equal(scripts['prepare'], 'node tools/prepare.mjs');
    assert.deepEqual(Object.keys(bin), [(hook['entry'] as string).split(' ')[0]]);
    // pre-commit reads the name of the packed file from standard output.
    assert.match(readFileSync(join(ROOT, '.npmrc'), 'utf8'), /^foreground-scripts=false$/m);
  });

  describe('called as pre-commit does', () => {
    const BAD =
      'Resources:\n  Disk: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: false}}\n';
    const folder = makeFolder({
      'bad.yaml': BAD,
      'good.yaml': BAD.replace('false', 'true'),
      'other.json': '{"name": "x"}',
      '--config=bad.yaml': BAD,
      '--fix.yaml': BAD,
      'legacy/bad.yaml': BAD,
      '.stackwarden.yaml': 'exclude: [legacy/]\n',
    });
    after(() => folder.remove());
    const [, ...entry] = (hook['entry'] as string).split(' ');
    const run = (...files: readonly string[]) =>
      call([...entry, ...(hook['args'] as readonly string[]), ...files], { cwd: folder.path });

    it('fails for findings', () => {
      const { code, out } = run('good.yaml', 'bad.yaml', 'other.json');
      assert.equal(code, 1);
      assert.match(out, /ebs-volume-encryption {2}bad\.yaml:2:/);
    });

    for (const file of ['--config=bad.yaml', '--fix.yaml'])
      it(`does not take the file ${file} for an option`, () => {
        const { code, out } = run(file);
        assert.equal(code, 1);
        assert.match(out, new RegExp(`ebs-volume-encryption {2}${file}:2:`));
      });

    for (const files of [['good.yaml'], ['other.json'], ['legacy/bad.yaml'], ['good.yaml', 'legacy/bad.yaml']])
      it(`succeeds for ${files.join(' and ')}`, () => {
        const { code, out } = run(...files);
        assert.equal(code, 0, out);
      });
  });
});
