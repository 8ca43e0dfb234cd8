import assert from 'node:assert/strict';
import { explain } from '../../server/src/cli/commands/explain-command.ts';
import { COMMANDS } from '../../server/src/cli/options.ts';
import { programOf } from '../../server/src/host/program.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { sourcesOf } from '../../server/src/rules/sources.ts';
import { call } from './call.ts';

interface ListedRule {
  readonly id: string;
  readonly formats: readonly string[];
  readonly reads: Readonly<Record<string, readonly string[]>>;
  readonly docs: string;
}

const cwd = process.cwd();

describe('stackwarden rules', () => {
  const listed = JSON.parse(call(['rules', '--format', 'json'], { cwd }).out) as readonly ListedRule[];
  const rule = (id: string): ListedRule => listed.find((candidate) => candidate.id === id)!;

  it('lists every rule, with all that was promised', () => {
    assert.deepEqual(
      listed.map(({ id }) => id),
      RULES.map(({ id }) => id),
    );
    for (const entry of listed) {
      assert.deepEqual(
        Object.keys(entry),
        [
          'id',
          'title',
          'topic',
          'severity',
          'profile',
          'formats',
          'reads',
          'fix',
          'aliases',
          'controls',
          'sources',
          'docs',
          'keywords',
          'options',
        ],
        entry.id,
      );
    }
  });

  it('says in which formats a rule finds something', () => {
    assert.deepEqual(rule('ebs-volume-encryption').formats, [
      'cloudformation',
      'sam',
      'terraform',
      'terraform-plan',
      'terraform-state',
    ]);
    assert.deepEqual(rule('parameter-secret-default').formats, [
      'cloudformation',
      'sam',
      'terraform',
      'terraform-plan',
    ]);
    assert.deepEqual(rule('output-secret').formats, ['cloudformation', 'sam']);
    assert.deepEqual(rule('iam-policy-hard-coded-partition').formats, ['cloudformation', 'sam', 'terraform']);
    assert.deepEqual(rule('iam-role-permission-missing').formats, [
      'cloudformation',
      'sam',
      'terraform',
      'terraform-plan',
      'terraform-state',
    ]);
    assert.deepEqual(rule('terraform-state-in-repository').formats, ['terraform-state']);
    assert.deepEqual(rule('iam-policy-admin-wildcard').formats, [
      'cloudformation',
      'sam',
      'terraform',
      'terraform-plan',
      'terraform-state',
      'iam-policy',
    ]);
  });

  it('says what a rule reads and where its page is', () => {
    assert.ok(rule('ebs-volume-encryption').reads['AWS::EC2::Volume']!.includes('Encrypted'));
    assert.equal(rule('ebs-volume-encryption').docs, 'docs/rules/ebs-volume-encryption.md');
  });

  it('searches ids, titles, keywords and the ids of other tools, the best match first', () => {
    const search = (words: string, ...more: readonly string[]): ReturnType<typeof call> =>
      call(['rules', '--search', words, ...more], { cwd });
    const ids = (words: string): readonly string[] =>
      (JSON.parse(search(words, '--format', 'json').out) as readonly ListedRule[]).map(({ id }) => id);
    assert.deepEqual(ids('CKV_AWS_3'), ['ebs-volume-encryption']);
    assert.equal(ids('ebs-volume-encryption')[0], 'ebs-volume-encryption');
    assert.match(search('ebs encrypt').out, /^id +severity[^\n]+\nebs-volume-encryption +high [^\n]+\n/);
    assert.ok(ids('aws_ebs_volume').includes('ebs-volume-encryption'));
    assert.deepEqual(search('ebs encrpytion'), {
      code: 0,
      out: '',
      err: 'stackwarden: No rules match "ebs encrpytion". Did you mean "ebs encryption"?\n',
    });
    assert.deepEqual(search('quantum', '--format', 'json'), {
      code: 0,
      out: '[]\n',
      err: 'stackwarden: No rules match "quantum".\n',
    });
  });

  it('has a line for each rule', () => {
    const lines = call(['rules'], { cwd }).out.trimEnd().split('\n');
    assert.equal(lines.length, RULES.length + 1);
    assert.ok(
      lines.some((line) =>
        /^ebs-volume-encryption +high +recommended +EBS volumes should be encrypted at rest$/.test(line),
      ),
    );
  });
});

