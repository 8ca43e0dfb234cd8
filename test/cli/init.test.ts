/** The creation of a configuration file. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, lstatSync, readFileSync } from 'node:fs';
import { newConfigurationText } from '../../server/src/cli/init/configuration-text.ts';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { PROFILES } from '../../server/src/model/profile.ts';
import type { Format } from '../../server/src/model/format.ts';
import { rulesSelectedBy } from '../../server/src/engine/rule-selection.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { makeFolder, withoutPrivileges } from '../host/workspace.ts';
import { call } from './call.ts';

const VOLUME = 'Resources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties: {Encrypted: false}\n';
const FORMATS: readonly (readonly Format[])[] = [
  [],
  ['cloudformation'],
  ['terraform'],
  ['iam-policy'],
  ['sam', 'iam-policy'],
];

describe('the text of a new configuration', () => {
  for (const profile of PROFILES)
    for (const formats of FORMATS)
      it(`is valid: ${[profile, ...formats].join(', ')}`, () => {
        const text = newConfigurationText({ profile, baseline: false, formats: new Set(formats) });
        const written = readConfiguration('file:///w/.stackwarden.yaml', text);
        assert.deepEqual(written.problems, []);
        assert.deepEqual(Object.keys(written.part.stated).sort(), ['failOn', 'profile']);
        assert.deepEqual(written.configuration, { ...DEFAULT_CONFIGURATION, profile, failOn: 'low' });
        // The examples are valid too.
        const examples = text.replaceAll(/^# (?=[a-z]+:| {2})/gim, '');
        const read = readConfiguration('file:///w/.stackwarden.yaml', examples);
        assert.deepEqual(read.problems, []);
        for (const { selector } of read.configuration.rules)
          assert.ok(rulesSelectedBy(selector, RULES).length > 0, selector);
        for (const { rules } of read.configuration.suppressions)
          for (const { name } of rules) assert.ok(rulesSelectedBy(name, RULES).length > 0, name);
        assert.equal('parameters' in read.part.stated, formats.includes('cloudformation') || formats.includes('sam'));
        assert.equal('policies' in read.part.stated, formats.includes('iam-policy'));
      });

  it('has one line that explains each key', () => {
    const lines = newConfigurationText({ profile: 'strict', baseline: true, formats: new Set(FORMATS.flat()) }).split(
      '\n',
    );
    const keys = lines.flatMap((line, i) =>
      /^(?:# )?[a-zA-Z]+: ?/.test(line) && !/^# \.|^# The|^# [A-Z]/.test(line) ? [i] : [],
    );
    assert.equal(keys.length, 10);
    for (const i of keys) assert.match(lines[i - 1]!, /^# [A-Z].*\.$/);
    for (const line of lines) assert.ok(line.length <= 120, line);
  });
});

describe('stackwarden init', () => {
  it('creates a configuration that applies, and says what it found', () => {
    const place = makeFolder({
      '.git/HEAD': '',
      'a.yaml': VOLUME,
      'b.yaml': VOLUME,
      'tf/main.tf': '',
      'other.yaml': 'a: 1\n',
      '.checkov.yaml': 'skip-check: [CKV_AWS_3]\n',
      '.tfsec/config.yml': '',
    });
    const { code, out, err } = call(['init', '--profile', 'essential'], { cwd: place.path });
    assert.deepEqual([code, err], [0, '']);
    assert.equal(
      out,
      `Created .stackwarden.yaml with the profile essential.
Found CloudFormation (2 files), Terraform (1 file).
Found configurations of other tools. Run "stackwarden migrate" to convert their settings:
  Checkov (.checkov.yaml): use rules (same IDs, off) for skip-check; exclude for skip-path; failOn for hard-fail-on and soft-fail-on.
  tfsec (.tfsec/config.yml): use rules (Trivy IDs) for exclude and severity_overrides; failOn for minimum_severity.
Run "stackwarden lint" to check the files.
Run "stackwarden baseline" to accept the current findings.
`,
    );
    assert.match(readFileSync(place.at('.stackwarden.yaml'), 'utf8'), /^profile: essential$/m);
    assert.equal(call(['lint'], { cwd: place.path }).code, 0);
    assert.equal(call(['lint', '--profile', 'recommended'], { cwd: place.path }).code, 1);
    place.remove();
  });

  it('creates it in another directory', () => {
    const place = makeFolder({ 'sub/': '' });
    assert.deepEqual(call(['init', 'sub'], { cwd: place.path }), {
      code: 0,
      out: 'Created sub/.stackwarden.yaml with the profile recommended.\nNo CloudFormation, SAM, Terraform, plan or IAM policy files found.\nRun "stackwarden lint sub" to check the files.\nRun "stackwarden baseline sub" to accept the current findings.\n',
      err: '',
    });
    assert.ok(existsSync(place.at('sub/.stackwarden.yaml')));
    place.remove();
  });

  it('records the current findings with --baseline, so that only new ones are reported', () => {
    for (const name of ['.', 'sub']) {
      const place = makeFolder({ '.git/HEAD': '', 'a.yaml': VOLUME, 'sub/b.yaml': VOLUME });
      const at = name === '.' ? '' : `${name}/`;
      const { code, out, err } = call(['init', name, '--baseline'], { cwd: place.path });
      assert.deepEqual([code, err], [0, '']);
      assert.match(
        out,
        new RegExp(`^Recorded . findings? \\(. high\\) in ${at}\\.stackwarden-baseline\\.json\\.$`, 'm'),
      );
      assert.doesNotMatch(out, /stackwarden baseline/);
      assert.match(
        readFileSync(place.at(`${at}.stackwarden.yaml`), 'utf8'),
        /^baseline: \.stackwarden-baseline\.json$/m,
      );
      assert.equal(call(['lint', name], { cwd: place.path }).code, 0);
      place.remove();
    }
  });

  it('never changes a file that exists', () => {
    const place = makeFolder({
      '.stackwarden.yaml': 'profile: strict\n',
      'link/.stackwarden.yaml': { link: 'nowhere' },
    });
    assert.deepEqual(call(['init'], { cwd: place.path }), {
      code: 2,
      out: '',
      err: 'stackwarden: .stackwarden.yaml already exists.\n',
    });
    assert.equal(readFileSync(place.at('.stackwarden.yaml'), 'utf8'), 'profile: strict\n');
    assert.equal(
      call(['init', 'link'], { cwd: place.path }).err,
      'stackwarden: link/.stackwarden.yaml already exists.\n',
    );
    assert.ok(lstatSync(place.at('link/.stackwarden.yaml')).isSymbolicLink());
    place.remove();
  });

  it('names what is no directory, and one that cannot be written', () => {
    const place = makeFolder({ 'a.yaml': VOLUME });
    chmodSync(place.path, 0o555);
    for (const name of ['none', 'a.yaml'])
      assert.deepEqual(call(['init', name], { cwd: place.path }), {
        code: 2,
        out: '',
        err: `stackwarden: ${name} is not a directory.\n`,
      });
    assert.deepEqual(
      withoutPrivileges(() => call(['init'], { cwd: place.path })),
      { code: 2, out: '', err: 'stackwarden: .stackwarden.yaml cannot be written: permission denied.\n' },
    );
    assert.deepEqual(
      withoutPrivileges(() => call(['lint'], { cwd: place.path })).code,
      1,
      'a directory that cannot be written can be checked',
    );
    chmodSync(place.path, 0o755);
    place.remove();
  });

  it('creates nothing when it is interrupted', () => {
    const place = makeFolder(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.yaml`, VOLUME])));
    assert.deepEqual(call(['init'], { cwd: place.path, interrupted: () => true }), {
      code: 130,
      out: '',
      err: 'stackwarden: Interrupted. No file was created.\n',
    });
    assert.ok(!existsSync(place.at('.stackwarden.yaml')));
    place.remove();
  });
});
