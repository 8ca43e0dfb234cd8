/** What Terraform converts a value to, and what values it refuses to convert. */
import type { UnknownPiece, Leaf } from '../../../model/value.ts';

/** A boolean, or a text that Terraform converts to one. */
export function terraformBoolean(leaf: Leaf): boolean | undefined {
  if (leaf.state !== 'known' || typeof leaf.value === 'number') return undefined;
  return leaf.raw === 'true' ? true : leaf.raw === 'false' ? false : undefined;
}

/** A number, or a text that Terraform converts to one. */
export function asNumber(leaf: Leaf): number | undefined {
  if (leaf.state !== 'known') return undefined;
  if (typeof leaf.value === 'number') return leaf.value;
  return typeof leaf.value === 'string' && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(leaf.raw)
    ? Number(leaf.raw)
    : undefined;
}

/** A text or what Terraform converts to one, in pieces. */
export function piecesOf(leaf: Leaf | undefined): readonly (string | UnknownPiece)[] | undefined {
  switch (leaf?.state) {
    case 'known':
      return leaf.value === null ? undefined : [terraformText(leaf)!];
    case 'template':
      return leaf.pieces;
    case 'reference':
    case 'unknown':
      return [leaf];
    default:
      return undefined;
  }
}

/** A text that is known, or what Terraform converts to one: a number is written without needless digits. */
export function terraformText(leaf: Leaf | undefined): string | undefined {
  if (leaf?.state !== 'known' || leaf.value === null) return undefined;
  if (typeof leaf.value !== 'number') return leaf.raw;
  const short = String(leaf.value);
  return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(short) ? short : leaf.raw;
}

/** A whole number that is known. */
export function integerOf(leaf: Leaf | undefined): number | undefined {
  const number = leaf && asNumber(leaf);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Whether a value is one that Terraform refuses: it leads nowhere. */
export function isError(leaf: Leaf): boolean {
  if (leaf.state === 'template') return leaf.pieces.some((piece) => typeof piece !== 'string' && isError(piece));
  return (leaf.state === 'absent' && !leaf.open) || (leaf.state === 'unknown' && leaf.why === 'syntax');
}

/** Whether a list or object represents its JSON string. */
export function isEncoded(leaf: Leaf): boolean {
  return (
    (leaf.state === 'object' || leaf.state === 'list') &&
    leaf.origin.steps.some(({ what, name }) => what === 'function' && name === 'jsonencode')
  );
}
