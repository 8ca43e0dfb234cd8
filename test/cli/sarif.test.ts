/** The SARIF report conforms to the standard, and is within the limits of GitHub code scanning. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import type { LintedFile } from '../../server/src/cli/lint.ts';
import type { LintReport } from '../../server/src/cli/reporters/lint-report.ts';
import { lintSarif, MAX_RESULTS, sarifLog } from '../../server/src/cli/reporters/lint-sarif.ts';
import { descriptorOf, LONGEST_DESCRIPTION, MAX_TAGS } from '../../server/src/cli/reporters/sarif/rules.ts';
import { messageString, shortened } from '../../server/src/cli/reporters/sarif/text.ts';
import { run } from '../../server/src/engine/run.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { fixturePaths, readFixture } from '../kit/fixtures.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { sample } from '../kit/runs.ts';
import { CWD, docOf, finding, linted, marked, outcome, WORLD } from './outcomes.ts';
import { SAMPLE } from './sample-report.ts';

const require = createRequire(import.meta.url);

/** The package has the schema of the standard as data. */
const SCHEMA = join(dirname(require.resolve('@microsoft/jest-sarif')), 'schemas', 'sarif-2.1.0-rtm.5.json');

const ajv = new Ajv({ schemaId: 'id', meta: false });
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json') as object);
const conforms = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);

/** The log as a reader gets it. */
function logOf(report: LintReport, rules = WORLD.rules): Log {
  return JSON.parse(lintSarif.report(report, { ...WORLD, rules })) as Log;
}

function runOf(report: LintReport, most?: number): Run & { readonly results: Result[] } {
  return sarifLog(report, WORLD, most).runs[0] as Run & { readonly results: Result[] };
}

function assertConforms(log: Log): void {
  assert.ok(conforms(log), JSON.stringify(conforms.errors?.slice(0, 3)));
  const [{ results = [], tool }] = log.runs as [Run];
  for (const { locations, ruleIndex, ruleId, level, kind, relatedLocations = [] } of results) {
    assert.equal(tool.driver.rules?.[ruleIndex!]?.id, ruleId);
    assert.equal(level === 'none', kind !== 'fail');
    assert.equal(locations?.length, 1);
    for (const { physicalLocation } of [...locations, ...relatedLocations]) {
      const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 } = physicalLocation!.region!;
      assert.ok(startLine >= 1 && startColumn >= 1 && (endLine > startLine || endColumn >= startColumn));
      assert.ok(endLine >= startLine && endColumn >= 1);
      assert.doesNotMatch(physicalLocation!.artifactLocation!.uri!, /\\|^\/|^\.\.?\//);
    }
  }
}

describe('the SARIF report', () => {
  it('conforms to the standard with everything that it shows', () => assertConforms(logOf(SAMPLE)));

  it('conforms to the standard without files', () =>
    assertConforms(logOf({ named: '.', certainty: 'certain', base: CWD, outcome: outcome([]) })));

  it('detects what does not conform', () => assert.ok(!conforms({ version: '2.1.0', runs: [{ tool: {} }] })));

  for (const path of sample(fixturePaths(), 8))
    it(`conforms to the standard for the documents of ${path}`, () => {
      const files = readFixture(path).cases.flatMap((one) => one.files);
      const folder = 'file:///case/';
      const texts = new Map(files.map((file) => [folder + file.path, file.text]));
      const named = [...texts.keys()];
      const options = { profile: 'strict', certainty: 'possible', configuration: DEFAULT_CONFIGURATION } as const;
      const analysis = run(memoryReader(texts), named, options);
      const all = analysis.documents.map((document, index): LintedFile => ({
        path: named[index]!.slice(folder.length),
        explicit: true,
        failOn: 'low',
        document,
        textOf: (doc) => texts.get(doc) ?? '',
      }));
      const log = logOf({ named: '.', certainty: 'possible', base: '/case', outcome: outcome(all) }, RULES);
      assertConforms(log);
      const findings = analysis.documents.flatMap((document) => document.findings);
      assert.equal(log.runs[0]!.results!.length, findings.length);
      assertFixes(log, all);
    });
});

