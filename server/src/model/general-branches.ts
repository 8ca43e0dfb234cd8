/**
 * The branches of a value without compared literals. If a document compares a parameter with a literal, each value that
 * is made from the parameter has a branch for the literal, and a general branch for any other value. Fingerprints must
 * not depend on such comparisons elsewhere in the document.
 */
import { flatMap } from '../base/flat-map.ts';
import { Guard, OTHER } from '../base/guard.ts';
import { memoize } from '../base/memoize.ts';
import type { Branch, UnknownPiece, Value } from './value.ts';

/**
 * The branches without those that equal a general branch with a compared literal in place of a parameter. A branch that
 * differs in anything else is kept.
 */
export function generalBranches<B extends Branch>(branches: readonly B[]): readonly B[] {
  const general = generalIn(branches);
  return general.length === 0 ? branches : branches.filter((branch) => !generalFor(branch, general));
}

/** The general branch of a branch: itself, or the one with a parameter in place of a compared literal. */
export function generalBranch<B extends Branch>(branch: B, branches: readonly B[]): B {
  const general = generalIn(branches);
  let last = branch;
  for (let next: B | undefined = branch; next; next = generalFor(next, general)) last = next;
  return last;
}

function generalIn<B extends Branch>(branches: readonly B[]): readonly General<B>[] {
  return branches.length < 2 ? [] : flatMap(branches, (branch) => generalOf(branch) ?? []);
}

function generalFor<B extends Branch>(branch: B, general: readonly General<B>[]): B | undefined {
  const compared = general.length === 0 ? undefined : comparedIn(branch.guard);
  return compared?.size ? general.find((other) => isInstance(branch, compared, other))?.branch : undefined;
}

/** A literal that a parameter is compared with, and the parameter's name and other values. */
interface ComparedValue {
  readonly name: string;
  readonly text: string;
  readonly others: Guard;
}

/** The literals that parameters have in the scenarios of a guard, by the IDs of the parameters. A default is none. */
const comparedIn = memoize((guard: Guard): ReadonlyMap<string, ComparedValue> => {
  const found = new Map<string, ComparedValue>();
  for (const variable of guard.variables()) {
    const { id, name, domain, preferred } = variable;
    if (domain.at(-1) !== OTHER) continue;
    const index = domain.findIndex((_, i) => guard.coveredBy(Guard.of(variable, [i])));
    if (index < 0 || index === preferred || domain[index] === OTHER) continue;
    found.set(id, { name, text: domain[index]!, others: Guard.of(variable, [domain.length - 1]) });
  }
  return found;
});

/** A branch with parts that are not known. */
interface General<B extends Branch = Branch> {
  readonly branch: B;
  readonly pieces: readonly Piece[];
}

type Piece = string | UnknownPiece;

function generalOf<B extends Branch>(branch: B): General<B> | undefined {
  const pieces = piecesOf(branch.value);
  return pieces?.some((piece) => typeof piece !== 'string') ? { branch, pieces } : undefined;
}

/** Whether a branch is another one in which parameters have the values that they are compared with. */
function isInstance({ guard, value }: Branch, compared: ReadonlyMap<string, ComparedValue>, general: General): boolean {
  const { branch, pieces } = general;
  // So no two branches are each other.
  if (comparedIn(branch.guard).size >= compared.size) return false;
  const only = pieces.length === 1 ? compared.get(inputOf(pieces[0]!)) : undefined;
  // Its literal can be a list, and the domain does not show a hidden one.
  if (only && value.origin.steps.some(({ what, name }) => what === 'allowed' && name === only.name)) return true;
  const own = piecesOf(value);
  if (!own) return false;
  // The result of a function of a parameter can be anything. A value that a condition selects is not made from one.
  const isComputed =
    !guard.reached().satisfiable() && [...compared.values()].some(({ others }) => branch.guard.coveredBy(others));
  const parts = [''];
  let isFilled = false;
  for (const piece of pieces) {
    const literal = compared.get(inputOf(piece));
    isFilled ||= literal !== undefined;
    // The domain does not show a hidden literal.
    if (isComputed && (literal ? value.origin.secret : isResult(piece))) parts.push('');
    else parts[parts.length - 1] += literal?.text ?? textOf(piece);
  }
  return (isFilled || parts.length > 1) && matches(own.map(textOf).join(''), parts);
}

function piecesOf(value: Value): readonly Piece[] | undefined {
  switch (value.state) {
    case 'known':
      return value.value === null ? undefined : [value.raw];
    case 'template':
      return value.pieces;
    case 'unknown':
    case 'reference':
      return [value];
    default:
      return undefined;
  }
}

function inputOf(piece: Piece): string {
  return typeof piece !== 'string' && piece.state === 'unknown' ? (piece.input ?? '') : '';
}

/** Whether a piece is the result of a function that is not known. */
function isResult(piece: Piece): boolean {
  return typeof piece !== 'string' && piece.state === 'unknown' && piece.input === undefined;
}

/** A text that is equal for equal pieces. */
function textOf(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  return piece.state === 'reference'
    ? `\u0000${piece.to}.${piece.attribute ?? ''}\u0000`
    : `\u0000${piece.input ?? piece.expression ?? piece.refs.join(' ')}\u0000`;
}

/** Whether a text has parts in this order, and anything between them. */
function matches(text: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (const part of others) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= text.length - last.length;
}
