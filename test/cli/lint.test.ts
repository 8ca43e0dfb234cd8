/** The command line with the real engine, called in this process. */
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { programOf } from '../../server/src/host/program.ts';
import { MAX_FILE_BYTES } from '../../server/src/host/too-large.ts';
import { encodeText } from '../../server/src/host/text-encoding.ts';
import { makeFolder, withoutPrivileges } from '../host/workspace.ts';
import { call, type Called } from './call.ts';

const VOLUME =
  'Resources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties: {AvailabilityZone: a, Size: 1, Encrypted: false}\n';
const GOOD = VOLUME.replace('false', 'true');
const BUCKET = 'Resources:\r\n  B: # é😀\r\n    Type: AWS::S3::Bucket\r\n';
const FIXED = /BlockPublicPolicy: true\r\n/;
const NOTHING = 'stackwarden: Nothing was checked. Use --allow-empty if that is expected.\n';
/** Its variable file says false. */
const TERRAFORM = JSON.stringify({
  resource: { aws_ebs_volume: { disk: { availability_zone: 'a', size: 1, encrypted: '${var.encrypted}' } } },
  variable: { encrypted: { default: true } },
});
const TERRAFORM_FINDING = `tf/main.tf.json:0:${TERRAFORM.indexOf('"${var.encrypted}')} ebs-volume-encryption aws_ebs_volume.disk`;

interface ReportedFile {
  readonly path: string;
  readonly format: string;
  readonly reason: string;
  readonly problems: readonly { readonly kind: string }[];
  readonly findings: readonly {
    readonly rule: string;
    readonly resource: string;
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
    readonly fixes: readonly unknown[];
    readonly refusedFixes: readonly unknown[];
  }[];
}

