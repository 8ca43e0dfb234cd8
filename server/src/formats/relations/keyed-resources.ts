/** The resources that others can name, by their keys. Several relations name resources of the same types. */
import { addTo } from '../../base/groups.ts';
import type { Resource } from '../../model/resource.ts';
import { keyOfAddress, nameKey, type OwnName, type ResourceKey } from './designation.ts';
import { IDENTITIES } from './identity.ts';
import type { ResourceNames } from './names.ts';

/** A resource under one of its keys. */
export interface KeyedResource {
  readonly resource: Resource;
  /** The name that the key belongs to, if it is the key of a name. */
  readonly name: OwnName | undefined;
}

/** The resources of a stack, by type and address. */
export interface NamedPopulation {
  /** The resources of some types, in document order. */
  ofTypes(types: readonly string[]): readonly Resource[];
  /** Whether an address identifies a resource of its own, and not the one that it was generated for. */
  isFamily(address: string): boolean;
}

/** Resources by their keys. Those with the same key are in document order. */
export type ResourcesByKey = ReadonlyMap<ResourceKey, readonly KeyedResource[]>;

export class KeyedResources {
  readonly #population: NamedPopulation;
  readonly #names: ResourceNames;
  readonly #namesOf = new Map<Resource, readonly OwnName[]>();
  readonly #byTypes = new Map<string, ResourcesByKey>();

  constructor(population: NamedPopulation, names: ResourceNames) {
    this.#population = population;
    this.#names = names;
  }

  /** The resources of some types by their keys. */
  ofTypes(types: readonly string[]): ResourcesByKey {
    const what = types.join('\n');
    let keyed = this.#byTypes.get(what);
    if (!keyed) {
      const found = new Map<ResourceKey, KeyedResource[]>();
      for (const resource of this.#population.ofTypes(types)) this.#addKeys(resource, found);
      this.#byTypes.set(what, (keyed = found));
    }
    return keyed;
  }

  /** The names of a resource in its scenarios. */
  namesOf(resource: Resource): readonly OwnName[] {
    let names = this.#namesOf.get(resource);
    if (!names) {
      names = this.#names.own(resource, IDENTITIES[resource.type]?.name);
      this.#namesOf.set(resource, names);
    }
    return names;
  }

  #addKeys(resource: Resource, found: Map<ResourceKey, KeyedResource[]>): void {
    const { family, address, ids = [] } = resource;
    const itself: KeyedResource = { resource, name: undefined };
    addTo(found, keyOfAddress(family), itself);
    // An instance has its own address. Without its key, the address represents all instances of its module.
    const whole = wholeOf(address);
    for (const one of whole === address ? [address] : [address, whole])
      if (one !== family && !this.#population.isFamily(one)) addTo(found, keyOfAddress(one), itself);
    for (const id of ids) addTo(found, nameKey(id.endsWith(':*') ? id.slice(0, -2) : id), itself);
    const arn = IDENTITIES[resource.type]?.arn;
    for (const name of this.namesOf(resource)) {
      if (name.text === undefined) continue;
      const named: KeyedResource = { resource, name };
      addTo(found, nameKey(name.text), named);
      if (arn !== undefined) addTo(found, nameKey(name.text, arn), named);
    }
  }
}

/** An address without the key of its instance. */
function wholeOf(address: string): string {
  return address.endsWith(']') ? address.replace(/\[[^[\]]*\]$/, '') : address;
}
