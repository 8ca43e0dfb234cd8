import { SmallMap } from '../../base/small-map.ts';
import { flatMap } from '../../base/flat-map.ts';
import type { Truth } from '../../base/guard.ts';
import { numbering } from '../../base/memoize.ts';
import { ownText } from '../../base/own-text.ts';
import { unnoted } from '../../base/reads.ts';
import { ownEntry } from '../../base/table.ts';
import type { ResourceEdit } from '../../model/edit.ts';
import { absentFrom, either, itemsOf, member, memberAt } from '../../model/navigate.ts';
import type { RelationKind } from '../../model/relation.ts';
import { askingIfNoted, relationQuestion, type Question, type Types } from '../../model/question.ts';
import type { Format } from '../../model/format.ts';
import { stableNameOf, type Entries, type ResourcePart, type Policies, type Related } from '../../model/resource.ts';
import type { Absent, Address, Element, Leaf, Origin, Value } from '../../model/value.ts';
import { valueOf } from '../../syntax/tree.ts';
import type { TreeEdit } from '../../syntax/tree-edit.ts';
import { NO_STEPS } from '../located.ts';
import type { Lowerable, Refusal } from '../lowering.ts';
import type { PolicyCarrier } from '../policy-document.ts';
import { policiesAt } from '../policy-locations.ts';
import { entriesOf } from '../properties.ts';
import { objectsOf } from './bodies.ts';
import { canonicalValue, companionValue } from './canonical.ts';
import { nativeAt } from './native-at.ts';
import { isGeneratedFile } from './cdktf.ts';
import { keepsProperty } from './ignored-changes.ts';
import type { Joined } from './joins.ts';
import { literalValue } from './literal.ts';
import { lowerTerraformEdit } from './lower.ts';
import type { Binding, NativeSource, TypeMapping } from './mapping.ts';
import { placesOf } from './mapping-places.ts';
import type { BodyPlace, NativeResource } from './native.ts';
import type { ProviderVersions } from './provider-version.ts';
import type { SoleReadings } from './sole-reading.ts';

export interface TerraformParts {
  readonly type: string;
  readonly mapping: TypeMapping;
  readonly native: NativeResource;
  /** Undefined for a resource that is only known from a companion. */
  readonly source: NativeSource | undefined;
  /** The properties of this resource, if the native resource represents several canonical ones. */
  readonly item?: Element;
  readonly joined: readonly Joined[];
  /** Whether companions may exist that were not read. */
  readonly open: boolean;
  readonly format: Format;
  readonly carriers: readonly PolicyCarrier[];
  /** The types of the resources that determine a relation; undefined if they are not known. */
  readonly relatedTypes: (kind: RelationKind) => Types | undefined;
  /** What follows from the content of the resource with a name, computed if no earlier version knows it. */
  readonly kept: <T>(what: string, name: Address, compute: () => T) => T;
  readonly relate: (resource: TerraformResource, kind: RelationKind) => Related;
  /** The provider version constraint of the configuration. */
  readonly provider: ProviderVersions | undefined;
  /** The resources from the same block: instances, and calls of its module. */
  readonly alike: (resource: TerraformResource) => readonly TerraformResource[];
  /** The native type of a new resource of a canonical type, if there is a mapping for it. */
  readonly sourceOf: (type: string) => NativeSource | undefined;
  /** The name of a new resource next to this one, given a preferred name. */
  readonly freeAddress: (type: string, name: string) => string;
  /** The name of a new variable, given a preferred name. */
  readonly freeVariable: (name: string) => string;
  /** What reads the values that are written outside of the resource; undefined in a plan or state. */
  readonly readings: SoleReadings | undefined;
}

/** A canonical resource that represents one native resource and its companions. */
export class TerraformResource implements Lowerable {
  readonly address: string;
  /** Set by the stack if several of its resources have the address. */
  uniqueName?: string;
  readonly displayName: string;
  readonly family: string;
  readonly type: string;
  readonly nativeType: string;
  readonly format: Format;
  readonly when: Truth;
  readonly self: Value;
  readonly parts: readonly ResourcePart[];
  readonly external: boolean;
  readonly generated: boolean;
  readonly internal = false;
  readonly lowers = true;
  /** The native resource, used to write changes. */
  readonly made: TerraformParts;
  // Only few of thousands of resources are queried, so caches are created on first use.
  #held: SmallMap<string, Value> | undefined;
  #related: SmallMap<RelationKind, { readonly answer: Related; question?: Question }> | undefined;
  #policies: Policies | undefined;
  #ids: readonly string[] | undefined;

  constructor(made: TerraformParts) {
    const { native, item, joined } = made;
    this.made = made;
    this.address = this.displayName = native.address;
    this.family = native.family;
    this.type = made.type;
    this.nativeType = native.type;
    this.format = made.format;
    this.when = item ? { yes: native.when.yes.and(item.when.yes), no: native.when.no.or(item.when.no) } : native.when;
    const origin: Origin = { use: native.part.nameAt, steps: NO_STEPS, edit: 'none' };
    this.self = { state: 'absent', open: false, origin };
    const parts = [native.part];
    for (const { native: other } of joined) if (other !== native) parts.push(other.part);
    this.parts = parts;
    this.external = made.source === undefined;
    this.generated = native.place === undefined || isGeneratedFile(native.place.tree);
  }

  get accounts(): ReadonlySet<string> | undefined {
    return this.made.native.accounts?.();
  }

