/** Whether values are equal. */
import type { Known, Leaf, TemplateString } from '../../../model/value.ts';
import { asNumber } from './conversions.ts';

/**
 * Whether two values are equal. Terraform compares without conversion, so that `"1" == 1` is false; yet a value takes
 * the type that its variable or attribute declares, which is not seen here. So values whose texts or numbers agree
 * while their types differ are not decided, and neither are lists and objects.
 */
export function equalLeaves(a: Leaf, b: Leaf): boolean | undefined {
  if (a.state === 'known' && b.state === 'known') return equalScalars(a, b);
  if (a.state === 'template' && b.state === 'template') return canMeet(a, b) ? undefined : false;
  const [scalar, other] = a.state === 'known' ? [a, b] : [b, a];
  if (scalar.state !== 'known') return undefined;
  // Of the values of a variable, those that are none of the ones that are distinguished.
  if (other.state === 'unknown')
    return typeof scalar.value === 'string' && other.admits?.(scalar.raw) === false ? false : undefined;
  if (scalar.value === null)
    return other.state === 'list' || other.state === 'object' || other.state === 'template' ? false : undefined;
  return other.state === 'template' && typeof scalar.value === 'string' && !canBe(other, scalar.raw)
    ? false
    : undefined;
}

function equalScalars(a: Known, b: Known): boolean | undefined {
  if (a.value === null || b.value === null) return a.value === b.value;
  if (typeof a.value === typeof b.value) return a.value === b.value;
  const [m, n] = [asNumber(a), asNumber(b)];
  return a.raw === b.raw || (m !== undefined && m === n) ? undefined : false;
}

/** Whether a template string can resolve to a text: its literal parts occur in the text in order, without overlap. */
export function canBe({ pieces }: TemplateString, whole: string): boolean {
  const first = typeof pieces[0] === 'string' ? pieces[0] : '';
  const last = pieces.length > 1 && typeof pieces.at(-1) === 'string' ? (pieces.at(-1) as string) : '';
  if (!whole.startsWith(first) || !whole.endsWith(last) || first.length + last.length > whole.length) return false;
  const end = whole.length - last.length;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    if (typeof piece !== 'string') continue;
    const at = whole.indexOf(piece, from);
    if (at < 0 || at + piece.length > end) return false;
    from = at + piece.length;
  }
  return true;
}

/** Whether two template strings can be the same, by how they begin and end. */
function canMeet(a: TemplateString, b: TemplateString): boolean {
  const ends = (at: number): readonly string[] =>
    [a, b].map(({ pieces }) => pieces.at(at)).map((piece) => (typeof piece === 'string' ? piece : ''));
  const [first = '', other = ''] = ends(0);
  const [last = '', otherLast = ''] = ends(-1);
  return (first.startsWith(other) || other.startsWith(first)) && (last.endsWith(otherLast) || otherLast.endsWith(last));
}
