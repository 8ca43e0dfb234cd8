import { TRUE } from '../../base/guard.ts';
import { mapLeaves } from '../../model/navigate.ts';
import type { UnknownPiece, Known, Reference, TemplateString, Value } from '../../model/value.ts';
import { concatenated } from '../text.ts';

export { textOfScalar } from '../../syntax/scalar.ts';

/** Whether a type is a list, whose value is one comma-separated string. */
export function isListType(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

/** Whether the value of a parameter is one string, also where it is stored in Parameter Store. */
export function isSingleType(type: string): boolean {
  return !isListType(/^AWS::SSM::Parameter::Value<(.*)>$/.exec(type)?.[1] ?? type);
}

/**
 * The value of a parameter with a string: for a list type, the items between commas, without surrounding white space.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function typedValue(value: Value, type: string): Value {
  return mapLeaves(value, (leaf) => {
    if (isListType(type) && (leaf.state === 'template' || leaf.state === 'reference')) return listOf(leaf);
    if (leaf.state !== 'known') return leaf;
    const raw = typeof leaf.value === 'boolean' ? String(leaf.value) : leaf.raw;
    if (!isListType(type)) return { ...leaf, raw };
    const items = raw === '' ? [] : raw.split(',').map((part) => part.trim());
    return {
      state: 'list',
      origin: leaf.origin,
      open: false,
      items: items.map((item) => ({
        when: TRUE,
        value: { state: 'known', origin: leaf.origin, raw: item, quoted: true, value: item } satisfies Known,
      })),
    };
  });
}

/**
 * The list of a string with references. A single resource reference contains no comma; any other unknown part can be
 * several items.
 */
function listOf(leaf: TemplateString | Reference): Value {
  const pieces = leaf.state === 'template' ? leaf.pieces : [leaf];
  const parts: (string | UnknownPiece)[][] = [[]];
  for (const piece of pieces) {
    if (typeof piece !== 'string') parts.at(-1)!.push(piece);
    else piece.split(',').forEach((text, index) => (index === 0 ? parts.at(-1)!.push(text) : parts.push([text])));
  }
  const known = parts.filter((part) => part.every((piece) => typeof piece === 'string' || isOne(piece)));
  return {
    state: 'list',
    origin: leaf.origin,
    open: known.length < parts.length,
    items: known.map((part) => ({ when: TRUE, value: concatenated(leaf.origin, trimmed(part)) })),
  };
}

function isOne(unknownPiece: UnknownPiece): boolean {
  return unknownPiece.state === 'reference' && !unknownPiece.attribute?.startsWith('Outputs.');
}

function trimmed(part: readonly (string | UnknownPiece)[]): readonly (string | UnknownPiece)[] {
  return part.map((piece, index) => {
    if (typeof piece !== 'string') return piece;
    const start = index === 0 ? piece.trimStart() : piece;
    return index === part.length - 1 ? start.trimEnd() : start;
  });
}
