/** The sections of a template by what depends on them. */
import type { Node, Pair, Tree } from '../../syntax/tree.ts';

/** The sections with entries that other texts name. */
export type EntrySection = 'Parameters' | 'Conditions' | 'Mappings';

/** The sections that no value depends on. */
const WITHOUT_VALUES: ReadonlySet<string> = new Set(['AWSTemplateFormatVersion', 'Description', 'Metadata']);

export interface ContentSections {
  /** The resources by logical ID. */
  readonly resources: ReadonlyMap<string, Pair>;
  readonly entries: readonly { readonly section: EntrySection; readonly pair: Pair }[];
  readonly outputs: Pair | undefined;
  /** Globals, whose entries are parts of their own. */
  readonly globals: Pair | undefined;
  /** The sections that everything can depend on. */
  readonly others: readonly Pair[];
}

/**
 * The sections of a template. Undefined if the text is not one template, or if sections or resources have the same
 * name.
 */
export function contentSections({ roots }: Tree): ContentSections | undefined {
  const [root] = roots;
  if (root?.kind !== 'map' || roots.length > 1) return undefined;
  const byName = new Map(root.pairs.map((pair) => [pair.name, pair]));
  const list = plainPairs(byName.get('Resources')?.value);
  const resources = new Map(list?.map((pair) => [pair.name, pair]));
  if (byName.size !== root.pairs.length || !list || resources.size !== list.length) return undefined;
  const entries: { readonly section: EntrySection; readonly pair: Pair }[] = [];
  const others: Pair[] = [];
  for (const pair of root.pairs) {
    const { name } = pair;
    if (name === 'Resources' || name === 'Outputs' || WITHOUT_VALUES.has(name)) continue;
    if (name === 'Globals' && plainPairs(pair.value)) continue;
    const own = isEntrySection(name) ? plainPairs(pair.value) : undefined;
    if (own) for (const one of own) entries.push({ section: name as EntrySection, pair: one });
    else others.push(pair);
  }
  return { resources, entries, outputs: byName.get('Outputs'), globals: byName.get('Globals'), others };
}

function isEntrySection(name: string): name is EntrySection {
  return name === 'Parameters' || name === 'Conditions' || name === 'Mappings';
}

/** The entries of a literal map. */
function plainPairs(node: Node | undefined): readonly Pair[] | undefined {
  return node?.kind === 'map' && !node.tag && !node.anchor ? node.pairs : undefined;
}
