import type { Span, Uri } from '../base/span.ts';
import type { PolicyKind } from '../model/policy.ts';
import type { QuotaName } from '../model/quota.ts';

/** What `.stackwarden.yaml` says. */
export interface Configuration {
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

export const DEFAULT_CONFIGURATION: Configuration = { assume: {}, policies: [], parameters: [], quotas: {} };

/** The facts about an account that can be stated, with the meaning of `true`. */
export const ASSUMPTIONS: Readonly<Record<string, string>> = {
  'ebs.defaultEncryption': 'EBS encryption by default is on in the account and its regions',
  'ec2.imdsv2Default': 'new EC2 instances require IMDSv2 by default in the account and its regions',
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
