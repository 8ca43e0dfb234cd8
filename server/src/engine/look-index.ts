/** The rule calls of a stack by the resources that they reach. */
import { addTo } from '../base/groups.ts';
import type { Address } from '../model/value.ts';
import type { Look } from './looks.ts';
import type { Reach } from './rule-reach.ts';

interface Entry {
  readonly look: Look;
  readonly group: number;
  /** Its position in the order of the calls. */
  readonly order: number;
}

export class LookIndex {
  readonly #byPart = new Map<Address, Entry[]>();
  /** The calls that reach other texts, and those of which it is not known. */
  readonly #everywhere: Entry[] = [];
  #next = 0;

  /** Adds a call, in order. */
  add(look: Look, group: number, reach: Reach | undefined): void {
    const entry = { look, group, order: this.#next++ };
    if (!reach || reach.elsewhere) this.#everywhere.push(entry);
    else for (const part of reach.parts) addTo(this.#byPart, part, entry);
  }

  /** The calls that reach one of some resources, or other texts, by their groups and in order. */
  at(parts: ReadonlySet<Address>): readonly (readonly Look[])[] {
    const found = new Set(this.#everywhere);
    for (const part of parts) for (const entry of this.#byPart.get(part) ?? []) found.add(entry);
    const groups: Look[][] = [[], []];
    for (const { look, group } of [...found].sort((a, b) => a.order - b.order)) groups[group]!.push(look);
    return groups;
  }
}
