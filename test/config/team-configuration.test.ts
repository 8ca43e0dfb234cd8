/** The settings that a team makes, and what applies with several files. */
import assert from 'node:assert/strict';
import type { Reader } from '../../server/src/base/snapshot.ts';
import { isExcluded } from '../../server/src/config/file-selection.ts';
import { effectiveSettings, withGiven } from '../../server/src/config/given.ts';
import { unmatchedPatterns } from '../../server/src/config/unmatched-patterns.ts';
import { loadConfiguration } from '../../server/src/config/load-configuration.ts';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import { documentRules, selectedBy } from '../../server/src/engine/configured-rules.ts';
import { loadedConfiguration } from '../../server/src/engine/load-configuration.ts';
import { COMPLETE, PROBLEMS } from './team-cases.ts';

const DOC = 'file:///w/.stackwarden.yaml';

function reader(files: Readonly<Record<string, string>>): Reader {
  return {
    file: (uri) => {
      const text = files[uri];
      if (text !== undefined) return { kind: 'text', text, version: text };
      return uri.startsWith('file:///w/') ? { kind: 'missing' } : { kind: 'refused', reason: 'is outside the root' };
    },
    head: () => ({ kind: 'missing' }),
    folder: () => 'missing',
    data: () => undefined,
  };
}

describe('problems of a team configuration', () => {
  for (const [name, text, problems] of PROBLEMS)
    it(`are told for ${name}`, () => {
      const { files } = loadedConfiguration(reader({}), { doc: DOC, text });
      assert.deepEqual(
        files.flatMap((file) => file.problems.map(({ at, message }) => [text.slice(at.start, at.end), message])),
        problems,
      );
    });

  it('are none for a complete configuration', () => {
    const text = COMPLETE;
    const { configuration, problems } = readConfiguration(DOC, text);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      configuration.rules.map(({ selector, level, options }) => [selector, level, options]),
      [
        ['s3-bucket-versioning', 'off', {}],
        ['ec2-*', 'on', {}],
        ['ebs-volume-encryption', 'low', { days: 90, names: ['a', 'b'], strict: true }],
      ],
    );
    assert.deepEqual(configuration.scenario, [
      { kind: 'condition', name: 'IsProd', value: 'true' },
      { kind: 'parameter', name: 'Stage', value: 'prod' },
      { kind: 'parameter', name: 'Count', value: '3' },
    ]);
    assert.deepEqual(configuration.baseline, {
      name: '.stackwarden-baseline.json',
      uri: 'file:///w/.stackwarden-baseline.json',
    });
    assert.deepEqual(
      configuration.suppressions.map(({ rules, reason, until }) => [rules.map(({ name }) => name), reason, until]),
      [[['s3-bucket-public-access-block'], 'The bucket hosts the public website.', '2027-01-31']],
    );
  });
});

describe('a configuration that extends others', () => {
  const files = {
    'file:///w/team.stackwarden.yaml':
      'profile: strict\nrules: {s3-bucket-versioning: off, ebs-volume-encryption: low}\nassume: {s3.accountBlock: true}\n',
    'file:///w/more.stackwarden.yaml':
      'extends: team.stackwarden.yaml\ncertainty: possible\nquotas: {iam.trustPolicy: 4096}\nexclude: [b/]\n',
  };
  const text =
    'extends: [team.stackwarden.yaml, more.stackwarden.yaml]\nrules: {s3-bucket-versioning: on}\nassume: {ebs.defaultEncryption: true}\nexclude: [a/]\n';
  const { configuration, files: read, origins } = loadConfiguration(reader(files), { doc: DOC, text });

  it('has the settings of all files', () => {
    assert.equal(configuration.profile, 'strict');
    assert.equal(configuration.certainty, 'possible');
    assert.deepEqual(configuration.assume, { 's3.accountBlock': true, 'ebs.defaultEncryption': true });
    assert.deepEqual(configuration.quotas, { 'iam.trustPolicy': 4096 });
    assert.deepEqual(
      configuration.exclude.map(({ patterns }) => patterns),
      [['b/', 'a/']],
    );
  });
  it('takes its own settings before those of others', () => {
    const options = { profile: 'essential', certainty: 'certain', configuration } as const;
    const { isOn, severityOf } = documentRules(options, 'file:///w/x.yaml');
    assert.ok(isOn(selectedBy('s3-bucket-versioning')[0]!));
    assert.equal(severityOf('ebs-volume-encryption'), 'low');
  });
  it('names the files and where each part is stated', () => {
    assert.deepEqual(
      read.map(({ doc }) => doc),
      [DOC, ...Object.keys(files)],
    );
    assert.deepEqual(
      origins.get('profile')?.map(({ doc }) => doc),
      ['file:///w/team.stackwarden.yaml'],
    );
    assert.deepEqual(
      origins.get('exclude')?.map(({ doc }) => doc),
      ['file:///w/more.stackwarden.yaml', DOC],
    );
    assert.deepEqual(
      origins.get('rules.s3-bucket-versioning')?.map(({ doc }) => doc),
      [DOC],
    );
  });
  it('ends with a problem where files extend each other', () => {
    const cycle = {
      'file:///w/a.yaml': 'extends: b.yaml\nprofile: strict\n',
      'file:///w/b.yaml': 'extends: a.yaml\ncertainty: possible\n',
    };
    const loaded = loadConfiguration(reader(cycle), { doc: DOC, text: 'extends: a.yaml\n' });
    assert.equal(loaded.configuration.profile, 'strict');
    assert.equal(loaded.configuration.certainty, 'possible');
    assert.deepEqual(
      loaded.files.flatMap(({ doc, problems }) => problems.map(({ message }) => [doc, message])),
      [['file:///w/b.yaml', 'a.yaml extends this file. Remove one of the two "extends".']],
    );
  });
  it('does not read more files than the limit', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 100 }, (_, n) => [`file:///w/${n}.yaml`, `extends: ${n + 1}.yaml\n`]),
    );
    const loaded = loadConfiguration(reader(chain), { doc: DOC, text: 'extends: 0.yaml\n' });
    assert.equal(loaded.files.length, 64);
    assert.match(loaded.files.at(-1)!.problems[0]!.message, /at most 64 files/);
  });
});

