/** The data of `schemas/ownership/`: the shared responsibility model per resource type, with citations. */
import { flatMap } from '../base/flat-map.ts';
import { ownEntry } from '../base/table.ts';

/** An AWS page and the sentence on it that supports a claim, which packages leave out. */
export interface Citation {
  readonly url: string;
  readonly quote?: string;
  /** The date on which the page was read, in ISO format. */
  readonly checked: string;
}

export type Owner = 'aws' | 'you' | 'shared';

/** The parties in the order of a card, with the labels of their responsibilities. */
export const OWNERS: readonly (readonly [Owner, string])[] = [
  ['aws', "AWS's responsibility"],
  ['you', 'Your responsibility'],
  ['shared', 'Shared responsibility'],
];

/** The part of a system that a claim is about, from the ground up. */
export type SystemLayer =
  | 'facilities'
  | 'hardware'
  | 'virtualization'
  | 'operating-system'
  | 'platform'
  | 'patching'
  | 'network'
  | 'identity'
  | 'data'
  | 'encryption'
  | 'code'
  | 'configuration'
  | 'logging'
  | 'backup';

/** The layers from the ground up, with their names. */
export const LAYER_NAMES: Readonly<Record<SystemLayer, string>> = {
  facilities: 'Facilities',
  hardware: 'Hardware',
  virtualization: 'Virtualization',
  'operating-system': 'Operating system',
  platform: 'Platform',
  patching: 'Patching',
  network: 'Network',
  identity: 'Identity and access',
  code: 'Code',
  data: 'Data',
  encryption: 'Encryption',
  configuration: 'Configuration',
  logging: 'Logging',
  backup: 'Backup',
};

/** An expected value of a property: a literal, or null for a property that is not set. */
export type Expected = string | number | boolean | null;

/**
 * Conditions on resolved properties, by canonical path. All must hold: the property has one of the values, or is `set`
 * at all.
 */
export type PropertyConditions = Readonly<Record<string, readonly Expected[] | 'set'>>;

export interface Claim {
  readonly layer: SystemLayer;
  readonly owner: Owner;
  readonly when?: PropertyConditions;
  /**
   * A short phrase without a capital or a period: the claims of one owner are joined to a list. In those of kinds,
   * `{service}` is its name.
   */
  readonly text: string;
  /** Keys of `citations` in the same file. */
  readonly cite: readonly string[];
}

/** The first sentence of a card: who is responsible for what. The first verdict whose conditions hold applies. */
export interface OwnershipVerdict {
  readonly when?: PropertyConditions;
  readonly text: string;
  readonly cite: readonly string[];
}

/** The text for a configured value. The first case that matches applies. */
export interface Case {
  /** Literals, null for not set, `set` for any value. */
  readonly is: readonly Expected[] | 'set';
  /**
   * `{property}` is replaced by the property's name in the document's format, `{value}` by its value, `{document}` by
   * what the document is called.
   */
  readonly say: string;
  readonly cite?: readonly string[];
  /** Set if something that the document does not state determines what holds, such as a default of the account. */
  readonly unknown?: true;
}

export interface PropertyLine {
  readonly label: string;
  /** The canonical path; `[]` goes through a list. */
  readonly path: string;
  readonly when?: PropertyConditions;
  readonly cases: readonly Case[];
  /** Set if its text does not name the property, as the whole card is about it. */
  readonly unnamed?: true;
}

/** A line that a function in `server/src/hover/computed/` computes. */
export interface ComputedLine {
  readonly label: string;
  readonly compute: string;
  /** The property that it is about, if it is about one. */
  readonly path?: string;
  /** The texts for some of its values. */
  readonly cases?: readonly Case[];
  readonly when?: PropertyConditions;
  readonly cite: readonly string[];
}

export type ConfigurationLine = PropertyLine | ComputedLine;

/** A labeled sentence of a property's card, such as what it covers or its default. */
export interface Remark {
  readonly label: string;
  readonly when?: PropertyConditions;
  readonly text: string;
  readonly cite: readonly string[];
}

export interface PropertyCard {
  readonly verdict: readonly OwnershipVerdict[];
  readonly remarks: readonly Remark[];
  readonly here: readonly ConfigurationLine[];
}

/** The kind of a resource type, which determines whose responsibility it is if the type has no card of its own. */
export type ResourceKind =
  /** Virtual machines, whose guest operating system is the customer's. */
  | 'guest-compute'
  /** Containers, whose hosts are the customer's or AWS's. */
  | 'container'
  /** Code or jobs of the customer on hosts of AWS. */
  | 'managed-compute'
  /** Stores or transports data of the customer. */
  | 'data-store'
  /** Accepts requests: APIs, load balancers, distributions. */
  | 'endpoint'
  /** Controls network traffic. */
  | 'network'
  /** Authenticates identities or grants access. */
  | 'identity'
  /** Keys, certificates and secrets. */
  | 'keys'
  /** Monitors, logs, backs up or governs other resources. */
  | 'control'
  /** Connects or configures other resources. */
  | 'plumbing'
  /** A type that only Terraform has, with a card of its own. */
  | 'managed'
  /** A custom resource of CloudFormation. */
  | 'custom-resource'
  /** A type of another vendor, or a private one. */
  | 'third-party'
  | 'module'
  /** A type of AWS that is not known. */
  | 'unknown';

