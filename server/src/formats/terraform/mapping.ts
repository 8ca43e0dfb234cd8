/**
 * The mapping language: how Terraform's resources become resources of the canonical vocabulary, and where a change in
 * canonical terms is written. The data is in `schemas/mappings/`, one file for each service of the canonical type;
 * `schemas/mappings/index.json` says in which files a Terraform type occurs.
 *
 * A canonical resource has one source, the native resource that is it, and any number of companions, native resources that
 * hold some of its properties. Both bind canonical properties to native attributes. The same bindings serve both
 * directions: values are translated by tables that are read backwards for writing.
 */
import { ownEntry } from '../../base/table.ts';

export type Scalar = string | number | boolean | null;

/**
 * A path of attributes and nested blocks in the body of a native resource, `versioning.enabled`. A block on the way is
 * written as an object or as an array of objects; the path goes through its first object.
 */
export type NativePath = string;

/** Canonical property names and where each comes from. */
export type Bindings = Readonly<Record<string, Binding>>;

export type Binding = NativePath | AttributeBinding | ConstantBinding | ObjectBinding | ListBinding | MapBinding;

interface Provenance {
  /**
   * The canonical value that the absence of the attribute or block means, where that is not what the absence of the
   * canonical property means. It counts where the native resource (of a nested binding, the block) is there.
   */
  readonly default?: Scalar | readonly [];
  /** Read where it stands, and changed there, but never written again: the companion is the way to do it. */
  readonly legacy?: true;
}

/** One attribute. A list or map of scalars is taken over as it is. */
export interface AttributeBinding extends Provenance {
  /**
   * Of several attributes the first that is set counts; a new value is written to the first. A path with `[]` after a block goes through all
   * blocks of that kind, and the canonical value is the list of what is set in them.
   */
  readonly from: NativePath | readonly NativePath[];
  /**
   * Native values, as text, and what they are in the canonical vocabulary; null is as if nothing were set. A value that is
   * not listed is kept. Read backwards, the first native value of a canonical one is written.
   */
  readonly values?: Readonly<Record<string, Scalar>>;
  /**
   * With a path that goes through all blocks of a kind: an attribute of the block, whose value, or each of them, is put
   * after the other one after a space before that is looked up in `values`.
   */
  readonly beside?: string;
  /** A value that is not listed has no word in the canonical vocabulary: it is not known. */
  readonly only?: true;
  /** The attribute holds a document as JSON text; the canonical value is the document. */
  readonly json?: true;
  /** The canonical value is a list and the attribute is its only item. */
  readonly wrap?: true;
  /** In a companion: its items are added to those of the owner and of other companions, instead of taking their place. */
  readonly append?: true;
}

/** A value that follows from the type of the native resource, or from an attribute being set. */
export interface ConstantBinding {
  readonly value: Scalar | SelfReference;
  /** Only where this attribute is set. */
  readonly has?: NativePath;
  /** The canonical value is a list and this is its only item. */
  readonly wrap?: true;
}

/** A reference to an attribute of the native resource itself, as if another resource had written it. */
export interface SelfReference {
  readonly self: string;
}

/** An object. Without `in` it is there when one of its properties is set; in a companion it is always there. */
export interface ObjectBinding extends Provenance {
  /** The nested block that holds the properties; without it they are in the body around. */
  readonly in?: NativePath;
  /** The attribute `in` holds the object as JSON text; native paths are keys in it. */
  readonly json?: true;
  /** Only where this boolean attribute, of the block or of the body around, is true. */
  readonly if?: NativePath;
  readonly properties: Bindings;
}

/** A list: the items of its parts, one after the other. One part may be written without `list` around it. */
export type ListBinding = ListPart | { readonly list: readonly ListPart[] };

export type ListPart = BlockItems | FixedItem | FanOver;

/** One item, or with `fan` several, for each nested block. */
export interface BlockItems extends Provenance {
  readonly each: NativePath;
  /** The attribute holds the items as JSON text; native paths are keys in it. */
  readonly json?: true;
  readonly properties: Bindings;
  readonly fan?: readonly Fan[];
  readonly append?: true;
}

/**
 * One item, which exists if an attribute is set: a key-value pair of an attribute list, or with `append` an item that a
 * companion adds to a list of its owner.
 */
export interface FixedItem {
  /** Of several attributes one is enough. */
  readonly has: NativePath | readonly NativePath[];
  readonly properties: Bindings;
  readonly append?: true;
}

/**
 * One way in which a native rule becomes several canonical ones. A rule has as many items as all its ways give; where all
 * are empty it has none; a list that is not known gives one item with an unknown value, and the result is open.
 */
export type Fan = FanOver | FanIf;

/** One item for each member of a list attribute, or for the one value of a scalar; the member is the property `to`. Alone, it is a list of such items. */
export interface FanOver {
  readonly over: NativePath;
  readonly to: string;
}

/** One item where a boolean attribute is true, with a value taken from elsewhere. */
export interface FanIf {
  readonly if: NativePath;
  readonly to: string;
  readonly value: { readonly from: NativePath } | SelfReference;
}

/** An object with free keys, one for each nested block. */
export interface MapBinding extends Provenance {
  readonly map: NativePath;
  /** The attribute of the block that is the key, and the one that is the value, or the properties of the value. */
  readonly key: string;
  readonly value?: string;
  readonly properties?: Bindings;
}

