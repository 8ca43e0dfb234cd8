/**
 * The elements that a policy is made of: which there are, what each may hold, and which of them are written.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import { bothTruths, Guard, TRUE, type Truth } from '../base/guard.ts';
import type { Span } from '../base/span.ts';
import { all, judge, judgement, type Judgement } from '../model/judgement.ts';
import { itemsOf, leaves, member } from '../model/navigate.ts';
import type { PolicyDocument, PolicyKind, Statement } from '../model/policy.ts';
import type { Leaf, Member, Value } from '../model/value.ts';
import { nearest } from './nearest.ts';

/** What a document holds beside nothing else. */
export const DOCUMENT_ELEMENTS = ['Version', 'Id', 'Statement'] as const;

/** What a statement holds beside nothing else. */
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

/** Kinds of policies that belong to IAM, where AWS holds all of them to the same grammar. */
export const OF_IAM: ReadonlySet<PolicyKind> = new Set<PolicyKind>([
  'identity',
  'boundary',
  'permission-set',
  'session',
  'trust',
]);

/** What a value is in JSON. */
export type Shape = 'text' | 'number' | 'boolean' | 'list' | 'object' | 'nothing';

/** Whether a value is in JSON one of some things; a value that is not known may be any. */
export function isShaped(value: Value, ...shapes: readonly Shape[]): Judgement {
  return judge(value, (leaf) => {
    const shape = shapeOf(leaf);
    return shape === undefined ? undefined : shapes.includes(shape);
  });
}

/** What a value is in JSON, in a word for people. */
export function shapeName(value: Value): string {
  const shape = leaves(value)
    .map(({ value: leaf }) => shapeOf(leaf))
    .find((one) => one !== undefined);
  return shape === undefined ? 'something else' : shape === 'object' ? 'an object' : `a ${shape}`;
}

