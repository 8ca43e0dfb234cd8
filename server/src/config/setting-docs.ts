/** The settings of `.stackwarden.yaml`: what each means, its values, its default and an example. */
import { BASELINE_FILE } from '../base/configuration-file.ts';
import { flatMap } from '../base/flat-map.ts';
import type { Certainty } from '../model/finding.ts';
import { DEFAULT_PROFILE, profileDescription, PROFILES } from '../model/profile.ts';
import { QUOTAS, type QuotaName } from '../model/quota.ts';
import { SEVERITIES } from '../model/severity.ts';
import { PEER_SUPPRESSION_TOOLS } from '../model/suppression.ts';
import { ASSUMPTIONS, DEFAULT_CONFIGURATION, DEFAULT_FAIL_ON, type ConfiguredKind } from './configuration.ts';
import type { SETTINGS } from './read-configuration.ts';
import { RULES } from '../rules/index.ts';
import { optionDocs } from './option-docs.ts';
import type { WordChoice, Keys, SettingDoc, SettingValue, TextValue } from './setting-value.ts';

const TEXT: TextValue = { kind: 'text' };
const PATH: TextValue = { kind: 'text', form: 'path' };
const RULE: TextValue = { kind: 'text', names: 'rule' };
const BOOLEAN: SettingValue = { kind: 'boolean' };

const CERTAINTY: Readonly<Record<Certainty, string>> = {
  certain: 'Report only findings that follow from known values.',
  possible: 'Also report findings that depend on unknown values, such as a parameter without a default.',
};

/** What a policy of each kind is attached to. */
const POLICY_KINDS: Readonly<Record<ConfiguredKind, string>> = {
  boundary: 'A permissions boundary of a user or role.',
  endpoint: 'The policy of a VPC endpoint.',
  identity: 'A policy of a user, group or role.',
  'permission-set': 'The inline policy of a permission set of IAM Identity Center.',
  rcp: 'A resource control policy of an organization.',
  resource: 'The policy of a resource, such as a bucket or key.',
  scp: 'A service control policy of an organization.',
  session: 'A session policy.',
  trust: 'The trust policy of a role.',
};

const PROFILE: SettingDoc = {
  description: 'The rules to check.',
  value: { kind: 'text', choices: PROFILES.map((name) => ({ name, description: profileDescription(name) })) },
  default: DEFAULT_PROFILE,
  example: 'strict',
};

const MINIMUM_CERTAINTY: SettingDoc = {
  description: 'The minimum certainty of reported findings.',
  value: { kind: 'text', choices: choicesOf(CERTAINTY) },
  default: 'certain',
  example: 'possible',
};

/** `off` and `on` are booleans for readers of YAML 1.1. */
const LEVEL: SettingValue = {
  kind: 'text',
  choices: [
    { name: 'off', description: 'The rule is not checked.' },
    { name: 'on', description: 'The rule is checked, in every profile.' },
    ...SEVERITIES.map((name) => ({
      name,
      description: `The rule is checked, in every profile, and its findings have the severity ${name}.`,
    })),
  ],
  orBoolean: true,
};

/** The setting of a rule, with the form of its options. */
function ruleSetting(options: SettingValue, example: string): SettingValue {
  return {
    kind: 'either',
    one: LEVEL,
    other: {
      kind: 'keys',
      keys: {
        severity: {
          description: 'The level of the rule: off, on, or the severity of its findings.',
          value: LEVEL,
          example: 'low',
        },
        options: { description: 'The options of the rule, by name.', value: options, example },
      },
    },
  };
}

const RULE_SETTINGS: SettingDoc = {
  description:
    'The levels of rules, by rule ID, pattern such as s3-*, or ID of another tool or standard. The last setting of a rule applies.',
  value: {
    kind: 'table',
    names: 'rule',
    of: ruleSetting({ kind: 'table', of: { kind: 'scalar', orList: true } }, '{minimumDays: 90}'),
    ofSome: Object.fromEntries(
      flatMap(RULES, ({ id, options }) => {
        if (!options) return [];
        const keys = optionDocs(options);
        const examples = Object.entries(keys).map(([name, { example }]) => `${name}: ${example}`);
        return [[id, ruleSetting({ kind: 'keys', keys }, `{${examples.join(', ')}}`)]];
      }),
    ),
  },
  example: '{s3-bucket-versioning: off, ec2-imdsv2-required: high}',
};

