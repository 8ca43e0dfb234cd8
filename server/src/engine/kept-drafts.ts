/**
 * The drafts of a rule call on an earlier version of a stack, as data. They are the drafts of a later version if the
 * questions of the call have the same answers there and the texts that they are in are the same; only the ranges move
 * with the texts. Values and reports of the later version, which few drafts need, are read by repeating the call.
 */
import { partitionPoint } from '../base/binary-search.ts';
import { groupedBy } from '../base/groups.ts';
import { once } from '../base/once.ts';
import { Guard } from '../base/guard.ts';
import type { Span, Uri } from '../base/span.ts';
import type { TextPlace } from '../model/content.ts';
import type { RelatedPlace } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';
import { shown } from '../model/shown.ts';
import type { Leaf, Origin, Value } from '../model/value.ts';
import type { Cause, Report, Violation } from '../rules/rule.ts';
import { isKnownWrong, keepPlace, type KeptPlace } from './kept-scenarios.ts';
import { shownInGeneral, type ViolationPlace } from './narrow.ts';
import type { Draft } from './report.ts';

/** A range in a text that stays the same object: its index among the texts of the draft, and offsets in it. */
interface KeptSpan {
  readonly text: number;
  readonly start: number;
  readonly end: number;
}

/** What a draft is besides its values. */
type Plain = Omit<
  Draft,
  'place' | 'report' | 'subject' | 'deciding' | 'details' | 'shownAt' | 'folded' | 'actual' | 'at' | 'related'
>;

/** Plain data, so that it keeps nothing of its version. */
interface KeptData {
  /** In the order of a draft. */
  readonly finding: Plain & {
    readonly at: KeptSpan;
    readonly related: readonly (Omit<RelatedPlace, 'at'> & { readonly at: KeptSpan })[];
  };
  readonly placeAt: KeptSpan;
  readonly placeWhen: Draft['when'];
  readonly use: KeptSpan;
  readonly def: KeptSpan | undefined;
  readonly secret: boolean | undefined;
  readonly secretByName: boolean | undefined;
  /** The fields of the value that are scalars. */
  readonly leaf: Readonly<Record<string, unknown>>;
  readonly shown: string;
  readonly shownInGeneral: string;
  /** Whether the place has a general value besides the leaf. */
  readonly hasGeneral: boolean;
  readonly part: string | undefined;
  readonly item: number | undefined;
  readonly cause:
    | (Pick<Cause, 'what' | 'across' | 'name' | 'also'> & { readonly of: KeptSpan | 'document' })
    | undefined;
  /** Whether the report has no other violation. */
  readonly isOnly: boolean;
  readonly certainty: Draft['certainty'];
  /**
   * Whether the scenarios of the place, and those in which its violation is wrong, are all. Others belong to a version.
   */
  readonly isEverywhere: boolean;
  readonly isWrongEverywhere: boolean;
  readonly isKnownWrong: boolean;
}

export interface KeptDraft {
  /** As JSON until it is recalled, which takes less memory: of many documents, few are edited. */
  data: string | KeptData;
  readonly texts: readonly object[];
  /**
   * The messages that combine several findings of one cause, by the names of these; computed on demand. The values that
   * they depend on stay the same.
   */
  readonly messages: Map<string, string>;
  /** The places of the other values that are wrong in its scenarios, once they are known. */
  parts?: readonly KeptSpan[];
}

/** The maximum number of messages of one draft. Edits of the others change the names. */
const MOST_MESSAGES = 4;

/** Finds the text that contains a range. */
export class TextPlaces {
  /** The places of each document in order. */
  readonly #byDoc: ReadonlyMap<Uri, readonly TextPlace[]>;
  readonly #byText = new Map<object, TextPlace>();

  constructor(places: readonly TextPlace[]) {
    const ordered = places.toSorted((one, other) => one.start - other.start);
    this.#byDoc = groupedBy(ordered, ({ doc }) => doc);
    for (const place of places) this.#byText.set(place.text, place);
  }

  /** The text around a range; undefined if it is not in one. */
  around({ doc, start, end }: Span): TextPlace | undefined {
    const places = this.#byDoc.get(doc) ?? [];
    const place = places[partitionPoint(places, (one) => one.start <= start) - 1];
    return place && end <= place.end ? place : undefined;
  }

