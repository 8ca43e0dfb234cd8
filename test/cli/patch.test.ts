/** Patches show no secret, and apply all the same. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { patchOfFile } from '../../server/src/cli/patch.ts';
import { makeFolder } from '../host/workspace.ts';
import { call } from './call.ts';

const isHidden = (_: number, text: string): boolean => text.includes('hush');
const patchFor = (before: string, after: string) =>
  patchOfFile('a.txt', { before, after, isSecretBefore: isHidden, isSecretAfter: isHidden });

/** What a program makes of a file by a patch. */
function applied(text: string, patch: string, [command, ...args]: readonly [string, ...string[]]): string {
  const folder = makeFolder({ 'a.txt': text });
  try {
    writeFileSync(folder.at('a.patch'), patch);
    execFileSync(command, [...args, ...(command === 'git' ? ['a.patch'] : ['-i', 'a.patch'])], {
      cwd: folder.path,
      stdio: 'pipe',
      env: { ...process.env, GIT_CEILING_DIRECTORIES: folder.at('..') },
    });
    return readFileSync(folder.at('a.txt'), 'utf8');
  } finally {
    folder.remove();
  }
}

const GIT = ['git', 'apply'] as const;
const GIT_BARE = ['git', 'apply', '--unidiff-zero'] as const;
const PATCH = ['patch', '-p1', '--no-backup-if-mismatch', '--fuzz=0'] as const;

/**
 * Lines with a secret at each distance before and behind a change, and what the file is afterwards. Dots are lines like
 * others, `x` is changed, `+` is added, `-` goes, `s` is secret.
 */
const SHAPES = [
  '...x...',
  'x',
  's x s',
  '.sx.',
  '.xs.',
  'sxs',
  '..s.x.s..',
  's+s',
  '.s+.s.',
  's-s',
  '.s-.',
  '+s.',
  's+',
  'x.s',
  's.x',
  'x..x',
  'x.s.x',
  'xsx',
  'x......x',
  'x.......x',
  '...xs',
  'sx...',
  '....x',
  'x....',
  'sxsxsx.s.+.s-s',
];

describe('a patch', () => {
  for (const shape of SHAPES)
    for (const end of ['\n', '\r\n', ''])
      if (!(end === '' && shape.endsWith('s+')))
        it(`applies: ${shape} ${JSON.stringify(end)}`, () => {
          const body = (kinds: Readonly<Record<string, (index: number) => string>>): string => {
            const lines = [...shape.replaceAll(' ', '')].flatMap((kind, index) => kinds[kind]!(index) || []);
            return lines.join(end === '' ? '\n' : end) + end;
          };
          const common = { '.': (index: number) => `line ${index}`, s: (index: number) => `hush ${index}` };
          const before = body({
            ...common,
            x: (index) => `old ${index}`,
            '-': (index) => `gone ${index}`,
            '+': () => '',
          });
          const after = body({
            ...common,
            x: (index) => `new ${index}`,
            '-': () => '',
            '+': (index) => `added ${index}`,
          });
          const { text, bare, withheld } = patchFor(before, after);
          assert.deepEqual(withheld, []);
          assert.ok(!text.includes('hush'), text);
          assert.equal(applied(before, text, bare ? GIT_BARE : GIT), after);
          assert.equal(applied(before, text, PATCH), after);
          if (!shape.includes('s'))
            assert.equal(
              text,
              createTwoFilesPatch('a/a.txt', 'b/a.txt', before, after, undefined, undefined, {
                context: 3,
                headerOptions: FILE_HEADERS_ONLY,
              }),
            );
        });

  it('leaves out changes of lines with a secret, and applies without them', () => {
    const { text, withheld } = patchFor('a\nhush 1\nb\nc\nd\n', 'A\nhush 2\nb\nc\nD\n');
    assert.deepEqual(withheld, [1]);
    assert.equal(applied('a\nhush 1\nb\nc\nd\n', text, GIT), 'a\nhush 1\nb\nc\nD\n');
    assert.deepEqual(patchFor('a\n', 'hush\n'), { text: '', withheld: [1], bare: false });
  });

  it('of a template shows no secret beside what is fixed', () => {
    const template = `Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: correct-hush-staple
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Version: '2012-10-17', Statement: {Effect: allow, Action: 's3:GetObject', Resource: '*'}}}
  # key: AKIAQQQQQQQQQQQQHUSH
  Other:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Version: '2012-10-17', Statement: {Effect: allow, Action: 's3:GetObject', Resource: '*'}}, Tags: [{Key: Password, Value: hush-beside}]}
  User: {Type: AWS::ElastiCache::User, Properties: {Passwords: [correct-hush-staple]}}
`;
    const folder = makeFolder({ '.git/HEAD': '', 'a.txt': template, 'a.yaml': template });
    const { out, err } = call(['lint', '--fix-dry-run', '--profile', 'strict', 'a.yaml'], { cwd: folder.path });
    assert.match(out, /^\+.*Effect: Allow/m);
    assert.doesNotMatch(out + err, /hush/i);
    assert.match(err, /^1 change on lines with secrets is not shown: a\.yaml:12\. Use --fix to apply it\.$/m);
    assert.match(err, /git apply --unidiff-zero/);
    const fixed = template.replace('Effect: allow', 'Effect: Allow');
    assert.equal(applied(template, out.replaceAll('a.yaml', 'a.txt'), GIT_BARE), fixed);
    folder.remove();
  });
});
