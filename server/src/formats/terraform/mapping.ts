/**
 * The mapping language: how Terraform resources become resources of the canonical vocabulary, and where canonical edits
 * are written. The data is in `schemas/mappings/`, one file for each service of the canonical type;
 * `schemas/mappings/index.json` lists the files for each Terraform type.
 *
 * A canonical resource has one source, the native resource that it represents, and any number of companions, native
 * resources that hold some of its properties. Both bind canonical properties to native attributes. The bindings apply
 * in both directions: value tables are reversed for writing.
 */
import { flatMap } from '../../base/flat-map.ts';
import { memoize, memoizeText, numbering } from '../../base/memoize.ts';
import { ownEntry } from '../../base/table.ts';

export type MappedScalar = string | number | boolean | null;

/**
 * A path of attributes and nested blocks in the body of a native resource, `versioning.enabled`. A block on the path is
 * written as an object or as an array of objects; the path continues in its first object.
 */
export type NativePath = string;

/** Canonical property names with their bindings. */
export type Bindings = Readonly<Record<string, Binding>>;

export type Binding = NativePath | AttributeBinding | ConstantBinding | ObjectBinding | ListBinding | MapBinding;

interface Provenance {
  /**
   * The canonical value of an absent attribute or block, if it differs from that of the absent canonical property. It
   * applies if the native resource (of a nested binding, the block) exists.
   */
  readonly default?: MappedScalar | readonly [];
  /** Read and edited where it exists, but never created: new values are written to the companion. */
  readonly legacy?: true;
}

/** One attribute. A list or map of scalars is unchanged. */
export interface AttributeBinding extends Provenance {
  /**
   * The first of several attributes that is set; a new value is written to the first. A path with `[]` after a block
   * applies to all blocks of that type, and the canonical value is the list of the values in them.
   */
  readonly from: NativePath | readonly NativePath[];
  /**
   * Native values as strings, with their canonical values; null means absent. Unlisted values are unchanged. For
   * writing, the first native value with a canonical value is used.
   */
  readonly values?: Readonly<Record<string, MappedScalar>>;
  /**
   * For a path through all blocks of a type: another attribute of the block. Its value, or each of its items, is
   * appended to the value after a space before the lookup in `values`.
   */
  readonly beside?: string;
  /** Unlisted values have no canonical value: they are unknown. */
  readonly only?: true;
  /** The attribute contains JSON text; the canonical value is the document. */
  readonly json?: true;
  /** The canonical value is a list with the attribute as its only item. */
  readonly wrap?: true;
  /** The attribute is a map; the canonical value is a list of objects with its keys and values, under these names. */
  readonly pairs?: readonly [string, string];
  /** In a companion: its items are added to those of the owner and of other companions instead of replacing them. */
  readonly append?: true;
}

/** A constant that follows from the type of the native resource, or from a set attribute. */
export interface ConstantBinding {
  readonly value: MappedScalar | SelfReference;
  /** Only if this attribute is set. */
  readonly has?: NativePath;
  /** The canonical value is a list with this as its only item. */
  readonly wrap?: true;
}

/** A reference to an attribute of the native resource itself, as if written in another resource. */
export interface SelfReference {
  readonly self: string;
}

/** An object. Without `in` it exists if one of its properties is set; in a companion it always exists. */
export interface ObjectBinding extends Provenance {
  /** The nested block with the properties; without it they are in the enclosing body. */
  readonly in?: NativePath;
  /** The attribute `in` contains the object as JSON text; native paths are keys in it. */
  readonly json?: true;
  /** Only if this boolean attribute of the block, or of the enclosing body, is true. */
  readonly if?: NativePath;
  readonly properties: Bindings;
}

/** A list: the concatenated items of its parts. A single part can be written without `list`. */
export type ListBinding = ListPart | { readonly list: readonly ListPart[] };

export type ListPart = BlockItems | FixedItem | FanOver;