describe('stackwarden explain', () => {
  const explained = (name: string): string => call(['explain', name], { cwd }).out;

  it('says what a rule asks for, why, and what it rests on', () => {
    const rule = RULES.find(({ id }) => id === 'ebs-volume-encryption')!;
    const output = explained(rule.id);
    const words = output.replace(/\s+/g, ' ');
    for (const part of [
      rule.title,
      rule.why,
      rule.remedy,
      rule.severity,
      ...sourcesOf(rule).flatMap(({ url, claim, seen }) => [url, claim, seen]),
    ])
      assert.ok(words.includes(part), part);
    assert.match(output, /^ {2}formats +cloudformation, sam, terraform, terraform-plan, terraform-state$/m);
  });

  it('shows the keywords of a rule, and finds it by them', () => {
    const rule = { ...RULES.find(({ id }) => id === 'ebs-volume-encryption')!, keywords: ['disk encryption', 'CMK'] };
    const world = {
      cwd,
      today: '2026-11-24',
      program: programOf(import.meta.url),
      rules: [rule],
      out: () => undefined,
      err: () => undefined,
      stdin: () => new Uint8Array(),
      display: { color: false, columns: 80, terminal: false },
      serve: () => undefined,
    };
    assert.match(explain(rule.id, world), /^ {2}keywords +disk encryption, CMK$/m);
    assert.throws(() => explain('disk', world), /Matching rules: ebs-volume-encryption\./);
  });

  it('knows the ids of other tools, however they are written', () => {
    const output = explained('ebs-volume-encryption');
    for (const id of ['CKV_AWS_3', 'ckv_aws_3', 'EBS-VOLUME-ENCRYPTION', 'AWS-0026', 'AVD-AWS-0026'])
      assert.equal(explained(id), output, id);
  });

  it('knows the ids of controls', () => {
    const output = explained('rds-instance-encryption');
    for (const id of ['RDS.3', 'rds.3']) assert.equal(explained(id), output, id);
  });

  it('suggests what was probably meant', () => {
    for (const [wrong, right] of [
      ['ebs-volume-encription', 'ebs-volume-encryption'],
      ['S3_BUCKET_LOGING_ENABLED', 'S3_BUCKET_LOGGING_ENABLED'],
      ['CloudTraill.4', 'CloudTrail.4'],
    ]) {
      const { code, err } = call(['explain', wrong!], { cwd });
      assert.deepEqual([code, err.includes(`Did you mean "${right!}"?`)], [2, true], err);
    }
  });

  it('parts the sources', () => {
    const sources = sourcesOf(RULES.find(({ id }) => id === 'ebs-volume-encryption')!);
    assert.equal(
      explained('ebs-volume-encryption')
        .split('\n\n')
        .filter((part) => /\(accessed \d{4}/.test(part)).length,
      sources.length,
    );
  });

  it('explains all rules that an id stands for', () => {
    const ids = new Map<string, number>();
    for (const { aliases } of RULES)
      for (const id of new Set(Object.values(aliases).flat())) ids.set(id, (ids.get(id) ?? 0) + 1);
    for (const [id, number] of ids)
      assert.equal(
        explained(id)
          .split('\n')
          .filter((line) => /^ {2}severity /.test(line)).length,
        number,
        id,
      );
  });
});

describe('the table of commands', () => {
  for (const { name, description, argument, options, exitCodes } of COMMANDS)
    it(`has all that stackwarden ${name} --help shows`, () => {
      const words = call([name, '--help'], { cwd }).out.replace(/\s+/g, ' ');
      const plain = (text: string): string => text.replace(/\s+/g, ' ');
      for (const text of [
        description,
        ...(argument ? [argument.description] : []),
        ...options.flatMap((option) => [option.flags, option.description, ...(option.choices ?? [])]),
        ...(exitCodes === undefined ? [] : [exitCodes]),
      ])
        assert.ok(words.includes(plain(text)), text);
      assert.deepEqual(
        [...words.matchAll(/ (--[\w-]+)/g)].map(([, flag]) => flag!).filter((flag) => flag !== '--help'),
        options.map(({ flags }) => flags.split(' ')[0]!),
      );
    });

  it('is the list of stackwarden --help', () => {
    const { out } = call(['--help'], { cwd });
    assert.deepEqual(
      [...out.matchAll(/^ {2}([a-z-]+) (?:\[|<| )/gm)].map(([, name]) => name).filter((name) => name !== 'help'),
      COMMANDS.map(({ name }) => name),
    );
  });
});

describe('stackwarden', () => {
  it('says its version', () => assert.match(call(['--version'], { cwd }).out, /^\d+\.\d+\.\d+\n$/));
  for (const args of [['--help'], ['lint', '--help'], ['help', 'lint']]) {
    it(`has help: ${args.join(' ')}`, () => {
      const { code, out, err } = call(args, { cwd });
      assert.deepEqual([code, err], [0, '']);
      assert.match(out, /^Usage: stackwarden/);
      assert.deepEqual(
        out.split('\n').filter((line) => line.length > 80),
        [],
      );
    });
  }
});
