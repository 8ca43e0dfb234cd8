/**
 * The contract of a rule. A rule reads values through judgements (`model/judgement.ts`) and yields one judgement for each
 * thing that can be wrong; the engine narrows it to the places and scenarios in which it is, and decides how certain it is.
 */
import type { Guard, Truth } from '../base/guard.ts';
import type { Range, Uri } from '../base/span.ts';
import type { Fix } from '../model/edit.ts';
import type { Aliases, Profile, Severity, Topic } from '../model/finding.ts';
import type { Judgement } from '../model/judgement.ts';
import type { PolicyDocument, PolicyKind } from '../model/policy.ts';
import type { QuotaName } from '../model/quota.ts';
import type { Format, Resource, Stack } from '../model/resource.ts';
import type { Leaf, Value } from '../model/value.ts';
import type { ServiceActions } from '../policy/action.ts';
import type { Beside } from '../policy/beside.ts';
import type { IamData } from '../policy/iam-data.ts';
import type { Identity } from '../policy/identity.ts';
import type { ResourcePaths, ResourceType } from './resource-paths.ts';

export interface Source {
  readonly url: string;
  /** What the page says, in our own words. */
  readonly claim: string;
  /** The day the page was read. */
  readonly seen: string;
}

export interface RuleMetadata {
  /** kebab-case, service first, the file's name, for ever. */
  readonly id: string;
  readonly topic: Topic;
  readonly severity: Severity;
  readonly profile: Profile;
  /** The version that brought the rule. */
  readonly since: string;
  /** The good state, as Security Hub states it: `S3 buckets should have versioning enabled`. */
  readonly title: string;
  /** Usual names and search words that the title lacks: `confused deputy`, `IMDSv2`. */
  readonly keywords?: readonly string[];
  /** What happens otherwise, in one or two sentences. */
  readonly why: string;
  /** What to do, in one or two sentences. */
  readonly remedy: string;
  readonly sources: readonly Source[];
  readonly aliases: Aliases;
  /** The formats that it is about, where these are fewer than those in which there is what it looks at. */
  readonly formats?: readonly Format[];
  readonly controls: Readonly<Partial<Record<'securityHub' | 'cis', readonly string[]>>>;
  /** The strongest fix that the rule can offer. */
  readonly fix: 'safe' | 'suggestion' | 'none';
  /** Rules whose findings on the same subject are dropped while this one is on: at the same place, and at places of other violations that have a part in it. */
  readonly subsumes?: readonly string[];
  /** The day on which its findings on real documents were judged; without it a rule stays out of `recommended`. */
  readonly judged?: string;
}

/** The formats of resources, for rules about policies that need more than a policy alone. */
export const OF_RESOURCES: readonly Format[] = [
  'cloudformation',
  'sam',
  'terraform-json',
  'terraform-plan',
  'terraform-state',
];

/** One thing that is wrong, together with others of the same cause. */
export interface Violation {
  readonly wrong: Judgement;
  /** The value that is wrong; its branches are told apart by the engine. */
  readonly at: Value;
  /** Ids of other tools' checks that this fault stands for. */
  readonly aliases?: Aliases;
  /** What is said of the value where the finding is at another fault; by default its name and value. */
  readonly also?: string;
}

/** Another place that has to do with something that is wrong. */
export interface RelatedValue {
  readonly value: Value;
  readonly message: string;
  /** In which scenarios it has; in all when left out. */
  readonly when?: Truth;
}

export interface Report {
  /** What is wrong. Several violations of one cause make one finding, at the first that is wrong in a scenario. */
  readonly violations: readonly Violation[];
  /** One sentence: what is wrong, why it matters, what to do. Given the value at the place of the finding and the fault that it shows. */
  readonly message: string | ((shown: string, leaf: Leaf, fault: Violation) => string);
  readonly severity?: Severity;
  readonly profile?: Profile;
  /** Other places that have to do with it; what takes work to find is worked out where something is wrong. */
  readonly related?: readonly RelatedValue[] | (() => readonly RelatedValue[]);
  /** What can be done about it at one place. */
  readonly fixes?: (leaf: Leaf, at: Value) => readonly Fix[];
  /** Other resources that the finding is about. */
  readonly subjects?: readonly Resource[];
  /** What it has in common with other reports of the rule. Those of one cause become one finding, at the gravest, which leads to the others. */
  readonly cause?: Cause;
}

/**
 * What makes several findings one: the whole services of one statement, the policies that one role is given. Faults of one report are one finding too, but have one severity, and
 * another rule takes over all of them or none.
 */
