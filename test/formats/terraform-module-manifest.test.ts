/** Modules that `terraform init` has downloaded, and which ones the manifest names. */
import assert from 'node:assert/strict';
import { isRecordOf, type ManifestRecord } from '../../server/src/formats/terraform/module-manifest.ts';
import { allowsVersion } from '../../server/src/formats/terraform/module-version.ts';
import { directory, EVERYTHING, found, FOLDER, type Files } from './terraform-stack.ts';

const RULE = 'ebs-volume-encryption';
const SOURCE = 'acme/disk/aws';
const DISK = `variable "encrypted" {
  type    = bool
  default = false
}

resource "aws_ebs_volume" "this" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = var.encrypted
}
`;

/** A manifest with the root module and others: key, source, version, directory. */
function manifest(...records: readonly (readonly [key: string, source: string, version: string, folder: string])[]) {
  const modules = records.map(([Key, Source, Version, Dir]) => ({ Key, Source, Version, Dir }));
  return { Modules: [{ Key: '', Source: '', Dir: '.' }, ...modules] };
}

const call = (name: string, more = ''): string =>
  `module "${name}" {\n  source  = "${SOURCE}"\n  version = "~> 1.2"\n${more}}\n`;

/** A configuration that calls a downloaded module. */
function configuration(main: string, more: Files = {}, keys: readonly string[] = ['disk']): Files {
  return {
    'main.tf': main,
    '.terraform/modules/modules.json': manifest(
      ...keys.map((key) => [key, `registry.terraform.io/${SOURCE}`, '1.3.0', `.terraform/modules/${key}`] as const),
    ),
    ...Object.fromEntries(keys.map((key) => [`.terraform/modules/${key}/main.tf`, DISK])),
    ...more,
  };
}

const incompleteOf = (files: Files): readonly string[] =>
  directory(files).analysis.incomplete.map(({ doc, reason }) => `${doc.slice(FOLDER.length)} ${reason}`);

