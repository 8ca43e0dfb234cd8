import type { Address } from '../../model/value.ts';
import { valueOf, type MapNode } from '../../syntax/tree.ts';

/** What stands for a resource wherever others name it. */
const NAMING: readonly string[] = ['id', 'arn'];

/** The most resources that one text is taken for: companions of a bucket have its name as their id. */
const MOST = 32;

/** Which resources of a state a text stands for: those whose id or ARN it is. */
export class Identities {
  readonly #addresses = new Map<string, Address[]>();

  /** Notes what a resource is known by. */
  add(address: Address, attributes: MapNode): void {
    for (const name of NAMING) {
      const value = valueOf(attributes, name);
      if (value?.kind !== 'scalar' || value.style !== 'double' || value.value === '') continue;
      const held = this.#addresses.get(value.value);
      if (!held) this.#addresses.set(value.value, [address]);
      else if (held.length < MOST && held.at(-1) !== address) held.push(address);
    }
  }

  /** The resources that a text stands for, without the one that it is written in. */
  of(text: string, own: Address): readonly Address[] {
    // To write to a log group, policies name its content, `…:log-group:name:*`.
    const held =
      this.#addresses.get(text) ??
      (text.startsWith('arn:') && text.endsWith(':*') ? this.#addresses.get(text.slice(0, -2)) : undefined);
    return held === undefined || (held.length === 1 && held[0] === own)
      ? []
      : held.filter((address) => address !== own);
  }
}