/** One item per nested block; several with `fan`. */
export interface BlockItems extends Provenance {
  readonly each: NativePath;
  /** The attribute contains the items as JSON text; native paths are keys in it. */
  readonly json?: true;
  readonly properties: Bindings;
  readonly fan?: readonly Fan[];
  readonly append?: true;
  /** Each block is a list itself: its items are the nested blocks of this type, which have the properties. */
  readonly lists?: NativePath;
}

/**
 * One item that exists if an attribute is set: a key-value pair of an attribute list, or with `append` an item that a
 * companion adds to a list of its owner.
 */
export interface FixedItem {
  /** One of several attributes is sufficient. */
  readonly has: NativePath | readonly NativePath[];
  readonly properties: Bindings;
  readonly append?: true;
}

/**
 * One of the ways in which a native rule represents several canonical ones. The items of all ways are combined; if all
 * ways are empty, the rule has no items. An unknown list results in one item with an unknown value, and the result is
 * open.
 */
export type Fan = FanOver | FanIf;

/**
 * One item per member of a list attribute, or for the value of a scalar; the member is the property `to`. Without other
 * ways, it is a list of such items.
 */
export interface FanOver {
  readonly over: NativePath;
  readonly to: string;
}

/** One item if a boolean attribute is true, with a value from another attribute. */
export interface FanIf {
  readonly if: NativePath;
  readonly to: string;
  readonly value: { readonly from: NativePath } | SelfReference;
}

/** An object with arbitrary keys, one per nested block. */
export interface MapBinding extends Provenance {
  readonly map: NativePath;
  /** The attributes of the block with the key and the value, or the properties of the value. */
  readonly key: string;
  readonly value?: string;
  readonly properties?: Bindings;
}

/** The condition under which a native resource is a source. */
export interface Discriminator {
  /** The attribute has one of these values. */
  readonly attribute?: NativePath;
  readonly is?: readonly string[];
  /** The attribute is set. */
  readonly has?: NativePath;
}

/** A native resource that represents a canonical one. */
export interface NativeSource {
  /** Native types with the same attributes; a new resource has the first. */
  readonly types: readonly string[];
  readonly when?: Discriminator;
  /** Each of these nested blocks is a canonical resource. Native paths start in the block. */
  readonly each?: NativePath;
  /** The native resource, or each block, represents several canonical ones, which have its address as their family. */
  readonly fan?: readonly Fan[];
  readonly properties: Bindings;
  /** The native attributes with the values of CloudFormation's `Fn::GetAtt` attributes, and of `Ref` under `Ref`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Never created: a legacy alternative to another source. */
  readonly legacy?: true;
}

/** How a companion names its owner. */
export interface CompanionJoin {
  /** The attribute of the companion; for a list, each of its items. */
  readonly by: NativePath;
  /** The attributes of the owner that it can refer to; a new companion refers to the first. */
  readonly refersTo: readonly string[];
  /** The attribute of the owner with the same literal value, instead of a reference. */
  readonly equals?: string;
  /**
   * Additional attributes of the companion that must be equal to those of the owner, for types in which several owners
   * can have the same name.
   */
  readonly within?: Readonly<Record<NativePath, NativePath>>;
}

/** A native resource that contains properties of a canonical one. It exists according to its own repetition. */
export interface Companion {
  readonly type: string;
  readonly join: CompanionJoin;
  readonly when?: Discriminator;
  /** False if a resource whose owner was not read is one of another type, which it also completes. */
  readonly external?: false;
  readonly properties: Bindings;
  /**
   * The attributes of a new companion besides the join attribute and the new value, by native path. Without `create`,
   * fixes do not create one.
   */
  readonly create?: Readonly<Record<NativePath, MappedScalar>>;
  /**
   * The first major version of the provider in which all versions have the type. If a configuration allows only lower
   * versions, a new value is written to the legacy place in its owner.
   */
  readonly since?: number;
}

export interface TypeMapping {
  /** In the order of preference for a new resource. */
  readonly sources: readonly NativeSource[];
  readonly companions?: readonly Companion[];
}

