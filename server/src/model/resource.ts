import type { Truth } from '../base/guard.ts';
import type { Span, Uri } from '../base/span.ts';
import type { Expression } from './expression.ts';
import type { PolicyDocument } from './policy.ts';
import type { RelationKind } from './relation.ts';
import type { Address, Value } from './value.ts';

export type Format =
  'cloudformation' | 'sam' | 'terraform-json' | 'terraform-plan' | 'terraform-state' | 'iam-policy' | 'none';

/** Something with properties under canonical names: a resource, or one item of a list inside it. */
export interface Properties<Path extends string = string> {
  /** The value at a path of canonical property names, `A.B`. Lists are read with `each`. */
  get(path: Path): Value;
  /** The items of the list at a path, with their own properties. */
  each(path: Path): Entries;
}

/** The items of a list, as things with properties. */
export interface Entries {
  readonly items: readonly Entry[];
  /** The scenarios in which these are all. */
  readonly complete: Truth;
}

export interface Entry extends Properties {
  readonly when: Truth;
  /** The item itself, for its place. */
  readonly value: Value;
}

/** A native resource that makes up, alone or with others, a canonical one. */
export interface Part {
  readonly address: Address;
  /** The address of the block that it is written in, where it is one of several instances of that. */
  readonly block?: Address;
  /** Whether it is written with a repetition, however often that makes it, so that a reference to it has to name an instance. */
  readonly repeated?: true;
  /** The construct that it is made by, of a template that the AWS CDK made: `MyStack/Data/Bucket`. */
  readonly construct?: string;
  readonly nativeType: string;
  readonly doc: Uri;
  /** The range of its whole body; findings inside it name this part as their owner. */
  readonly range: Span;
  /** The range below which native paths begin, if that is not the whole. */
  readonly body?: Span;
  /** Where it is named. */
  readonly nameAt: Span;
  readonly exists: Truth;
  /** Where what is at a native path was configured, or the whole of it, for a document that is made of a configuration which was read. */
  configuredAt?(path: string): Span | undefined;
  /** The call of the module that it is in: its address without the keys of instances, and where it is named. */
  readonly caller?: { readonly address: Address; readonly at: Span };
  /**
   * Set if it is not a resource but a whole file, or a section of one: it has no address then, and paths begin at the
   * top of the file.
   */
  readonly isFile?: true;
}

export interface Edge {
  readonly resource: Resource;
  /** The scenarios in which the two are connected. */
  readonly when: Truth;
  /** The value that makes the connection. */
  readonly via: Value;
}

export interface Related {
  readonly edges: readonly Edge[];
  /** The scenarios in which these are all. */
  readonly complete: Truth;
}

export interface Policies {
  readonly documents: readonly PolicyDocument[];
  readonly complete: Truth;
}

/**
 * What a template says of a resource beside its type, its properties and its condition.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html
 */
export type ResourceAttribute =
  'CreationPolicy' | 'DeletionPolicy' | 'DependsOn' | 'Metadata' | 'UpdatePolicy' | 'UpdateReplacePolicy';

/** One resource in the canonical vocabulary, CloudFormation's types and properties. */
export interface Resource<Type extends string = string, Path extends string = string> extends Properties<Path> {
  readonly address: Address;
  /** What people know it by, for messages: the construct in a template that the AWS CDK made, else the address. */
  readonly displayName: string;
  readonly type: Type;
  /** The type that the author wrote. */
  readonly nativeType: string;
  readonly format: Format;
  /** The scenarios in which the resource exists. */
  readonly exists: Truth;
  /**
   * Stands for the resource as a whole, at its name: the place of a finding about something next to it that is missing.
   */
  readonly self: Value;
  /** The native resources that make it, its own first. */
  readonly parts: readonly Part[];
  /** True when its own native resource is not here and it is known from a companion alone. */
  readonly external: boolean;
  /** The address shared by all instances of one configured resource; findings on them are folded. */
  readonly family: Address;
  /** Ids and ARNs that it is known to have, by which others may name it beside its name; none of what is not there yet. */
  readonly ids?: readonly string[];
  /** Whether the document is made by a tool, so that nothing in it should be edited. */
  readonly generated: boolean;
  /** Whether a tool added it by itself, so that its author neither wrote nor can configure it. */
  readonly internal: boolean;
  /** A canonical path in the terms of the document's format: `block_public_acls`. */
  nativePath(path: Path): string;
  /** Its attributes besides the properties; open if the format has none. */
  attribute(name: ResourceAttribute): Value;
  related(kind: RelationKind): Related;
  /** The policy documents of the resource and whether those are all. */
  policies(): Policies;
}

/** What a stack is given from outside: a parameter of a template, a variable of a Terraform configuration. */
export interface Parameter {
  readonly name: string;
  /** In the terms of the document's format: `DbPassword`, `var.db_password`. */
  readonly address: string;
  /** Whether its author marked it as secret: NoEcho, sensitive. */
  readonly secret: boolean;
  /** Its default as written; absent if it has none, or one that is only the name of a value kept elsewhere. */
  readonly fallback: Value;
  /** What else there is for it: what it is allowed to be, what it is compared with, what it is given. */
  readonly others?: readonly Value[];
}

/** What a template exports. */
export interface Output {
  readonly name: string;
  readonly nameAt: Span;
  /** The scenarios in which it exists. */
  readonly exists: Truth;
  /** Absent if nothing is written for it. */
  readonly value: Value;
  /** The name under which other stacks import it; absent if they cannot. */
  readonly exportName: Value;
}

export interface Stack {
  readonly format: Format;
  readonly documents: readonly Uri[];
  readonly resources: readonly Resource[];
  readonly policies: readonly PolicyDocument[];
  readonly parameters: readonly Parameter[];
  /** What it reads and does not make, as far as something in it can be wrong: the data sources of Terraform. */
  readonly sources?: readonly Part[];
  /** What it exports, as far as that is read: the outputs of a template. */
  readonly outputs?: readonly Output[];
  /** What it says of the account as a whole, by the name under which a configuration could say it. */
  readonly account?: ReadonlyMap<string, Truth>;
  /** Whether all that belongs to the stack was read. */
  readonly closed: boolean;
  /**
   * The scenarios in which it can be deployed and is looked at; all when it is not said. Outside of these nothing of it
   * exists.
   */
  readonly within?: Truth;
  byAddress(address: Address): Resource | undefined;
  /** The tool that made a document, so that its source is to be changed and not it: `the AWS CDK`. */
  generatorOf?(doc: Uri): string | undefined;
  /**
   * The innermost expression at an offset (UTF-16) of a document, a plain scalar included; undefined if there is none.
   */
  expressionAt?(doc: Uri, offset: number): Expression | undefined;
}