const OVERRIDE: Keys = {
  kind: 'keys',
  keys: {
    paths: {
      description: 'The files, in the syntax of .gitignore, relative to the directory of the configuration.',
      value: { kind: 'texts', of: TEXT },
      example: '[sandbox/**]',
    },
    profile: { ...PROFILE, description: 'The rules to check in these files.' },
    certainty: { ...MINIMUM_CERTAINTY, description: 'The minimum certainty of reported findings in these files.' },
    rules: { ...RULE_SETTINGS, description: 'The levels of rules in these files.' },
  },
  required: [['paths']],
};

const SUPPRESSION: Keys = {
  kind: 'keys',
  keys: {
    rule: {
      description: 'The rule whose findings are accepted.',
      value: { kind: 'texts', of: RULE },
      example: 's3-bucket-public-access-block',
    },
    rules: {
      description: 'The rules whose findings are accepted: rule IDs, patterns such as s3-*, or IDs of other tools.',
      value: { kind: 'texts', of: RULE },
      example: '[s3-bucket-public-access-block]',
    },
    paths: {
      description:
        'The files, in the syntax of .gitignore, relative to the directory of the configuration. Without it, all files.',
      value: { kind: 'texts', of: TEXT },
      example: '[site/template.yaml]',
    },
    resources: {
      description:
        'The resources, by logical ID or Terraform address, with * for any characters. Without it, all resources.',
      value: { kind: 'texts', of: TEXT },
      example: '[Website]',
    },
    value: {
      description: 'The accepted value, or its hash. Another value is reported again.',
      value: TEXT,
      example: '0.0.0.0/0',
    },
    reason: {
      description: 'Why the finding is accepted. Without it, the suppression has no effect.',
      value: TEXT,
      example: 'The bucket hosts the public website.',
    },
    until: {
      description: 'The last day on which the suppression applies.',
      value: { kind: 'text', form: 'date' },
      example: '2027-01-31',
    },
  },
  required: [['rule', 'rules']],
};

const SCENARIO: Keys = {
  kind: 'keys',
  keys: {
    conditions: {
      description: 'The values of conditions.',
      value: { kind: 'table', of: BOOLEAN },
      example: '{IsProd: true}',
    },
    parameters: {
      description: 'The values of parameters. They take precedence over parameter files.',
      value: { kind: 'table', of: { kind: 'scalar' } },
      example: '{Stage: prod}',
    },
  },
};

const ASSUME: Keys = {
  kind: 'keys',
  keys: {
    accounts: {
      description: 'Your AWS account IDs. Trust policies with other accounts are then certain findings.',
      value: { kind: 'list', of: { kind: 'text', form: 'account' } },
      example: "['111122223333']",
    },
    ...Object.fromEntries(
      Object.entries(ASSUMPTIONS).map(([name, meaning]): [string, SettingDoc] => [
        name,
        { description: `Whether ${meaning}.`, value: BOOLEAN, example: 'true' },
      ]),
    ),
  },
};

const ACCOUNT_QUOTAS: Keys = {
  kind: 'keys',
  keys: Object.fromEntries(
    (Object.keys(QUOTAS) as readonly QuotaName[]).map((name): [string, SettingDoc] => {
      const { usual, unit, what } = QUOTAS[name];
      return [
        name,
        {
          description: `The maximum size of ${what}, in ${unit}.`,
          value: { kind: 'number' },
          default: String(usual),
          example: String(2 * usual),
        },
      ];
    }),
  ),
};

const POLICY: Keys = {
  kind: 'keys',
  keys: {
    files: {
      description:
        'A path pattern, relative to the directory of the configuration. One without a slash matches file names in all directories.',
      value: TEXT,
      example: 'policies/scp/*.json',
    },
    kind: {
      description: 'The kind of the policies.',
      value: { kind: 'text', choices: choicesOf(POLICY_KINDS) },
      example: 'scp',
    },
    service: {
      description: 'For resource policies, the service of the resource, by the prefix of its actions.',
      value: TEXT,
      example: 's3',
      onlyWith: { key: 'kind', value: 'resource' },
    },
  },
  required: [['files'], ['kind']],
};

const PARAMETERS: Keys = {
  kind: 'keys',
  keys: {
    templates: {
      description:
        'A path pattern of templates, relative to the directory of the configuration. One without a slash matches file names in all directories.',
      value: TEXT,
      example: 'stacks/network.yaml',
    },
    files: {
      description: 'Parameter files, one for each deployment. An empty list disables files next to the templates.',
      value: { kind: 'texts', of: PATH },
      example: '[params/network-prod.json]',
    },
    values: {
      description: 'Values of parameters, which take precedence over files.',
      value: { kind: 'table', of: { kind: 'scalar', orList: true } },
      example: '{Owner: platform}',
    },
  },
  required: [['templates'], ['files', 'values']],
};

const PATTERNS: SettingValue = { kind: 'texts', of: TEXT };

