/** Names and values that would take over a terminal are shown and do nothing. */
import assert from 'node:assert/strict';
import { inertLines } from '../../server/src/base/inert.ts';
import { makeFolder } from '../host/workspace.ts';
import { LINT_REPORTERS } from '../../server/src/cli/reporters/lint-reporters.ts';
import { call, type Called } from './call.ts';

/** Clears the screen, sets the title, turns text around, and hides. */
const EVIL = '\u001B[2J\u001B]0;x\u0007\u009B31m\u202Eevil\u200B\u{E0041}';
const FILE = `${EVIL}.yaml`;
const TEMPLATE = `Parameters:
  Key: {Type: String, Default: "${escaped(EVIL)}"}
Resources:
  "B${escaped(EVIL)}":
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: "${escaped(EVIL)}", Size: 1, Encrypted: false, Tags: [{Key: "\u200B\u202Ea", Value: "\u009B"}]}
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: "${escaped(EVIL)}"}} # \u202E\u009B
  Raw: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: "${escaped(EVIL)}", PolicyDocument: {Statement: [{Effect: Allow, Principal: "*", Action: "s3:Get${escaped(EVIL)}", Resource: "${escaped(EVIL)}"}]}}}
`;

function escaped(text: string): string {
  return [...text].map((character) => `\\U${character.codePointAt(0)!.toString(16).padStart(8, '0')}`).join('');
}

describe('a terminal', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeEach(function () {
    if (process.platform === 'win32') this.skip();
    folder = makeFolder({
      '.git/HEAD': '',
      [FILE]: TEMPLATE,
      'broken.json': `{"Resources": {"${'\u202E'}": \u009B`,
      [`${EVIL}/`]: '',
      '.stackwarden.yaml': `"${escaped(EVIL)}": 1\n`,
    });
  });
  afterEach(() => folder.remove());

  const all = ['--profile', 'strict', '--certainty', 'possible'];
  const CALLS: readonly (readonly string[])[] = [
    ['lint', ...all],
    ...LINT_REPORTERS.map(({ name }) => ['lint', ...all, '--format', name]),
    ['lint', ...all, '--quiet', '--statistics'],
    ['lint', '--output', EVIL],
    ['lint', '--output', `${EVIL}x/y`],
    ['lint', '--output', `sarif=${EVIL}/`],
    ['lint', '--output', `a=${EVIL}`],
    ['lint', '--max-findings', EVIL],
    ['lint', '--fix-dry-run', ...all],
    ['lint', '--fix', ...all],
    ['lint', '--fix', '--format', 'json', ...all],
    ['lint', EVIL, `${EVIL}.none`],
    ['lint', `--${EVIL}`],
    ['lint', '--format', EVIL],
    ['lint', '--root', EVIL + EVIL],
    ['lint', '--config', EVIL],
    ['lint', '--files-from', `${EVIL}x`],
    ['lint', '--scenario', EVIL],
    ['lint', '--scenario', `${EVIL}=${EVIL}`],
    ['lint', '--parameters', `${EVIL}x`],
    [EVIL],
    ['explain', EVIL],
    ['explain-value', EVIL],
    ['explain-value', `${FILE}:1:99`],
    ['explain-value', `${FILE}:6:40`],
    ['explain-value', `${FILE}:999:1`],
    ['explain-value', `${FILE}x:1:1`],
    ['explain-value', '--format', 'json', `${FILE}:6:40`],
    ['access', EVIL],
    ['access', 'x', `${EVIL}x`],
  ];
  for (const args of CALLS)
    it(`is left alone by stackwarden ${JSON.stringify(args).replaceAll(/\\u\w{4}|[^ -~]/g, '')}`, () => {
      const { out, err }: Called = call(args, { cwd: folder.path, terminal: true });
      assert.equal(out, inertLines(out));
      assert.equal(err, inertLines(err));
      assert.match(out + err, /evil|U0000202E|\\u202e/i);
    });

  it('may be a file, in which a patch is exact', () => {
    const { out } = call(['lint', '--fix-dry-run', ...all], { cwd: folder.path });
    assert.ok(out.includes('"\u200B\u202Ea"'), 'the patch has the line as it is');
  });
});