describe('stackwarden lint', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeEach(() => {
    folder = makeFolder({
      '.git/HEAD': '',
      'bad.yaml': VOLUME,
      'good.yaml': GOOD,
      'sub/deep/bad.template': VOLUME,
      'node_modules/x/bad.yaml': VOLUME,
      'other.yaml': 'services: {web: {image: nginx}}\n',
      'package.json': '{"name": "x"}',
      'main.tf': 'resource "aws_s3_bucket" "b" {}\n',
      'empty.yaml': '',
      'blank.json': '\uFEFF \n\t\n',
      'dangling.yaml': { link: 'nowhere.yaml' },
      'broken.yaml': 'Resources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties: {Encrypted: "tr\n',
      'binary.json': Buffer.from([0x7b, 0, 1, 2]),
      'circle.yaml': { link: 'circle.yaml' },
      'named.yaml/inner.yaml': VOLUME,
      'unrelated/notes.md': '',
      'utf16.yaml': encodeText(VOLUME, 'utf-16le'),
      'tf/main.tf.json': TERRAFORM,
      'tf/terraform.tfvars.json': '{"encrypted": false}',
    });
  });
  afterEach(() => folder.remove());

  const lint = (...args: string[]): Called => call(['lint', ...args], { cwd: folder.path });
  const files = ({ out }: Called): readonly ReportedFile[] => (JSON.parse(out) as { files: ReportedFile[] }).files;
  const found = (called: Called): readonly string[] =>
    files(called).flatMap((file) =>
      file.findings.map(
        ({ rule, resource, range }) => `${file.path}:${range.start.line}:${range.start.character} ${rule} ${resource}`,
      ),
    );
  const json = (...args: string[]): Called => lint('--format', 'json', ...args);

  it('checks only the selected rules, regardless of the profile, without the ignored ones', () => {
    const rules = (...args: string[]): readonly string[] => [
      ...new Set(
        files(lint('--format', 'json', ...args, 'bad.yaml', 'buckets.yaml')).flatMap(({ findings }) =>
          findings.map(({ rule }) => rule),
        ),
      ),
    ];
    writeFileSync(folder.at('buckets.yaml'), 'Resources:\n  B:\n    Type: AWS::S3::Bucket\n');
    assert.deepEqual(rules('--select', 's3-bucket-versioning,EC2.3'), [
      'ebs-volume-encryption',
      's3-bucket-versioning',
    ]);
    assert.deepEqual(rules('--select', 's3-bucket-v*', '--select', 'securityhub:EC2.3'), [
      'ebs-volume-encryption',
      's3-bucket-versioning',
    ]);
    assert.deepEqual(rules('--select', 's3-*', '--ignore', 's3-*'), []);
    assert.ok(rules().includes('ebs-volume-encryption'));
    assert.ok(!rules('--ignore', 'CKV_AWS_3').includes('ebs-volume-encryption'));
    for (const [option, name, answer] of [
      ['--select', 'foo-rule', 'No rule is named foo-rule.'],
      ['--select', 's3-bucket-versionin', 'No rule is named s3-bucket-versionin. Did you mean s3-bucket-versioning?'],
      ['--ignore', 'checkov:CKV_AWS_99999', 'No rule is named checkov:CKV_AWS_99999.'],
      ['--select', ',', 'Expected rule IDs.'],
    ] as const) {
      const { code, err } = lint(option, name, 'bad.yaml');
      assert.equal(code, 2);
      assert.ok(err.includes(`${option}: ${answer}`), err);
    }
  });

  it('finds what is wrong in a file, says where, and ends with 1', () => {
    const called = lint('bad.yaml');
    assert.equal(called.code, 1);
    assert.match(called.out, /^high {2}ebs-volume-encryption {2}bad\.yaml:4:59$/m);
    assert.match(called.out, /^1 finding in 1 file: 1 high\.$/m);
    assert.equal(called.err, '');
  });

  it('ends with 0 when nothing is wrong', () =>
    assert.deepEqual(lint('good.yaml'), { code: 0, out: 'No findings in 1 file.\n', err: '' }));

  it('checks a policy that is a file of its own as what the configuration says that it is', () => {
    const policy = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}';
    const policies = makeFolder({
      '.git/HEAD': '',
      'a/admin.json': policy,
      'b/admin.json': policy,
      'b/.stackwarden.yaml': 'policies: [{files: "*.json", kind: boundary}]\n',
    });
    try {
      const policy = (...args: string[]): Called => call(['lint', ...args], { cwd: policies.path });
      assert.match(policy('a/admin.json').out, /^critical {2}iam-policy-admin-wildcard {2}a\/admin\.json:1:70$/m);
      assert.deepEqual(policy('b/admin.json'), { code: 0, out: 'No findings in 1 file.\n', err: '' });
      assert.deepEqual(found(policy('--format', 'json')), ['a/admin.json:0:69 iam-policy-admin-wildcard null']);
    } finally {
      policies.remove();
    }
  });

  it('walks the current directory by default, and reports only supported files', () => {
    const called = json();
    assert.deepEqual([called.code, called.err], [1, '']);
    assert.deepEqual(
      files(called).map((file) => file.path),
      [
        'bad.yaml',
        'broken.yaml',
        'good.yaml',
        'main.tf',
        'named.yaml/inner.yaml',
        'sub/deep/bad.template',
        'tf/main.tf.json',
        'utf16.yaml',
      ],
    );
    assert.deepEqual(
      found(called).filter((line) => line.includes('ebs')),
      [
        'bad.yaml:3:58 ebs-volume-encryption Disk',
        'named.yaml/inner.yaml:3:58 ebs-volume-encryption Disk',
        'sub/deep/bad.template:3:58 ebs-volume-encryption Disk',
        TERRAFORM_FINDING,
        'utf16.yaml:3:58 ebs-volume-encryption Disk',
      ],
    );
  });

  it('says the same in the same order however the files are named', () => {
    const { out } = json('bad.yaml', 'sub', 'good.yaml');
    assert.equal(json('./good.yaml', folder.at('sub/deep/bad.template'), 'sub', 'bad.yaml', 'bad.yaml').out, out);
  });

  it('reports every file that was named, with the reason when it is not ours', () => {
    const called = json('other.yaml', 'package.json', 'good.yaml');
    assert.equal(called.code, 0);
    assert.deepEqual(
      files(called).map(({ path, format }) => [path, format]),
      [
        ['good.yaml', 'cloudformation'],
        ['other.yaml', 'none'],
        ['package.json', 'none'],
      ],
    );
    for (const { path, format, reason } of files(called))
      if (format === 'none') assert.ok(called.err.includes(`stackwarden: ${path} was not checked: ${reason}.\n`), path);
  });

  describe('reads Terraform in HCL', () => {
    const disk = (encrypted: string): string =>
      `resource "aws_ebs_volume" "disk" {\n  availability_zone = "a"\n  size = 1\n  encrypted = ${encrypted}\n}\n`;
    const unpacked = makeFolder({
      'modules/disk/main.tf': `variable "encrypted" {}\n${disk('var.encrypted')}`,
      'examples/plain/main.tf':
        'module "disk" {\n  source = "../../modules/disk"\n  encrypted = false\n}\n\nmodule "other" {\n  source = "a/b/c"\n}\n',
      'mixed/main.tf': disk('local.encrypted'),
      'mixed/locals.tf.json': '{"locals": {"encrypted": false}}',
      'terragrunt/terragrunt.hcl': 'inputs = {}\n',
    });
    after(() => unpacked.remove());
    const from = (cwd: string, ...args: string[]): Called =>
      call(['lint', '--format', 'json', ...args], { cwd: unpacked.at(cwd) });
    const disks = (called: Called): readonly string[] => found(called).filter((line) => line.includes('ebs-volume'));
    const MIXED = 'mixed/main.tf:3:14 ebs-volume-encryption aws_ebs_volume.disk';
    const CALLED = 'modules/disk/main.tf:4:14 ebs-volume-encryption module.disk.aws_ebs_volume.disk';

    it('in a folder without a repository', () => {
      const called = from('.', '.');
      assert.deepEqual([called.code, called.err, disks(called)], [1, '', [MIXED, CALLED]]);
      assert.deepEqual(
        files(called).map(({ path, format, reason }) => `${path}: ${format}, ${reason}`),
        [
          'examples/plain/main.tf: terraform, its name ends in .tf',
          'mixed/locals.tf.json: terraform, its name ends in .tf.json',
          'mixed/main.tf: terraform, its name ends in .tf',
          'modules/disk/main.tf: terraform, its name ends in .tf',
        ],
      );
    });

    it('in a file of the current folder, with the modules of that folder', () => {
      const called = from('.', 'examples/plain/main.tf', 'modules/disk/main.tf');
      assert.deepEqual([called.err, disks(called)], ['', [CALLED]]);
      assert.deepEqual(disks(from('mixed', 'main.tf')), [MIXED.replace('mixed/', '')]);
    });

    it('and says of other HCL why it is not checked', () =>
      assert.deepEqual(call(['lint', 'terragrunt/terragrunt.hcl'], { cwd: unpacked.path }), {
        code: 2,
        out: 'No files were checked.\n',
        err: `stackwarden: terragrunt/terragrunt.hcl was not checked: a Terragrunt configuration, which defines no resources.\n${NOTHING}`,
      }));
  });

  describe('ends with 2 if there is nothing to check', () => {
    const NONE = 'No CloudFormation, SAM, Terraform, plan or IAM policy files found in';
    const cases: Readonly<Record<string, readonly [args: readonly string[], out: string, err: string]>> = {
      'a directory without supported files': [['unrelated'], `${NONE} unrelated.\n`, NOTHING],
      'an unsupported file': [
        ['other.yaml'],
        'No files were checked.\n',
        `stackwarden: other.yaml was not checked: no supported format has these keys.\n${NOTHING}`,
      ],
      'an empty list': [['--files-from', '-'], `${NONE} an empty\nlist.\n`, NOTHING],
    };
    for (const [name, [args, out, err]] of Object.entries(cases))
      it(name, () => {
        assert.deepEqual(lint(...args), { code: 2, out, err });
        assert.deepEqual(lint('--allow-empty', ...args), { code: 0, out, err: err.replace(NOTHING, '') });
        const { code, err: message } = json(...args);
        assert.deepEqual([code, message], [2, err]);
      });

    it('the current directory', () => {
      const empty = makeFolder({ '.git/HEAD': '' });
      assert.deepEqual(call(['lint'], { cwd: empty.path }), {
        code: 2,
        out: `${NONE} the current\ndirectory.\n`,
        err: NOTHING,
      });
      empty.remove();
    });
  });

  it('does not speak of formats where nothing could be read', () => {
    assert.deepEqual(lint('none.yaml'), {
      code: 2,
      out: 'No files were checked.\n',
      err: 'stackwarden: none.yaml does not exist.\n',
    });
  });

  describe('names what it cannot read, checks the rest and ends with 2', () => {
    const cases: Readonly<Record<string, string>> = {
      'none.yaml': 'none.yaml does not exist',
      'bad.yaml/x': 'bad.yaml/x does not exist',
      'circle.yaml': 'circle.yaml is a symbolic link cycle',
      'binary.json': 'binary.json is not a text file',
      '*.tpl': '*.tpl matches no file',
      'empty.yaml': 'empty.yaml is empty',
      'blank.json': 'blank.json is empty',
      'dangling.yaml': 'dangling.yaml does not exist',
      '/dev/null': '/dev/null is not a regular file',
    };
    for (const [name, message] of Object.entries(cases)) {
      it(name, () => {
        const called = json(name, 'bad.yaml');
        assert.equal(called.code, 2);
        assert.equal(called.err, `stackwarden: ${message}.\n`);
        assert.equal(found(called).length, 1);
        assert.equal(files(called).find((file) => file.path === name)?.format, 'none');
        assert.deepEqual((JSON.parse(called.out) as { incomplete: unknown }).incomplete, [
          { path: name, reason: message.slice(name.length + 1) },
        ]);
      });
    }
  });

  it('does not count a file that is too large as checked', () => {
    // The beginning shows its format.
    writeFileSync(folder.at('good.yaml'), GOOD + '#'.repeat(100_000));
    truncateSync(folder.at('good.yaml'), MAX_FILE_BYTES + 1);
    const { code, out, err } = lint('good.yaml');
    assert.deepEqual([code, out], [2, 'No files were checked.\n']);
    assert.match(err, /^stackwarden: good\.yaml is too large: \d+ MiB, the limit is \d+ MiB\.\n$/);
    const folderReport = json('.');
    assert.equal(folderReport.code, 2);
    assert.equal(files(folderReport).find(({ path }) => path === 'good.yaml')?.format, 'none');
  });

  it('refuses standard input that is too large', () => {
    const stdin = new Uint8Array(MAX_FILE_BYTES + 1).fill(32);
    for (const args of [
      ['--stdin-filename', 'x.yaml'],
      ['--files-from', '-'],
    ])
      assert.deepEqual(call(['lint', ...args], { cwd: folder.path, stdin }), {
        code: 2,
        out: '',
        err: 'stackwarden: Standard input is too large: 65 MiB, the limit is 64 MiB.\n',
      });
  });

  it('accepts an empty Terraform file', () => {
    writeFileSync(folder.at('empty.tf'), '');
    assert.deepEqual(lint('empty.tf'), { code: 0, out: 'No findings in 1 file.\n', err: '' });
  });

  it('rejects an empty path, which would be the current directory', () =>
    assert.deepEqual(lint('--fix', ''), { code: 2, out: '', err: 'stackwarden: A path is empty.\n' }));

  it('names what it has no permission to read, once', () => {
    const own = makeFolder({ '.git/HEAD': '', 'good.yaml': GOOD, 'secret.yaml': GOOD, 'inner/a.yaml': GOOD });
    chmodSync(own.path, 0o755);
    for (const name of ['secret.yaml', 'inner']) chmodSync(own.at(name), 0);
    const DENIED = 'cannot be read: permission denied.\n';
    const lint = (...args: string[]): Called => withoutPrivileges(() => call(['lint', ...args], { cwd: own.path }));
    const listed = `stackwarden: inner ${DENIED}stackwarden: secret.yaml ${DENIED}`;
    assert.deepEqual(lint(), { code: 2, out: 'No findings in 1 file.\n', err: listed });
    assert.deepEqual(lint('secret.yaml', 'inner', 'secret.yaml'), {
      code: 2,
      out: 'No files were checked.\n',
      err: listed,
    });
    assert.equal(lint('inner/a.yaml').err, `stackwarden: inner/a.yaml ${DENIED}`);
    chmodSync(own.at('inner'), 0o755);
    own.remove();
  });

  it('leaves out a file that disappears after it was found, and names it if it was named', () => {
    const own = makeFolder({ '.git/HEAD': '', 'good.yaml': GOOD, 'gone.yaml': GOOD });
    const program = programOf(import.meta.url);
    let isGone = false;
    // The program's data is looked up after the files are found and before they are read.
    const vanishing = {
      ...program,
      get schemas() {
        if (!isGone) rmSync(own.at('gone.yaml'));
        isGone = true;
        return program.schemas;
      },
    };
    assert.deepEqual(call(['lint'], { cwd: own.path, program: vanishing }), {
      code: 0,
      out: 'No findings in 1 file.\n',
      err: '',
    });
    writeFileSync(own.at('gone.yaml'), GOOD);
    isGone = false;
    assert.deepEqual(call(['lint', 'gone.yaml', 'good.yaml'], { cwd: own.path, program: vanishing }), {
      code: 2,
      out: 'No findings in 1 file.\n',
      err: 'stackwarden: gone.yaml does not exist.\n',
    });
    own.remove();
  });

  it('names a Terraform file that is not text, in a folder', () => {
    const own = makeFolder({ '.git/HEAD': '', 'main.tf': 'a = "\0"\n', 'picture.json': '\0' });
    const { code, out, err } = call(['lint', '.'], { cwd: own.path });
    own.remove();
    assert.equal(code, 2);
    assert.match(out + err, /main\.tf is not a text file/);
    assert.doesNotMatch(out + err, /picture/);
  });

  it('ends with 1 for a syntax error in a file of ours, and keeps what can be read', () => {
    const called = json('broken.yaml');
    assert.equal(called.code, 1);
    assert.equal(files(called)[0]!.format, 'cloudformation');
    assert.ok(files(called)[0]!.problems.some(({ kind }) => kind === 'syntax'));
  });

  it('fails on the severity that was asked for', () => {
    assert.equal(lint('bad.yaml', '--fail-on', 'critical').code, 0);
    assert.equal(lint('bad.yaml', '--fail-on', 'high').code, 1);
  });

  it('reports the profile that was asked for', () => {
    assert.deepEqual(found(json('bad.yaml', '--profile', 'essential')), []);
    assert.equal(found(json('bad.yaml', '--profile', 'strict')).length, 1);
  });

  it('reports possible findings only when asked, and they fail nothing', () => {
    const text = VOLUME.replace(', Encrypted: false', '');
    const quiet = call(['lint', '--stdin-filename', 'x.yaml'], { cwd: folder.path, stdin: text });
    assert.deepEqual([quiet.code, quiet.out], [0, 'No findings in 1 file.\n']);
    const filtered = call(['lint', '--stdin-filename', 'x.yaml', '--certainty', 'possible', '--profile', 'strict'], {
      cwd: folder.path,
      stdin: text,
    });
    assert.equal(filtered.code, 0);
    assert.match(filtered.out, /possible {2}ebs-volume-encryption/);
  });

  it('checks standard input as the file it is said to be, with its neighbours', () => {
    const called = call(['lint', '--format', 'json', '--stdin-filename', 'tf/main.tf.json'], {
      cwd: folder.path,
      stdin: `\uFEFF${TERRAFORM}`,
    });
    assert.deepEqual(found(called), [TERRAFORM_FINDING]);
    const renamed = call(['lint', '--format', 'json', '--stdin-filename', 'new/x.yaml'], {
      cwd: folder.path,
      stdin: VOLUME,
    });
    assert.deepEqual(found(renamed), ['new/x.yaml:3:58 ebs-volume-encryption Disk']);
  });

  it('takes the files from a list', () => {
    const listed = (stdin: string): Called =>
      call(['lint', '--format', 'json', '--files-from', '-'], { cwd: folder.path, stdin });
    assert.deepEqual(
      files(listed('bad.yaml\r\n\nsub\n')).map(({ path }) => path),
      ['bad.yaml', 'sub/deep/bad.template'],
    );
    assert.deepEqual(
      files(listed('bad.yaml\0good.yaml\0')).map(({ path }) => path),
      ['bad.yaml', 'good.yaml'],
    );
    assert.deepEqual([listed('').code, files(listed(''))], [2, []]);
    assert.equal(listed('none.yaml\n').code, 2);
  });

  it('reads nothing outside of the root', () => {
    const called = json('bad.yaml', 'sub', '--root', 'sub');
    assert.equal(called.code, 2);
    assert.match(called.err, /^stackwarden: bad\.yaml is outside the root folder .*sub\.\n$/);
    assert.equal(found(called).length, 1);
  });

  describe('without a repository', () => {
    const MODULE = JSON.stringify({
      variable: { e: {} },
      resource: { aws_ebs_volume: { v: { availability_zone: 'a', encrypted: '${var.e}' } } },
    });
    const caller = (source: string, name = 'm'): string => JSON.stringify({ module: { [name]: { source, e: false } } });
    let place: ReturnType<typeof makeFolder>;
    beforeEach(() => {
      place = makeFolder({
        'infra/live/main.tf.json': caller('../m'),
        'infra/m/main.tf.json': MODULE,
        'other/main.tf.json': caller('../infra/m', 'n'),
      });
    });
    afterEach(() => place.remove());
    const found = (
      ...names: string[]
    ): { readonly subjects: readonly string[]; readonly incomplete: readonly string[] } => {
      const { files, incomplete } = JSON.parse(
        call(['lint', ...names, '--format', 'json'], { cwd: place.path }).out,
      ) as {
        readonly files: readonly {
          readonly findings: readonly { readonly rule: string; readonly subjects: readonly string[] }[];
        }[];
        readonly incomplete: readonly { readonly path: string; readonly reason: string }[];
      };
      return {
        subjects: files.flatMap(({ findings }) =>
          findings.flatMap(({ rule, subjects }) => (rule === 'ebs-volume-encryption' ? subjects : [])),
        ),
        incomplete: incomplete.map(({ path, reason }) => `${path} ${reason}`),
      };
    };
    const OUTSIDE = 'The module source is outside the workspace root.';

    it('takes the folder that is named as the root', () => {
      assert.deepEqual(found('infra'), { subjects: ['module.m.aws_ebs_volume.v'], incomplete: [] });
    });
    it('takes the folder around those that are named together', () => {
      assert.deepEqual(found('infra/live', 'infra/m'), { subjects: ['module.m.aws_ebs_volume.v'], incomplete: [] });
      assert.deepEqual(found('infra', 'other').subjects, ['module.m.aws_ebs_volume.v', 'module.n.aws_ebs_volume.v']);
    });
    it('takes the current folder for a file that is named', () => {
      assert.deepEqual(found('infra/live/main.tf.json').incomplete, []);
    });
    it('says that a module is outside of the root', () => {
      assert.deepEqual(found('infra/live'), {
        subjects: [],
        incomplete: [`infra/live/main.tf.json calls a module that is not read: ../m. ${OUTSIDE}`],
      });
      assert.deepEqual(found('infra/live', '--root', 'infra/live').incomplete, [
        `infra/live/main.tf.json calls a module that is not read: ../m. ${OUTSIDE}`,
      ]);
    });
    it('says that a module is not there', () => {
      rmSync(place.at('infra/m'), { recursive: true });
      assert.deepEqual(found('infra').incomplete, ['infra/live/main.tf.json calls a module that does not exist: ../m']);
    });
  });

  it('follows no expression out of the root', () => {
    const admin = '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}';
    const policies = Object.fromEntries(
      ['../secret.json', 'link.json', 'inside.json'].map((path, index) => [
        `p${index}`,
        { policy: `\${file("${path}")}` },
      ]),
    );
    const place = makeFolder({
      'secret.json': admin,
      'root/.git/HEAD': '',
      'root/inside.json': admin,
      'root/link.json': { link: '../secret.json' },
      'root/main.tf.json': JSON.stringify({ resource: { aws_iam_policy: policies } }),
    });
    const { out, code } = call(['lint', 'main.tf.json', '--format', 'json'], { cwd: place.at('root') });
    assert.equal(code, 1);
    const admins = (JSON.parse(out) as { files: readonly ReportedFile[] }).files
      .flatMap(({ findings }) => findings)
      .filter(({ rule }) => rule === 'iam-policy-admin-wildcard');
    assert.deepEqual(
      admins.map(({ resource }) => resource),
      ['aws_iam_policy.p2'],
    );
    place.remove();
  });

  describe('with a configuration', () => {
    const dirty = (text: string): ReturnType<typeof makeFolder> =>
      makeFolder({
        '.git/HEAD': '',
        '.stackwarden.yaml': text,
        'stacks/a.yaml':
          'Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: {PublicAccessBlockConfiguration: {BlockPublicAcls: false, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}}\n',
        'off.yaml': 'assume: {s3.accountBlock: false}\n',
      });

    it('assumes of the account what it says', () => {
      const place = dirty('assume: {s3.accountBlock: true}\n');
      const run = (...args: string[]): string => call(['lint', 'stacks', ...args], { cwd: place.path }).out;
      assert.doesNotMatch(run(), /s3-bucket-public-access-block/);
      assert.match(run('--config', 'off.yaml'), /s3-bucket-public-access-block/);
      assert.match(run('--root', 'stacks'), /s3-bucket-public-access-block/);
      place.remove();
    });

    it('sorts files by their path, whichever configuration they have', () => {
      const place = makeFolder({
        '.git/HEAD': '',
        'a.yaml': GOOD,
        'b/.stackwarden.yaml': '',
        'b/x.yaml': GOOD,
        'c.yaml': GOOD,
      });
      assert.deepEqual(
        files(call(['lint', '--format', 'json'], { cwd: place.path })).map(({ path }) => path),
        ['a.yaml', 'b/x.yaml', 'c.yaml'],
      );
      place.remove();
    });

    it('shows what it does not understand in it, checks all the same and ends with 2', () => {
      const place = dirty('assume:\n  s3.acountBlock: true\n');
      const called = call(['lint'], { cwd: place.path });
      assert.equal(called.code, 2);
      assert.match(
        called.err,
        /^problem {2}\.stackwarden\.yaml:2:3\n {2}Unknown assumption "s3\.acountBlock"\. Did you mean "s3\.accountBlock"\?/,
      );
      assert.match(called.err, /^ {5}2 \| {3}s3\.acountBlock: true\n {7}\| {3}\^{14}$/m);
      assert.match(called.out, /s3-bucket-public-access-block/);
      place.remove();
    });
  });

  describe('with --fix', () => {
    const place = (): ReturnType<typeof makeFolder> =>
      makeFolder({
        '.git/HEAD': '',
        'a.yaml': encodeText(BUCKET, 'utf-8-bom'),
        'my stacks/b.yaml': encodeText(BUCKET, 'utf-16le'),
        'c.yaml': VOLUME,
      });
    const content = (path: string): string =>
      new TextDecoder(path.endsWith('b.yaml') ? 'utf-16le' : 'utf-8', { ignoreBOM: true }).decode(readFileSync(path));

    it('writes what is safe in the encoding of the file, and reports what is left', () => {
      const at = place();
      const called = call(['lint', '--fix', '--profile', 'strict'], { cwd: at.path });
      assert.equal(called.code, 1);
      assert.match(called.out, /^Fixed 2 findings in 2 files: a\.yaml, my stacks\/b\.yaml\.$/m);
      assert.match(called.out, /ebs-volume-encryption/);
      assert.doesNotMatch(called.out, /s3-bucket-public-access-block/);
      for (const name of ['a.yaml', 'my stacks/b.yaml']) {
        assert.ok(content(at.at(name)).startsWith('\uFEFFResources:\r\n  B: # é😀\r\n'), name);
        assert.match(content(at.at(name)), FIXED);
      }
      assert.equal(content(at.at('c.yaml')), VOLUME);
      assert.match(
        call(['lint', '--fix', '--profile', 'strict'], { cwd: at.path }).out,
        /^No safe fixes were applied\.$/m,
      );
      at.remove();
    });

    it('keeps standard output for the report in JSON', () => {
      const at = place();
      const called = call(['lint', '--fix', '--profile', 'strict', '--format', 'json', 'a.yaml'], { cwd: at.path });
      assert.equal(files(called).length, 1);
      assert.equal(called.err, 'Fixed 1 finding in a.yaml.\n');
      at.remove();
    });

    describe('says why safe fixes were not applied', () => {
      const LOCAL = `locals {
  effect = "allow"
}

resource "aws_sqs_queue_policy" "a" {
  queue_url = "a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = local.effect, Principal = "*", Action = "sqs:SendMessage", Resource = "*" },
      { Effect = local.effect, Principal = "*", Action = "sqs:ReceiveMessage", Resource = "*" },
    ]
  })
}
`;
      const args = ['lint', '--profile', 'strict', '--select', 'iam-policy-invalid-effect'];

      it('with the places', () => {
        const at = makeFolder({ '.git/HEAD': '', 'main.tf': LOCAL });
        assert.match(
          call([...args, '--fix'], { cwd: at.path }).out,
          /^No safe fixes were applied\.\n2 safe fixes were not applied \(main\.tf:10 and main\.tf:11\): local\.effect is used in 2 places\.$/m,
        );
        at.remove();
      });

      it('without them if no file is written', () => {
        const at = makeFolder({ '.git/HEAD': '', 'main.tf': LOCAL });
        assert.equal(
          call([...args, '--fix-dry-run'], { cwd: at.path }).err,
          'No safe fixes available.\n2 safe fixes were not applied: local.effect is used in 2 places.\n',
        );
        at.remove();
      });

      it('in JSON', () => {
        const at = makeFolder({ '.git/HEAD': '', 'main.tf': LOCAL });
        const [finding] = files(call([...args, '--format', 'json'], { cwd: at.path }))[0]!.findings;
        assert.deepEqual(
          [finding!.fixes, finding!.refusedFixes],
          [[], [{ title: 'Set Effect to Allow', safe: true, reason: 'local.effect is used in 2 places.' }]],
        );
        at.remove();
      });
    });

    it('shows a patch and writes nothing with --fix-dry-run', () => {
      const at = place();
      const called = call(['lint', '--fix-dry-run', '--profile', 'strict'], { cwd: at.path });
      assert.equal(called.code, 1);
      assert.equal(called.err, '2 findings in 2 files can be fixed. No files were written.\n');
      assert.match(called.out, /^--- a\/a\.yaml\n\+\+\+ b\/a\.yaml\n@@ -1,3 \+1,\d @@\n \uFEFFResources:\r\n/);
      assert.match(called.out, /^--- a\/my stacks\/b\.yaml\t\n\+\+\+ b\/my stacks\/b\.yaml\t\n/m);
      assert.match(called.out, /^\+ {8}BlockPublicPolicy: true\r\n/m);
      assert.equal(content(at.at('a.yaml')), `\uFEFF${BUCKET}`);
      const quiet = call(['lint', '--fix-dry-run', 'c.yaml'], { cwd: at.path });
      assert.deepEqual([quiet.out, quiet.err], ['', 'No safe fixes available.\n']);
      at.remove();
    });
  });
});

