/** The data of `schemas/ownership/`: who owns which part of a resource's security, AWS or the customer, and where that is written. */
import { ownEntry } from '../base/table.ts';

/** A page of AWS, and the words on it that a claim rests on. */
export interface Citation {
  readonly url: string;
  readonly quote: string;
  /** The day on which the page was read. */
  readonly checked: string;
}

export type Owner = 'aws' | 'you' | 'shared';

/** The part of a system that a claim is about, from the ground up. */
export type Layer =
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

/** What a property has to be: a literal as text, or one of two states; null stands for a property that is not written. */
export type Expected = string | number | boolean | null;

/** Conditions on resolved properties, by canonical path. All have to hold, each by one of its values, or by being written at all. */
export type Conditions = Readonly<Record<string, readonly Expected[] | 'set'>>;

export interface Claim {
  readonly layer: Layer;
  readonly owner: Owner;
  readonly when?: Conditions;
  /** A few words without a capital and a full stop: claims of one owner are joined to a list. */
  readonly text: string;
  /** Keys of `citations` in the same file. */
  readonly cite: readonly string[];
}

/** The first sentence of a card: who does what. Of several the first whose conditions hold counts. */
export interface Verdict {
  readonly when?: Conditions;
  readonly text: string;
  readonly cite: readonly string[];
}

/** What a property comes to here. Of the cases the first that fits a value counts. */
export interface Case {
  /** Literals, null for not written, `set` for anything that is written. */
  readonly is: readonly Expected[] | 'set';
  /** `{property}` is the property in the author's words, `{value}` what is written. */
  readonly say: string;
  readonly cite?: readonly string[];
}

export interface PropertyLine {
  readonly label: string;
  /** The canonical path; `[]` goes through a list. */
  readonly path: string;
  readonly when?: Conditions;
  readonly cases: readonly Case[];
}

/** A line that a function works out: `server/src/hover/computed/`. */
export interface ComputedLine {
  readonly label: string;
  readonly compute: string;
  readonly when?: Conditions;
  readonly cite: readonly string[];
}

export type HereLine = PropertyLine | ComputedLine;

/** A sentence of a property's card under a word of its own: what it covers, its default. */
export interface Remark {
  readonly label: string;
  readonly when?: Conditions;
  readonly text: string;
  readonly cite: readonly string[];
}

export interface PropertyCard {
  readonly verdict: readonly Verdict[];
  readonly remarks: readonly Remark[];
  readonly here: readonly HereLine[];
}

/** What kind of service a type belongs to, which says where AWS stops when nothing more is known. */
export type Kind = 'infrastructure' | 'container' | 'managed' | 'serverless' | 'control' | 'plumbing';

export interface TypeCard {
  readonly verdict: readonly Verdict[];
  readonly claims: readonly Claim[];
  readonly here: readonly HereLine[];
  /** What else there is to know: what would be different if it were set up another way. */
  readonly remarks?: readonly Remark[];
  readonly properties: Readonly<Record<string, PropertyCard>>;
}

/** One file of `schemas/ownership/`: the cards of one service. */
export interface ServiceOwnership {
  readonly citations: Readonly<Record<string, Citation>>;
  readonly types: Readonly<Record<string, TypeCard>>;
}

/** `schemas/ownership/kinds`: the kind of every resource type, and what is said of a kind. */
export interface Kinds {
  readonly citations: Readonly<Record<string, Citation>>;
  readonly kinds: Readonly<Record<Kind, { readonly verdict: Verdict; readonly claims: readonly Claim[] }>>;
  /** Types of a kind of their own. */
  readonly types: Readonly<Record<string, Kind>>;
  /** Kinds by how the name of a type ends: parameter groups and policies are the same thing in every service. */
  readonly endings: Readonly<Record<string, Kind>>;
  /** By the service of the type name, `AWS::EC2`: all others. */
  readonly services: Readonly<Record<string, Kind>>;
}

/** The kind of a resource type; undefined for one that is not AWS's. */
export function kindOf(type: string, kinds: Kinds): Kind | undefined {
  const service = ownEntry(kinds.services, type.split('::').slice(0, 2).join('::'));
  if (service === undefined) return undefined;
  return (
    ownEntry(kinds.types, type) ??
    Object.entries(kinds.endings).find(([ending]) => type.endsWith(ending))?.[1] ??
    service
  );
}

/** The file of `schemas/` that has the data of a type's service: `AWS::EC2::Instance` is in `ec2`. */
export function serviceOf(type: string): string {
  return (type.split('::')[1] ?? '').toLowerCase();
}
