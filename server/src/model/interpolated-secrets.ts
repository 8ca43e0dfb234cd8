/** Secrets that are not written in a string, but become part of it. */
import { flatMap } from '../base/flat-map.ts';
import { sameSpan, type Span } from '../base/span.ts';
import { decodedText } from './decoded.ts';
import { all, judge, UNKNOWABLE, type Judgement } from './judgement.ts';
import { leaves } from './navigate.ts';
import type { Address, Leaf, Origin, Reference, UnknownPiece, Value } from './value.ts';

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
  isSecret(reference: Reference): boolean;
  /** Whether what a parameter or variable provides is a secret, if it is marked as secret. */
  namesSecret(input: string): boolean;
  /** Whether a value that is computed from something can be a secret, or something else that is stored with it. */
  canHaveSecret(address: Address): boolean;
}

/**
 * The secrets that are interpolated into a string, which can be encoded in Base64: what is marked as secret, and
 * attributes. A string that is a secret as a whole is none of them.
 */
export function interpolatedSecrets(value: Value, references: SecretReferences): readonly InterpolatedSecret[] {
  return flatMap(leaves(value), ({ value: leaf }) => {
    const text = decodedText(leaf);
    if (text.state !== 'template') return [];
    return flatMap(text.pieces, (piece) => {
      const secret = typeof piece === 'string' ? undefined : secretIn(piece, references);
      if (typeof piece === 'string' || !secret) return [];
      const there = judge(value, (one) => one === leaf || isWithDefault(one, leaf));
      return [{ name: secret.name, at: piece, there: secret.isPart ? all(there, UNKNOWABLE) : there }];
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

interface Found {
  readonly name: string;
  /** Whether it is computed from a secret, so that it can also be something else, such as the name of a user. */
  readonly isPart: boolean;
}

function secretIn(piece: UnknownPiece, { isSecret, namesSecret, canHaveSecret }: SecretReferences): Found | undefined {
  if (piece.state === 'reference')
    return isSecret(piece) ? { name: `${piece.to}.${piece.attribute!}`, isPart: false } : undefined;
  // The part of a string for a dynamic reference has the origin of the string, in which something else can be secret.
  if (piece.why === 'dynamic-reference' || piece.why === 'secret-reference') return undefined;
  if (isMarked(piece.origin)) {
    const name = piece.input?.slice(piece.input.lastIndexOf('#') + 1) ?? '';
    // The result of a function can be a length, or whether there is a secret.
    const isPart = piece.why === 'function' && piece.encodes === undefined;
    return namesSecret(name) ? { name, isPart } : undefined;
  }
  const name = piece.refs.find((ref) => canHaveSecret(ref));
  return name === undefined ? undefined : { name, isPart: true };
}
