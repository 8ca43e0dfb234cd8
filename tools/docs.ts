/**
 * Generates `docs/rules/`: a page for each rule from its metadata and its findings in the cases of its fixture, and a
 * list of all rules by topic. Also generates `docs/access-analyzer.md`, the codes of IAM Access Analyzer,
 * `docs/cli.md`, the reference of the command line, `docs/ci.md`, the page about continuous integration,
 * `docs/coverage.md`, the checks of other tools, `docs/catalogue-decisions.md`, what is not reported, `docs/migrate/`,
 * the pages about migrating from other tools, and `docs/shared-responsibility/`, those about services.
 */
import { fileURLToPath } from 'node:url';
import { NOTE } from '../client/src/rule-page.ts';
import type { Topic } from '../server/src/model/finding.ts';
import { compareSeverities } from '../server/src/model/severity.ts';
import { RULES } from '../server/src/rules/index.ts';
import type { AnyRule } from '../server/src/rules/rule.ts';
import type { Case } from '../test/kit/fixture.ts';
import { fixtureOf } from '../test/kit/fixtures.ts';
import { accessAnalyzerPage } from './access-analyzer-page.ts';
import { ciPage } from './ci-page.ts';
import { cliPage } from './cli-page.ts';
import { coverageData, coveragePage } from './coverage-page.ts';
import { migratePages } from './migrate-pages.ts';
import { markedFindings } from './marked-findings.ts';
import { omissions, omissionsPage } from './omissions-page.ts';
import { generatedRulePage, TOPICS } from './rule-page.ts';
import { responsibilityPages } from './responsibility-pages.ts';
import { ruleId, rulePaths } from './rule-index.ts';

export const DOCS_FOLDER = fileURLToPath(new URL('../docs/rules/', import.meta.url));
export const CLI_FILE = fileURLToPath(new URL('../docs/cli.md', import.meta.url));
export const ACCESS_ANALYZER_FILE = fileURLToPath(new URL('../docs/access-analyzer.md', import.meta.url));

/** The paths of all rules by id, relative to the folder of rules. */
const PATHS: ReadonlyMap<string, string> = new Map(rulePaths().map((path) => [ruleId(path), path]));

/** The text of the page of a rule. */
export function pageOf(rule: AnyRule): string {
  return generatedRulePage(rule, casesOf(rule));
}

function casesOf({ id }: AnyRule): readonly Case[] {
  return fixtureOf(PATHS.get(id)!)?.cases ?? [];
}

/** The text of every page by its file name, the list included. */
export function pages(pageOfRule = pageOf): ReadonlyMap<string, string> {
  return new Map([['README.md', list()], ...RULES.map((rule) => [`${rule.id}.md`, pageOfRule(rule)] as const)]);
}

/** The text of the page about the codes of IAM Access Analyzer. */
export function accessAnalyzer(): string {
  const rules = RULES.filter(({ aliases }) => aliases['access-analyzer']?.length);
  return accessAnalyzerPage(
    rules.map((rule) => ({ rule, findings: casesOf(rule).flatMap((one) => markedFindings(rule, one)) })),
    NOTE,
  );
}

/** The text of the reference page of the command line. */
export function cli(): string {
  return cliPage(NOTE);
}

/** The text of the page about continuous integration. */
export function ci(): string {
  return ciPage(NOTE);
}

/** The text of the page about what is intentionally not reported. */
export function decisions(): string {
  return omissionsPage(RULES, coverageData(), omissions(), NOTE);
}

/** The texts of the pages about migrating from other tools, by their file names. */
export function migrations(): ReadonlyMap<string, string> {
  return migratePages(RULES, NOTE);
}

/** The texts of the pages about shared responsibility, by their file names. */
export function responsibilities(): ReadonlyMap<string, string> {
  return responsibilityPages(NOTE);
}

/** The text of the page about the checks of other tools. */
export function coverage(): string {
  return coveragePage(RULES, coverageData(), NOTE);
}

function list(): string {
  return [
    `${NOTE}\n# Rules\n`,
    `There are ${RULES.length} rules. The profile \`recommended\` is the default and includes \`essential\`; \`strict\` includes all rules. To search rules, run \`stackwarden rules --search WORDS\`. [Findings of minimal resources](../bare-resources.md) shows what each profile reports.\n`,
    ...byTopic().flatMap(({ topic, rules }) => [
      `## ${TOPICS[topic][0]}\n`,
      `${TOPICS[topic][1]}\n`,
      `| rule | severity | profile | fix |\n| --- | --- | --- | --- |\n${rules.map((rule) => row(rule, '')).join('')}`,
    ]),
  ].join('\n');
}

/** All rules by topic, the most severe first. Topics without rules are omitted. */
function byTopic(): readonly { readonly topic: Topic; readonly rules: readonly AnyRule[] }[] {
  return (Object.keys(TOPICS) as Topic[])
    .map((topic) => ({ topic, rules: RULES.filter((rule) => rule.topic === topic).toSorted(bySeverity) }))
    .filter(({ rules }) => rules.length > 0);
}

/** A table row with a link to the page of the rule. */
function row({ id, title, severity, profile, fix }: AnyRule, folder: string): string {
  return `| [${title.replaceAll('|', '\\|')}](${folder}${id}.md) | ${severity} | ${profile} | ${fix === 'none' ? '' : fix} |\n`;
}

function bySeverity(a: AnyRule, b: AnyRule): number {
  return compareSeverities(a.severity, b.severity) || (a.id < b.id ? -1 : 1);
}
