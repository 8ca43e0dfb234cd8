/**
 * The contract of a rule. A rule reads values through judgements (`model/judgement.ts`) and yields one judgement for
 * each thing that can be wrong; the engine narrows it to the places and scenarios in which it is, and decides how
 * certain it is.
 */
import type { Truth } from '../base/guard.ts';
import type { Fix } from '../model/edit.ts';
import { aliasesByTool, type Aliases, type Controls, type Covered, type WrittenCovered } from '../model/covered.ts';
import type { FindingTag, Profile, Severity, Topic } from '../model/finding.ts';
import type { Judgement } from '../model/judgement.ts';
import type { PolicyDocument, PolicyKind } from '../model/policy.ts';
import type { QuotaName } from '../model/quota.ts';
import { formatsWith, type Format } from '../model/format.ts';
import type { RuleOption } from '../model/rule-option.ts';
import type { Resource, ResourceAttribute, Stack } from '../model/resource.ts';
import type { Leaf, Value } from '../model/value.ts';
import type { ServiceActions } from '../policy/data/action.ts';
import type { AllowedActions } from '../policy/allowance/granted.ts';
import type { HoldersOf } from '../policy/allowance/policy-holders.ts';
import type { IamData } from '../policy/data/iam-data.ts';
import type { Identity } from '../policy/allowance/identity.ts';
import type { PolicyNeeds } from '../policy/needs/policy-needs.ts';
import type { DocumentCheck } from './document-check.ts';
import type { ResourcePaths, ResourceType } from './resource-paths.ts';
import { allSources, type Sources } from './sources.ts';
import type { SuppressionCheck } from './suppression-check.ts';

/**
 * The facts that the author of a rule states. It covers no checks of other tools and no controls when these are left
 * out.
 */
export interface RuleFacts extends WrittenCovered {
  /** kebab-case, service first, the name of the file; it never changes. */
  readonly id: string;
  readonly topic: Topic;
  readonly severity: Severity;
  /**
   * The narrowest profile with the rule. When left out, it follows from the severity once `judged` is set, and is
   * `strict` until then.
   */
  readonly profile?: Profile;
  /** The version that brought the rule; the first one when left out. */
  readonly since?: string;
  /** The good state, as Security Hub states it: `S3 buckets should have versioning enabled`. */
  readonly title: string;
  /** Usual names and search words that the title lacks: `confused deputy`, `IMDSv2`. */
  readonly keywords?: readonly string[];
  /** What happens otherwise, in one or two sentences. */
  readonly why: string;
  /** What to do, in one or two sentences. */
  readonly remedy: string;
  /** The pages that it is based on. Those of the controls of Security Hub that it covers are added. */
  readonly sources: Sources;
  /** The day on which the pages of `sources` were read, where it is not that of `judged`. */
  readonly accessed?: string;
  /** The formats to which it applies, if it does not apply to all formats that have its subjects. */
  readonly formats?: readonly Format[];
  /** The strongest fix that the rule can offer. */
  readonly fix: 'safe' | 'suggestion' | 'none';
  /**
   * What the values are that its findings mark. Editors show those without effect faded, and deprecated ones struck
   * through.
   */
  readonly tag?: FindingTag;
  /**
   * Rules whose findings on the same subject are dropped while this one is on: at the same place, and at places of
   * other violations that have a part in it, in the scenarios in which it is wrong.
   */
  readonly subsumes?: readonly string[];
  /**
   * What applies where a property is not set, by type and path: a default that meets the rule (`safe`) or not
   * (`unsafe`), or what else decides. A form states it.
   */
  readonly unset?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Set if it judges values in the text of resources other than the one that it is called for, the policies of that
   * resource, and the identities that have these policies. The calls of all other rules concern only positions nearby.
   */
  readonly judgesElsewhere?: true;
  /** The options that a configuration can set, by name. */
  readonly options?: Readonly<Record<string, RuleOption>>;
  /** The day on which its findings on real documents were judged; without it a rule stays out of `recommended`. */
  readonly judged?: string;
}