export interface Cause {
  /** What holds all of them on one subject, such as the statement, or the document where its author would change all of it at once. */
  readonly of: Value | 'document';
  /** What tells several causes there apart. */
  readonly what?: string;
  /** What it is called among the others; the value at the place of the finding when left out. */
  readonly name?: string;
  /** What is said of several, by their names, the gravest first. */
  readonly message: (names: readonly string[]) => string;
}

/**
 * What a configuration can say of the account: `s3.accountBlock`, that the account's S3 Block Public Access is on;
 * `ebs.defaultEncryption`, that EBS encryption by default is on; `ec2.imdsv2Default`, that new instances require IMDSv2 by default.
 */
export type Assumption = 's3.accountBlock' | 'ebs.defaultEncryption' | 'ec2.imdsv2Default';

export interface Context {
  readonly stack: Stack;
  /** What the configuration says of the account, else what the stack does; `otherwise` when neither says it, and neither yes nor no without that. */
  assume(name: Assumption, otherwise?: boolean): Judgement;
  /** The IDs of the user's own AWS accounts, as the configuration lists them; undefined where it does not. */
  readonly accounts: ReadonlySet<string> | undefined;
  /** How much the account may have of something: what the configuration says, else what AWS gives everybody. */
  quota(name: QuotaName): number;
  /** The actions of a service by its prefix, in lower case; undefined for services that do not exist or that the documents do not name. */
  actions(prefix: string): ServiceActions | undefined;
  /** What is known of IAM beside actions; undefined where no document has a policy. */
  readonly iam: IamData | undefined;
  /** What other policies of the holder of a policy deny. */
  readonly beside: Beside;
}

type PathOf<T extends ResourceType> = ResourcePaths[T];

export type ReadsOf<T extends ResourceType> = { readonly [K in T]: readonly PathOf<K>[] };

/** A resource of one of several types. Narrowing on `type` narrows the paths. */
export type ResourceOf<T extends ResourceType> = { [K in T]: Resource<K, PathOf<K>> }[T];

export interface ResourceRule<T extends ResourceType = ResourceType> extends RuleMetadata {
  readonly on: 'resource';
  readonly reads: ReadsOf<T>;
  check(resource: ResourceOf<T>, context: Context): Iterable<Report>;
}

export interface PolicyRule extends RuleMetadata {
  readonly on: 'policy';
  /** The kinds of policies that it can say something of; all when left out. Many rules look at every policy with every key that is pressed. */
  readonly kinds?: readonly PolicyKind[];
  /** Set when it can say something only of policies that have a condition. */
  readonly conditions?: true;
  /**
   * Set when it looks at nothing but the policy, what is denied beside it, the type and the format of its host and whether a tool makes that, and the types of what the
   * policy refers to, and so finds nothing in a policy that says what another one said in which it found nothing.
   */
  readonly selfContained?: true;
  check(policy: PolicyDocument, context: Context): Iterable<Report>;
}

export interface IdentityRule extends RuleMetadata {
  readonly on: 'identity';
  /** Looks at all that an identity is granted, wherever it is written. Its finding is about the policies that grant it, the identity itself, or both. */
  check(identity: Identity, context: Context): Iterable<Report>;
}

export interface StackRule extends RuleMetadata {
  readonly on: 'stack';
  /** A report without a resource is about the stack itself: its parameters. */
  check(stack: Stack, context: Context): Iterable<Report & { readonly resource?: Resource }>;
}

/** A document as it is written, comments and all. */
export interface DocumentText {
  readonly doc: Uri;
  readonly format: Format;
  readonly text: string;
  /** What stands at a range of the text, as a value that is marked. */
  at(range: Range): Value;
  /** What stands at a range of the text, as a value that is marked and never shown. */
  secretAt(range: Range): Value;
  /** The texts that something beside or around them names: the `Value` of an object that has a `Name`, the `Default` of a parameter. */
  named(): Iterable<NamedText>;
}

/** A text of a document, and what names it. */
export interface NamedText {
  readonly name: string;
  /** The text without its quotes. */
  readonly at: Range;
}

export interface DocumentRule extends RuleMetadata {
  readonly on: 'document';
  check(document: DocumentText): Iterable<Report>;
}

export type AnyRule = ResourceRule<never> | PolicyRule | IdentityRule | StackRule | DocumentRule;

/** A rule, with its types checked and its shape kept. */
export function defineRule<T extends ResourceType>(rule: ResourceRule<T>): AnyRule;
export function defineRule(rule: PolicyRule): AnyRule;
export function defineRule(rule: IdentityRule): AnyRule;
export function defineRule(rule: StackRule): AnyRule;
export function defineRule(rule: DocumentRule): AnyRule;
export function defineRule(rule: unknown): AnyRule {
  return rule as AnyRule;
}

export type { Guard };