/** The settings, in the order of the reference page. */
export const SETTING_DOCS: Readonly<Record<(typeof SETTINGS)[number], SettingDoc>> = {
  extends: {
    description:
      'Configuration files whose settings apply here, by path below the root. Later files, and this file, take precedence.',
    value: { kind: 'texts', of: PATH },
    example: '../team.stackwarden.yaml',
  },
  profile: PROFILE,
  certainty: MINIMUM_CERTAINTY,
  failOn: {
    description: 'The lowest severity that results in exit code 1; new for any finding that is not in the baseline.',
    value: {
      kind: 'text',
      choices: [
        ...SEVERITIES.map((name) => ({ name })),
        { name: 'new', description: 'Any finding that is not in the baseline.' },
      ],
    },
    default: DEFAULT_FAIL_ON,
    example: 'high',
  },
  include: {
    description:
      'The files to check, in the syntax of .gitignore, relative to the directory of the configuration. Without it, all supported files.',
    value: PATTERNS,
    example: '[templates/]',
  },
  exclude: {
    description:
      'Files that are not checked, in the syntax of .gitignore, relative to the directory of the configuration.',
    value: PATTERNS,
    example: "[legacy/, '*.generated.yaml']",
  },
  gitignore: {
    description: 'Whether files that .gitignore excludes are skipped when directories are searched.',
    value: BOOLEAN,
    default: String(DEFAULT_CONFIGURATION.gitignore),
    example: 'false',
  },
  rules: RULE_SETTINGS,
  overrides: {
    description: 'Other settings for some paths. The last entry that matches a file and states a setting applies.',
    value: { kind: 'list', of: OVERRIDE },
    example: '[{paths: [sandbox/**], profile: essential}]',
  },
  suppressions: {
    description: 'Accepted findings, each with a reason.',
    value: { kind: 'list', of: SUPPRESSION },
    example:
      '[{rules: [s3-bucket-public-access-block], resources: [Website], reason: The bucket hosts the public website.}]',
  },
  inlineSuppressions: {
    description: 'Whether suppressions in comments and metadata of documents have an effect.',
    value: BOOLEAN,
    default: String(DEFAULT_CONFIGURATION.inlineSuppressions),
    example: 'false',
  },
  honorSuppressionsOf: {
    description: 'The other tools whose suppressions in documents have an effect. Without it, all of them except kics.',
    value: { kind: 'texts', of: { kind: 'text', choices: PEER_SUPPRESSION_TOOLS.map((name) => ({ name })) } },
    default: `[${DEFAULT_CONFIGURATION.honoredTools.join(', ')}]`,
    example: '[checkov, trivy]',
  },
  requireSuppressionReason: {
    description: 'Whether suppressions need a reason. One without a reason then has no effect.',
    value: BOOLEAN,
    default: String(DEFAULT_CONFIGURATION.requireSuppressionReason),
    example: 'false',
  },
  reportUnusedSuppressions: {
    description: 'Whether suppressions that suppress no finding are reported.',
    value: BOOLEAN,
    default: String(DEFAULT_CONFIGURATION.reportUnusedSuppressions),
    example: 'false',
  },
  baseline: {
    description: 'The file with the accepted findings of an earlier run. Only other findings are reported.',
    value: PATH,
    example: BASELINE_FILE,
  },
  scenario: {
    description: 'The only scenario in which templates are checked. Without it, all scenarios.',
    value: SCENARIO,
    example: '{conditions: {IsProd: true}, parameters: {Stage: prod}}',
  },
  assume: {
    description: 'Facts about the AWS account that documents do not show.',
    value: ASSUME,
    example: '{s3.accountBlock: true}',
  },
  quotas: {
    description: 'Policy size quotas of the AWS account, if they differ from the default quotas.',
    value: ACCOUNT_QUOTAS,
    example: '{iam.trustPolicy: 4096}',
  },
  policies: {
    description:
      'The kinds of policy files, where their content does not show it. The last entry that matches a file applies.',
    value: { kind: 'list', of: POLICY },
    example: '[{files: policies/scp/*.json, kind: scp}]',
  },
  parameters: {
    description: 'Parameter files and values of templates.',
    value: { kind: 'list', of: PARAMETERS },
    example: '[{templates: stacks/network.yaml, files: [params/network-prod.json]}]',
  },
};

/** The configuration as a whole. */
export const CONFIGURATION_VALUE: Keys = { kind: 'keys', keys: SETTING_DOCS };

function choicesOf(descriptions: Readonly<Record<string, string>>): readonly WordChoice[] {
  return Object.entries(descriptions).map(([name, description]) => ({ name, description }));
}