describe('wrong usage', () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /^Usage: stackwarden /],
    [['lnt'], /unknown command 'lnt'\n\(Did you mean lint\?\)/],
    [
      ['lint', '--fromat', 'json'],
      /unknown option '--fromat'\n\(Did you mean --format\?\)\n\(run "stackwarden lint --help" for usage\)/,
    ],
    [
      ['lint', '--format', 'xml'],
      /'xml' is invalid\. Allowed choices are text, json, sarif, github, gitlab, junit, markdown\./,
    ],
    [['examples'], /unknown command 'examples'\n\(run .*\)\nTo check examples, run "stackwarden lint examples"\.\n$/],
    [['none.yaml', '--fix'], /\nTo check none\.yaml, run "stackwarden lint none\.yaml"\.\n$/],
    [['lnt'], /unknown command 'lnt'\n\(Did you mean lint\?\)\n\(run "stackwarden --help" for usage\)\n$/],
    [['help', 'lnt'], /unknown command 'lnt' Did you mean "lint"\?\n\(run/],
    [['help', 'x/y'], /unknown command 'x\/y'\n\(run "stackwarden --help" for usage\)\n$/],
    [['nonsense'], /unknown command 'nonsense'\n\(run "stackwarden --help" for usage\)\n$/],
    [['--fix'], /unknown option '--fix'\n\(run .*\)\n--fix is an option of "stackwarden lint"\.\n$/],
    [['lint', '--search', 'x'], /unknown option '--search'\n(?:\(.*\)\n)*$/],
    [
      ['lint', '--profile', 'recomended'],
      /strict\. Did you mean "recommended"\?\n\(run "stackwarden lint --help" for usage\)\n$/,
    ],
    [['completion', 'bsh'], /powershell\. Did you mean "bash"\?/],
    [['lint', '--profile', 'all'], /'all' is invalid\. Allowed choices are essential, recommended, strict\./],
    [['lint', '--fail-on', 'bad'], /'bad' is invalid\. Allowed choices are critical, high, medium, low, info, new\./],
    [['lint', '--fix', '--fix-dry-run'], /'--fix' cannot be used with option '--fix-dry-run'/],
    [['lint', '--fix', '--stdin-filename', 'a.yaml'], /^stackwarden: --fix cannot be combined with --stdin-filename\./],
    [
      ['lint', '--stdin-filename', 'a.yaml', 'b.yaml'],
      /^stackwarden: --stdin-filename cannot be combined with paths\./,
    ],
    [['lint', '-'], /^stackwarden: To check standard input, use --stdin-filename/],
    [['lint', '--config', 'none.yaml'], /^stackwarden: --config: none\.yaml does not exist\.\n$/],
    [['lint', '--config', 'test'], /^stackwarden: --config: test is a directory\.\n$/],
    [['lint', '--root', 'none'], /^stackwarden: --root: none is not a directory\.\n$/],
    [['lint', '--files-from', 'none'], /^stackwarden: --files-from: none does not exist\.\n$/],
    [['explain'], /missing required argument 'rule'/],
    [
      ['explain', 'ebs-volume-encrption'],
      /^stackwarden: Unknown rule, check or resource type "ebs-volume-encrption"\. Did you mean "ebs-volume-encryption"\?/,
    ],
    [
      ['explain', 's3'],
      /^stackwarden: Unknown rule, check or resource type "s3"\. Matching rules: .*\bs3-acl-public-read, .*Run "stackwarden rules"/,
    ],
    [
      ['explain', 'xy'],
      /^stackwarden: Unknown rule, check or resource type "xy"\. Run "stackwarden rules" to list all rules\.\n$/,
    ],
    [
      ['explain', 't.yaml'],
      /^stackwarden: Unknown rule, check or resource type "t\.yaml"\. Run "stackwarden rules" to list all rules\.\n$/,
    ],
    [
      ['explain', 't.yaml:3:7'],
      /^stackwarden: Unknown rule, check or resource type "t\.yaml:3:7"\. Use "stackwarden explain-value" for a position\.\n$/,
    ],
    [['lsp', '--socket', 'abc'], /'abc' is invalid\. Expected a port number from 1 to 65535\./],
    [['lsp', '--socket', '65536'], /'65536' is invalid\. Expected a port number from 1 to 65535\./],
    [['rules', '--format', 'yaml'], /'yaml' is invalid/],
  ];
  for (const [args, message] of cases) {
    it(`is named: ${args.join(' ') || '(nothing)'}`, () => {
      const called = call(args, { cwd: process.cwd() });
      assert.equal(called.code, 2);
      assert.equal(called.out, '');
      assert.match(called.err.replace(/^error: /, ''), message);
      assert.doesNotMatch(called.err, /^\s+at /m);
    });
  }
});