/** The facts of a rule, with those that were left out. */
export interface RuleMetadata extends RuleFacts {
  readonly profile: Profile;
  readonly since: string;
  readonly aliases: Aliases;
  readonly controls: Controls;
}

/** The version that brought the rules that name none. */
export const FIRST_VERSION = '0.1';

/** The profile of a rule whose findings were judged, by its severity. */
export const PROFILE_OF: Readonly<Record<Severity, Profile>> = {
  critical: 'essential',
  high: 'recommended',
  medium: 'recommended',
  low: 'strict',
  info: 'strict',
};

function profileOf({ profile, judged, severity }: RuleFacts): Profile {
  return profile ?? (judged === undefined ? 'strict' : PROFILE_OF[severity]);
}

/** The formats of resources, for rules about policies that need more than a policy alone. */
export const OF_RESOURCES: readonly Format[] = formatsWith(({ hasResources }) => hasResources);

/** The formats of templates. */
export const OF_TEMPLATES: readonly Format[] = formatsWith(({ family }) => family === 'cloudformation');

/** The formats of Terraform configurations, without plans and states. */
export const OF_TERRAFORM_CONFIGURATIONS: readonly Format[] = formatsWith(
  ({ family, content }) => family === 'terraform' && content === 'source',
);

/** The formats of templates and configurations, which people edit. */
export const OF_SOURCES: readonly Format[] = formatsWith(
  ({ hasResources, content }) => hasResources && content === 'source',
);

/** The formats that record existing resources. */
export const OF_RECORDS: readonly Format[] = formatsWith(({ content }) => content === 'record');

/**
 * One violation of a rule, reported together with others of the same cause. What it covers is a part of what its rule
 * covers.
 */
export interface Violation extends Covered {
  /**
   * The scenarios in which it is wrong. A rule need not check whether there are any: the engine drops violations that
   * are never wrong.
   */
  readonly wrong: Judgement;
  /** The value that is wrong; the engine distinguishes its branches. */
  readonly at: Value;
  /** The part of the string to mark, where it is written literally; the whole value otherwise. */
  readonly part?: string;
  /** How many times the string has this part earlier. */
  readonly skip?: number;
  /** Another value that makes it wrong. If callers of a Terraform module decide it, the violation is left to them. */
  readonly dependsOn?: Value;
  /** The message of the related place where the finding is at another violation; by default the name and the value. */
  readonly also?: string;
}

/** A place that is related to a violation. */
export interface RelatedValue {
  readonly value: Value;
  readonly message: string;
  /** The scenarios in which it is related; all when left out. */
  readonly when?: Truth;
}

/** Values that decide how bad a finding is besides its own. In another number or order, they are other values. */
export interface Deciding {
  /**
   * Lists of which each item counts individually, such as the actions of a public principal: with fewer, it is the same
   * finding.
   */
  readonly listed?: readonly Value[];
  /** Values that count as a whole, such as the ports of an open address range. */
  readonly whole?: readonly Value[];
}

/**
 * What a rule yields about its subject: one message for the violations of one cause. The engine makes findings of it.
 */
export interface Report {
  /** The violations. Several of one cause make one finding, at the first that is wrong in a scenario. */
  readonly violations: readonly Violation[];
  /**
   * Two short sentences: the resource and the problem; the consequence where it is not obvious, and what to do. A
   * function gets the value and the violation at the place of the finding, and a function for the other violations that
   * are wrong in the same scenarios.
   */
  readonly message:
    | string
    | ((shown: string, leaf: Leaf, violation: Violation, others: () => readonly Violation[]) => string);
  readonly severity?: Severity;
  readonly profile?: Profile;
  /** Related places; a function is called only where something is wrong. */
  readonly related?: readonly RelatedValue[] | (() => readonly RelatedValue[]);
  /**
   * Further facts that decide its severity. If they change, a baseline reports the finding again. Evaluated on demand.
   * Other violations need not be repeated.
   */
  readonly decidedBy?: () => Deciding;
  /** The fixes for one place. */
  readonly fixes?: (leaf: Leaf, at: Value) => readonly Fix[];
  /** Other resources that the finding is about. */
  readonly subjects?: readonly Resource[];
  /**
   * The position of the item that it is about. The items of a `dynamic` block are written at one place, where a rule
   * subsumes findings about the same item only.
   */
  readonly item?: number;
  /**
   * The cause that it shares with other reports, by default of the same rule. Reports of one cause become one finding,
   * at the one with the highest severity, with the others as related places.
   */
  readonly cause?: Cause;
}

