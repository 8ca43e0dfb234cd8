/** The rules of a SARIF report, as GitHub shows them. */
import { flatMap } from '../../../base/flat-map.ts';
import type { ReportingDescriptor } from 'sarif';
import type { Program } from '../../../host/program.ts';
import { markdownText } from '../../../hover/markdown-text.ts';
import { severityTraits } from '../../../model/severity.ts';
import type { AnyRule } from '../../../rules/rule.ts';
import { sourcesOf } from '../../../rules/sources.ts';
import { pageAddress } from '../../rule-page.ts';
import { shortened } from './text.ts';

/** The limits of GitHub for a rule. GitHub shows the first ten tags. */
export const MAX_TAGS = 20;
export const LONGEST_DESCRIPTION = 1024;

/**
 * A rule as a reporting descriptor (3.49 of the standard), with the properties that GitHub reads: `tags`, `precision`
 * and `security-severity`.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function descriptorOf(rule: AnyRule, program: Program): ReportingDescriptor {
  const page = pageAddress(rule, program);
  return {
    id: rule.id,
    name: pascalCase(rule.id),
    shortDescription: { text: shortened(rule.title, LONGEST_DESCRIPTION) },
    fullDescription: { text: shortened(rule.why, LONGEST_DESCRIPTION) },
    help: { text: helpText(rule, page), markdown: helpMarkdown(rule, page) },
    ...(page === undefined ? {} : { helpUri: page }),
    defaultConfiguration: { level: severityTraits(rule.severity).level },
    properties: {
      tags: tagsOf(rule),
      precision: 'high',
      'security-severity': severityTraits(rule.severity).score,
      severity: rule.severity,
      profile: rule.profile,
      aliases: rule.aliases,
      controls: rule.controls,
    },
  };
}

/** A rule that the program does not know by this name. */
export function unknownDescriptor(id: string): ReportingDescriptor {
  return { id, shortDescription: { text: id }, fullDescription: { text: id }, help: { text: id } };
}

/** The topic first, then controls, then equivalent checks of other tools. */
function tagsOf({ topic, controls, aliases }: AnyRule): string[] {
  const ids = (of: Readonly<Record<string, readonly string[]>>): readonly string[] =>
    flatMap(Object.entries(of), ([name, all]) => all.map((id) => `${name}:${id}`));
  return ['security', topic, ...ids(controls), ...ids(aliases)].slice(0, MAX_TAGS);
}

function helpText(rule: AnyRule, page: string | undefined): string {
  return [
    rule.why,
    `Remediation: ${rule.remedy}`,
    ...(page === undefined ? [] : [`Documentation: ${page}`]),
    ['Sources:', ...sourcesOf(rule).map(({ url }) => url)].join('\n'),
  ].join('\n\n');
}

function helpMarkdown(rule: AnyRule, page: string | undefined): string {
  return [
    markdownText(rule.why),
    `**Remediation:** ${markdownText(rule.remedy)}`,
    ...(page === undefined ? [] : [`[Documentation of ${rule.id}](${page})`]),
    ['**Sources**', '', ...sourcesOf(rule).map(({ url, claim }) => `- [${markdownText(claim)}](${url})`)].join('\n'),
  ].join('\n\n');
}

/** `s3-bucket-versioning` as `S3BucketVersioning`. */
function pascalCase(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