  /** Whether texts are all in this version. */
  has(texts: readonly object[]): boolean {
    return texts.every((text) => this.#byText.has(text));
  }

  /** Where a text of this version is. */
  of(text: object): TextPlace {
    return this.#byText.get(text)!;
  }
}

/** Drafts about a resource as data; undefined if one of them is not in texts that can be found again. */
export function keptDrafts(
  drafts: readonly Draft[],
  about: Resource,
  places: TextPlaces,
): readonly KeptDraft[] | undefined {
  const kept = drafts.map((draft) => (draft.subject === about ? keptDraft(draft, places) : undefined));
  return kept.every((one) => one !== undefined) ? kept : undefined;
}

function keptDraft(draft: Draft, places: TextPlaces): KeptDraft | undefined {
  const {
    place,
    report,
    subject: _subject,
    deciding: _deciding,
    details: _details,
    shownAt,
    folded,
    ...finding
  } = draft;
  if (shownAt || folded) return undefined;
  const texts: object[] = [];
  const elsewhere: Span[] = [];
  const kept = (span: Span): KeptSpan => {
    const found = places.around(span);
    if (!found) {
      elsewhere.push(span);
      return { text: 0, start: 0, end: 0 };
    }
    if (!texts.includes(found.text)) texts.push(found.text);
    return { text: texts.indexOf(found.text), start: span.start - found.start, end: span.end - found.start };
  };
  const { leaf, violation } = place;
  if (!isPlain(leaf)) return undefined;
  const { cause } = report;
  const data: KeptData = {
    finding: {
      ...finding,
      at: kept(finding.at),
      related: finding.related.map((one) => ({ ...one, at: kept(one.at) })),
    },
    placeAt: kept(place.at),
    placeWhen: place.when,
    use: kept(leaf.origin.use),
    def: leaf.origin.def && kept(leaf.origin.def),
    secret: leaf.origin.secret,
    secretByName: leaf.origin.secretByName,
    leaf: scalarsOf(leaf),
    shown: shown(leaf),
    shownInGeneral: shownInGeneral(place),
    hasGeneral: place.general !== undefined,
    part: violation.part,
    item: report.item,
    cause: cause && {
      of: cause.of === 'document' ? 'document' : kept(cause.of.origin.use),
      ...(cause.what === undefined ? {} : { what: cause.what }),
      ...(cause.across ? { across: true } : {}),
      ...(cause.name === undefined ? {} : { name: cause.name }),
      ...(cause.also === undefined ? {} : { also: cause.also }),
    },
    isOnly: report.violations.length === 1,
    certainty: place.certainty,
    isEverywhere: isEverything(place.guard),
    isWrongEverywhere: isEverything(violation.wrong.yes),
    isKnownWrong: isKnownWrong(place),
  };
  if (elsewhere.length > 0) return undefined;
  const draftAsData: KeptDraft = { data: JSON.stringify(data), texts, messages: new Map() };
  keepPlace(place, keptPlace(draftAsData, data, places));
  return draftAsData;
}

/** What is known of a kept draft in a version. */
function keptPlace(kept: KeptDraft, { isEverywhere, isKnownWrong }: KeptData, places: TextPlaces): KeptPlace {
  return {
    identity: kept,
    isEverywhere,
    isKnownWrong,
    parts: (compute) => {
      if (kept.parts) return kept.parts.map((part) => spanIn(kept.texts, places, part));
      const spans = compute();
      const found = spans.map((span) => keptIn(kept.texts, places, span));
      // Places in other texts are computed again.
      if (found.every((one) => one !== undefined)) kept.parts = found;
      return spans;
    },
  };
}

function isEverything(guard: Guard): boolean {
  return guard.exact && guard.isAlways();
}

/** Whether JSON has the fields of a value. */
function isPlain(leaf: Leaf): boolean {
  return leaf.state !== 'known' || typeof leaf.value !== 'number' || Number.isFinite(leaf.value);
}

/** The fields of a value that decide how it is shown. */
function scalarsOf(leaf: Leaf): Readonly<Record<string, unknown>> {
  switch (leaf.state) {
    case 'known':
      return { state: leaf.state, raw: leaf.raw, quoted: leaf.quoted, value: leaf.value };
    case 'reference':
      return { state: leaf.state, to: leaf.to, ...(leaf.attribute === undefined ? {} : { attribute: leaf.attribute }) };
    default:
      return { state: leaf.state };
  }
}

/** What recalled drafts have from the version that they are recalled in. */
export interface Recalling {
  readonly subject: Resource;
  /** The drafts of the same call in that version. */
  readonly actual: () => readonly Draft[];
}

/** Kept drafts in a version that has all their texts. */
export function recalledDrafts(
  kept: readonly KeptDraft[],
  places: TextPlaces,
  { subject, actual }: Recalling,
): readonly Draft[] {
  const all = once(actual);
  return kept.map((one, index) =>
    recalled(one, places, subject, () => {
      const draft = all()[index];
      if (!draft) throw new Error('A rule call with the same answers has fewer findings.');
      return draft;
    }),
  );
}

/** The data of a draft, which is parsed once. */
function dataOf(kept: KeptDraft): KeptData {
  if (typeof kept.data === 'string') kept.data = JSON.parse(kept.data) as KeptData;
  return kept.data;
}

function recalled(kept: KeptDraft, places: TextPlaces, subject: Resource, real: () => Draft): Draft {
  const { texts, messages } = kept;
  const data = dataOf(kept);
  const at = (span: KeptSpan): Span => spanIn(texts, places, span);
  const origin = partlyKnown<Origin>(
    { use: at(data.use), def: data.def && at(data.def), secret: data.secret, secretByName: data.secretByName },
    () => real().place.leaf.origin,
  );
  const leaf = partlyKnown<Leaf>({ ...data.leaf, origin }, () => real().place.leaf);
  const wrong = partlyKnown<Violation['wrong']>(
    data.isWrongEverywhere ? { yes: Guard.always } : {},
    () => real().place.violation.wrong,
  );
  const violation = partlyKnown<Violation>({ part: data.part, wrong }, () => real().place.violation);
  const { cause } = data;
  const report = partlyKnown<Report>(
    {
      item: data.item,
      cause:
        cause &&
        partlyKnown<Cause>(
          {
            what: cause.what,
            across: cause.across,
            name: cause.name,
            also: cause.also,
            of: cause.of === 'document' ? 'document' : valueAt(at(cause.of), real),
            message: (names) => messageOf(messages, names, () => real().report.cause!.message(names)),
          },
          () => real().report.cause!,
        ),
      ...(data.isOnly ? { violations: [violation] } : {}),
    },
    () => real().report,
  );
  const place: ViolationPlace = {
    violation,
    leaf,
    get general() {
      return data.hasGeneral ? real().place.general : undefined;
    },
    shown: data.shown,
    shownInGeneral: data.shownInGeneral,
    at: at(data.placeAt),
    certainty: data.certainty,
    get guard() {
      return data.isEverywhere ? Guard.always : real().place.guard;
    },
    when: data.placeWhen,
  };
  keepPlace(place, keptPlace(kept, data, places));
  return {
    ...data.finding,
    place,
    report,
    subject,
    at: at(data.finding.at),
    related: data.finding.related.map((one) => ({ ...one, at: at(one.at) })),
    deciding: () => real().deciding(),
    actual: real,
  };
}

/** The range in the current version. */
function spanIn(texts: readonly object[], places: TextPlaces, { text, start, end }: KeptSpan): Span {
  const { doc, start: from } = places.of(texts[text]!);
  return { doc, start: from + start, end: from + end };
}

/** A range as a range in one of some texts; undefined if it is in none of them. */
function keptIn(texts: readonly object[], places: TextPlaces, span: Span): KeptSpan | undefined {
  const found = places.around(span);
  const text = found ? texts.indexOf(found.text) : -1;
  return text < 0 ? undefined : { text, start: span.start - found!.start, end: span.end - found!.start };
}

function messageOf(known: Map<string, string>, names: readonly string[], compute: () => string): string {
  const key = JSON.stringify(names);
  let message = known.get(key);
  if (message === undefined) {
    message = compute();
    if (known.size >= MOST_MESSAGES) known.clear();
    known.set(key, message);
  }
  return message;
}

/** The value of a cause, of which only the place is known. */
function valueAt(use: Span, real: () => Draft): Value {
  const value = (): Value => real().report.cause!.of as Value;
  return partlyKnown<Value>({ origin: partlyKnown<Origin>({ use }, () => value().origin) }, value);
}

/** An object with some properties that are known and others that are read from the actual object. */
function partlyKnown<T extends object>(known: { readonly [Key in keyof T]?: T[Key] | undefined }, actual: () => T): T {
  return new Proxy(known as T, {
    get: (target, key) => Reflect.get(Object.hasOwn(target, key) ? target : actual(), key) as unknown,
    has: (target, key) =>
      (Object.hasOwn(target, key) && Reflect.get(target, key) !== undefined) || Reflect.has(actual(), key),
    ownKeys: () => Reflect.ownKeys(actual()),
    getOwnPropertyDescriptor: (_, key) => {
      const found = Reflect.getOwnPropertyDescriptor(actual(), key);
      return found && { ...found, configurable: true };
    },
  });
}