/**
 * A common cause of several findings, which makes them one: all full-access services of one statement, the policies
 * attached to one role. Violations of one report are one finding too, but have one severity, and another rule subsumes
 * all of them or none.
 */
export interface Cause {
  /**
   * The value that contains all of them on one subject, such as the statement, or the document where its author would
   * change all of them at once.
   */
  readonly of: Value | 'document';
  /** Distinguishes several causes there. */
  readonly what?: string;
  /**
   * Set where reports of other rules and about other resources share the cause: all that makes one bucket public. `of`
   * is then the resource itself.
   */
  readonly across?: true;
  /** Its name in the list of all; the value at the place of the finding when left out. */
  readonly name?: string;
  /** The message of its related place, where the finding is at another one; by default from its name. */
  readonly also?: string;
  /** The message for several, by their names, the highest severity first. */
  readonly message: (names: readonly string[]) => string;
}

/**
 * An account setting that a configuration can state: `s3.accountBlock`, that Block Public Access is on for the account;
 * `ebs.defaultEncryption`, that EBS encryption by default is on; `ec2.imdsv2Default`, that new instances require IMDSv2
 * by default.
 */
export type Assumption = 's3.accountBlock' | 'ebs.defaultEncryption' | 'ec2.imdsv2Default';

export interface Context {
  readonly stack: Stack;
  /**
   * The account setting by the configuration, else by the stack; `otherwise` when neither states it, and without that
   * neither yes nor no.
   */
  assume(name: Assumption, otherwise?: boolean): Judgement;
  /** The IDs of the user's own AWS accounts, as the configuration lists them; undefined where it does not. */
  readonly accounts: ReadonlySet<string> | undefined;
  /** The ports of an option of a rule; none if the configuration does not set it. */
  ports(rule: string, option: string): readonly number[];
  /** The number of an option of a rule; undefined if the configuration does not set it. */
  number(rule: string, option: string): number | undefined;
  /** The strings of an option of a rule; none if the configuration does not set it. */
  texts(rule: string, option: string): readonly string[];
  /** The value of a service quota: that of the configuration, else the default quota of AWS. */
  quota(name: QuotaName): number;
  /**
   * The actions of a service by its prefix, in lower case; undefined for services that do not exist or that the
   * documents do not use.
   */
  actions(prefix: string): ServiceActions | undefined;
  /** IAM data other than actions; undefined where no document has a policy. */
  readonly iam: IamData | undefined;
  /** The denials of the other policies of an identity. */
  readonly beside: HoldersOf;
  /** Knows the actions of policies from earlier versions of the stack. */
  readonly allowed?: AllowedActions | undefined;
}

type PathOf<T extends ResourceType> = ResourcePaths[T];

export type ReadsOf<T extends ResourceType> = { readonly [K in T]: readonly PathOf<K>[] };

/** A resource of one of several types. Narrowing on `type` narrows the paths. */
export type ResourceOf<T extends ResourceType> = { [K in T]: Resource<K, PathOf<K>> }[T];

export interface ResourceCheck<T extends ResourceType = ResourceType> {
  readonly on: 'resource';
  readonly reads: ReadsOf<T>;
  /** The types of `reads`, where a build knows them before the properties. */
  readonly types?: readonly string[];
  /** The attribute that it is about, instead of the first property that it reads. */
  readonly attribute?: 'DeletionPolicy';
  check(resource: ResourceOf<T>, context: Context): Iterable<Report>;
}

