/**
 * The elements of a policy: their presence, type and location.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { bothTruths, Guard, TRUE, type Truth } from '../../base/guard.ts';
import { memoize } from '../../base/memoize.ts';
import type { Span } from '../../base/span.ts';
import { isTemplate } from '../../model/format.ts';
import { all, judge, judgement, type Judgement } from '../../model/judgement.ts';
import { itemsOf, leaves, member } from '../../model/navigate.ts';
import type { PolicyDocument, PolicyKind, Statement } from '../../model/policy.ts';
import type { Leaf, Member, Value } from '../../model/value.ts';
import { nearest } from '../text/nearest.ts';

/** The elements of a policy document. */
export const DOCUMENT_ELEMENTS = ['Version', 'Id', 'Statement'] as const;

/** The elements of a statement. */
export const STATEMENT_ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const;

/** Kinds of policies in IAM, which AWS validates with one grammar. */
export const OF_IAM: ReadonlySet<PolicyKind> = new Set<PolicyKind>([
  'identity',
  'boundary',
  'permission-set',
  'session',
  'trust',
]);

/** The JSON type of a value. */
export type JsonType = 'text' | 'number' | 'boolean' | 'list' | 'object' | 'nothing';

/** Whether a value has one of some JSON types; neither for an unknown value. */
export function isShaped(value: Value, ...shapes: readonly JsonType[]): Judgement {
  return judge(value, (leaf) => {
    const shape = shapeOf(leaf);
    return shape === undefined ? undefined : shapes.includes(shape);
  });
}

/** The JSON type of a value, in words. */
export function shapeName(value: Value): string {
  const shape = leaves(value)
    .map(({ value: leaf }) => shapeOf(leaf))
    .find((one) => one !== undefined);
  if (shape === undefined) return 'of another type';
  return shape === 'object' ? 'an object' : shape === 'text' ? 'a string' : `a ${shape}`;
}

function shapeOf(leaf: Leaf): JsonType | undefined {
  switch (leaf.state) {
    case 'known':
      return leaf.value === null ? 'nothing' : SCALARS[typeof leaf.value];
    case 'template':
      return 'text';
    case 'list':
    case 'object':
      return leaf.state;
    case 'absent':
      return leaf.open ? undefined : 'nothing';
    default:
      return undefined;
  }
}

const SCALARS: Readonly<Record<string, JsonType>> = { string: 'text', number: 'number', boolean: 'boolean' };

/** An element in the source. */
export interface WrittenElement {
  readonly key: string;
  /** The key as a value, for its location. */
  readonly at: Value;
  readonly value: Value;
  readonly when: Truth;
  readonly computedKey: true | undefined;
}

/** The possible values, each with the scenarios in which it applies and does not apply. */
export function branchesOf(value: Value): readonly { readonly value: Leaf; readonly when: Truth }[] {
  if (value.state !== 'choice') return [{ value, when: TRUE }];
  const all = leaves(value);
  if (all.length === 1 && all[0]!.guard.isAlways()) return [{ value: all[0]!.value, when: TRUE }];
  return all.map(({ guard, value: leaf }, index) => ({
    value: leaf,
    when: {
      yes: guard,
      no: all.reduce<Guard>((sum, other, i) => (i === index ? sum : sum.or(other.guard)), Guard.never),
    },
  }));
}

/** The elements of an object in all scenarios; none for other values, which most values are. */
export function elementsOf(value: Value): readonly WrittenElement[] {
  return value.state === 'object' || value.state === 'choice' ? elementsOfObject(value) : NO_ELEMENTS;
}

const NO_ELEMENTS: readonly WrittenElement[] = [];

/** Memoized, because several rules examine the same objects. */
const elementsOfObject = memoize((object: Value): readonly WrittenElement[] =>
  flatMap(branchesOf(object), ({ value, when: here }) => {
    if (value.state !== 'object') return [];
    return value.entries.map(
      (entry) => new Written(entry, value, here === TRUE ? entry.when : bothTruths(here, entry.when)),
    );
  }),
);

/**
 * A class, because object literals with getters need four times the memory, and policies are analyzed at every
 * keystroke.
 */
class Written implements WrittenElement {
  readonly key: string;
  readonly when: Truth;
  readonly #entry: Member;
  readonly #holder: Value;
  #at: Value | undefined;

  constructor(entry: Member, holder: Value, when: Truth) {
    this.key = entry.key;
    this.when = when;
    this.#entry = entry;
    this.#holder = holder;
  }

  get computedKey(): true | undefined {
    return this.#entry.computedKey;
  }

