/** Secrets that are not written in a string, but become part of it. */
import { bothTruths, eitherTruth, Guard, TRUE, type Truth } from '../base/guard.ts';
import { flatMap } from '../base/flat-map.ts';
import { sameSpan, type Span } from '../base/span.ts';
import { decodedText } from './decoded.ts';
import { all, judge, judgement, UNKNOWABLE, type Judgement } from './judgement.ts';
import { innermostOf, leaves } from './navigate.ts';
import { isSecretMember } from './secret-member.ts';
import type { Address, Leaf, Origin, Reference, DerivedFrom, Unknown, UnknownPiece, Value } from './value.ts';

/** A secret that is interpolated into a string. */
export interface InterpolatedSecret {
  /** The parameter, variable or attribute; empty if it has no name. */
  readonly name: string;
  readonly at: Value;
  /** The scenarios in which the string has it. */
  readonly there: Judgement;
}

/** Which references are secrets. */
export interface SecretReferences {
  /** Whether the attribute is a secret; undefined if it can be one. */
  isSecret(reference: Reference): boolean | undefined;
  /** Whether what a parameter or variable provides is a secret, if it is marked as secret. */
  namesSecret(input: string): boolean;
  /** Whether a value that is computed from something can be a secret, or something else that is stored with it. */
  canHaveSecret(address: Address): boolean;
}

/**
 * The secrets that are interpolated into a string, which can be encoded in Base64 or as JSON: what is marked as secret,
 * and attributes. A string that is a secret as a whole is none of them.
 */
export function interpolatedSecrets(value: Value, references: SecretReferences): readonly InterpolatedSecret[] {
  return flatMap(leaves(value), ({ value: leaf }) => {
    const pieces = piecesOf(leaf, TRUE, false);
    if (pieces.length === 0) return [];
    const search = new Search(references);
    const there = judge(value, (one) => one === leaf || isWithDefault(one, leaf));
    return flatMap(pieces, (part) => {
      const secret = search.secretIn(part);
      if (!secret) return [];
      const scenarios = [part.when, secret.when].filter((truth) => truth !== TRUE).map((truth) => judgement(truth));
      return [
        { name: secret.name, at: part.piece, there: all(there, ...scenarios, ...(secret.isPart ? [UNKNOWABLE] : [])) },
      ];
    });
  });
}

/** Whether a leaf is the same string with the defaults of secret parameters. */
function isWithDefault(one: Leaf, { origin }: Leaf): boolean {
  return isMarked(decodedText(one).origin) && sameSpan(writtenAt(one.origin), writtenAt(origin));
}

function writtenAt({ def, use }: Origin): Span {
  return def ?? use;
}

/** Whether a value is secret regardless of its name. */
function isMarked({ secret, secretByName }: Origin): boolean {
  return secret === true && !secretByName;
}

/** An unknown part of a string or document. */
interface Piece {
  readonly piece: UnknownPiece;
  readonly when: Truth;
  /** Whether the string has only some of the parts. */
  readonly isPart: boolean;
}

/** The maximum nesting of functions that is searched. */
const MOST_NESTED = 20;

/**
 * The unknown parts of a string, of a document, or of what one is made from; none if it is unknown as a whole.
 * @param seen What was searched already, because expressions can repeat each other many times.
 */
function piecesOf(leaf: Leaf, when: Truth, isPart: boolean, seen = new Set<object>()): readonly Piece[] {
  const text = decodedText(leaf);
  switch (text.state) {
    case 'template':
      return flatMap(text.pieces, (piece) => (typeof piece === 'string' ? [] : [{ piece, when, isPart }]));
    case 'object':
    case 'list':
      return flatMap(scalarsIn(text), ({ value, when: there }) => {
        const both = bothTruths(when, there);
        return value.state === 'reference' || value.state === 'unknown'
          ? [{ piece: value, when: both, isPart }]
          : piecesOf(value, both, isPart, seen);
      });
    case 'unknown': {
      const { from } = text;
      if (!from || from.as === 'digest' || seen.size > MOST_NESTED || seen.has(from)) return [];
      seen.add(from);
      return flatMap(from.values, (value) =>
        flatMap(leaves(value), ({ guard, value: inner }) =>
          piecesOf(inner, bothTruths(when, onlyIn(guard)), isPart || from.as === 'part', seen),
        ),
      );
    }
    default:
      return [];
  }
}

/**
 * The scalars in a value, with their scenarios. A secret is in it also where it is the default of a variable that is
 * marked as secret.
 */
function scalarsIn(value: Value): readonly { readonly value: Leaf; readonly when: Truth }[] {
  return flatMap(innermostOf(value), (one) => {
    const all = leaves(one.value);
    const isSecret = all.every(({ value: leaf }) => isMarked(leaf.origin));
    return all.map(({ guard, value: leaf }) => ({
      value: leaf,
      when: isSecret ? one.when : bothTruths(one.when, onlyIn(guard)),
    }));
  });
}

