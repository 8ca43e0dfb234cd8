/**
 * The page that lists what Stackwarden intentionally does not report: `docs/catalogue-decisions.md`. Checks of other
 * tools are in `tools/coverage/decisions.json`, parts of rules and single properties in
 * `tools/coverage/omissions.json`.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TOOLS, uncovered, type Check, type CoverageDecision } from './coverage-page.ts';
import type { AnyRule } from '../server/src/rules/rule.ts';

export const OMISSIONS_FILE = fileURLToPath(new URL('../docs/catalogue-decisions.md', import.meta.url));

interface Omission {
  /** What is not reported. */
  readonly omits: string;
  readonly why: string;
  readonly source: string;
}

export interface Omissions {
  /** What a rule does not report, although its title could suggest it. */
  readonly narrowed: readonly (Omission & { readonly rule: string })[];
  /** What no rule reports: properties and values. */
  readonly properties: readonly (Omission & { readonly subject: string })[];
}

/** The data of the page, apart from the checks of other tools. */
export function omissions(): Omissions {
  return JSON.parse(readFileSync(new URL('./coverage/omissions.json', import.meta.url), 'utf8')) as Omissions;
}

/** The text of the page. */
export function omissionsPage(
  rules: readonly AnyRule[],
  coverage: { readonly checks: ReadonlyMap<string, Check>; readonly decisions: ReadonlyMap<string, CoverageDecision> },
  { narrowed, properties }: Omissions,
  note: string,
): string {
  return [
    `${note}\n# Checks that Stackwarden leaves out, and why\n`,
    'Some checks of other tools report what AWS has made secure, what no longer exists, what a template cannot show, or costs and preferences. Each row names a page that shows the reason. For the checks that rules cover, see [checks of other tools](coverage.md).\n',
    '- [Checks without a rule](#checks-without-a-rule) · [What rules leave out](#what-rules-leave-out) · [Properties without a rule](#properties-without-a-rule)\n',
    '## Checks without a rule\n',
    '| check | reason |',
    '| --- | --- |',
    ...[...coverage.decisions].flatMap(([name, decision]) => {
      const ids = uncovered(rules, coverage.checks.get(name)!);
      return ids.length === 0 ? [] : [`| ${idsByTool(ids)} | ${reason(decision)} |`];
    }),
    '\n## What rules leave out\n',
    '| rule | does not report | reason |',
    '| --- | --- | --- |',
    ...narrowed.map((row) => `| [${row.rule}](rules/${row.rule}.md) | ${row.omits} | ${reason(row)} |`),
    '\n## Properties without a rule\n',
    '| property | not reported | reason |',
    '| --- | --- | --- |',
    ...properties.map((row) => `| ${row.subject} | ${row.omits} | ${reason(row)} |`),
    '',
  ].join('\n');
}

function reason({ why, source }: CoverageDecision): string {
  return `${why} [Source](${source})`;
}

function idsByTool(ids: readonly (readonly [tool: keyof typeof TOOLS, id: string])[]): string {
  return ids.map(([tool, id]) => `${TOOLS[tool]} \`${id}\``).join('<br>');
}
