/**
 * The versions of the AWS provider that a configuration allows. The lock file with the selected version is not read.
 * https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
import { flatMap } from '../../base/flat-map.ts';
import { valueOf, type MapNode, type Node, type Tree } from '../../syntax/tree.ts';
import { labelsOf, objectsOf, under } from './bodies.ts';

export interface ProviderVersions {
  /** The lowest allowed major version; undefined if the configuration does not restrict it. */
  readonly lowest?: number;
  /** The highest allowed major version; undefined without an upper limit. */
  readonly highest?: number;
}

/** The versions that all constraints of a configuration allow; none if they conflict. */
export function awsProviderOf(trees: readonly Tree[]): ProviderVersions {
  const bounds = flatMap(
    flatMap(
      flatMap(trees, (tree) => constraintsIn(tree.roots[0])),
      (text) => text.split(','),
    ),
    (one) => boundsOf(one.trim()),
  );
  const lowest = flatMap(bounds, (bound) => bound.lowest ?? []).reduce<number | undefined>(
    (most, one) => Math.max(most ?? one, one),
    undefined,
  );
  const highest = flatMap(bounds, (bound) => bound.highest ?? []).reduce<number | undefined>(
    (least, one) => Math.min(least ?? one, one),
    undefined,
  );
  if (lowest !== undefined && highest !== undefined && lowest > highest) return {};
  return { ...(lowest === undefined ? {} : { lowest }), ...(highest === undefined ? {} : { highest }) };
}

/** `terraform.required_providers`, and the legacy `version` argument of a `provider` block. */
function constraintsIn(root: Node | undefined): readonly string[] {
  const required = flatMap(
    flatMap(under(root, 'terraform'), (block) => under(block, 'required_providers')),
    labelsOf,
  ).filter(({ name, value }) => isAws(name, value));
  const configured = flatMap(
    flatMap(under(root, 'provider'), (block) => under(block, 'aws')),
    objectsOf,
  );
  return [
    ...flatMap(required, ({ value }) =>
      value.kind === 'scalar' ? [value.value] : flatMap(objectsOf(value), versionOf),
    ),
    ...flatMap(configured, versionOf),
  ];
}

/** Whether a required provider is the AWS provider, by its source, or by its name without one. */
function isAws(name: string, value: Node): boolean {
  const source = objectsOf(value)
    .map((one) => valueOf(one, 'source'))
    .find((one) => one?.kind === 'scalar');
  return source ? /(?:^|\/)hashicorp\/aws$/.test(source.value) : name === 'aws';
}

function versionOf(map: MapNode): readonly string[] {
  const version = valueOf(map, 'version');
  return version?.kind === 'scalar' ? [version.value] : [];
}

/** The major versions that one constraint allows; undefined if it cannot be parsed or only excludes a version. */
function boundsOf(constraint: string): readonly ProviderVersions[] {
  const found = /^(=|>=?|<=?|~>|)\s*v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:[-+][\w.+-]*)?$/.exec(constraint);
  if (!found) return [];
  const major = Number(found[2]);
  switch (found[1]) {
    case '>':
    case '>=':
      return [{ lowest: major }];
    case '<=':
      return [{ highest: major }];
    case '<':
      return [{ highest: Number(found[3] ?? 0) === 0 && Number(found[4] ?? 0) === 0 ? major - 1 : major }];
    // The rightmost specified number can increase.
    case '~>':
      return [found[3] === undefined ? { lowest: major } : { lowest: major, highest: major }];
    default:
      return [{ lowest: major, highest: major }];
  }
}