export interface Mapping {
  readonly types: Readonly<Record<string, TypeMapping>>;
}

/** The services whose mapping files contain each Terraform type. */
export interface MappingIndex {
  readonly types: Readonly<Record<string, readonly string[]>>;
}

/** The roles of a native type: the canonical types that it represents, and those that it is a companion of. */
export interface Roles {
  readonly sources: readonly { readonly type: string; readonly source: NativeSource }[];
  readonly companions: readonly { readonly type: string; readonly companion: Companion }[];
}

/** The maximum number of unions of mapping files that start with the same file. */
const MOST_UNITED = 16;

/** The roles of a native type in a mapping, in the order of the mapping. Both lists are empty for an unmapped type. */
export const rolesOf = memoizeText((mapping: Mapping, nativeType: string): Roles => {
  const types = Object.entries(mapping.types);
  return {
    sources: flatMap(types, ([type, { sources }]) =>
      sources.filter((source) => source.types.includes(nativeType)).map((source) => ({ type, source })),
    ),
    companions: flatMap(types, ([type, { companions = [] }]) =>
      companions.filter((companion) => companion.type === nativeType).map((companion) => ({ type, companion })),
    ),
  };
});

/** The types of several mapping files, which are united once. */
export function mergedTypes(mappings: readonly Mapping[]): Mapping {
  const [first = NO_TYPES] = mappings;
  return unitedAfter(first, mappings.map(numberOf).join(), mappings);
}

const NO_TYPES: Mapping = { types: {} };
const numberOf = numbering<Mapping>();

const unitedAfter = memoizeText(
  (_: Mapping, _numbers: string, mappings: readonly Mapping[]): Mapping => ({
    types: Object.assign({}, ...mappings.map(({ types }) => types)) as Record<string, TypeMapping>,
  }),
  MOST_UNITED,
);

/** All native types in a mapping, sorted. */
export function nativeTypes(mapping: Mapping): readonly string[] {
  const names = flatMap(Object.values(mapping.types), ({ sources, companions = [] }) => [
    ...flatMap(sources, (source) => source.types),
    ...companions.map((companion) => companion.type),
  ]);
  return [...new Set(names)].sort();
}

/** A native scalar as a canonical value. */
export function canonicalScalar(binding: Binding, native: MappedScalar): MappedScalar {
  const table = valuesOf(binding);
  const key = String(native);
  const canonical = ownEntry(table, key);
  return canonical === undefined ? native : canonical;
}

/** A canonical scalar in Terraform's syntax. */
export function nativeScalar(binding: Binding, canonical: MappedScalar): MappedScalar {
  const found = Object.entries(valuesOf(binding) ?? {}).find(([, value]) => value === canonical);
  if (!found) return canonical;
  return found[0] === 'true' ? true : found[0] === 'false' ? false : found[0];
}

function valuesOf(binding: Binding): Readonly<Record<string, MappedScalar>> | undefined {
  return typeof binding === 'object' && 'from' in binding ? binding.values : undefined;
}

/** The data of a mapping file, or undefined if it is not one. */
export function asMapping(data: unknown): Mapping | undefined {
  return hasTypes(data) && Object.values(data.types).every((type) => isObject(type) && Array.isArray(type.sources))
    ? (data as unknown as Mapping)
    : undefined;
}

/** The data of the index of mapping files, or undefined if it is not an index. */
export function asMappingIndex(data: unknown): MappingIndex | undefined {
  return isObject(data) ? checkedIndex(data) : undefined;
}

/** Cached, because the index is large and each analysis needs it. */
const checkedIndex = memoize((data: object): MappingIndex | undefined =>
  hasTypes(data) && Object.values(data.types).every(Array.isArray) ? (data as unknown as MappingIndex) : undefined,
);

function hasTypes(data: unknown): data is { readonly types: Readonly<Record<string, unknown>> } {
  return isObject(data) && isObject(data.types);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
