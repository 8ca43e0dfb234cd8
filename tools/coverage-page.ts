/**
 * The page that lists the checks of other tools, and the rules that have them as aliases: `docs/coverage.md`. The
 * identifiers are in `tools/coverage/checks.json`, and intentionally uncovered checks in
 * `tools/coverage/decisions.json`, which also has a page of its own (`tools/omissions-page.ts`).
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { groupedBy } from '../server/src/base/groups.ts';
import type { AnyRule } from '../server/src/rules/rule.ts';

export const COVERAGE_FILE = fileURLToPath(new URL('../docs/coverage.md', import.meta.url));

/** The other tools, with their names on the page. */
export const TOOLS = {
  checkov: 'Checkov',
  trivy: 'Trivy',
  cfn_nag: 'cfn_nag',
  guard: 'AWS Guard Rules Registry',
} as const;
type Tool = keyof typeof TOOLS;

/** The identifiers of the same check in each tool, and the formats to which it applies. */
export type Check = Readonly<Partial<Record<Tool, readonly string[]>>> & {
  readonly formats: readonly ('cloudformation' | 'terraform')[];
};

export interface CoverageDecision {
  readonly why: string;
  readonly source: string;
}

interface Coverage {
  readonly checks: ReadonlyMap<string, Check>;
  readonly decisions: ReadonlyMap<string, CoverageDecision>;
}

/** The data of the page. */
export function coverageData(): Coverage {
  const { checks } = read<{ readonly checks: Readonly<Record<string, Check>> }>('checks');
  const { decisions } = read<{ readonly decisions: Readonly<Record<string, CoverageDecision>> }>('decisions');
  return { checks: new Map(Object.entries(checks)), decisions: new Map(Object.entries(decisions)) };
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`coverage/${name}.json`, import.meta.url), 'utf8')) as T;
}

/** The identifiers of a check that are not an alias of a rule, by tool. */
export function uncovered(rules: readonly AnyRule[], check: Check): readonly (readonly [tool: Tool, id: string])[] {
  return (Object.keys(TOOLS) as Tool[]).flatMap((tool) =>
    (check[tool] ?? [])
      .filter((id) => !rules.some(({ aliases }) => aliases[tool]?.includes(id)))
      .map((id) => [tool, id] as const),
  );
}

/** The text of the page. */
export function coveragePage(rules: readonly AnyRule[], { checks, decisions }: Coverage, note: string): string {
  const tools = (Object.keys(TOOLS) as Tool[]).map((tool) => ({ tool, rows: rowsOf(tool, rules, checks, decisions) }));
  return [
    `${note}\n# Checks of other tools\n`,
    `Many rules cover checks of other tools. This page lists the AWS checks of Checkov, Trivy, cfn_nag and the AWS Guard Rules Registry, with the rules that cover them. \`stackwarden explain CKV_AWS_7\` shows the rules for an identifier, and the JSON report lists identifiers under \`aliases\`. For rules without a check in these tools, see [all rules](rules/README.md); for what is intentionally not reported, see [checks that Stackwarden leaves out](catalogue-decisions.md).\n`,
    '| tool | checks | covered | for CloudFormation | for Terraform | intentionally not covered |',
    '| --- | --- | --- | --- | --- | --- |',
    ...tools.map(({ tool, rows }) => summary(tool, rows)),
    '',
    ...tools.flatMap(({ tool, rows }) => section(tool, rows)),
  ].join('\n');
}

interface Row {
  readonly id: string;
  /** The ids of the rules with this alias. */
  readonly rules: readonly string[];
  readonly formats: ReadonlySet<string>;
  readonly decision: CoverageDecision | undefined;
}

function rowsOf(
  tool: Tool,
  rules: readonly AnyRule[],
  checks: Coverage['checks'],
  decisions: Coverage['decisions'],
): readonly Row[] {
  const grouped = groupedBy(
    [...checks].flatMap(([name, check]) => (check[tool] ?? []).map((id) => ({ id, name, check }))),
    ({ id }) => id,
  );
  return [...grouped]
    .map(([id, own]) => ({
      id,
      rules: rules.filter(({ aliases }) => aliases[tool]?.includes(id)).map((rule) => rule.id),
      formats: new Set(own.flatMap(({ check }) => check.formats)),
      decision: own.map(({ name }) => decisions.get(name)).find((one) => one !== undefined),
    }))
    .toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

function summary(tool: Tool, rows: readonly Row[]): string {
  const covered = rows.filter((row) => row.rules.length > 0);
  const inFormat = (format: string): string =>
    `${covered.filter(({ formats }) => formats.has(format)).length} of ${rows.filter(({ formats }) => formats.has(format)).length}`;
  const decided = rows.filter((row) => row.rules.length === 0 && row.decision).length;
  return `| ${TOOLS[tool]} | ${rows.length} | ${covered.length} | ${inFormat('cloudformation')} | ${inFormat('terraform')} | ${decided} |`;
}

function section(tool: Tool, rows: readonly Row[]): readonly string[] {
  const covered = rows.filter((row) => row.rules.length > 0);
  const decided = rows.flatMap(({ id, rules, decision }) => (rules.length === 0 && decision ? [{ id, decision }] : []));
  const open = rows.filter((row) => row.rules.length === 0 && !row.decision);
  return [
    `## ${TOOLS[tool]}\n`,
    '| check | rule |',
    '| --- | --- |',
    ...covered.map((row) => `| \`${row.id}\` | ${row.rules.map((id) => `[${id}](rules/${id}.md)`).join(', ')} |`),
    '',
    ...(decided.length === 0
      ? []
      : [
          'Intentionally not covered:\n',
          '| check | reason |',
          '| --- | --- |',
          ...decided.map(({ id, decision: { why, source } }) => `| \`${id}\` | ${why} [Source](${source}) |`),
          '',
        ]),
    ...(open.length === 0 ? [] : [`Not covered: ${open.map(({ id }) => `\`${id}\``).join(', ')}.\n`]),
  ];
}
