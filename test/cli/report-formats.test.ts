/** Each format of `lint` with everything that it shows. `npm run accept` writes the expected reports. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inertLines } from '../../server/src/base/inert.ts';
import { markdownReport } from '../../server/src/cli/reporters/lint-markdown.ts';
import { LINT_REPORTERS } from '../../server/src/cli/reporters/lint-reporters.ts';
import { reporterNamed } from '../../server/src/cli/reporters/reporter.ts';
import type { LintReport } from '../../server/src/cli/reporters/lint-report.ts';
import { SEVERITIES } from '../../server/src/model/severity.ts';
import { ACCEPTING } from '../kit/accept.ts';
import { CWD, docOf, finding, linted, outcome, WORLD } from './outcomes.ts';
import { SAMPLE } from './sample-report.ts';

const FOLDER = fileURLToPath(new URL('./formats/', import.meta.url));

function reported(format: string, report: LintReport = SAMPLE): string {
  return reporterNamed(LINT_REPORTERS, format).report(report, WORLD);
}

/** JSON is indented, so that a change can be read. */
function readable(text: string): string {
  return /^[[{]/.test(text) ? `${JSON.stringify(JSON.parse(text), undefined, 1)}\n` : text;
}

describe('the formats of lint', () => {
  for (const { name } of LINT_REPORTERS) {
    it(`${name} reports everything as expected`, () => {
      const text = readable(reported(name));
      const file = `${FOLDER}${name}.txt`;
      if (ACCEPTING) writeFileSync(file, text);
      assert.equal(text, readFileSync(file, 'utf8'));
    });

    it(`${name} contains no control characters`, () => {
      const text = reported(name);
      assert.equal(text, inertLines(text));
      assert.ok(text.endsWith('\n'));
    });
  }
});

const AT = { start: 0, end: 1 };

function withFindings(findings: Parameters<typeof finding>[2][], path = 'a.yaml'): LintReport {
  const file = linted(path, {
    texts: { [path]: 'A: 1\n' },
    findings: findings.map((given) => finding(docOf(path), AT, given)),
  });
  return { named: 'stacks', certainty: 'possible', base: CWD, outcome: outcome([file]) };
}

describe('reports without suppressed findings', () => {
  const EXCLUDED = { ...SAMPLE, excludeSuppressed: true };

  for (const format of ['json', 'sarif', 'junit'])
    it(`have none as ${format}`, () => {
      assert.match(reported(format), /Scratch data only/);
      assert.doesNotMatch(reported(format, EXCLUDED), /Scratch|In the baseline|5555555555555555/);
      assert.match(reported(format, EXCLUDED), /Orders is not encrypted/);
    });

  it('count them as json', () => {
    const { summary } = JSON.parse(reported('json', EXCLUDED)) as { summary: { suppressed: number; baseline: number } };
    assert.deepEqual([summary.suppressed, summary.baseline], [2, 1]);
  });

  for (const format of ['text', 'github', 'gitlab', 'markdown'])
    it(`are the same as ${format}`, () => assert.equal(reported(format, EXCLUDED), reported(format)));
});

describe('an interrupted run', () => {
  const unchecked = ['a.yaml', 'b.yaml'].map((path) => ({ path, reason: 'the run was interrupted' }));
  const report: LintReport = {
    named: '.',
    certainty: 'certain',
    base: CWD,
    outcome: outcome([], { incomplete: unchecked, unchecked }),
  };

  for (const name of ['json', 'sarif', 'junit', 'markdown'])
    it(`has the files that were not checked as ${name}`, () => {
      const text = reported(name, report);
      for (const { path } of unchecked) assert.ok(text.includes(path), text);
    });

  it('is no success as sarif', () => assert.match(reported('sarif', report), /"executionSuccessful":false/));

  it('is one annotation', () =>
    assert.equal(
      reported('github', report),
      '::warning title=Incomplete results::Interrupted. Not checked: 2 files.\n',
    ));
});

describe('findings about a configuration file', () => {
  const path = '.stackwarden.yaml';
  const file = linted(path, {
    texts: { [path]: 'A: 1\n' },
    format: 'none',
    findings: [finding(docOf(path), AT, { message: 'The suppression is unused.' })],
  });
  it('are counted', () => {
    const checked = linted('a.yaml', { texts: {} });
    const report: LintReport = { named: '.', certainty: 'possible', base: CWD, outcome: outcome([file, checked]) };
    assert.match(reported('text', report), /\n1 finding in 1 of 2 files: 1 high\.\n/);
    assert.match(reported('markdown', report), /\n1 finding in 1 of 2 files: 1 high\.\n/);
  });

  for (const { name } of LINT_REPORTERS)
    it(`are reported as ${name}`, () =>
      assert.match(
        reported(name, { named: '.', certainty: 'certain', base: CWD, outcome: outcome([file]) }),
        /The suppression is unused\./,
      ));
});

describe('annotations in GitHub Actions', () => {
  it('have the most severe findings first, because ten of each level are shown', () => {
    const report = withFindings(SEVERITIES.toReversed().map((severity) => ({ severity })));
    assert.deepEqual(
      reported('github', report)
        .trim()
        .split('\n')
        .map((line) => /^::(\w+).*title=\S+ \((\w+)\)/.exec(line)?.slice(1).join(' ')),
      ['error critical', 'error high', 'warning medium', 'notice low', 'notice info'],
    );
  });

  const cases: readonly (readonly [message: string, written: string])[] = [
    ['50% of 2', '50%25 of 2'],
    ['a\r\nb\nc', 'a b c'],
    ['x\n::error::y', 'x ::error::y'],
    ['%0A', '%250A'],
    ['a: b, c', 'a: b, c'],
  ];
  for (const [message, written] of cases)
    it(`write ${JSON.stringify(message)} as ${JSON.stringify(written)}`, () => {
      const text = reported('github', withFindings([{ message }]));
      assert.equal(text.split('\n').length, 2);
      assert.ok(text.endsWith(`::${written}\n`), text);
    });

  it('escape properties', () => {
    assert.match(reported('github', withFindings([{}], 'a,b:c%d.yaml')), /^::error file=a%2Cb%3Ac%25d\.yaml,line=1,/);
  });
});

describe('a Code Quality report', () => {
  it('has a severity for each of ours, and a fingerprint of its own for each finding', () => {
    const report = withFindings(SEVERITIES.map((severity) => ({ severity })));
    const violations = JSON.parse(reported('gitlab', report)) as { severity: string; fingerprint: string }[];
    assert.deepEqual(
      violations.map(({ severity }) => severity),
      ['blocker', 'critical', 'major', 'minor', 'info'],
    );
    assert.equal(new Set(violations.map(({ fingerprint }) => fingerprint)).size, SEVERITIES.length);
  });

  it('distinguishes files of the same name in different folders', () => {
    const print = (path: string): string =>
      (JSON.parse(reported('gitlab', withFindings([{}], path))) as { fingerprint: string }[])[0]!.fingerprint;
    assert.notEqual(print('a/x.yaml'), print('b/x.yaml'));
    assert.equal(print('a/x.yaml'), print('a/x.yaml'));
  });
});

describe('JUnit XML', () => {
  const cases: readonly (readonly [message: string, written: string])[] = [
    [`<a b="c" d='e'>&amp;`, '&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;amp;'],
    [']]>', ']]&gt;'],
    ['a\uFFFEb\uFFFFc\uD800d', 'abcd'],
    ['a\u0000b\u001Bc', 'a\uFFFDb\uFFFDc'],
    ['😀', '😀'],
  ];
  for (const [message, written] of cases)
    it(`writes ${JSON.stringify(message)} as ${JSON.stringify(written)}`, () => {
      const text = reported('junit', withFindings([{ message }]));
      assert.ok(text.includes(`<failure message="${written}" `), text);
      assert.ok(text.includes(`a.yaml:1:1: ${written}</failure>`), text);
    });

  it('numbers tests of the same name', () => {
    const names = [...reported('junit', withFindings([{}, {}, {}])).matchAll(/<testcase name="([^"]*)"/g)];
    assert.equal(new Set(names.map(([, name]) => name)).size, 3);
  });
});

describe('the Markdown report', () => {
  it('does not let text of documents be markup', () => {
    const message = '[x](https://evil.example) <img src=x> @team #1 www.evil.example `a` | **b** https://evil.example';
    const text = reported('markdown', withFindings([{ message, resource: '`|<b>`' }], 'a`|<b>.yaml'));
    const prose = text.replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
    assert.doesNotMatch(
      prose,
      /(?<!\\)<(?:img|b>)|(?<!\\)\[x|[^\\]@team|\\@team|\\#1|(?<!\\)\*\*b|https:\/\/evil|www\.evil/,
    );
    for (const line of text.split('\n').filter((one) => one.startsWith('| high')))
      assert.equal(line.match(/(?<!\\)\|/g)?.length, 5, line);
  });

  it('links rules to their pages in this version', () => {
    assert.match(
      reported('markdown', withFindings([{}])),
      /\[ebs-volume-encryption\]\(https:\/\/code\.example\.com\/stackwarden\/blob\/v1\.2\.3\/docs\/rules\/ebs-volume-encryption\.md\)/,
    );
  });

  it('has the files with the most severe findings first', () => {
    const files = SEVERITIES.toReversed().map((severity) =>
      linted(`${severity}.yaml`, { texts: {}, findings: [finding(docOf(`${severity}.yaml`), AT, { severity })] }),
    );
    const text = reported('markdown', { named: '.', certainty: 'certain', base: CWD, outcome: outcome(files) });
    assert.deepEqual(
      [...text.matchAll(/<code>(\w+)\.yaml/g)].map(([, name]) => name),
      SEVERITIES,
    );
  });

  it('fits into a comment on GitHub, and says what is omitted', () => {
    const files = Array.from({ length: 40 }, (_, n) =>
      linted(`stack-${n}.yaml`, {
        texts: { [`stack-${n}.yaml`]: 'A: 1\n' },
        findings: Array.from({ length: 30 }, () => finding(docOf(`stack-${n}.yaml`), AT)),
      }),
    );
    const report: LintReport = { named: '.', certainty: 'certain', base: CWD, outcome: outcome(files) };
    const { text, omitted } = markdownReport(report, WORLD);
    assert.ok(Buffer.byteLength(text) <= 65_536, String(Buffer.byteLength(text)));
    assert.ok(Buffer.byteLength(text) > 60_000);
    assert.match(text, /1200 findings in 40 files: 1200 high\./);
    assert.match(text, /The details have 1175 more findings\./);
    assert.match(
      omitted ?? '',
      /^A comment on GitHub has at most 65,536 characters, so details of \d+ files with \d+ findings are omitted\.$/,
    );
    assert.ok(text.endsWith(`${omitted}\n`));
  });
});
