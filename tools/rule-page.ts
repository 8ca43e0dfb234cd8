/** The page of a rule, from its metadata and its findings in the cases of its fixture. */
import { rulePage as pageText } from '../client/src/rule-page.ts';
import { formatsOf } from '../server/src/cli/rule-formats.ts';
import { detect } from '../server/src/formats/readers/detect.ts';
import { schemaData } from '../server/src/host/schema-data.ts';
import type { Peer, Profile, Topic } from '../server/src/model/finding.ts';
import { DEFAULT_PROFILE, PROFILES, profilesWith } from '../server/src/model/profile.ts';
import { SEVERITIES } from '../server/src/model/severity.ts';
import { FORMATS, formatLabel, type Format } from '../server/src/model/format.ts';
import type { RuleOption } from '../server/src/model/rule-option.ts';
import type { AnyRule } from '../server/src/rules/rule.ts';
import { optionDocs } from '../server/src/config/option-docs.ts';
import type { Case } from '../test/kit/fixture.ts';
import { SCHEMAS } from '../test/kit/memory-reader.ts';
import { exampleSection, shownCases, type PageExample } from './example-sections.ts';
import { convertedExample, needsFindings, preferredConversion, type Conversion } from './hcl-example.ts';
import { markedFindings } from './marked-findings.ts';
import { CaseAnalyses, type PageFinding } from './page-finding.ts';

export const TOPICS: Readonly<Record<Topic, readonly [title: string, about: string]>> = {
  'data-exposure': ['Data exposure', 'Public and cross-account access to data.'],
  'network-exposure': ['Network exposure', 'Network access from the internet and outbound traffic.'],
  identity: ['Identity', 'Permissions of principals, trust policies and privilege escalation.'],
  'encryption-at-rest': ['Encryption at rest', 'Encryption of stored data and the keys that encrypt it.'],
  'encryption-in-transit': ['Encryption in transit', 'TLS for data sent over networks.'],
  secrets: ['Secrets', 'Credentials in templates, parameters, outputs and state.'],
  logging: ['Logging', 'Audit trails, access logs and log retention.'],
  resilience: ['Resilience', 'Backups, versioning, deletion protection and availability.'],
  operations: ['Operations', 'Supported and up-to-date runtimes, engines and images.'],
};

/** The profiles that report a rule. */
function profilesText(profile: Profile): string {
  const runs = profilesWith(profile).map((run) => `\`${run}\`${run === DEFAULT_PROFILE ? ' (the default)' : ''}`);
  return runs.length === PROFILES.length
    ? 'all profiles'
    : `the profile${runs.length === 1 ? '' : 's'} ${runs.join(' and ')}`;
}

const PEERS: Readonly<Record<Peer, string>> = {
  checkov: 'Checkov',
  trivy: 'Trivy',
  cfn_nag: 'cfn_nag',
  guard: 'AWS Guard Rules Registry',
  parliament: 'Parliament',
  'access-analyzer': '[IAM Access Analyzer](../access-analyzer.md)',
};

/** The page of a rule with the cases of its fixture. */
export function generatedRulePage(rule: AnyRule, fixture: readonly Case[]): string {
  const analyses = new CaseAnalyses(rule);
  const cases = fixture.map((one) => exampleOf(rule, one, analyses));
  const tried = [...FORMATS.keys()].filter((format) => cases.some((one) => one.format === format));
  // A plan is long and has the content of the other example.
  const examples = tried
    .filter((format) => format !== 'terraform-plan' || !tried.includes('terraform'))
    .map((format) => ({ format, cases: cases.filter((one) => one.format === format) }));
  const withFixes = casesWithFixes(rule, cases);
  for (const one of examples.flatMap((each) => shownCases(each.cases))) one.announce({ inHcl: true });
  for (const one of withFixes) one.announce({ inHcl: false });
  const formats = formatsOf(rule, (name) => schemaData(SCHEMAS, name)).map(formatLabel);
  const facts = `\`${rule.id}\` · ${TOPICS[rule.topic][0].toLowerCase()} · severity **${rule.severity}** · in ${profilesText(rule.profile)}`;
  const sections = [
    `Formats: ${formats.join(', ')}.${milder(rule, fixture)}\n`,
    ...examples.flatMap((one) => exampleSection(one.format, one.cases)),
    ...fixes(rule, withFixes),
    ...sameElsewhere(rule),
    ...optionsOf(rule),
  ].join('\n');
  return pageText(rule, { facts, sections });
}