function onlyIn(guard: Guard): Truth {
  return guard.isAlways() ? TRUE : { yes: guard, no: Guard.never };
}

interface Found {
  readonly name: string;
  /** Whether it can also be something else, such as the name of a user. */
  readonly isPart: boolean;
  readonly when: Truth;
  /** The member that it is of a value that is marked as secret. */
  readonly member?: { readonly holder: string; readonly key: string | number };
}

/** The search in one string, which visits what several parts are made from once. */
class Search {
  readonly #references: SecretReferences;
  readonly #found = new Map<object, readonly Found[]>();

  constructor(references: SecretReferences) {
    this.#references = references;
  }

  /** The secret in a part of the string; one that is certainly a secret first. */
  secretIn({ piece, isPart }: Piece): Found | undefined {
    const found = flatMap(this.#in(piece, 0), (one): readonly Found[] => {
      const isSecret = one.member ? isSecretMember(one.member.holder, one.member.key) : true;
      return isSecret === false ? [] : [{ ...one, isPart: one.isPart || isPart || isSecret === undefined }];
    });
    return found.find((one) => !one.isPart) ?? found[0];
  }

  #in(piece: UnknownPiece, depth: number): readonly Found[] {
    if (piece.state === 'reference') {
      const isSecret = this.#references.isSecret(piece);
      return isSecret === false
        ? []
        : [{ name: `${piece.to}.${piece.attribute!}`, isPart: isSecret === undefined, when: TRUE }];
    }
    // The part of a string for a dynamic reference has the origin of the string, in which something else can be secret.
    if (piece.why === 'dynamic-reference' || piece.why === 'secret-reference' || piece.why === 'syntax') return [];
    const { from = formOf(piece) } = piece;
    if (from?.as === 'digest' || depth > MOST_NESTED) return [];
    const found = from ? this.#from(piece.from ?? piece.encodes!, from, depth) : [];
    return found.length > 0 || (from && !isMarkedAlone(piece, from)) ? found : this.#itself(piece);
  }

  #from(key: object, { as, values, key: member }: DerivedFrom, depth: number): readonly Found[] {
    const known = this.#found.get(key);
    if (known) return known;
    this.#found.set(key, []);
    const found = together(flatMap(values, (value) => this.#within(value, depth + 1))).map((one): Found => {
      if (member === undefined) return as === 'part' ? { ...one, isPart: true } : one;
      const name = typeof member === 'number' ? `${one.name}[${member}]` : `${one.name}.${member}`;
      return { ...one, name: one.name === '' ? '' : name, member: { holder: one.name, key: member } };
    });
    this.#found.set(key, found);
    return found;
  }

  #within(value: Value, depth: number): readonly Found[] {
    return flatMap(scalarsIn(value), ({ value: leaf, when }) => {
      const text = decodedText(leaf);
      const pieces: readonly (string | Leaf)[] = text.state === 'template' ? text.pieces : [text];
      return flatMap(pieces, (piece) =>
        typeof piece !== 'string' && (piece.state === 'reference' || piece.state === 'unknown')
          ? this.#in(piece, depth).map((one) => ({ ...one, when: bothTruths(one.when, when) }))
          : [],
      );
    });
  }

  /** What a value is by itself: marked as secret, or computed from something that is stored as one. */
  #itself({ origin, why, input, refs }: Unknown): readonly Found[] {
    const { namesSecret, canHaveSecret } = this.#references;
    if (isMarked(origin)) {
      const name = input?.slice(input.lastIndexOf('#') + 1) ?? '';
      // What is computed from a secret can be something else.
      return namesSecret(name) ? [{ name, isPart: why === 'function', when: TRUE }] : [];
    }
    const name = refs.find((ref) => canHaveSecret(ref));
    return name === undefined ? [] : [{ name, isPart: true, when: TRUE }];
  }
}

/** Each secret once, because expressions can repeat it many times. */
function together(found: readonly Found[]): readonly Found[] {
  if (found.length < 2) return found;
  const distinct = new Map<string, Found>();
  for (const one of found) {
    const key = JSON.stringify([one.name, one.isPart, one.member]);
    const same = distinct.get(key);
    if (!same) distinct.set(key, one);
    else if (same.when !== TRUE)
      distinct.set(key, { ...same, when: one.when === TRUE ? TRUE : eitherTruth(same.when, one.when) });
  }
  return [...distinct.values()];
}

/** What an encoded string is made from. */
function formOf({ encodes }: Unknown): DerivedFrom | undefined {
  return encodes && { as: 'form', values: [encodes] };
}

/** Whether a value is marked as secret although nothing is that it is made from. */
function isMarkedAlone({ origin }: Unknown, { values }: DerivedFrom): boolean {
  return isMarked(origin) && !values.some((value) => scalarsIn(value).some(({ value: leaf }) => isMarked(leaf.origin)));
}