  get ids(): readonly string[] {
    return (this.#ids ??= this.made.source && !this.made.item ? idsOf(this.made.native, this.made.source) : []);
  }

  get(path: string): Value {
    let value = this.#held?.get(path);
    if (!value) {
      const dot = path.indexOf('.');
      value = dot < 0 ? this.#property(path) : valueBelow(this.get(path.slice(0, dot)), path.slice(dot + 1));
      if (this.#held) this.#held.set(path, value);
      else this.#held = new SmallMap(path, value);
    }
    return value;
  }

  each(path: string): Entries {
    return entriesOf(this.get(path));
  }

  nativePath(path: string): string {
    const place = placesOf(this.made.mapping, path, this.nativeType)[0] ?? placesOf(this.made.mapping, path)[0];
    return place?.path || path;
  }

  /** Terraform has no equivalent of this CloudFormation attribute. */
  attribute(): Value {
    return absentFrom(this.self, true);
  }

  /** An argument or meta-argument of its native resource; a plan or state has no meta-arguments. */
  argument(path: string): Value {
    const { native } = this.made;
    if (this.external) return absentFrom(this.self, true);
    if (!path.startsWith(LIFECYCLE)) return nativeAt(native.body, path);
    return lifecycleArgument(native.place, path.slice(LIFECYCLE.length)) ?? absentFrom(this.self, true);
  }

  keepsValue(path: string): boolean {
    const name = path.split('.')[0]!;
    const { source, native, joined } = this.made;
    const parts = [
      { native, binding: ownEntry(source?.properties, name) },
      ...joined.map((one) => ({ native: one.native, binding: ownEntry(one.companion.properties, name) })),
    ].filter(({ binding }) => binding !== undefined);
    return parts.length > 0 && parts.every((part) => keepsProperty(part.native, part.binding!));
  }

  related(kind: RelationKind): Related {
    let related = this.#related?.get(kind);
    if (!related) {
      related = { answer: unnoted(() => this.made.relate(this, kind)) };
      if (this.#related) this.#related.set(kind, related);
      else this.#related = new SmallMap(kind, related);
    }
    const known = related;
    return askingIfNoted(
      () => (known.question ??= relationQuestion(this, kind, this.made.relatedTypes(kind))),
      known.answer,
    );
  }

  policies(): Policies {
    return (this.#policies ??= policiesAt(this, this.made.carriers, (path, compute) =>
      this.made.kept(`policy at ${path}`, stableNameOf(this), compute),
    ));
  }

  lower(edit: ResourceEdit, leaf: Leaf): readonly TreeEdit[] | Refusal {
    return lowerTerraformEdit(this, edit, leaf);
  }

  #property(name: string): Value {
    const { source, native, item, joined, mapping, open } = this.made;
    const binding = ownEntry(source?.properties, name);
    const here = item
      ? memberAt(item.value, [name])
      : binding
        ? canonicalValue(binding, native.body, native)
        : this.#absent();
    const isCompanions =
      (open || this.external) &&
      (mapping.companions ?? []).some((companion) => ownEntry(companion.properties, name) !== undefined);
    let value: Value = isCompanions ? opened(here) : here;
    for (const { companion, native: other, when } of joined) {
      const companionBinding = ownEntry(companion.properties, name);
      if (companionBinding === undefined) continue;
      const found = companionValue(companionBinding, other.body, other);
      value = appends(companionBinding) ? appended(value, found, when) : either(when, found, value);
    }
    return value;
  }

  /** A property without a native attribute is absent. For a resource that was not read, it is unknown. */
  #absent(): Absent {
    return { state: 'absent', origin: this.self.origin, open: this.external };
  }
}

function valueBelow(value: Value, path: string): Value {
  return path.includes('.') ? memberAt(value, path.split('.')) : member(value, path);
}

function opened(value: Value): Value {
  return value.state === 'absent' ? { ...value, open: true } : value;
}

function appends(binding: Binding): boolean {
  return typeof binding === 'object' && 'append' in binding;
}

/** The items of both lists, those of the second in the scenarios in which it exists. */
function appended(first: Value, second: Value, when: Truth): Value {
  const [own, more] = [itemsOf(first), itemsOf(second, true)];
  const items = more.items.map((item) => ({
    value: item.value,
    when: { yes: when.yes.and(item.when.yes), no: when.no.or(item.when.no) },
  }));
  if (own.items.length === 0 && items.length === 0) return first;
  return {
    state: 'list',
    origin: second.origin,
    items: [...own.items, ...items],
    open: !own.complete.yes.isAlways() || !more.complete.yes.isAlways(),
  };
}

/** The block with meta-arguments about changes, which the values of a body do not include. */
const LIFECYCLE = 'lifecycle.';

/**
 * A meta-argument of a resource, which cannot have references; undefined if the source is not read or another file
 * overrides it. https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
 */
function lifecycleArgument(place: BodyPlace | undefined, name: string): Value | undefined {
  if (!place || place.elsewhere.has('lifecycle')) return undefined;
  const node = objectsOf(valueOf(place.body, 'lifecycle'))
    .map((block) => valueOf(block, name))
    .find((one) => one !== undefined);
  return node && literalValue(place.tree, node, 'none');
}

/** The known identifying attributes of a resource, which the next version knows too if the block is unchanged. */
function idsOf(native: NativeResource, source: NativeSource): readonly string[] {
  const ids = (): readonly string[] => idsIn(native, source).map(ownText);
  return native.facts?.of(`ids by ${numberOf(source)}`, ids) ?? ids();
}

const numberOf = numbering<NativeSource>();

/** In a configuration, these are only names. */
function idsIn({ body }: NativeResource, { attributes }: NativeSource): readonly string[] {
  const values = [...new Set(['id', 'arn', ...Object.values(attributes)])].map((attribute) =>
    nativeAt(body, attribute),
  );
  return [
    ...new Set(
      flatMap(values, (value) =>
        value.state === 'known' && typeof value.value === 'string' && value.raw !== '' ? [value.raw] : [],
      ),
    ),
  ];
}
