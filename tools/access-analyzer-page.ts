/**
 * The page that says for each code of IAM Access Analyzer's policy validation which rule says the same, made of what the rules find in the
 * cases of their fixtures.
 */
import { schemaData } from '../server/src/host/schema-data.ts';
import { SEVERITIES, type Finding, type Profile, type Severity } from '../server/src/model/finding.ts';
import { CODES, severityOf, type Code, type CodeClass } from '../server/src/rules/access-analyzer.ts';
import type { AnyRule } from '../server/src/rules/rule.ts';
import { SCHEMAS } from '../test/kit/memory-reader.ts';

/** A rule with all that it finds in the cases of its fixture. */
export interface RuleFindings {
  readonly rule: AnyRule;
  readonly findings: readonly Finding[];
}

const CHECKS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html';

const CLASSES: Readonly<Record<CodeClass, readonly [title: string, about: string]>> = {
  error: ['Errors', 'AWS refuses the policy, or a statement of it does not do what it says.'],
  'security-warning': ['Security warnings', 'What is allowed is more than is wise.'],
  warning: ['Warnings', 'What is written may do something else than it seems to, or is not what AWS recommends.'],
  suggestion: ['Suggestions', 'What is written adds nothing, or can be said better.'],
};

/** Codes that no rule has, and why. */
const LEFT_OUT: readonly (readonly [codes: readonly string[], why: string])[] = [
  [
    ['SCP_SYNTAX_ERROR_ACTION_WILDCARD'],
    'a service control policy may have a wildcard anywhere in an action since September 2025, so nothing is wrong with it.',
  ],
  [
    [
      'SCP_SYNTAX_ERROR_ALLOW_CONDITION',
      'SCP_SYNTAX_ERROR_ALLOW_NOTACTION',
      'SCP_SYNTAX_ERROR_ALLOW_RESOURCE',
      'SCP_SYNTAX_ERROR_NOTRESOURCE',
    ],
    "these are no longer on AWS's list; since then service control policies have the whole policy language, with conditions, resources and `NotAction` in statements that allow, and `NotResource`.",
  ],
];

/** The text of the page. */
export function accessAnalyzerPage(all: readonly RuleFindings[], note: string): string {
  const { date } = (schemaData(SCHEMAS, 'iam/services') as { readonly $: { readonly date: string } }).$;
  return [
    `${note}\n# What IAM Access Analyzer says, and which rule says it here\n`,
    `IAM Access Analyzer validates a policy in the AWS console and through its API. Of [its checks](${CHECKS}), ${CODES.size} codes are found by rules here, each shown by a case of the rule's fixture. \`stackwarden explain INVALID_ACTION\` leads from a code to the rules, the JSON report names the codes of each finding under \`aliases\`. [Policies](policies.md) says how policies are found and judged.\n`,
    ...(Object.keys(CLASSES) as CodeClass[]).flatMap((one) => section(one, all)),
    '## Codes without a rule\n',
    `${LEFT_OUT.map(([codes, why]) => `- ${new Intl.ListFormat('en').format(codes.map((code) => `\`${code}\``))}: ${why} <https://aws.amazon.com/blogs/security/unlock-new-possibilities-aws-organizations-service-control-policy-now-supports-full-iam-language>`).join('\n')}\n`,
    ...differences(date),
  ].join('\n');
}

function section(one: CodeClass, all: readonly RuleFindings[]): readonly string[] {
  const [title, about] = CLASSES[one];
  const codes = [...CODES].flatMap(([code, its]) => (its === one ? [code] : []));
  const { severity, profile } = severityOf(codes[0]!);
  return [
    `## ${title}\n`,
    `${about} Here they are of severity **${severity}**, in the profile \`${profile}\`, unless the table says otherwise.\n`,
    `| code | rule | weighs here | fix |\n| --- | --- | --- | --- |\n${codes.flatMap((code) => rows(code, all)).join('')}`,
  ];
}

