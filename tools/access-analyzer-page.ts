/**
 * The page that lists the rules for each code of IAM Access Analyzer's policy validation, from the findings in the
 * fixtures of the rules.
 */
import { schemaData } from '../server/src/host/schema-data.ts';
import type { Profile, Severity } from '../server/src/model/finding.ts';
import { compareSeverities, type AnalyzerClass } from '../server/src/model/severity.ts';
import { CODES, severityOf, type Code } from '../server/src/rules/access-analyzer.ts';
import type { AnyRule } from '../server/src/rules/rule.ts';
import { SCHEMAS } from '../test/kit/memory-reader.ts';
import type { MarkedFinding } from './marked-findings.ts';

/** A rule and its findings in the cases of its fixture. */
export interface RuleFindings {
  readonly rule: AnyRule;
  readonly findings: readonly MarkedFinding[];
}

const CHECKS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html';

const CLASSES: Readonly<Record<AnalyzerClass, readonly [title: string, about: string]>> = {
  error: ['Errors', 'AWS rejects the policy, or a statement has no effect.'],
  'security-warning': ['Security warnings', 'The policy allows more than AWS recommends.'],
  warning: ['Warnings', 'The policy may not work as intended, or does not follow best practices.'],
  suggestion: ['Suggestions', 'The policy can be simplified or improved.'],
};

/** Codes without a rule, and the reason. */
const LEFT_OUT: readonly (readonly [codes: readonly string[], why: string])[] = [
  [
    ['SCP_SYNTAX_ERROR_ACTION_WILDCARD'],
    'service control policies support wildcards anywhere in an action since September 2025.',
  ],
  [
    [
      'SCP_SYNTAX_ERROR_ALLOW_CONDITION',
      'SCP_SYNTAX_ERROR_ALLOW_NOTACTION',
      'SCP_SYNTAX_ERROR_ALLOW_RESOURCE',
      'SCP_SYNTAX_ERROR_NOTRESOURCE',
    ],
    "these codes are no longer on AWS's list. Service control policies support the full policy language since then: conditions, resources and `NotAction` in Allow statements, and `NotResource`.",
  ],
];

/** The text of the page. */
export function accessAnalyzerPage(all: readonly RuleFindings[], note: string): string {
  const { date } = (schemaData(SCHEMAS, 'iam/services') as { readonly $: { readonly date: string } }).$;
  return [
    `${note}\n# IAM Access Analyzer codes\n`,
    `IAM Access Analyzer validates policies in the AWS console and through its API. Stackwarden has rules for ${CODES.size} codes of [its policy checks](${CHECKS}), each tested by a case in the fixture of the rule. \`stackwarden explain INVALID_ACTION\` shows the rules for a code, and the JSON report lists the codes of each finding under \`aliases\`. [Policies](policies.md) describes the checks.\n`,
    ...(Object.keys(CLASSES) as AnalyzerClass[]).flatMap((one) => section(one, all)),
    '## Codes without a rule\n',
    `${LEFT_OUT.map(([codes, why]) => `- ${new Intl.ListFormat('en').format(codes.map((code) => `\`${code}\``))}: ${why} <https://aws.amazon.com/blogs/security/unlock-new-possibilities-aws-organizations-service-control-policy-now-supports-full-iam-language>`).join('\n')}\n`,
    ...differences(date),
  ].join('\n');
}

function section(one: AnalyzerClass, all: readonly RuleFindings[]): readonly string[] {
  const [title, about] = CLASSES[one];
  const codes = [...CODES].flatMap(([code, analyzerClass]) => (analyzerClass === one ? [code] : []));
  const { severity, profile } = severityOf(codes[0]!);
  return [
    `## ${title}\n`,
    `${about} These findings have severity **${severity}** and profile \`${profile}\`, unless the table states otherwise.\n`,
    `| code | rule | severity, if different | fix |\n| --- | --- | --- | --- |\n${codes.flatMap((code) => rows(code, all)).join('')}`,
  ];
}