/** The regions of fixes are where the edits are, as a reader counts lines and columns. */
function assertFixes(log: Log, files: readonly LintedFile[]): void {
  const findings = files.flatMap(({ document, textOf }) => document.findings.map((one) => ({ ...one, textOf })));
  for (const [index, { fixes = [] }] of log.runs[0]!.results!.entries()) {
    if (fixes.length !== findings[index]!.fixes.length) continue;
    for (const [at, { artifactChanges }] of fixes.entries()) {
      const { edits } = findings[index]!.fixes[at]!;
      const replacements = artifactChanges.flatMap((change) => change.replacements);
      assert.deepEqual(
        replacements.map(({ insertedContent }) => insertedContent?.text ?? '').sort(),
        edits.map(({ newText }) => newText).sort(),
      );
    }
  }
}

describe('a SARIF result', () => {
  const text = marked('a: "😀"\r\nb: ⟦x\r\ny⟧\r😀😀⟦z⟧');
  const doc = docOf('a.yaml');

  it('counts lines and columns from 1, columns in UTF-16 code units, and ends after the last character', () => {
    const file = linted('a.yaml', {
      texts: { 'a.yaml': text.text },
      findings: text.ranges.map((range) => finding(doc, range)),
    });
    const { results, columnKind } = runOf({ named: '.', certainty: 'certain', base: CWD, outcome: outcome([file]) });
    assert.equal(columnKind, 'utf16CodeUnits');
    assert.deepEqual(
      results.map(({ locations }) => locations![0]!.physicalLocation!.region),
      [
        { startLine: 2, startColumn: 4, endLine: 3, endColumn: 2 },
        { startLine: 4, startColumn: 5, endLine: 4, endColumn: 6 },
      ],
    );
  });

  const paths: readonly (readonly [path: string, base: string, uri: string, uriBaseId: string | undefined])[] = [
    ['a.yaml', CWD, 'a.yaml', '%SRCROOT%'],
    ['a b/ä#?%.yaml', CWD, 'a%20b/%C3%A4%23%3F%25.yaml', '%SRCROOT%'],
    ['a.yaml', '/', 'work%20place/a.yaml', '%SRCROOT%'],
    ['../other/a.yaml', CWD, 'file:///other/a.yaml', undefined],
  ];
  for (const [path, base, uri, uriBaseId] of paths)
    it(`names ${path} relative to ${base} as ${uri}`, () => {
      const file = linted(path, { texts: {}, findings: [finding(docOf(path), { start: 0, end: 0 })] });
      const { results } = runOf({ named: '.', certainty: 'certain', base, outcome: outcome([file]) });
      assert.deepEqual(results[0]!.locations![0]!.physicalLocation!.artifactLocation, {
        uri,
        ...(uriBaseId === undefined ? {} : { uriBaseId }),
      });
    });

  it('has no fix that would write a secret', () => {
    const secret = marked('password: ⟦hunter2secret⟧\nA: ⟦1⟧\n');
    const [password, value] = secret.ranges;
    const fix = (newText: string) => ({ title: newText, safe: true, edits: [{ doc, range: value!, newText }] });
    const file = linted('a.yaml', {
      texts: { 'a.yaml': secret.text },
      findings: [
        finding(doc, password!, { secret: true }),
        finding(doc, value!, { fixes: [fix('{password: hunter2secret}'), fix('fine')] }),
      ],
    });
    const { results } = runOf({ named: '.', certainty: 'certain', base: CWD, outcome: outcome([file]) });
    assert.deepEqual(
      results.map(({ fixes = [] }) => fixes.map(({ description }) => description!.text)),
      [[], ['fine']],
    );
  });

  it('has a baseline state only if there is a baseline', () => {
    const states = (report: LintReport): unknown[] => runOf(report).results.map(({ baselineState }) => baselineState);
    assert.deepEqual(states(SAMPLE), ['new', 'new', 'new', 'new', 'unchanged', 'new']);
    const file = linted('a.yaml', { texts: {}, findings: [finding(doc, { start: 0, end: 0 })] });
    assert.deepEqual(states({ ...SAMPLE, outcome: outcome([file]) }), [undefined]);
  });

  const texts: readonly (readonly [text: string, written: string])[] = [
    ['Properties.Encrypted[2] is false.', 'Properties.Encrypted[2] is false.'],
    ['[here](https://evil.example)', '[here] (https://evil.example)'],
    ['Use ${AWS::Partition}.', 'Use ${AWS::Partition}.'],
    ['{0} and {12}', '{{0}} and {{12}}'],
    ['a\nb\u0000', 'a b\uFFFD'],
  ];
  for (const [given, written] of texts)
    it(`writes ${JSON.stringify(given)} as ${JSON.stringify(written)}`, () =>
      assert.equal(messageString(given), written));
});