function exampleOf(rule: AnyRule, one: Case, analyses: CaseAnalyses): PageExample {
  let known: { readonly conversion: Conversion | undefined } | undefined;
  const preferred = (): Conversion | undefined => (known ??= { conversion: preferredConversion(one) }).conversion;
  return {
    ...one,
    format: formatOf(one),
    get findings() {
      return analyses.textsIn(one);
    },
    hcl: () => convertedExample(rule, one, analyses, preferred()),
    announce: ({ inHcl }) => {
      const conversion = inHcl ? preferred() : undefined;
      if (!conversion) analyses.add(one);
      else if (needsFindings(one, conversion)) analyses.addFiles(conversion.files);
    },
  };
}

/** The options that a configuration can set. */
function optionsOf({ id, options = {} }: AnyRule): readonly string[] {
  const docs = Object.entries(optionDocs(options));
  if (docs.length === 0) return [];
  const rows = Object.entries(options).map(
    ([name, option]) => `| \`${name}\` | ${formOf(option)} | ${option.description} |`,
  );
  const examples = docs.map(([name, { example }]) => `${name}: ${example}`);
  return [
    '## Options\n',
    '| option | value | use |\n|---|---|---|',
    `${rows.join('\n')}\n`,
    `In \`.stackwarden.yaml\`:\n\n\`\`\`yaml\nrules:\n  ${id}: {options: {${examples.join(', ')}}}\n\`\`\`\n`,
  ];
}

function formOf(option: RuleOption): string {
  switch (option.type) {
    case 'ports':
      return 'list of port numbers';
    case 'number':
      return `number from ${option.minimum} to ${option.maximum}`;
    case 'texts':
      return 'list of strings';
  }
}

/** Findings with a lower severity or a narrower profile than the rule. */
function milder(rule: AnyRule, fixture: readonly Case[]): string {
  const findings = fixture
    .flatMap((one) => markedFindings(rule, one))
    .filter(({ severity, profile }) => severity !== rule.severity || profile !== rule.profile);
  const others = PROFILES.flatMap((profile) => {
    const its = SEVERITIES.filter((severity) =>
      findings.some((one) => one.severity === severity && one.profile === profile),
    );
    return its.length === 0
      ? []
      : [`severity ${OR.format(its)}${profile === rule.profile ? '' : `, in ${profilesText(profile)}`}`];
  });
  return others.length === 0 ? '' : ` Some findings have ${others.join('; some have ')}.`;
}

const OR = new Intl.ListFormat('en', { type: 'disjunction' });

/** The bad cases with fixes, of the first format that has any. */
function casesWithFixes(rule: AnyRule, cases: readonly PageExample[]): readonly PageExample[] {
  const fixed = cases.filter(
    (one) => one.name.startsWith('bad') && markedFindings(rule, one).some(({ fix }) => fix !== 'none'),
  );
  const format = [...FORMATS.keys()].find((each) => fixed.some((one) => one.format === each));
  return fixed.filter((one) => one.format === format);
}

/** The titles of the fixes in some cases. */
function fixes(rule: AnyRule, cases: readonly PageExample[]): readonly string[] {
  return rule.fix === 'none'
    ? ['## Fix\n', 'There is no automatic fix, because the correct change depends on your requirements.\n']
    : ['## Fix\n', `${firstFixes(cases).map(fixLine).join('\n')}\n`];
}

/** The maximum number of fix titles on a page. */
const MOST_FIXES = 4;

/** The first fixes with different titles. No more are made than a page has, because making them takes time. */
function firstFixes(cases: readonly PageExample[]): PageFinding['fixes'] {
  const found = new Map<string, PageFinding['fixes'][number]>();
  for (const finding of cases.flatMap((one) => one.findings)) {
    for (const fix of finding.fixes) found.set(`${fix.title} ${fix.safe}`, fix);
    if (found.size >= MOST_FIXES) break;
  }
  return [...found.values()].slice(0, MOST_FIXES);
}

function fixLine({ title, safe }: PageFinding['fixes'][number]): string {
  return safe
    ? `- *${title}*. Safe: applied by \`--fix\`, and by *Apply All Safe Fixes* in an editor.`
    : `- *${title}*. Suggestion: apply it in an editor.`;
}

function formatOf(one: Case): Format {
  return (
    one.files.map((file) => detect(`file:///${file.path}`, file.text).format).find((format) => format !== 'none') ??
    'none'
  );
}

function sameElsewhere({ aliases, controls }: AnyRule): readonly string[] {
  const rows = [
    ...(Object.keys(PEERS) as Peer[]).map((peer) => [PEERS[peer], aliases[peer]] as const),
    ['AWS Security Hub', controls.securityHub] as const,
    ['CIS AWS Foundations', controls.cis] as const,
  ].filter(([, ids]) => ids && ids.length > 0);
  if (rows.length === 0) return [];
  return [
    '## Equivalent checks\n',
    `${rows.map(([name, ids]) => `- ${name}: ${ids!.map((id) => `\`${id}\``).join(', ')}`).join('\n')}\n`,
  ];
}