export interface TypeCard {
  readonly verdict: readonly OwnershipVerdict[];
  readonly claims: readonly Claim[];
  readonly here: readonly ConfigurationLine[];
  /** Additional notes, such as what differs with another configuration. */
  readonly remarks?: readonly Remark[];
  readonly properties: Readonly<Record<string, PropertyCard>>;
}

/** A claim about the types of a service. */
export interface ServiceClaim extends Claim {
  /** The kinds of types that it applies to; all when left out. */
  readonly kinds?: readonly ResourceKind[];
  /** The types that it applies to, instead of kinds: `AWS::MSK::Cluster`, `aws_ami`. */
  readonly types?: readonly string[];
}

/** An announcement, in words that hold before and after its day: `end of support on May 31, 2026`. */
export interface Announcement {
  /** The types that it is about; all when left out. */
  readonly types?: readonly string[];
  readonly text: string;
  readonly cite: readonly string[];
}

/** What is known of every service. */
export interface ServiceSummary {
  /** The name on AWS's pages: `Amazon MSK`. */
  readonly name: string;
  /**
   * What AWS operates, in first sentences, if it is not a service: `the services of the resources that AWS SAM
   * generates`.
   */
  readonly operates?: string;
  /** Who operates it, if not AWS, so that what holds for AWS services does not hold for it. */
  readonly operator?: string;
  /** The folders of its guides on docs.aws.amazon.com. Citations are from these. */
  readonly guides?: readonly string[];
  /** Keys of citations of the page about shared responsibility or the security of the service. */
  readonly cite?: readonly string[];
  /** What AWS has announced about the end of the service, or of the part of it that has some types. */
  readonly lifecycle?: readonly Announcement[];
}

/** The facts about a service of CloudFormation's types. */
export interface ServiceFacts extends ServiceSummary {
  readonly cite: readonly string[];
  /** The kind of each type: `AWS::MSK::Cluster`. */
  readonly kinds: Readonly<Record<string, ResourceKind>>;
  readonly claims: readonly ServiceClaim[];
}

/** One file of `schemas/ownership/`: what is known of one service, and the cards of its types. */
export interface ServiceOwnership {
  readonly service?: ServiceFacts;
  /** In the place of `service` if only Terraform has types by this name, such as `dx`. */
  readonly terraform?: ServiceSummary;
  readonly citations: Readonly<Record<string, Citation>>;
  readonly types: Readonly<Record<string, TypeCard>>;
}

/** The card of the types of a kind. */
export interface KindCard {
  readonly verdict: OwnershipVerdict;
  /** What holds for the layers about which a service has no claim. */
  readonly claims: readonly Claim[];
  /** Whether its types hold data, run code or grant access, so that they have cards by default. */
  readonly security: boolean;
}

/** `schemas/ownership/kinds`: the card of each kind. */
export interface Kinds {
  /** The folders of the guides that its citations are from, on docs.aws.amazon.com. */
  readonly guides?: readonly string[];
  readonly citations: Readonly<Record<string, Citation>>;
  /** In the verdict, `{service}` and `{resource}` are replaced by the names in the type: `Cognito`, `user pool`. */
  readonly kinds: Readonly<Record<ResourceKind, KindCard>>;
}

/** The kind of a resource type, which the data of its service states for all of its types in CloudFormation. */
export function kindOf(type: string, facts: ServiceFacts | undefined): ResourceKind {
  const own = ownEntry(facts?.kinds, type);
  if (own) return own;
  if (type.startsWith('Custom::')) return 'custom-resource';
  if (type.endsWith('::MODULE')) return 'module';
  // Only Terraform has it.
  if (type.startsWith('aws_')) return 'managed';
  return /^(?:AWS|Alexa)::/.test(type) ? 'unknown' : 'third-party';
}

/**
 * The name of the data file of a type's service: `ec2` for `AWS::EC2::Instance`. For a type that only Terraform has,
 * its second word as in `schemas/terraform/`: `dx` for `aws_dx_bgp_peer`.
 */
export function serviceOf(type: string): string {
  return (type.split('::')[1] ?? type.split('_')[1] ?? '').toLowerCase();
}

/** The pages of citations, each once. */
export function pagesOf(cite: readonly string[], citations: Readonly<Record<string, Citation>>): readonly string[] {
  return [...new Set(flatMap(cite, (key) => ownEntry(citations, key)?.url ?? []))];
}

/** The number of a page in a list of sources, which is added if it is new. */
export function pageNumber(pages: string[], page: string): number {
  const at = pages.indexOf(page);
  return at >= 0 ? at + 1 : pages.push(page);
}
