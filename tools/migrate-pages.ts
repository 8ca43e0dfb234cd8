/**
 * The pages about migrating from other tools, `docs/migrate/`: the texts in `tools/generate/migrate/` with tables of
 * the IDs that are aliases of rules. `docs/coverage.md` also has those without a rule.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { groupedBy } from '../server/src/base/groups.ts';
import type { Peer } from '../server/src/model/covered.ts';
import type { AnyRule } from '../server/src/rules/rule.ts';

export const MIGRATE_FOLDER = fileURLToPath(new URL('../docs/migrate/', import.meta.url));

const TEXTS = fileURLToPath(new URL('generate/migrate/', import.meta.url));

/** The tool whose IDs a page lists. */
const TOOLS: Readonly<Record<string, Peer>> = {
  'checkov.md': 'checkov',
  'trivy.md': 'trivy',
  'cfn-nag.md': 'cfn_nag',
  'guard.md': 'guard',
};

const IDS = '%IDS%';

/** The text of each page by its file name. `note` states that the page is generated. */
export function migratePages(rules: readonly AnyRule[], note: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(TEXTS).map((name) => {
      const text = readFileSync(TEXTS + name, 'utf8');
      const tool = TOOLS[name];
      if (text.includes(IDS) !== (tool !== undefined)) throw new Error(`tools/generate/migrate/${name}: ${IDS}`);
      return [name, `${note}\n${tool ? text.replace(IDS, table(tool, rules)) : text}`];
    }),
  );
}

/** The IDs of a tool with the rules that have them as aliases. */
function table(tool: Peer, rules: readonly AnyRule[]): string {
  const pairs = rules.flatMap((rule) => (rule.aliases[tool] ?? []).map((id) => ({ id, rule: rule.id })));
  const rows = [...groupedBy(pairs, ({ id }) => id)]
    .toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([id, all]) => `| \`${id}\` | ${all.map(({ rule }) => `[${rule}](../rules/${rule}.md)`).join(', ')} |`);
  return [
    'These have a rule. [Checks of other tools](../coverage.md) also lists those without one.',
    '',
    '| ID | rule |',
    '|---|---|',
    ...rows,
  ].join('\n');
}
