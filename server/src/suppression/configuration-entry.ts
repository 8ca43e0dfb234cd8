/** Entries of `suppressions` in `.stackwarden.yaml`. */
import { lineEndOf } from '../fixes/lines.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { resolved, valueOf, type Tree } from '../syntax/tree.ts';
import type { NewNode } from '../syntax/tree-edit.ts';
import {
  REASON,
  REASON_VALUE,
  writtenEdit,
  type RefusedSuppression,
  type SuppressionEdit,
} from './suppression-edit.ts';

/** What an entry accepts. */
export interface ConfigurationEntry {
  readonly rule: string;
  /** Relative to the configuration file, in the syntax of `.gitignore`. */
  readonly paths?: readonly string[];
  /** Logical IDs or addresses. */
  readonly resources?: readonly string[];
  /** A value, or its hash. */
  readonly value?: string;
}

/**
 * The edit that adds an entry to a configuration file, in its style. For a file that does not exist the tree is that of
 * an empty text.
 */
export function configurationEntry(tree: Tree, entry: ConfigurationEntry): SuppressionEdit | RefusedSuppression {
  const { rule, paths = [], resources = [], value } = entry;
  const node: NewNode = {
    rules: [rule],
    ...(paths.length > 0 ? { paths } : {}),
    ...(resources.length > 0 ? { resources } : {}),
    ...(value === undefined ? {} : { value }),
    reason: REASON_VALUE,
  };
  const root = tree.roots[0];
  if (!root || (root.kind === 'scalar' && root.empty)) return atEnd(tree, node);
  if (root.kind !== 'map' || tree.roots.length > 1) return { refused: 'The configuration is not a mapping.' };
  const existing = resolved(valueOf(root, 'suppressions'));
  if (existing?.kind === 'list')
    return writtenEdit(tree, { tree, op: 'insertItem', list: existing, index: existing.items.length, value: node });
  if (existing && !(existing.kind === 'scalar' && existing.empty))
    return { refused: 'The suppressions of the configuration are not a list.' };
  return writtenEdit(tree, { tree, op: 'set', at: root, path: ['suppressions'], value: [node] });
}

/** The first setting of a file, below its comments. */
function atEnd({ doc, text }: Tree, node: NewNode): SuppressionEdit | RefusedSuppression {
  const before = `${text === '' || /[\r\n]$/.test(text) ? '' : lineEndOf(text)}suppressions:${lineEndOf(text)}`;
  const blank = parseYaml(doc, before);
  const written = writtenEdit(blank, {
    tree: blank,
    op: 'set',
    at: blank.roots[0]!,
    path: ['suppressions'],
    value: [node],
  });
  if ('refused' in written) return written;
  const start = written.range.start + written.reason!.start;
  return {
    range: { start: text.length, end: text.length },
    newText: before.slice(0, written.range.start) + written.newText + before.slice(written.range.end),
    reason: { start, end: start + REASON.length },
  };
}