export interface PolicyCheck {
  readonly on: 'policy';
  /**
   * The kinds of policies that it applies to; all when left out. It saves time, because every policy is checked again
   * with every keystroke.
   */
  readonly kinds?: readonly PolicyKind[];
  /**
   * What a policy must contain so that it can report something; nothing when left out. It is not called for other
   * policies.
   */
  readonly needs?: PolicyNeeds;
  /**
   * Set when it depends only on the policy, the denials of other policies beside it, the type and the format of its
   * host and whether a tool generates that, and the types of what the policy refers to, whether it finds something. A
   * policy with the same content as one without findings then has no findings either. The message of a finding can
   * depend on relations of the host.
   */
  readonly selfContained?: true;
  check(policy: PolicyDocument, context: Context): Iterable<Report>;
}

export interface IdentityCheck {
  readonly on: 'identity';
  /**
   * Checks all permissions of an identity, wherever they are granted. Its finding is about the policies that grant
   * them, the identity itself, or both.
   */
  check(identity: Identity, context: Context): Iterable<Report>;
  /** Computes in steps what `check` needs about other identities, if that takes long. It finds nothing. */
  preparing?(identity: Identity, context: Context): Generator<void, void, undefined>;
}

/** What a resource must have so that a rule can report something about it. */
export interface ResourceNeeds {
  /** The types of which it must be one. */
  readonly types?: readonly string[];
  readonly attribute?: ResourceAttribute;
}

export interface StackCheck {
  readonly on: 'stack';
  /** A report without a resource is about the stack itself: its parameters. */
  check(stack: Stack, context: Context): Iterable<Report & { readonly resource?: Resource }>;
  /** What it checks of each resource. After an edit, only changed resources are checked again. */
  checkEach?(resource: Resource, context: Context): Iterable<Report>;
  /** What `checkEach` needs of a resource; nothing when left out. It is not called for other resources. */
  readonly needsOfEach?: ResourceNeeds;
  /** What it checks besides; without it, nothing. */
  checkRest?: StackCheck['check'];
}

/** A check of each resource by itself, of whatever type. */
export type EachResourceCheck = Required<Pick<StackCheck, 'on' | 'checkEach'>> &
  Pick<StackCheck, 'needsOfEach' | 'checkRest'>;

export type AnyRule = RuleMetadata &
  (ResourceCheck<never> | PolicyCheck | IdentityCheck | StackCheck | DocumentCheck | SuppressionCheck);

/** The types of the resources that a rule checks. */
export function checkedTypes(rule: Pick<ResourceCheck<never>, 'types' | 'reads'>): readonly string[] {
  // A build parses `reads` only if it is read.
  return rule.types ?? Object.keys(rule.reads);
}

/** Defines a rule: checks its types, and adds the facts that its author left out. */
export function defineRule<T extends ResourceType>(rule: RuleFacts & ResourceCheck<T>): AnyRule;
export function defineRule(rule: RuleFacts & PolicyCheck): AnyRule;
export function defineRule(rule: RuleFacts & IdentityCheck): AnyRule;
export function defineRule(rule: RuleFacts & (StackCheck | EachResourceCheck)): AnyRule;
export function defineRule(rule: RuleFacts & DocumentCheck): AnyRule;
export function defineRule(rule: RuleFacts & SuppressionCheck): AnyRule;
export function defineRule(rule: RuleFacts & Partial<Omit<EachResourceCheck, 'on'>>): AnyRule {
  return {
    since: FIRST_VERSION,
    controls: {},
    ...rule,
    aliases: aliasesByTool(rule.aliases ?? {}),
    ...(rule.checkEach && !('check' in rule) ? { check: checkOfEach(rule.checkEach, rule.checkRest) } : {}),
    sources: allSources(rule.sources, rule.controls ?? {}),
    profile: profileOf(rule),
  } as AnyRule;
}

function checkOfEach(
  checkEach: EachResourceCheck['checkEach'],
  checkRest: StackCheck['checkRest'],
): StackCheck['check'] {
  return function* (stack, context) {
    for (const resource of stack.resources)
      for (const report of checkEach(resource, context)) yield { resource, ...report };
    if (checkRest) yield* checkRest(stack, context);
  };
}
