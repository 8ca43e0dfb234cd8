/** Where rules read, by the resources and data sources in whose text the values are. */
import { ownText } from '../base/own-text.ts';
import { within, type Span } from '../base/span.ts';
import { stableNameOf, type Resource, type ResourcePart } from '../model/resource.ts';
import type { Address, Value } from '../model/value.ts';
import type { AllReadPlaces, PropertyName, ReadPlaces } from './fact-reads.ts';
import { StatementRead, type Read } from './observed.ts';
import type { Draft, PlaceTexts } from './report.ts';

/** The places of what a rule call read, and of its findings. */
export function placesOfReads(texts: PlaceTexts, reads: readonly Read[], drafts: readonly Draft[] = []): AllReadPlaces {
  const places = new FoundPlaces(texts);
  for (const read of reads) if (!(read instanceof StatementRead)) places.addValue(read.value, read.resource);
  const properties = places.all();
  const rest = reads.filter((read) => read instanceof StatementRead);
  if (rest.length === 0 && drafts.length === 0) return { ...properties, properties };
  for (const { value, resource } of rest) places.addValue(value, resource);
  for (const { at, subject } of drafts) places.add(at, subject);
  return { ...places.all(), properties };
}

/** The properties of resources among what was read, each once. */
export function propertyNames(reads: readonly Read[]): readonly PropertyName[] {
  const names = new Map<string, PropertyName>();
  for (const read of reads) {
    if (read instanceof StatementRead) continue;
    const { path } = read;
    const resource = ownText(stableNameOf(read.resource));
    names.set(`${resource} ${path}`, { resource, path });
  }
  return [...names.values()];
}

/** The resources and data sources in whose text places are. */
export class FoundPlaces {
  readonly #places: PlaceTexts;
  readonly #parts = new Set<Address>();
  #isElsewhere = false;
  #overlaps = false;

  constructor(places: PlaceTexts) {
    this.#places = places;
  }

  /** Adds the places of a value and its key, which are most likely in the text of a resource. */
  addValue({ origin: { use, key } }: Value, resource: Resource | undefined): void {
    this.add(use, resource);
    if (key) this.add(key, resource);
  }

  add(span: Span, resource: Resource | undefined): void {
    const own = resource?.parts.find(({ doc, range }) => doc === span.doc && within(span, range));
    const part = own ?? this.#places.partAt(span) ?? this.#places.sourceAt(span, undefined);
    if (part) return this.addPart(part);
    this.#isElsewhere = true;
    this.#overlaps ||= this.#places.overlapsParts(span);
  }

  /** A part that is a whole file can have other parts in it. */
  addPart({ address, doc, range, isFile }: ResourcePart): void {
    if (!isFile || !this.#places.overlapsParts({ ...range, doc })) this.#parts.add(address);
    else this.#isElsewhere = this.#overlaps = true;
  }

  all(): ReadPlaces {
    return { parts: new Set(this.#parts), elsewhere: this.#isElsewhere, overlaps: this.#overlaps };
  }
}

/** Whether one of some resources is read. */
export function reaches({ parts }: ReadPlaces, those: ReadonlySet<Address>): boolean {
  const [few, many] = parts.size < those.size ? [parts, those] : [those, parts];
  for (const one of few) if (many.has(one)) return true;
  return false;
}