function shapeOf(leaf: Leaf): Shape | undefined {
  switch (leaf.state) {
    case 'known':
      return leaf.value === null ? 'nothing' : SCALARS[typeof leaf.value];
    case 'text':
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

const SCALARS: Readonly<Record<string, Shape>> = { string: 'text', number: 'number', boolean: 'boolean' };

/** One element as it is written. */
export interface Element {
  readonly key: string;
  /** The key, as a value that is marked. */
  readonly at: Value;
  readonly value: Value;
  readonly when: Truth;
}

/** What a value can turn out to be, each with where it is that and where it is something else. */
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

/** What an object has, in every scenario. */
export function elementsOf(object: Value): readonly Element[] {
  let known = elements.get(object);
  if (!known) elements.set(object, (known = elementsIn(object)));
  return known;
}

/** The elements of what several rules ask about. */
const elements = new WeakMap<Value, readonly Element[]>();

function elementsIn(object: Value): readonly Element[] {
  return branchesOf(object).flatMap(({ value, when: here }) => {
    if (value.state !== 'object') return [];
    return value.entries.map(
      (entry) => new Written(entry, value, here === TRUE ? entry.when : bothTruths(here, entry.when)),
    );
  });
}

/** A class, because an object literal with getters takes four times the space, and policies are looked at with every key that is pressed. */
class Written implements Element {
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

/** The element that somebody most likely meant who wrote one that does not exist, or the beginning of one; undefined where that is not clear. */
export function meantElement(written: string, known: readonly string[]): string | undefined {
  const near = nearest(written, known);
  if (near !== undefined || written.length < 2) return near;
  const begun = known.filter((name) => isBeginning(written, name));
  return begun.length === 1 ? begun[0] : undefined;
}

/** Whether a text is the beginning of a name, and the rest of it is not there yet. Case counts for nothing. */
export function isBeginning(written: string, name: string): boolean {
  return written.length < name.length && name.toLowerCase().startsWith(written.toLowerCase());
}

/** Whether an object has a key that is the beginning of a name: somebody is about to write it. */
export function isBegun(object: Value, known: readonly string[]): boolean {
  return elementsOf(object).some(({ key }) => !known.includes(key) && known.some((name) => isBeginning(key, name)));
}

/** Whether a text that carries the document is no JSON. What it seems to lack may be in what cannot be read. */
export function isUnreadable({ unreadable }: PolicyDocument): boolean {
  return (unreadable ?? []).length > 0;
}

/** Whether a statement has an element under a name that does not exist and is most likely meant to be one of some. */
export function isMisspelt(object: Value, known: readonly string[], ...names: readonly string[]): boolean {
  return elementsOf(object).some(({ key }) => {
    if (known.includes(key)) return false;
    const meant = meantElement(key, known);
    return meant !== undefined && names.includes(meant);
  });
}

/** Where a statement is in a document that is there. */
export function isThere(policy: PolicyDocument, statement: Statement): Judgement {
  return all(judgement(policy.exists), judgement(statement.when));
}

/**
 * Whether Terraform's provider puts the document together from blocks: it writes all types as AWS has them, and leaves out what is empty.
 * A document that is one of several is put together where each one that is seen is.
 */
export function isPutTogether({ value }: PolicyDocument): boolean {
  if (isOfData(value)) return true;
  const seen = leaves(value).filter(({ value: leaf }) => leaf.state === 'object');
  return seen.length > 0 && seen.every(({ value: leaf }) => isOfData(leaf));
}

function isOfData({ origin }: Value): boolean {
  return origin.steps.some(({ what }) => what === 'data');
}

/**
 * Whether a number stays a number on its way to AWS. A scalar of a template in YAML is a text in many places of its format, and so are the
 * arguments of Terraform's blocks.
 */
export function keepsTypes(policy: PolicyDocument): boolean {
  const { format } = policy.host;
  return format !== 'cloudformation' && format !== 'sam' && !isPutTogether(policy);
}

/** The texts of an element that is a text or a list of texts, each where it is there. */
export function textsOf(value: Value): readonly { readonly value: Value; readonly when: Truth }[] {
  return itemsOf(value, true).items;
}

/** The texts of an element that is an object from names to texts or lists of them, or such a text itself. */
export function textsWithin(value: Value): readonly { readonly value: Value; readonly when: Truth }[] {
  const within = elementsOf(value).flatMap((entry) =>
    textsOf(entry.value).map((text) => ({ value: text.value, when: bothTruths(entry.when, text.when) })),
  );
  return within.length > 0 ? within : textsOf(value);
}

/** The version of a document. */
export function versionOf({ value }: PolicyDocument): Value {
  return member(value, 'Version');
}

/** The name of a statement. */
export function sidOf({ value }: Statement): Value {
  return member(value, 'Sid');
}

/** The name of a statement where it is one text that is known. */
export interface KnownSid {
  readonly sid: string;
  readonly at: Leaf;
  /** Where the statement is there and has it. */
  readonly when: Judgement;
}

/** The names of the statements of a document, in their order; an empty one is none. */
export function knownSids(policy: PolicyDocument): readonly KnownSid[] {
  return policy.statements.flatMap((statement) =>
    branchesOf(sidOf(statement)).flatMap(({ value, when }): readonly KnownSid[] => {
      if (value.state !== 'known' || value.value === null || value.raw === '') return [];
      return [{ sid: value.raw, at: value, when: all(isThere(policy, statement), judgement(when)) }];
    }),
  );
}

/** Whether a value is a list in which nothing is. */
export function isEmptyList(value: Value): Judgement {
  return judge(value, (leaf) =>
    leaf.state !== 'list' ? (leaf.state === 'unknown' ? undefined : false) : isEmpty(leaf.items, leaf.open),
  );
}

/** Whether a value is an object in which nothing is. */
export function isEmptyObject(value: Value): Judgement {
  return judge(value, (leaf) =>
    leaf.state !== 'object' ? (leaf.state === 'unknown' ? undefined : false) : isEmpty(leaf.entries, leaf.open),
  );
}

/** What can be there in some scenario makes it unclear. */
function isEmpty(parts: readonly { readonly when: Truth }[], open: boolean): boolean | undefined {
  if (parts.some(({ when }) => when.yes.isAlways())) return false;
  return open || parts.some(({ when }) => !when.no.isAlways()) ? undefined : true;
}