/**
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
describe('the limits of GitHub code scanning', () => {
  const descriptors = RULES.map((rule): ReportingDescriptor => descriptorOf(rule, WORLD.program));

  it('hold for each rule', () => {
    assert.equal(MAX_TAGS, 20);
    assert.equal(LONGEST_DESCRIPTION, 1024);
    assert.ok(descriptors.length <= 25_000);
    for (const { id, name, shortDescription, fullDescription, help, properties } of descriptors) {
      assert.ok((name?.length ?? 0) <= 255, id);
      for (const one of [shortDescription, fullDescription, help]) assert.ok(one!.text.length > 0, id);
      assert.ok(shortDescription!.text.length <= 1024 && fullDescription!.text.length <= 1024, id);
      assert.ok(properties!.tags!.length <= 20 && new Set(properties!.tags).size === properties!.tags!.length, id);
      const score = Number(properties!['security-severity']);
      assert.ok(score > 0 && score <= 10, id);
    }
    assert.equal(new Set(descriptors.map(({ name }) => name)).size, descriptors.length);
  });

  it('hold for texts that are too long', () => {
    assert.equal(shortened('a'.repeat(1024), 1024).length, 1024);
    assert.equal(shortened('a'.repeat(1025), 1024), `${'a'.repeat(1023)}…`);
    assert.equal(shortened(`${'a'.repeat(1022)}😀b`, 1024), `${'a'.repeat(1022)}…`);
  });

  it('show the severities of GitHub', () => {
    const shown = new Map(
      descriptors.map(({ properties }) => [
        properties!['severity'] as string,
        Number(properties!['security-severity']),
      ]),
    );
    assert.ok(shown.get('critical')! > 9);
    assert.ok(shown.get('high')! >= 7 && shown.get('high')! < 9);
    assert.ok(shown.get('medium')! >= 4 && shown.get('medium')! < 7);
    assert.ok(shown.get('low')! > 0.1 && shown.get('low')! < 4);
  });

  it('hold for a run with too many results: the most severe stay, and the report says so', () => {
    assert.equal(MAX_RESULTS, 25_000);
    const doc = docOf('a.yaml');
    const at = { start: 0, end: 0 };
    const file = linted('a.yaml', {
      texts: {},
      findings: [
        finding(doc, at, { severity: 'low', fingerprint: 'low' }),
        finding(doc, at, { severity: 'critical', fingerprint: 'critical' }),
        finding(doc, at, {
          severity: 'critical',
          fingerprint: 'suppressed',
          suppressed: { kind: 'baseline', tool: 'stackwarden' },
        }),
        finding(doc, at, { severity: 'critical', certainty: 'possible', fingerprint: 'possible' }),
        finding(doc, at, { severity: 'high', fingerprint: 'high' }),
      ],
    });
    const report: LintReport = { named: '.', certainty: 'possible', base: CWD, outcome: outcome([file]) };
    const { results, invocations } = runOf(report, 3);
    assert.deepEqual(
      results.map(({ partialFingerprints }) => partialFingerprints!['stackwarden/v1']),
      ['critical', 'possible', 'high'],
    );
    assert.equal(
      invocations![0]!.toolExecutionNotifications![0]!.message.text,
      'GitHub accepts 3 results. The 2 least severe findings are omitted.',
    );
    assert.equal(lintSarif.omits?.(report, WORLD), undefined);
  });

  it('hold for a result with many related places', () => {
    const doc = docOf('a.yaml');
    const at = { start: 0, end: 0 };
    const related = Array.from({ length: 150 }, () => ({ at: { doc, ...at }, message: 'Also here.' }));
    const file = linted('a.yaml', { texts: {}, findings: [finding(doc, at, { related })] });
    const { results } = runOf({ named: '.', certainty: 'certain', base: CWD, outcome: outcome([file]) });
    assert.equal(results[0]!.relatedLocations!.length, 100);
  });
});