describe('the rules for a document', () => {
  const { configuration } = readConfiguration(
    DOC,
    `
rules: {'s3-*': off, s3-bucket-versioning: medium, suppression-unused: on}
overrides:
  - {paths: sandbox/, profile: essential, rules: {s3-bucket-versioning: off}}
  - {paths: sandbox/strict/, profile: strict, certainty: possible}
`,
  );
  const options = { profile: 'recommended', certainty: 'certain', configuration } as const;
  const rule = (id: string) => selectedBy(id)[0]!;
  const cases = [
    ['a.yaml', 'recommended', 'certain', true, false],
    ['sandbox/a.yaml', 'essential', 'certain', false, false],
    ['sandbox/strict/a.yaml', 'strict', 'possible', false, false],
    ['other/sandbox/a.yaml', 'essential', 'certain', false, false],
  ] as const;
  for (const [path, profile, certainty, versioning, block] of cases)
    it(`are those of ${path}`, () => {
      const applied = documentRules(options, `file:///w/${path}`);
      assert.equal(applied.profile, profile);
      assert.equal(applied.certainty, certainty);
      assert.equal(applied.isOn(rule('s3-bucket-versioning')), versioning);
      assert.equal(applied.isOn(rule('s3-bucket-public-access-block')), block);
    });
  it('are limited by those that a run selects', () =>
    assert.ok(
      !documentRules({ ...options, rules: new Set(['ebs-volume-encryption']) }, 'file:///w/a.yaml').isOn(
        rule('s3-bucket-versioning'),
      ),
    ));
  it('are overridden by options of the command line, for all paths', () => {
    const at = { doc: DOC, start: 0, end: 0 };
    const given = withGiven(configuration, {
      profile: 'essential',
      rules: [{ selector: 's3-bucket-versioning', level: 'critical', options: {}, at }],
    });
    const { profile, certainty } = effectiveSettings(given);
    const applied = documentRules({ profile, certainty, configuration: given }, 'file:///w/sandbox/strict/a.yaml');
    assert.equal(applied.profile, 'essential');
    assert.equal(applied.certainty, 'possible');
    assert.equal(applied.severityOf('s3-bucket-versioning'), 'critical');
  });
});

describe('the files of a configuration', () => {
  const cases: readonly (readonly [text: string, path: string, excluded: boolean])[] = [
    ['exclude: [legacy/]', 'legacy/a.yaml', true],
    ['exclude: [legacy/]', 'a/legacy/b/c.yaml', true],
    ['exclude: [/legacy/]', 'a/legacy/c.yaml', false],
    ['exclude: ["*.generated.yaml"]', 'a/x.generated.yaml', true],
    ['exclude: ["*.yaml", "!keep.yaml"]', 'a/keep.yaml', false],
    ['include: [templates/]', 'templates/a.yaml', false],
    ['include: [templates/]', 'other/a.yaml', true],
    ['include: [templates/]\nexclude: [b.yaml]', 'templates/b.yaml', true],
    ['exclude: ["a b/"]', 'a%20b/c.yaml', true],
  ];
  for (const [text, path, excluded] of cases)
    it(`${excluded ? 'leave out' : 'have'} ${path} with ${text.replaceAll('\n', ' and ')}`, () =>
      assert.equal(isExcluded(readConfiguration(DOC, text).configuration, `file:///w/${path}`), excluded));
  it('are not outside its directory', () =>
    assert.ok(!isExcluded(readConfiguration(DOC, 'exclude: ["*"]').configuration, 'file:///v/a.yaml')));
});

describe('patterns that match no file', () => {
  it('are those of include and overrides', () => {
    const { configuration } = readConfiguration(
      DOC,
      "include: [templates/, tempaltes/, '!x.yaml']\noverrides: [{paths: [sandbox/, a.yaml]}]\nexclude: [none/]\n",
    );
    const docs = ['file:///w/templates/a.yaml', 'file:///v/sandbox/b.yaml'];
    assert.deepEqual(
      unmatchedPatterns(configuration, docs).map(({ setting, pattern }) => `${setting} ${pattern}`),
      ['include tempaltes/', 'overrides sandbox/'],
    );
  });
});