/** When a native resource counts as a source. */
export interface Discriminator {
  /** The attribute has one of these values. */
  readonly attribute?: NativePath;
  readonly is?: readonly string[];
  /** The attribute is set. */
  readonly has?: NativePath;
}

/** A native resource that is a canonical one. */
export interface Source {
  /** Native types of one and the same shape; a new resource gets the first. */
  readonly types: readonly string[];
  readonly when?: Discriminator;
  /** The native resource is a canonical one for each of these nested blocks, in which native paths begin. */
  readonly each?: NativePath;
  /** The native resource, or each block, is several canonical ones, all with its address as their family. */
  readonly fan?: readonly Fan[];
  readonly properties: Bindings;
  /**
   * The attributes for `Fn::GetAtt` of CloudFormation, and under `Ref` for `Ref`: the native attribute with the same
   * value.
   */
  readonly attributes: Readonly<Record<string, string>>;
  /** Never written as a new resource: the legacy way to write what another source is for. */
  readonly legacy?: true;
}

/** How a companion says whose it is. */
export interface Join {
  /** The attribute of the companion. When it is a list, each of its items. */
  readonly by: NativePath;
  /** The attributes of the owner that it may refer to; a new companion refers to the first. */
  readonly refersTo: readonly string[];
  /** The attribute of the owner whose literal value it may repeat instead. */
  readonly equals?: string;
  /**
   * Where `equals` alone is not enough, as several owners have the same name: attributes of the companion, and those of the owner that
   * have to say the same.
   */
  readonly within?: Readonly<Record<NativePath, NativePath>>;
}

/** A native resource that holds properties of a canonical one. It may be there or not, by its own count. */
export interface Companion {
  readonly type: string;
  readonly join: Join;
  readonly when?: Discriminator;
  readonly properties: Bindings;
  /**
   * The attributes of a new companion besides the join attribute and the new value, by native path. Without `create`,
   * fixes do not create one.
   */
  readonly create?: Readonly<Record<NativePath, Scalar>>;
  /**
   * The first major version of the provider all of whose versions have the type. Where a configuration admits lower ones alone, a new value
   * goes to the legacy place in its owner.
   */
  readonly since?: number;
}

export interface TypeMapping {
  /** In the order of preference for a new resource. */
  readonly sources: readonly Source[];
  readonly companions?: readonly Companion[];
}

export interface Mapping {
  readonly types: Readonly<Record<string, TypeMapping>>;
}

/** For each Terraform type the services whose mapping files name it. */
export interface MappingIndex {
  readonly types: Readonly<Record<string, readonly string[]>>;
}

/** The roles of a native type: the canonical types that it represents, and those that it completes. */
export interface Roles {
  readonly sources: readonly { readonly type: string; readonly source: Source }[];
  readonly companions: readonly { readonly type: string; readonly companion: Companion }[];
}

export function rolesOf(mapping: Mapping, nativeType: string): Roles {
  const types = Object.entries(mapping.types);
  return {
    sources: types.flatMap(([type, { sources }]) =>
      sources.filter((source) => source.types.includes(nativeType)).map((source) => ({ type, source })),
    ),
    companions: types.flatMap(([type, { companions = [] }]) =>
      companions.filter((companion) => companion.type === nativeType).map((companion) => ({ type, companion })),
    ),
  };
}

/** Every native type that a mapping names, sorted. */
export function nativeTypes(mapping: Mapping): readonly string[] {
  const names = Object.values(mapping.types).flatMap(({ sources, companions = [] }) => [
    ...sources.flatMap((source) => source.types),
    ...companions.map((companion) => companion.type),
  ]);
  return [...new Set(names)].sort();
}

/** A native scalar in the canonical vocabulary. */
export function canonicalScalar(binding: Binding, native: Scalar): Scalar {
  const table = valuesOf(binding);
  const key = String(native);
  const canonical = ownEntry(table, key);
  return canonical === undefined ? native : canonical;
}

/** A canonical scalar as Terraform writes it. */
export function nativeScalar(binding: Binding, canonical: Scalar): Scalar {
  const found = Object.entries(valuesOf(binding) ?? {}).find(([, value]) => value === canonical);
  if (!found) return canonical;
  return found[0] === 'true' ? true : found[0] === 'false' ? false : found[0];
}

function valuesOf(binding: Binding): Readonly<Record<string, Scalar>> | undefined {
  return typeof binding === 'object' && 'from' in binding ? binding.values : undefined;
}

/** The data of a mapping file, or undefined if it is not one. */
export function asMapping(data: unknown): Mapping | undefined {
  return hasTypes(data) && Object.values(data.types).every((type) => isObject(type) && Array.isArray(type.sources))
    ? (data as unknown as Mapping)
    : undefined;
}

/** The data of the index of mapping files, or undefined if it is not that. */
export function asMappingIndex(data: unknown): MappingIndex | undefined {
  return hasTypes(data) && Object.values(data.types).every(Array.isArray)
    ? (data as unknown as MappingIndex)
    : undefined;
}

function hasTypes(data: unknown): data is { readonly types: Readonly<Record<string, unknown>> } {
  return isObject(data) && isObject(data.types);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
