import { valueOf, type MapNode } from '../../syntax/tree.ts';

/**
 * The major version of what `terraform show -json` prints: a new one may mean something else.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
export function majorVersionOf(root: MapNode): number {
  const version = valueOf(root, 'format_version');
  return version?.kind === 'scalar' ? Number(version.value.split('.')[0]) : 0;
}

/** The highest major version that is read. */
export const MAJOR_VERSION = 1;