/** The lines of a code, one for each rule that finds it. */
function rows(code: Code, all: readonly RuleFindings[]): readonly string[] {
  const saying = all
    .map(({ rule, findings }) => ({
      rule,
      its: findings.filter(({ aliases }) => aliases['access-analyzer']?.includes(code)),
    }))
    .filter(({ its }) => its.length > 0);
  return saying.map(
    ({ rule: { id }, its }, i) =>
      `| ${i === 0 ? `\`${code}\`` : ''} | [${id}](rules/${id}.md) | ${weights(severityOf(code), its)} | ${fixOf(its)} |\n`,
  );
}

/** How grave findings are, the gravest first; nothing where all are as grave as their class. */
function weights(
  usual: { readonly severity: Severity; readonly profile: Profile },
  findings: readonly Finding[],
): string {
  if (findings.every(({ severity, profile }) => severity === usual.severity && profile === usual.profile)) return '';
  const said = findings
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
    .map(({ severity, profile }) => (profile === usual.profile ? severity : `${severity} in \`${profile}\``));
  return [...new Set(said)].join(', ');
}

function fixOf(findings: readonly Finding[]): string {
  const fixes = findings.flatMap((finding) => finding.fixes);
  return fixes.length === 0 ? '' : fixes.some(({ safe }) => safe) ? 'safe' : 'suggestion';
}

function differences(date: string): readonly string[] {
  return [
    '## What is different from the service\n',
    `- **It asks nobody.** Policies are judged on your machine, wherever they stand, also in templates and configurations that nothing has been made of yet. What is not written (a parameter without a value, what a reference turns out to be) is left open: what is wrong for some value alone is possible, and not shown unless asked for.
- **Its data has a date.** Services, actions, resource types and condition keys are those of ${date}. What AWS has added since is not known, so a name that resembles no known one is found milder than the service finds it: see \`INVALID_ACTION\`, \`INVALID_SERVICE\`, \`INVALID_SERVICE_IN_ACTION\`, \`INVALID_ARN_RESOURCE\` (which is only possible unless the ARN nearly has a known format), \`INVALID_SERVICE_CONDITION_KEY\`, \`INVALID_GLOBAL_CONDITION_KEY\`, \`INVALID_ARN_REGION\` and \`INVALID_REGION\` above. Messages about actions, services, kinds of resources and keys name the date.
- **Where AWS publishes no list, there is one of our own.** Which keys \`VARIABLE_USAGE_TOO_PERMISSIVE\` and \`WILDCARD_USAGE_TOO_PERMISSIVE\` are about (ids of accounts, organisations, VPCs and endpoints); which keys a caller can forge, for \`UNTRUSTWORTHY_CONDITION_KEY\` (\`aws:Referer\`, \`aws:UserAgent\`); which keys requests of services lack, for \`UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL\`; which services say for whom they act, and which need not, for \`RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL\`; which actions a key needs beside it, for \`MISSING_ACTION_FOR_CONDITION_KEY\`; whose actions and ARNs the policy of a resource may name, for \`UNSUPPORTED_ACTION_IN_POLICY\` and \`UNSUPPORTED_RESOURCE_ARN_IN_POLICY\`.
- **Milder where nothing is opened or usual policies are full of it.** \`UNSUPPORTED_ACTION_FOR_CONDITION_KEY\` is medium where less is allowed or more is denied than it seems, and low and \`strict\` beside other actions of the service that support the key; \`STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS\` is info and \`strict\` where no wildcard reaches beyond the account field; \`FORALLVALUES_WITH_SINGLE_VALUED_KEY\` is low in a statement that denies; \`RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL\` is low and \`strict\` in the trust policy of a role, because a role can be passed within its own account only; \`MISSING_VERSION\` is \`strict\`, because where no variable is written nothing comes of it, and where one is \`VARIABLE_UNSUPPORTED_IN_VERSION\` says so; \`SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED\` is \`strict\` where the repository is named and only its branches are open.
- **Graver where it gives somebody the account, or is refused.** Passing every role, trusting everybody and trusting repositories or tokens of strangers weigh as much as what one can do with them; an empty list of actions or resources is medium in policies of identities, which IAM does not take then.
- **One cause is said once**, by the gravest of the rules that find it at a place. Its finding names the codes of those that it stands for.
- **Policy validation is what is meant.** What Access Analyzer finds about access from outside and access that is not used, and its custom checks against a policy of reference, need the account or that policy and have nothing here.\n`,
  ];
}
