/** Settings that are given as options. */
import assert from 'node:assert/strict';
import { givenExcludes, givenRules } from '../../server/src/cli/given-settings.ts';
import { UsageError } from '../../server/src/cli/world.ts';
import { uriOf } from '../../server/src/host/uri.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { makeFolder } from '../host/workspace.ts';
import { call } from './call.ts';

describe('--rule-severity', () => {
  const levels = (...given: string[]): readonly string[] =>
    givenRules(given, RULES).map(({ selector, level }) => `${selector} ${level}`);

  it('sets the level of rules, by their ids and those of other tools', () =>
    assert.deepEqual(levels('s3-*=low', 'checkov:CKV_AWS_3=off', ' securityhub:EC2.3 = ON '), [
      's3-* low',
      'checkov:CKV_AWS_3 off',
      'securityhub:EC2.3 on',
    ]));

  const FORM = 'Expected RULE=LEVEL, such as s3-bucket-versioning=low, but got';
  const wrong: Readonly<Record<string, string>> = {
    's3-bucket-versioning': `${FORM} "s3-bucket-versioning".`,
    '=low': `${FORM} "=low".`,
    ' =low': `${FORM} " =low".`,
    'a=b=low': `${FORM} "a=b=low".`,
    's3-bucket-versionin=low': 'No rule is named s3-bucket-versionin. Did you mean s3-bucket-versioning?',
    's3-bucket-versioning=hgh':
      'Unknown level "hgh". Did you mean "high"? Supported: off, on, critical, high, medium, low, info.',
    's3-bucket-versioning=': 'Unknown level "". Supported: off, on, critical, high, medium, low, info.',
  };
  for (const [given, message] of Object.entries(wrong))
    it(`rejects ${given}`, () =>
      assert.throws(
        () => levels(given),
        (error: unknown) => error instanceof UsageError && error.message === `--rule-severity: ${message}`,
      ));
});

describe('--exclude', () => {
  it('has patterns relative to the current directory', () => {
    assert.equal(givenExcludes([], { cwd: '/w' }), undefined);
    assert.deepEqual(givenExcludes(['legacy/', '!legacy/a.yaml'], { cwd: '/w' }), {
      folder: uriOf('/w'),
      patterns: ['legacy/', '!legacy/a.yaml'],
    });
    assert.equal(givenExcludes(['a'], { cwd: '/' })?.folder, 'file://');
  });

  it('rejects an empty pattern', () =>
    assert.throws(() => givenExcludes([' '], { cwd: '/w' }), /^Error: --exclude: A pattern is empty\.$/));
});

describe('options that have priority over the configuration', () => {
  const volume = 'Resources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties: {Encrypted: false}\n';
  const place = makeFolder({
    '.git/HEAD': '',
    '.stackwarden.yaml': 'rules: {ebs-volume-encryption: off}\nexclude: [a.yaml]\n',
    'a.yaml': volume,
    'b.yaml': volume,
    'sub/c.yaml': volume,
  });
  after(() => place.remove());
  const found = (...args: string[]): readonly string[] =>
    (
      JSON.parse(call(['lint', '--format', 'json', ...args], { cwd: place.path }).out) as {
        files: { path: string; findings: { rule: string; severity: string }[] }[];
      }
    ).files.map(
      ({ path, findings }) =>
        `${path} ${findings.map(({ rule, severity }) => `${rule === 'ebs-volume-encryption' ? '' : rule} ${severity}`).join()}`,
    );

  it('are those for single rules, the last one first', () => {
    assert.deepEqual(found(), ['b.yaml ', 'sub/c.yaml ']);
    assert.deepEqual(found('--rule-severity', 'CKV_AWS_3=info'), ['b.yaml  info', 'sub/c.yaml  info']);
    assert.deepEqual(found('--rule-severity', 'ebs-*=low', '--rule-severity', 'ebs-volume-encryption=critical'), [
      'b.yaml  critical',
      'sub/c.yaml  critical',
    ]);
  });

  it('exclude further files', () => {
    assert.deepEqual(found('--exclude', 'sub/'), ['b.yaml ']);
    const everything = call(['lint', '--exclude', '*.yaml', '--exclude', 'nothing'], { cwd: place.path });
    assert.deepEqual(
      [everything.code, everything.err],
      [2, 'stackwarden: Nothing was checked. Use --allow-empty if that is expected.\n'],
    );
  });
});
