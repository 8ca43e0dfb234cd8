/**
 * The path of a finding, independent of syntax. It has names only: in IAM policies and Terraform JSON, a list of one
 * item can be the item, short and long forms of functions have the same path, and an item keeps its path if others are
 * added.
 */
export function canonicalPath(path: string): string {
  // Adding an empty map of properties changes nothing.
  return path.replaceAll(/\[\d+\]/g, '').replace(/^Properties(?:\.|$)/, '');
}
