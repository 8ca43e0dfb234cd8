import { flatMap } from '../base/flat-map.ts';
import { bothTruths, FALSE, Guard, TRUE, type Truth } from '../base/guard.ts';
import { once } from '../base/once.ts';
import type { Span } from '../base/span.ts';
import { choice, isUnset, itemsOf, leaves, member, type Items } from '../model/navigate.ts';
import type { PolicyDocument, PolicyKind, Statement, Unreadable } from '../model/policy.ts';
import type { Resource } from '../model/resource.ts';
import { secrecyOf } from '../model/secrecy.ts';
import type { Element, Leaf, Value } from '../model/value.ts';
import { isBoundary } from '../policy/allowance/identity.ts';
import { mergedBranches } from './merged-branches.ts';
import { documentIn } from './json-document.ts';
import { whyNotJson } from './json-skeleton.ts';
import { isLocated, locate, spanOf, unparsedText } from './located.ts';
import { WrittenStatement } from './written-statement.ts';

export interface PolicyCarrier {
  readonly kind: PolicyKind;
  readonly service?: string;
  readonly suggests?: PolicyKind;
  readonly path: string;
  /** Set if the property contains a single statement instead of a document. */
  readonly shape?: 'statement';
  /** Set if a change of the policy replaces the resource that has it. */
  readonly replaces?: true;
}

/** The policy document of a value, as an object or as JSON in a string. */
export function policyDocument(carrier: PolicyCarrier, host: Resource, around: Truth, value: Value): PolicyDocument {
  return new CarriedDocument(carrier, host, bothTruths(around, given(value)), () => value);
}

/** The same for a value that is a document in every scenario (`isDocument`), which is evaluated on demand. */
export function givenDocument(carrier: PolicyCarrier, host: Resource, when: Truth, value: () => Value): PolicyDocument {
  return new CarriedDocument(carrier, host, when, value);
}

/** Whether there is a document in every scenario. */
export function isDocument(value: Value): boolean {
  return given(value) === TRUE;
}

/** What the statements of a document are. */
interface Content {
  readonly statements: readonly Statement[];
  readonly complete: Truth;
  readonly seen: Truth;
}

/** The value of a property with a document. */
interface Held {
  /** The value with the documents of its strings. */
  readonly document: Value;
  /** The strings that these are read from. */
  readonly carried: ReadonlyMap<Value, Leaf>;
  /** The document as a value. */
  readonly value: Value;
}

/** A class, because each object literal with getters has a hidden class of its own: it is large and slow to read. */
class CarriedDocument implements PolicyDocument {
  readonly host: Resource;
  readonly path: string;
  readonly when: Truth;
  readonly service?: string;
  readonly suggests?: PolicyKind;
  readonly shape?: 'statement';
  readonly replaces?: true;
  readonly #kind: () => PolicyKind;
  readonly #evaluate: () => Value;
  #held: Held | undefined;
  #unreadable: readonly Unreadable[] | undefined;
  #content: Content | undefined;

  constructor(carrier: PolicyCarrier, host: Resource, when: Truth, evaluate: () => Value) {
    this.#evaluate = evaluate;
    this.host = host;
    this.path = carrier.path;
    this.when = when;
    if (carrier.service !== undefined) this.service = carrier.service;
    if (carrier.suggests !== undefined) this.suggests = carrier.suggests;
    if (carrier.shape !== undefined) this.shape = carrier.shape;
    if (carrier.replaces !== undefined) this.replaces = carrier.replaces;
    const { kind } = carrier;
    this.#kind = kind === 'identity' ? once(() => (isBoundary(host) ? 'boundary' : kind)) : () => kind;
  }

