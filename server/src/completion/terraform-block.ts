/** Blocks of Terraform's `aws_iam_policy_document`, and the data sources for account, Region and partition. */
import { flatMap } from '../base/flat-map.ts';
import { MARK } from './typing.ts';
import { nodesAround, type MapNode, type Node, type Tree } from '../syntax/tree.ts';
import type { OwnNames } from './write.ts';

/** A block whose argument or value is being typed. */
export interface TypedBlock {
  /** `statement`, `condition`, `principals`; `aws_iam_policy_document` for the body of the data source. */
  readonly name: string;
  /** The existing arguments of the block. */
  readonly has: readonly string[];
}

/** The block around the mark in the tree of its document; undefined outside of policy documents. */
export function blockAround(tree: Tree): TypedBlock | undefined {
  const at = tree.text.indexOf(MARK);
  const around = at < 0 ? [] : nodesAround(tree, { start: at, end: at + MARK.length });
  const names = flatMap(around, (node, index) =>
    node.kind === 'map'
      ? (node.pairs.find(({ key, value }) => value === around[index + 1] || key === around[index + 1])?.name ?? [])
      : [],
  );
  if (names[0] !== 'data' || names[1] !== 'aws_iam_policy_document' || names.length < 4) return undefined;
  const map = around.findLast((node): node is MapNode => node.kind === 'map');
  // The last name is the argument; those of the data source have three.
  const blocks = names.slice(3, -1).filter((name) => name !== 'dynamic' && name !== 'content');
  return {
    name: blocks.at(-1) ?? 'aws_iam_policy_document',
    has: (map?.pairs ?? []).map(({ name }) => name).filter((name) => !name.includes(MARK)),
  };
}

/** The types of the data sources for partition, Region and account. */
export const OWN_DATA = { partition: 'aws_partition', region: 'aws_region', account: 'aws_caller_identity' } as const;

/** The data sources for partition, Region and account, with the attribute that returns the value. */
export function ownDataSources(tree: Tree): OwnNames {
  const sections = valuesOf(tree.roots[0], 'data');
  const first = (type: string, attribute: string): string | undefined => {
    const [name] = flatMap(
      flatMap(sections, (data) => valuesOf(data, type)),
      namesIn,
    );
    return name === undefined ? undefined : `data.${type}.${name}.${attribute}`;
  };
  const [partition, region, account] = [
    first(OWN_DATA.partition, 'partition'),
    first(OWN_DATA.region, 'id'),
    first(OWN_DATA.account, 'account_id'),
  ];
  return {
    ...(partition === undefined ? {} : { partition }),
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  };
}

/** The values of a key, which repeats in HCL: one for each block. */
function valuesOf(node: Node | undefined, key: string): readonly Node[] {
  return node?.kind === 'map' ? flatMap(node.pairs, ({ name, value }) => (name === key ? [value] : [])) : [];
}

function namesIn(node: Node): readonly string[] {
  return node.kind === 'map' ? node.pairs.map(({ name }) => name) : [];
}