describe('downloaded Terraform modules', () => {
  it('are read where the manifest says, and their findings are shown at the call', () =>
    assert.deepEqual(found(configuration(call('disk')), RULE), [`${RULE} module.disk.aws_ebs_volume.this: "disk"`]));

  it('have the arguments of the call', () => {
    assert.deepEqual(found(configuration(call('disk', '  encrypted = true\n')), RULE), []);
    assert.deepEqual(found(configuration(call('disk', '  encrypted = false\n')), RULE), [
      `${RULE} module.disk.aws_ebs_volume.this: false`,
    ]);
  });

  it('are named as a related place, and not changed', () => {
    const { analysis, texts } = directory(configuration(call('disk')), { ...EVERYTHING, rules: new Set([RULE]) });
    const [finding] = analysis.documents.flatMap(({ findings }) => findings);
    const [module] = finding!.related;
    assert.equal(module!.at.doc, `${FOLDER}.terraform/modules/disk/main.tf`);
    assert.equal(texts.get(module!.at.doc)!.slice(module!.at.start, module!.at.end), 'var.encrypted');
    assert.equal(finding!.resource, 'module.disk.aws_ebs_volume.this');
    assert.deepEqual(finding!.fixes, []);
  });

  it('are shown at each call', () =>
    assert.deepEqual(found(configuration(call('disk') + call('other'), {}, ['disk', 'other']), RULE), [
      `${RULE} module.disk.aws_ebs_volume.this: "disk"`,
      `${RULE} module.other.aws_ebs_volume.this: "other"`,
    ]));

  it('have fingerprints that do not depend on other calls or on the text of the module', () => {
    const print = (files: Files) =>
      directory(files, { ...EVERYTHING, rules: new Set([RULE]) })
        .analysis.documents.flatMap(({ findings }) => findings)
        .find(({ resource }) => resource === 'module.disk.aws_ebs_volume.this')!.fingerprint;
    const before = print(configuration(call('disk')));
    const others = call('a') + call('disk') + call('z');
    assert.equal(print(configuration(`# New\n\n${others}`, {}, ['a', 'disk', 'z'])), before);
    assert.equal(
      print(configuration(call('disk'), { '.terraform/modules/disk/main.tf': `# Version 1.3.1\n\n${DISK}` })),
      before,
    );
  });

  it('are read below local and downloaded modules', () => {
    const keys = ['inner.disk'];
    const local = configuration('module "inner" {\n  source = "./inner"\n}\n', { 'inner/main.tf': call('disk') }, keys);
    assert.deepEqual(found(local, RULE), [`${RULE} module.inner.module.disk.aws_ebs_volume.this: "disk"`]);
    const outer = configuration(
      call('outer'),
      {
        '.terraform/modules/outer/main.tf': `${call('disk')}module "own" {\n  source = "./modules/own"\n}\n`,
        '.terraform/modules/outer/modules/own/main.tf': DISK,
      },
      ['outer', 'outer.disk'],
    );
    assert.deepEqual(found(outer, RULE), [
      `${RULE} module.outer.module.disk.aws_ebs_volume.this: "outer"`,
      `${RULE} module.outer.module.own.aws_ebs_volume.this: "outer"`,
    ]);
  });

  it('are called from JSON as well', () => {
    const files = configuration('');
    const json = { module: { disk: { source: SOURCE, version: '1.3.0' } } };
    assert.deepEqual(found({ ...files, 'main.tf': '# Nothing\n', 'calls.tf.json': json }, RULE), [
      `${RULE} module.disk.aws_ebs_volume.this: "disk"`,
    ]);
  });

  it('have their outputs', () => {
    const main = `${call('disk')}resource "aws_ebs_volume" "own" {\n  encrypted = module.disk.encrypted\n}\n`;
    const output = `${DISK}output "encrypted" {\n  value = false\n}\n`;
    assert.deepEqual(found(configuration(main, { '.terraform/modules/disk/main.tf': output }), RULE), [
      `${RULE} module.disk.aws_ebs_volume.this: "disk"`,
      `${RULE} aws_ebs_volume.own: module.disk.encrypted`,
    ]);
  });

  it('are unknown without a manifest', () => {
    const files = { 'main.tf': call('disk') };
    assert.deepEqual(found(files, RULE), []);
    assert.deepEqual(incompleteOf(files), []);
  });

  const stale = `main.tf calls a module that is not downloaded in this version: ${SOURCE}. Run terraform init.`;
  const unread: readonly (readonly [what: string, more: Files, incomplete: string])[] = [
    [
      'another source',
      { '.terraform/modules/modules.json': manifest(['disk', 'acme/queue/aws', '1.3.0', '.terraform/modules/disk']) },
      stale,
    ],
    [
      'another version',
      { '.terraform/modules/modules.json': manifest(['disk', SOURCE, '2.0.0', '.terraform/modules/disk']) },
      stale,
    ],
    ['another call', { '.terraform/modules/modules.json': manifest() }, stale],
    [
      'a folder above',
      { '.terraform/modules/modules.json': manifest(['disk', SOURCE, '1.3.0', '../elsewhere']) },
      '.terraform/modules/modules.json names a folder outside .terraform/modules, which is not read: ../elsewhere',
    ],
    [
      'a folder outside that starts inside',
      { '.terraform/modules/modules.json': manifest(['disk', SOURCE, '1.3.0', '.terraform/modules/../../own']) },
      '.terraform/modules/modules.json names a folder outside .terraform/modules, which is not read: .terraform/modules/../../own',
    ],
    [
      'an absolute path',
      { '.terraform/modules/modules.json': manifest(['disk', SOURCE, '1.3.0', '/etc']) },
      '.terraform/modules/modules.json names a folder outside .terraform/modules, which is not read: /etc',
    ],
    [
      'text that is no manifest',
      { '.terraform/modules/modules.json': '{"Modules": [' },
      '.terraform/modules/modules.json cannot be read, so downloaded modules are not checked',
    ],
  ];
  for (const [what, more, incomplete] of unread)
    it(`are not read for ${what} in the manifest`, () => {
      const files = { ...configuration(call('disk'), more), 'own/main.tf': DISK };
      assert.deepEqual(
        found(files, RULE).filter((one) => one.includes('module.')),
        [],
      );
      assert.deepEqual(incompleteOf(files), [incomplete]);
    });

  it('are not checked as documents', () => {
    const { analysis } = directory({ ...configuration(call('disk')), '.terraform.lock.hcl': 'provider "x" {}\n' });
    for (const { doc, format } of analysis.documents)
      assert.equal(format, doc.endsWith('/main.tf') && !doc.includes('.terraform') ? 'terraform' : 'none', doc);
  });

  const sources: readonly (readonly [source: string, recorded: string, same: boolean])[] = [
    ['acme/disk/aws', 'acme/disk/aws', true],
    ['acme/disk/aws', 'registry.terraform.io/acme/disk/aws', true],
    ['acme/disk/aws', 'registry.opentofu.org/acme/disk/aws', true],
    ['acme/disk/aws//modules/a', 'registry.terraform.io/acme/disk/aws//modules/a', true],
    ['acme/disk/aws//modules/a', 'registry.terraform.io/acme/disk/aws//modules/b', false],
    ['app.acme.example/acme/disk/aws', 'acme/disk/aws', false],
    ['github.com/acme/disk', 'git::https://github.com/acme/disk.git', true],
    ['github.com/acme/disk//a?ref=v1', 'git::https://github.com/acme/disk.git//a?ref=v1', true],
    ['github.com/acme/disk?ref=v1', 'git::https://github.com/acme/disk.git?ref=v2', false],
    ['git@github.com:acme/disk.git', 'git::ssh://git@github.com/acme/disk.git', true],
    ['git::https://acme.example/disk.git', 'git::https://acme.example/disk.git', true],
  ];
  for (const [source, recorded, same] of sources)
    it(`${same ? 'match' : 'do not match'} ${source} with ${recorded}`, () => {
      const record: ManifestRecord = { source: recorded, version: undefined, folder: '' };
      assert.equal(isRecordOf(record, source, undefined), same);
    });

  const versions: readonly (readonly [constraint: string, version: string, allowed: boolean])[] = [
    ['1.2.3', '1.2.3', true],
    ['= 1.2.3', '1.2.4', false],
    ['~> 1.2', '1.9.0', true],
    ['~> 1.2', '2.0.0', false],
    ['~> 1.2.3', '1.2.9', true],
    ['~> 1.2.3', '1.3.0', false],
    ['~> 1', '4.0.0', true],
    ['>= 1.0, < 2.0', '1.5.0', true],
    ['>= 1.0, < 2.0', '2.0.0', false],
    ['> 1.0.0', '1.0.0', false],
    ['<= 1.0', '1.0.0', true],
    ['!= 1.0.0', '1.0.0', false],
    ['>= 1.0', '1.1.0-beta', false],
    ['1.1.0-beta', '1.1.0-beta', true],
    ['what', '1.0.0', true],
  ];
  for (const [constraint, version, allowed] of versions)
    it(`${allowed ? 'satisfy' : 'do not satisfy'} ${constraint} with ${version}`, () =>
      assert.equal(allowsVersion(constraint, version), allowed));
});
