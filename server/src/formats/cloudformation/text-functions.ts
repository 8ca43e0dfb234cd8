/** The intrinsic functions that return strings. */
import { flatMap } from '../../base/flat-map.ts';
import { leaves, mapLeaves, unknown } from '../../model/navigate.ts';
import { secrecyOf } from '../../model/secrecy.ts';
import type { Element, Known, Member, Value } from '../../model/value.ts';
import { jsonOf } from '../located.ts';
import { MAX_VALUE_DEPTH } from '../plain.ts';
import { concatenated, type TextPiece } from '../text.ts';
import type { FunctionCall } from './function-call.ts';
import { refsWithin } from './refs-of.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-base64.html */
export function base64({ template, call, node, origin, edit }: FunctionCall): Value {
  const text = call.short ? template.evaluateUntagged(node, edit) : template.evaluate(call.argument, undefined, edit);
  return mapLeaves(text, (leaf) => {
    const at = { ...origin, edit: 'none', ...secrecyOf([leaf.origin]) } as const;
    if (leaf.state !== 'known' || leaf.value === null)
      return unknown(at, 'function', refsWithin(leaf), leaf.state === 'template' ? { encodes: leaf } : undefined);
    if (leaf.raw.length > LONGEST_ENCODED) return unknown(at, 'budget');
    const encoded = encode(leaf.raw);
    return { state: 'known', origin: at, raw: encoded, quoted: true, value: encoded, encodes: leaf } satisfies Known;
  });
}

/** The maximum length of a string to encode. Repeated encoding grows without limit. */
const LONGEST_ENCODED = 1_000_000;

function encode(text: string): string {
  return btoa([...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join(''));
}

/** The maximum number of values in one string. Larger ones are unknown. */
const MOST_VALUES = 2000;

/**
 * An object or list as a JSON string. The string remembers its source, so that it is not parsed again.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ToJsonString.html
 */
export function toJsonString({ template, call, node, origin, edit }: FunctionCall): Value {
  const whole = call.short ? template.evaluateUntagged(node, edit) : template.evaluate(call.argument, undefined, edit);
  return mapLeaves(whole, (leaf) => {
    if (leaf.state !== 'object' && leaf.state !== 'list')
      return unknown({ ...origin, edit: 'none' }, 'function', refsWithin(leaf));
    const writing = { left: MOST_VALUES };
    const pieces = jsonPieces(leaf, writing, 0);
    const text =
      writing.left < 0 || !pieces
        ? unknown({ ...origin, edit: 'none' }, 'function', refsWithin(leaf))
        : concatenated({ ...origin, edit: 'none' }, pieces);
    return mapLeaves(text, (made) => jsonOf(made, () => leaf));
  });
}

function jsonPieces(value: Value, writing: { left: number }, depth: number): readonly TextPiece[] | undefined {
  if (--writing.left < 0 || depth > MAX_VALUE_DEPTH) return undefined;
  switch (value.state) {
    case 'known':
      return [{ ...value, raw: JSON.stringify(value.value), value: JSON.stringify(value.value), quoted: true }];
    case 'choice':
      return [
        mapLeaves(value, (leaf) =>
          leaf.state === 'known'
            ? { ...leaf, raw: JSON.stringify(leaf.value), value: JSON.stringify(leaf.value), quoted: true }
            : unknown(leaf.origin, 'function', refsWithin(leaf)),
        ),
      ];
    // The pieces remain one string, which keeps the mark for secrets.
    case 'template':
      return [
        {
          ...value,
          pieces: [
            '"',
            ...value.pieces.map((piece) => (typeof piece === 'string' ? JSON.stringify(piece).slice(1, -1) : piece)),
            '"',
          ],
        },
      ];
    case 'reference':
    case 'unknown':
      return ['"', value, '"'];
    case 'absent':
      return undefined;
    case 'list':
      return value.open || value.items.some(isOptional)
        ? undefined
        : enclosed(
            '[',
            value.items
              .filter((item) => item.value.state !== 'absent')
              .map((item) => jsonPieces(item.value, writing, depth + 1)),
            ']',
          );
    case 'object':
      return value.open || value.entries.some(isOptional)
        ? undefined
        : enclosed(
            '{',
            value.entries
              .filter((entry) => entry.value.state !== 'absent')
              .map((entry) => {
                const inner = jsonPieces(entry.value, writing, depth + 1);
                return inner && [`${JSON.stringify(entry.key)}:`, ...inner];
              }),
            '}',
          );
  }
}

/** Whether a part exists in some scenarios only, so that the string differs. */
function isOptional({ value, when }: Member | Element): boolean {
  return (
    !when.yes.isAlways() ||
    (value.state === 'choice' && leaves(value).some(({ value: leaf }) => leaf.state === 'absent'))
  );
}

function enclosed(
  open: string,
  parts: readonly (readonly TextPiece[] | undefined)[],
  close: string,
): readonly TextPiece[] | undefined {
  if (parts.includes(undefined)) return undefined;
  return [open, ...flatMap(parts, (part, index) => (index > 0 ? [',', ...part!] : part!)), close];
}
