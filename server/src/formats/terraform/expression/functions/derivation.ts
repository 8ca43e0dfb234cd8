/** What the result of a function has of its arguments, if it is not known itself. */
import { leaves, mapLeaves } from '../../../../model/navigate.ts';
import type { DerivedFrom, Value } from '../../../../model/value.ts';

interface Derivation {
  readonly as: DerivedFrom['as'];
  /** The first argument that is in the result, and how many; by default all. */
  readonly first?: number;
  readonly count?: number;
}

const FIRST: Derivation = { as: 'form', first: 0, count: 1 };
const AFTER_FIRST: Derivation = { as: 'form', first: 1 };
const PART: Derivation = { as: 'part' };
const PART_OF_FIRST: Derivation = { as: 'part', first: 0, count: 1 };
const DIGEST: Derivation = { as: 'digest', count: 0 };

/**
 * Functions by what is in their result. A digest cannot be turned back into a secret that is long enough, and a length
 * or a comparison does not show it. https://developer.hashicorp.com/terraform/language/functions
 */
const DERIVATIONS: ReadonlyMap<string, Derivation> = new Map([
  ...derived(
    FIRST,
    'base64decode base64encode base64gzip chomp csvdecode jsondecode jsonencode lower replace strrev textdecodebase64',
    'textencodebase64 title tostring trim trimprefix trimspace trimsuffix upper urlencode yamldecode yamlencode',
  ),
  ...derived(AFTER_FIRST, 'indent join'),
  ...derived({ as: 'form' }, 'format formatlist'),
  ...derived(PART_OF_FIRST, 'element one regex regexall slice split substr values'),
  ...derived(PART, 'coalesce coalescelist concat flatten lookup merge try zipmap'),
  // The template can leave variables out.
  ...derived({ as: 'part', first: 1 }, 'templatefile templatestring'),
  ...derived(
    DIGEST,
    'alltrue anytrue base64sha256 base64sha512 bcrypt can contains endswith issensitive keys length md5 sha1 sha256 sha512',
    'startswith strcontains uuidv5',
  ),
]);

function derived(how: Derivation, ...names: readonly string[]): readonly (readonly [string, Derivation])[] {
  return names
    .join(' ')
    .split(' ')
    .map((name) => [name, how] as const);
}

/** The result of a call, with what it is made from where it is not known. */
export function madeFrom(name: string, args: readonly Value[], result: Value): Value {
  const how = DERIVATIONS.get(name.replace(/^core::/, ''));
  if (!how || !leaves(result).some(({ value }) => isDerived(value))) return result;
  const { as, first = 0, count } = how;
  const from: DerivedFrom = { as, values: args.slice(first, count === undefined ? undefined : first + count) };
  return mapLeaves(result, (leaf) => (isDerived(leaf) ? { ...leaf, from } : leaf));
}

/** Whether a value is a result that is not known. An argument that is returned as it is has its own reason. */
function isDerived(value: Value): boolean {
  return value.state === 'unknown' && (value.why === 'function' || value.why === 'file') && value.from === undefined;
}
