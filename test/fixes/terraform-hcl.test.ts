/**
 * Fixes of findings in HCL, from the rule to the text. A case of `terraform/hcl.cases` has the rule and the flags
 * `crlf` and `tabs` in its heading, and the file before and after the first fix; without the latter there is no fix.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from '../../server/src/syntax/parse.ts';
import { directory, EVERYTHING, FOLDER } from '../formats/terraform-stack.ts';
import { ACCEPTING } from '../kit/accept.ts';
import { applyFix, readBack } from '../kit/read-back.ts';

const FILE = new URL('terraform/hcl.cases', import.meta.url);

interface Case {
  readonly title: string;
  readonly rule: string;
  readonly flags: readonly string[];
  readonly before: string;
  readonly after: string | undefined;
}

function readCases(): readonly Case[] {
  return readFileSync(FILE, 'utf8')
    .split(/^== /m)
    .slice(1)
    .map((source) => {
      const [heading, before, after] = source.split(/^-- (?:before|after)\n/m);
      const [, title, rule, flags = ''] = /^(.*?) \[([\w-]+)(?:, (.*))?\]\s*$/.exec(heading!)!;
      return {
        title: title!,
        rule: rule!,
        flags: flags.split(', '),
        before: ended(before!),
        after: after && ended(after),
      };
    });
}

function ended(text: string): string {
  return text.replace(/\n+$/, '\n');
}

/** A text with the line ends and the indentation that the flags name. */
function flagged(text: string, flags: readonly string[]): string {
  const indented = flags.includes('tabs') ? text.replaceAll(/^ +/gm, (spaces) => '\t'.repeat(spaces.length / 2)) : text;
  return flags.includes('crlf') ? indented.replaceAll('\n', '\r\n') : indented;
}

/** The file after the first fix of the rule; undefined without a fix. */
function fixed({ title, rule, before, flags }: Case): string | undefined {
  const options = { ...EVERYTHING, rules: new Set([rule]) };
  const { reader, named, analysis } = directory({ 'main.tf': flagged(before, flags) }, options);
  assert.deepEqual(readBack(reader, named, analysis, options), []);
  const findings = analysis.documents.flatMap((document) => document.findings);
  assert.ok(findings.length > 0, `nothing is found: ${title}`);
  const fix = findings.flatMap((finding) => finding.fixes)[0];
  const text = fix && applyFix(reader, fix).get(`${FOLDER}main.tf`);
  if (text !== undefined) assert.deepEqual(parse('file:///main.tf', text, 'hcl').problems, []);
  return text;
}

describe('fixes of findings in HCL', () => {
  const cases = readCases();
  if (ACCEPTING) {
    const written = cases.map((one) => {
      const after = fixed(one)
        ?.replaceAll('\r\n', '\n')
        .replaceAll(/^\t+/gm, (tabs) => '  '.repeat(tabs.length));
      const heading = [one.rule, ...one.flags.filter(Boolean)].join(', ');
      return `== ${one.title} [${heading}]\n-- before\n${one.before}${after === undefined ? '' : `-- after\n${after}`}`;
    });
    writeFileSync(FILE, written.join('\n'));
  }
  for (const one of cases)
    it(one.title, () => {
      if (ACCEPTING) return;
      assert.equal(fixed(one), one.after === undefined ? undefined : flagged(one.after, one.flags));
    });
});