/** The rows of a code, one for each rule that reports it. */
function rows(code: Code, all: readonly RuleFindings[]): readonly string[] {
  const reporting = all
    .map(({ rule, findings }) => ({ rule, own: findings.filter(({ codes }) => codes.includes(code)) }))
    .filter(({ own }) => own.length > 0);
  return reporting.map(
    ({ rule: { id }, own }, i) =>
      `| ${i === 0 ? `\`${code}\`` : ''} | [${id}](rules/${id}.md) | ${severitiesOf(severityOf(code), own)} | ${fixOf(own)} |\n`,
  );
}

/** The severities of findings, most severe first; empty if all have the severity of their class. */
function severitiesOf(
  usual: { readonly severity: Severity; readonly profile: Profile },
  findings: readonly MarkedFinding[],
): string {
  if (findings.every(({ severity, profile }) => severity === usual.severity && profile === usual.profile)) return '';
  const texts = findings
    .toSorted((a, b) => compareSeverities(a.severity, b.severity))
    .map(({ severity, profile }) => (profile === usual.profile ? severity : `${severity} in \`${profile}\``));
  return [...new Set(texts)].join(', ');
}

function fixOf(findings: readonly MarkedFinding[]): string {
  const fixes = findings.map(({ fix }) => fix);
  return fixes.includes('safe') ? 'safe' : fixes.includes('suggestion') ? 'suggestion' : '';
}

function differences(date: string): readonly string[] {
  return [
    '## Differences from the service\n',
    `- **Policies are validated offline**, also in templates and configurations that are not deployed. Findings that depend on an unknown value, such as a parameter without a value, are possible.
- **The data has a date.** Services, actions, resource types and condition keys are those of ${date}. Later additions are unknown, so an unknown name that is not similar to a known one has a lower severity than in the service: see \`INVALID_ACTION\`, \`INVALID_SERVICE\`, \`INVALID_SERVICE_IN_ACTION\`, \`INVALID_ARN_RESOURCE\` (possible, unless the ARN nearly has a known format), \`INVALID_SERVICE_CONDITION_KEY\`, \`INVALID_GLOBAL_CONDITION_KEY\`, \`INVALID_ARN_REGION\` and \`INVALID_REGION\`. Messages about unknown names state the date.
- **Where AWS publishes no list, Stackwarden has its own**: the keys of \`VARIABLE_USAGE_TOO_PERMISSIVE\` and \`WILDCARD_USAGE_TOO_PERMISSIVE\` (IDs of accounts, organizations, VPCs and endpoints); the keys that callers can spoof, for \`UNTRUSTWORTHY_CONDITION_KEY\` (\`aws:Referer\`, \`aws:UserAgent\`); the keys that requests of services do not have, for \`UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL\`; the services that send source keys, for \`RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL\`; the actions that a key requires, for \`MISSING_ACTION_FOR_CONDITION_KEY\`; the actions and ARNs of resource policies, for \`UNSUPPORTED_ACTION_IN_POLICY\` and \`UNSUPPORTED_RESOURCE_ARN_IN_POLICY\`.
- **The severity is lower if nothing is exposed, or if the pattern is common.** \`UNSUPPORTED_ACTION_FOR_CONDITION_KEY\` is medium if the policy allows less or denies more than intended, and low and \`strict\` beside other actions of the service that support the key. \`FORALLVALUES_WITH_SINGLE_VALUED_KEY\` is low in a Deny statement. \`RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL\` is low and \`strict\` in role trust policies, because a role can be passed within its own account only. \`MISSING_VERSION\` is \`strict\`, because it has no effect without policy variables; with them, \`VARIABLE_UNSUPPORTED_IN_VERSION\` applies. \`SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED\` is \`strict\` if the repository is named and only its branches are not restricted.
- **Equivalent conditions are not reported.** \`STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS\` is reported only if a wildcard can match beyond its field of the ARN, such as another account. With a full partition and account, StringLike is equivalent to ArnLike.
- **The severity is higher if the policy gives access to the account, or is rejected.** Passing all roles, public trust policies, and trust of any repository or token have the severity of the access that they give. An empty list of actions or resources is medium in identity policies, which IAM rejects.
- **One cause has one finding**, of the most severe rule at a place. It has the codes of the findings that it replaces.
- **Only policy validation is covered.** External access findings, unused access findings and custom policy checks of Access Analyzer need the account or a reference policy.\n`,
  ];
}
