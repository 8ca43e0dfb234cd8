import type { Address } from '../../model/value.ts';
import { valueOf, type MapNode } from '../../syntax/tree.ts';

/** The identifiers by which other resources name a resource. */
const IDENTIFIERS: readonly string[] = ['id', 'arn'];

/** The maximum number of resources per identifier: companions of a bucket have its name as their ID. */
const MOST = 32;

/** The resources of a state by their ID or ARN. */
export class Identities {
  readonly #addresses = new Map<string, Address[]>();

  /** Records the identifiers of a resource. */
  add(address: Address, attributes: MapNode): void {
    for (const name of IDENTIFIERS) {
      const value = valueOf(attributes, name);
      if (value?.kind !== 'scalar' || value.style !== 'double' || value.value === '') continue;
      const held = this.#addresses.get(value.value);
      if (!held) this.#addresses.set(value.value, [address]);
      else if (held.length < MOST && held.at(-1) !== address) held.push(address);
    }
  }

  /** The resources with an identifier, except the one that contains it. */
  of(text: string, own: Address): readonly Address[] {
    // Policies that allow writing to a log group name its contents: `…:log-group:name:*`.
    const held =
      this.#addresses.get(text) ??
      (text.startsWith('arn:') && text.endsWith(':*') ? this.#addresses.get(text.slice(0, -2)) : undefined);
    return held === undefined || (held.length === 1 && held[0] === own)
      ? []
      : held.filter((address) => address !== own);
  }
}
