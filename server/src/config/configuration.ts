import type { Span, Uri } from '../base/span.ts';
import type { PolicyKind } from '../model/policy.ts';
import type { QuotaName } from '../model/quota.ts';

/** What `.stackwarden.yaml` says. */
export interface Configuration {
  /** Facts about the account that documents do not show, by name: `s3.accountBlock`. */
  readonly assume: Readonly<Record<string, boolean>>;
  /** The IDs of one's own AWS accounts, of `assume.accounts`; undefined where that is not stated. */
  readonly accounts?: readonly string[];
  /** What policies are attached to that are files of their own. Of those that fit a file the last counts. */
  readonly policies: readonly ConfiguredPolicies[];
  /** What the parameters of templates are given. */
  readonly parameters: readonly ConfiguredParameters[];
  /** How long policies may be in the account, where it is not what AWS gives everybody. */
  readonly quotas: Readonly<Partial<Record<QuotaName, number>>>;
}

/** What the policies in some files are attached to. */
export interface ConfiguredPolicies {
  /** The folder from which the pattern counts, without a slash at its end. */
  readonly folder: Uri;
  /** A pattern of paths: `policies/scp/*.json`. One without a slash is about names, in whatever folder. */
  readonly files: string;
  readonly kind: ConfiguredKind;
  /** The service of the resource that a policy of a resource is attached to, by the prefix of its actions. */
  readonly service?: string;
}

/** What the parameters of some templates are given. */
export interface ConfiguredParameters {
  /** The folder from which the pattern and the files count, without a slash at its end. */
  readonly folder: Uri;
  /** A pattern of paths: `stacks/*.yaml`. One without a slash is about names, in whatever folder. */
  readonly templates: string;
  /** The files with their values, one for each way in which they are deployed. An empty list: not even those beside a template. */
  readonly files?: readonly ConfiguredFile[];
  readonly values: ReadonlyMap<string, ConfiguredValue>;
}

/** A parameter file that somebody names. */
export interface ConfiguredFile {
  /** As it is written: `params/prod.json`. */
  readonly name: string;
  readonly uri: Uri;
}

/** A value that the configuration pins, as the text that CloudFormation gets. */
export interface ConfiguredValue {
  readonly text: string;
  readonly at: Span;
}

export type ConfiguredKind = Exclude<PolicyKind, 'unclear'>;

export const DEFAULT_CONFIGURATION: Configuration = { assume: {}, policies: [], parameters: [], quotas: {} };

/** What can be stated of the account, and what it means when it is true. */
export const ASSUMPTIONS: Readonly<Record<string, string>> = {
  'ebs.defaultEncryption': 'EBS encryption by default is on in the account and its regions',
  'ec2.imdsv2Default': 'new EC2 instances require IMDSv2 by default in the account and its regions',
  's3.accountBlock': 'S3 Block Public Access is on for the account',
};

/** What a policy can be said to be attached to; `docs/configuration.md` describes each. */
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
