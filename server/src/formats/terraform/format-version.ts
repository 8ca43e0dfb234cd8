import { valueOf, type MapNode } from '../../syntax/tree.ts';

/**
 * The major version of the `terraform show -json` format. A new major version can change its meaning.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
export function majorVersionOf(root: MapNode): number {
  const version = valueOf(root, 'format_version');
  return version?.kind === 'scalar' ? Number(version.value.split('.')[0]) : 0;
}

/** The highest supported major version. */
export const MAJOR_VERSION = 1;
