/** The properties that rule calls read in one version of a stack, and the calls that read those at a position. */
import { once } from '../base/once.ts';
import { stableNameOf, type Stack } from '../model/resource.ts';
import type { Address } from '../model/value.ts';
import type { FactReads } from './fact-reads.ts';
import { FoundPlaces, propertyNames } from './found-places.ts';
import { StatementRead, type Read } from './observed.ts';
import type { CallsByAbout, PropertyReaders } from './property-readers.ts';
import type { PlaceTexts } from './report.ts';
import type { RuleCall } from './rule-calls.ts';
import { includesPosition, type DocumentPosition, type TracedCall } from './rule-trace.ts';

export class PropertyReading {
  readonly #readers: PropertyReaders;
  readonly #places: PlaceTexts;
  readonly #byName: () => ReadonlyMap<string, Stack['resources'][number]>;
  /** What is recorded already. Calls share most reads. */
  readonly #recorded = new WeakSet<Read | FactReads>();

  constructor(readers: PropertyReaders, places: PlaceTexts, stack: Stack) {
    this.#readers = readers;
    this.#places = places;
    this.#byName = once(() => new Map(stack.resources.map((resource) => [stableNameOf(resource), resource])));
  }

  /** Records which properties a call reads. */
  record(call: RuleCall, { reads, facts }: TracedCall): void {
    for (const read of reads) {
      if (read instanceof StatementRead || this.#recorded.has(read)) continue;
      this.#recorded.add(read);
      const found = new FoundPlaces(this.#places);
      found.addValue(read.value, read.resource);
      const places = found.all();
      for (const name of propertyNames([read])) this.#readers.add(name, places, call);
    }
    for (const fact of facts) {
      if (this.#recorded.has(fact)) continue;
      this.#recorded.add(fact);
      const { names, properties } = fact.places;
      for (const name of names) this.#readers.add(name, properties, call);
    }
  }

  /** Calls that read properties at a position in the text of some parts. */
  at(place: DocumentPosition, parts: ReadonlySet<Address>): CallsByAbout {
    return this.#readers.at(
      parts,
      (name) => this.#byName().get(name),
      (value) => value.state !== 'absent' && includesPosition(value, place),
    );
  }
}