  get kind(): PolicyKind {
    return this.#kind();
  }
  get value(): Value {
    return this.#hold().value;
  }
  get statements(): readonly Statement[] {
    return this.#read().statements;
  }
  get complete(): Truth {
    return this.#read().complete;
  }
  get seen(): Truth {
    return this.#read().seen;
  }
  get unreadable(): readonly Unreadable[] {
    const { document, carried } = this.#hold();
    return (this.#unreadable ??= unreadableIn(document, carried));
  }

  #hold(): Held {
    return (this.#held ??= heldIn(this.#evaluate(), this.shape));
  }

  #read(): Content {
    return (this.#content ??= contentOf(this.value, readableIn(this.unreadable)));
  }
}

function heldIn(value: Value, shape: 'statement' | undefined): Held {
  let carried: Map<Value, Leaf> | undefined;
  const document = documentIn(value, (made, text) => {
    if (made !== text) (carried ??= new Map()).set(made, text);
  });
  const merged = mergedBranches(document);
  return {
    document,
    carried: carried ?? NOTHING_CARRIED,
    value: shape === 'statement' ? withDocument(merged) : merged,
  };
}

const NOTHING_CARRIED: ReadonlyMap<Value, Leaf> = new Map();

function contentOf(document: Value, readable: Truth): Content {
  const written = member(document, 'Statement');
  const seen = visible(itemsOf(written, true));
  const { items, complete } = seen;
  return {
    statements: items.map(({ value, when }) => new WrittenStatement(value, bothTruths(when, readable))),
    complete: bothTruths(complete, readable),
    seen: bothTruths(
      bothTruths(given(document), written.state === 'choice' ? seenIn(written) : isAnySeen(seen) ? TRUE : FALSE),
      readable,
    ),
  };
}

/** The scenarios in which a document exists. Null and an empty string count as absent. */
function given(document: Value): Truth {
  if (document.state !== 'choice') return isUnset(document) ? FALSE : TRUE;
  const none = leaves(document).filter(({ value }) => isUnset(value));
  if (none.length === 0) return TRUE;
  const where = (parts: ReturnType<typeof leaves>): Guard =>
    parts.reduce<Guard>((sum, { guard }) => sum.or(guard), Guard.never);
  return { yes: where(leaves(document).filter(({ value }) => !isUnset(value))), no: where(none) };
}

/** The document that a service adds around a single statement. */
function withDocument(statement: Value): Value {
  const { origin } = statement;
  return {
    state: 'object',
    origin: { ...origin, edit: 'none' },
    open: false,
    entries: [{ key: 'Statement', keyAt: origin.key ?? origin.use, value: statement, when: TRUE }],
  };
}

/** Syntax errors in the strings of a document. `carried` contains the string of each. */
function unreadableIn(document: Value, carried: ReadonlyMap<Value, Leaf>): readonly Unreadable[] {
  const all = leaves(document);
  return flatMap(all, ({ guard, value }): readonly Unreadable[] => {
    // A value that was encoded as JSON represents the document of a string, but is not a string itself.
    const fault = faultOf(value, unparsedText(value) ?? carried.get(value) ?? value);
    if (!fault) return [];
    return [
      {
        ...fault,
        when: {
          yes: guard,
          no: all.reduce((sum, other) => (other.value === value ? sum : sum.or(other.guard)), Guard.never),
        },
      },
    ];
  });
}

/**
 * The scenarios in which a document is valid JSON. Invalid JSON is read as far as possible. AWS rejects it, so it
 * neither allows nor denies anything, and its corrected content is unknown.
 */
function readableIn(unreadable: readonly Unreadable[]): Truth {
  return unreadable.length === 0
    ? TRUE
    : { yes: unreadable.reduce<Guard>((sum, { when }) => sum.and(when.no), Guard.always), no: Guard.never };
}

/** The first syntax error in the string of a document; undefined if there is none. */
function faultOf(document: Leaf, text: Leaf): Omit<Unreadable, 'when'> | undefined {
  // Values that were parsed from JSON have their node. The node of an expression's result is unknown, and finding it
  // would require another evaluation.
  if (document === text && document.state === 'object' && !isLocated(document)) return undefined;
  const isText = text.state === 'known' && typeof text.value === 'string';
  if (text.state === 'template' && document.state === 'unknown') {
    const why = whyNotJson(text.pieces);
    return why === undefined ? undefined : { at: text, why };
  }
  // The characters of a folded scalar have no individual positions.
  if (isText && document.state === 'unknown' && document.why === 'function')
    return { at: text, why: 'The string is not readable JSON.' };
  if (document.state === 'known') return isText ? { at: text, why: 'The string is not JSON.' } : undefined;
  const located = locate(document);
  if (!located?.tree.layer || located.tree.roots[0] !== located.node) return undefined;
  const { tree } = located;
  const [problem] = tree.problems;
  if (problem) return { at: placeIn(document, spanOf(tree, problem)), why: problem.message };
  const second = tree.roots[1];
  return (
    second && { at: placeIn(document, spanOf(tree, second)), why: 'The string contains more than one JSON document.' }
  );
}

/** A place in a document's string, as an absent value. */
function placeIn({ origin }: Leaf, use: Span): Value {
  return { state: 'absent', open: false, origin: { use, steps: origin.steps, edit: 'none', ...secrecyOf([origin]) } };
}

/**
 * The statements with known content, with their scenarios. An external statement can have any content, so the document
 * is then incomplete.
 */
function visible({ items, complete }: Items): Items {
  let all = complete;
  const seen = flatMap(items, (item): readonly Element[] => {
    const parts = leaves(item.value);
    const known = parts.filter(({ value }) => !isUnseen(value));
    if (known.length === parts.length) return [item];
    const where = known.reduce<Guard>((sum, { guard }) => sum.or(guard), Guard.never);
    all = { yes: all.yes.and(item.when.no.or(where)), no: all.no };
    return known.length === 0
      ? []
      : [{ value: choice(item.value.origin, known), when: { yes: item.when.yes.and(where), no: item.when.no } }];
  });
  return { items: seen, complete: all };
}

/** The scenarios in which some statement, or the absence of statements, is known. */
function seenIn(statements: Value): Truth {
  let yes: Guard = Guard.never;
  let no: Guard = Guard.never;
  for (const { guard, value } of leaves(statements)) {
    if (isAnySeen(visible(itemsOf(value, true)))) yes = yes.or(guard);
    else no = no.or(guard);
  }
  return { yes, no };
}

/** Whether some statement is known, or that there are none. */
function isAnySeen({ items, complete }: Items): boolean {
  return items.length > 0 || complete.yes.isAlways();
}

/** The elements that determine the principals, actions and resources of a statement. */
const SCOPE_ELEMENTS: ReadonlySet<string> = new Set([
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);

/** Whether nothing about a statement is known: it is external, or each of its elements is. */
function isUnseen(statement: Leaf): boolean {
  if (statement.state !== 'object') return statement.state === 'unknown' || statement.state === 'reference';
  const scope = statement.entries.filter(({ key }) => SCOPE_ELEMENTS.has(key));
  return (
    scope.length > 0 &&
    scope.every(({ key, value }) => leaves(value).every((leaf) => comesFromElsewhere(key, leaf.value))) &&
    scope.some(({ value }) => !leaves(value).every((leaf) => isUnset(leaf.value)))
  );
}

function comesFromElsewhere(key: string, value: Leaf): boolean {
  // The type of a principal alone does not identify it.
  if (value.state === 'object')
    return (
      key.endsWith('Principal') &&
      value.entries.length > 0 &&
      value.entries.every((entry) => leaves(entry.value).every((leaf) => comesFromElsewhere('', leaf.value)))
    );
  if (value.state === 'list')
    return (
      (value.open || value.items.length > 0) &&
      value.items.every((item) => leaves(item.value).every((leaf) => leaf.value.state === 'unknown'))
    );
  return value.state === 'unknown' || isUnset(value);
}