  get at(): Value {
    return (this.#at ??= placeOf(this.#entry.keyAt, this.#holder));
  }

  get value(): Value {
    return this.#entry.value;
  }
}

function placeOf(use: Span, { origin }: Value): Value {
  return { state: 'absent', open: false, origin: { use, key: use, steps: origin.steps, edit: 'none' } };
}

/** The likely intended element for an unknown or incomplete one; undefined if ambiguous. */
export function meantElement(written: string, known: readonly string[]): string | undefined {
  const near = nearest(written, known);
  if (near !== undefined || written.length < 2) return near;
  const begun = known.filter((name) => isIncompleteName(written, name));
  return begun.length === 1 ? begun[0] : undefined;
}

/** Whether a string is an incomplete name, case-insensitively. */
export function isIncompleteName(written: string, name: string): boolean {
  return written.length < name.length && name.toLowerCase().startsWith(written.toLowerCase());
}

/** Whether an object has a key that is an incomplete element name: the author is still typing it. */
export function hasIncompleteElement(object: Value, known: readonly string[]): boolean {
  return elementsOf(object).some(
    ({ key }) => !known.includes(key) && known.some((name) => isIncompleteName(key, name)),
  );
}

/**
 * Whether the string that contains the document is not valid JSON. A missing element may then be in the unreadable
 * part.
 */
export function isUnreadable({ unreadable }: PolicyDocument): boolean {
  return (unreadable ?? []).length > 0;
}

/** Whether a statement has an unknown element that is likely meant to be one of the given elements. */
export function hasMisspelledElement(object: Value, known: readonly string[], ...names: readonly string[]): boolean {
  return elementsOf(object).some(({ key }) => {
    if (known.includes(key)) return false;
    const intended = meantElement(key, known);
    return intended !== undefined && names.includes(intended);
  });
}

/** Where a statement exists, with its document. */
export function statementExists(policy: PolicyDocument, statement: Statement): Judgement {
  return all(judgement(policy.when), judgement(statement.when));
}

/**
 * Whether the Terraform provider generates the document from blocks. It writes all types as AWS expects them and omits
 * empty elements. A document with variants counts if each known variant is generated.
 */
export function isBuiltFromBlocks({ value }: PolicyDocument): boolean {
  if (isOfData(value)) return true;
  const seen = leaves(value).filter(({ value: leaf }) => leaf.state === 'object');
  return seen.length > 0 && seen.every(({ value: leaf }) => isOfData(leaf));
}

function isOfData({ origin }: Value): boolean {
  return origin.steps.some(({ what }) => what === 'data');
}

/** Whether AWS receives a number as a number. In YAML templates and Terraform blocks, scalars can become strings. */
export function keepsTypes(policy: PolicyDocument): boolean {
  return !isTemplate(policy.host.format) && !isBuiltFromBlocks(policy);
}

/** The strings of an element that is a string or a list of strings, each with its scenarios. */
export function elementTexts(value: Value): readonly { readonly value: Value; readonly when: Truth }[] {
  return itemsOf(value, true).items;
}

/** The strings of an element that is an object of strings or lists of strings, or a string itself. */
export function textsWithin(value: Value): readonly { readonly value: Value; readonly when: Truth }[] {
  const within = flatMap(elementsOf(value), (entry) =>
    elementTexts(entry.value).map((text) => ({ value: text.value, when: bothTruths(entry.when, text.when) })),
  );
  return within.length > 0 ? within : elementTexts(value);
}

/** The Version element of a document. */
export function versionOf({ value }: PolicyDocument): Value {
  return member(value, 'Version');
}

/** The Sid of a statement. */
export function sidOf({ value }: Statement): Value {
  return member(value, 'Sid');
}

/** The Sid of a statement, if it is a single known string. */
export interface KnownSid {
  readonly sid: string;
  readonly at: Leaf;
  /** Where the statement exists and has this Sid. */
  readonly when: Judgement;
}

/** The nonempty Sids of the statements of a document, in order. */
export function knownSids(policy: PolicyDocument): readonly KnownSid[] {
  return flatMap(policy.statements, (statement) =>
    flatMap(branchesOf(sidOf(statement)), ({ value, when }): readonly KnownSid[] => {
      if (value.state !== 'known' || value.value === null || value.raw === '') return [];
      return [{ sid: value.raw, at: value, when: all(statementExists(policy, statement), judgement(when)) }];
    }),
  );
}

/** Whether a value is an empty list. */
export function isEmptyList(value: Value): Judgement {
  return judge(value, (leaf) =>
    leaf.state !== 'list' ? (leaf.state === 'unknown' ? undefined : false) : isEmpty(leaf.items, leaf.open),
  );
}

/** Whether a value is an empty object. */
export function isEmptyObject(value: Value): Judgement {
  return judge(value, (leaf) =>
    leaf.state !== 'object' ? (leaf.state === 'unknown' ? undefined : false) : isEmpty(leaf.entries, leaf.open),
  );
}

/** Unknown if the value has members that exist only in some scenarios. */
function isEmpty(parts: readonly { readonly when: Truth }[], open: boolean): boolean | undefined {
  if (parts.some(({ when }) => when.yes.isAlways())) return false;
  return open || parts.some(({ when }) => !when.no.isAlways()) ? undefined : true;
}
