import type { Span, Uri } from '../base/span.ts';
import type { Certainty } from '../model/finding.ts';
import type { ScenarioTerm } from '../model/scenario.ts';
import type { PolicyKind } from '../model/policy.ts';
import type { Profile } from '../model/profile.ts';
import type { QuotaName } from '../model/quota.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import {
  PEER_SUPPRESSION_TOOLS,
  suppressionToolFacts,
  type Suppression,
  type SuppressionTool,
} from '../model/suppression.ts';

/** The content of `.stackwarden.yaml`, with the files that it extends. */
export interface Configuration {
  /**
   * The profile, certainty and exit code; undefined if options of the command line or settings of the editor decide.
   */
  readonly profile?: Profile;
  readonly certainty?: Certainty;
  readonly failOn?: FailOn;
  /** The settings of rules; the last one that names a rule applies. */
  readonly rules: readonly RuleSetting[];
  /** The settings of rules in some documents. The last entry that matches a document and has a rule applies. */
  readonly overrides: readonly Override[];
  /** The files to check, in the syntax of `.gitignore`; all supported files if there are none. */
  readonly include: readonly PathPatterns[];
  /** The files not to check, in the syntax of `.gitignore`. */
  readonly exclude: readonly PathPatterns[];
  /** Whether files that `.gitignore` excludes are left out when directories are searched. */
  readonly gitignore: boolean;
  /** The accepted findings. */
  readonly suppressions: readonly Suppression[];
  /** Whether suppressions in documents count. */
  readonly inlineSuppressions: boolean;
  /** The other tools whose suppressions in documents count. */
  readonly honoredTools: readonly SuppressionTool[];
  /** Whether suppressions need a reason. One without a reason then has no effect. */
  readonly requireSuppressionReason: boolean;
  readonly reportUnusedSuppressions: boolean;
  /** The file with the accepted findings of an earlier run. */
  readonly baseline?: ConfiguredFile;
  /** The chosen scenario of templates; all scenarios if it is empty. */
  readonly scenario: readonly ScenarioTerm[];
  /** Facts about the account that documents do not show, by name: `s3.accountBlock`. */
  readonly assume: Readonly<Record<string, boolean>>;
  /** The user's AWS account IDs, from `assume.accounts`; undefined if not stated. */
  readonly accounts?: readonly string[];
  /** The kinds of policy files. The last entry that matches a file applies. */
  readonly policies: readonly ConfiguredPolicies[];
  /** The inputs of template parameters. */
  readonly parameters: readonly ConfiguredParameters[];
  /** Policy size quotas of the account, if they differ from the defaults. */
  readonly quotas: Readonly<Partial<Record<QuotaName, number>>>;
}

/** The lowest severity that makes a run fail; `new` for any finding that is not in the baseline. */
export type FailOn = Severity | 'new';

export const DEFAULT_FAIL_ON: FailOn = 'low';

/** The level of a rule: a rule that is on, or has a severity, is checked regardless of the profile. */
export type RuleLevel = 'off' | 'on' | Severity;
export const RULE_LEVELS: readonly RuleLevel[] = ['off', 'on', ...SEVERITIES];

/** The setting of the rules that a selector names. */
export interface RuleSetting {
  /** An id, or a pattern with `*`. */
  readonly selector: string;
  /** The place of the selector. */
  readonly at: Span;
  /** Undefined if only options are set. */
  readonly level?: RuleLevel;
  /** The options of the rule, by name. */
  readonly options: Readonly<Record<string, RuleOptionValue>>;
  /** The places of the names of options and of their values. */
  readonly optionsAt?: Readonly<Record<string, { readonly name: Span; readonly value: Span }>>;
}

/** The value of an option of a rule. */
export type RuleOptionValue = number | boolean | string | readonly string[];

/** Path patterns in the syntax of `.gitignore`, relative to a folder. */
export interface PathPatterns {
  /** Without trailing slash. */
  readonly folder: Uri;
  readonly patterns: readonly string[];
}

/** The settings of rules in the documents of some paths. */
export interface Override {
  /** The entry. */
  readonly at: Span;
  readonly paths: PathPatterns;
  readonly profile?: Profile;
  readonly certainty?: Certainty;
  readonly rules: readonly RuleSetting[];
}

/** The kind of some policy files. */
export interface ConfiguredPolicies {
  /** The folder of relative patterns, without trailing slash. */
  readonly folder: Uri;
  /** A path pattern: `policies/scp/*.json`. One without a slash matches file names in all folders. */
  readonly files: string;
  readonly kind: ConfiguredKind;
  /** For a resource policy, the service of the resource, by the prefix of its actions. */
  readonly service?: string;
}

/** The inputs of the parameters of some templates. */
export interface ConfiguredParameters {
  /** The folder of relative patterns and files, without trailing slash. */
  readonly folder: Uri;
  /** A path pattern: `stacks/*.yaml`. One without a slash matches file names in all folders. */
  readonly templates: string;
  /** The parameter files, one per deployment. An empty list disables files next to the template. */
  readonly files?: readonly ConfiguredFile[];
  readonly values: ReadonlyMap<string, ConfiguredValue>;
}

/** A parameter file that the configuration names. */
export interface ConfiguredFile {
  /** The name as written: `params/prod.json`. */
  readonly name: string;
  readonly uri: Uri;
}

/** A value in the configuration, as the string that CloudFormation receives. */
export interface ConfiguredValue {
  readonly text: string;
  readonly at: Span;
}

export type ConfiguredKind = Exclude<PolicyKind, 'unclear'>;

export const DEFAULT_CONFIGURATION: Configuration = {
  rules: [],
  overrides: [],
  include: [],
  exclude: [],
  gitignore: true,
  suppressions: [],
  inlineSuppressions: true,
  honoredTools: PEER_SUPPRESSION_TOOLS.filter((tool) => suppressionToolFacts(tool).honored),
  requireSuppressionReason: true,
  reportUnusedSuppressions: true,
  scenario: [],
  assume: {},
  policies: [],
  parameters: [],
  quotas: {},
};

/** The facts about an account that can be stated, with the meaning of `true`. */
export const ASSUMPTIONS: Readonly<Record<string, string>> = {
  'ebs.defaultEncryption': 'EBS encryption by default is on in the account and its Regions',
  'ec2.imdsv2Default': 'new EC2 instances require IMDSv2 by default in the account and its Regions',
  's3.accountBlock': 'S3 Block Public Access is on for the account',
};

/** The kinds of policies that can be configured; `docs/configuration.md` describes each. */
export const KINDS: readonly ConfiguredKind[] = [
  'boundary',
  'endpoint',
  'identity',
  'permission-set',
  'rcp',
  'resource',
  'scp',
  'session',
  'trust',
];
