/** Functions that encode and decode strings. */
import { mapLeaves } from '../../../../model/navigate.ts';
import type { Leaf, Origin, Value } from '../../../../model/value.ts';
import { valueOfJson } from '../../../json-text.ts';
import { decodedJson } from '../../../located.ts';
import { boundedText, unworkable } from '../combine.ts';
import { encodedPieces } from '../encoded-text.ts';
import { isEncoded, piecesOf, terraformText } from '../conversions.ts';
import { computedFrom, scalar, withOrigin, withStep } from '../origin.ts';
import { ofLeaves, perLeaf, type TerraformFunction } from './function.ts';
import { valueOfYaml } from './yaml-text.ts';

/** The maximum length of a string to encode or decode. Longer strings are unknown. */
const LONGEST = 100_000;

export const ENCODING_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  base64decode: perLeaf(([leaf], origin) => made(leaf, origin, decoded)),
  base64encode: perLeaf(base64encode),
  base64gzip: perLeaf(([leaf], origin) => leaf && { ...unworkable(origin, [leaf]), encodes: leaf }),
  jsondecode: ofLeaves(jsondecode),
  jsonencode: ([value], origin) => value && jsonencode(value, origin),
  // The same as Go's url.QueryEscape: https://developer.hashicorp.com/terraform/language/functions/urlencode
  urlencode: perLeaf(([leaf], origin) => made(leaf, origin, urlencode)),
  yamldecode: perLeaf(([leaf], origin) => {
    const text = terraformText(leaf);
    return text === undefined || text.length > LONGEST ? undefined : valueOfYaml(text, origin);
  }),
};

/** The string that it encodes is kept, so that rules can read it even if a part of it is unknown. */
export function base64encode([leaf]: readonly Leaf[], origin: Origin): Value | undefined {
  if (!leaf) return undefined;
  const value = made(leaf, origin, (text) => encoded(new TextEncoder().encode(text)));
  if (value) return { ...value, encodes: leaf };
  return leaf.state === 'template' ? { ...unworkable(origin, [leaf]), encodes: leaf } : undefined;
}

function made(leaf: Leaf | undefined, origin: Origin, f: (text: string) => string | undefined): Value | undefined {
  const text = terraformText(leaf);
  const result = text === undefined || text.length > LONGEST ? undefined : f(text);
  return result === undefined ? undefined : scalar(origin, result);
}

/** The value itself, marked as encoded, so that readers of JSON strings use the original value. */
function jsonencode(value: Value, origin: Origin): Value {
  const step = { what: 'function', name: 'jsonencode' } as const;
  return mapLeaves(value, (leaf) => {
    switch (leaf.state) {
      case 'object':
      case 'list':
      case 'unknown':
        return withStep(leaf, step);
      case 'known':
        return scalar(
          computedFrom(origin, [leaf]),
          typeof leaf.value === 'string' ? JSON.stringify(leaf.value) : leaf.raw,
        );
      default: {
        const pieces = encodedPieces(leaf);
        // A reference that can be a list is not its JSON.
        return pieces && pieces.length > 1
          ? boundedText(computedFrom(origin, [leaf]), pieces)
          : unworkable(origin, [leaf]);
      }
    }
  });
}

/** The value of a JSON string. A previously encoded value is restored with its ranges. */
function jsondecode([leaf]: readonly Leaf[], origin: Origin): Value | undefined {
  if (!leaf) return undefined;
  if (isEncoded(leaf))
    return withOrigin(leaf, (own) => ({
      ...own,
      steps: own.steps.filter(({ what, name }) => what !== 'function' || name !== 'jsonencode'),
    }));
  const document = decodedJson(leaf);
  if (document) return document;
  const pieces = leaf.state === 'known' || leaf.state === 'template' ? piecesOf(leaf) : undefined;
  const size = pieces?.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : 1), 0) ?? Infinity;
  return size > LONGEST ? undefined : valueOfJson(pieces!, origin, 'any');
}

/** An unpaired surrogate cannot be encoded. */
function urlencode(text: string): string | undefined {
  if (/\p{Surrogate}/u.test(text)) return undefined;
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** https://www.rfc-editor.org/rfc/rfc4648#section-4 */
function encoded(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = [18, 12, 6, 0].map((shift) => DIGITS[(group >> shift) & 63]!).join('');
    text += i + 2 < bytes.length ? digits : digits.slice(0, bytes.length - i + 1).padEnd(4, '=');
  }
  return text;
}

/** The string of Base64-encoded UTF-8; undefined if it is invalid. */
function decoded(text: string): string | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined;
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 4) {
    const digits = text.slice(i, i + 4).replace(/(?<!=)=+$/, '');
    const group = [...digits.padEnd(4, 'A')].reduce((sum, digit) => (sum << 6) | DIGITS.indexOf(digit), 0);
    bytes.push(...[(group >> 16) & 255, (group >> 8) & 255, group & 255].slice(0, digits.length - 1));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes));
  } catch {
    return undefined;
  }
}
