/** The keys of cached results: hashes of everything that a result depends on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FIXTURES, fixturePaths, ruleOfFixture } from '../../test/kit/fixtures.ts';
import { bareCases } from '../bare-resources.ts';
import { CONFIGURATION_SCHEMA_FILE } from '../configuration-schema.ts';
import { INDEX_FILE, ruleId, rulePaths, RULES_FOLDER } from '../rule-index.ts';
import { hashOf, hashOfFolder, ModuleHashes, type Modules, type ReadContent } from './dependencies.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The modules that make the page of a rule, and the findings of a minimal resource. */
const PAGE = join(ROOT, 'tools/rule-page.ts');
const BARE = join(ROOT, 'tools/bare-resources.ts');

/** The key of the page of each rule, by its id, and of the findings of each minimal resource, by its name. */
export function resultKeys(
  modules: Modules,
  read: ReadContent = (path) => readFileSync(path),
): ReadonlyMap<string, string> {
  const data = hashOf(
    process.version,
    // This schema is generated from the rules, and no page is made from it.
    hashOfFolder(join(ROOT, 'schemas'), read, [CONFIGURATION_SCHEMA_FILE]),
    read(join(ROOT, 'package-lock.json')),
  );
  // Only one rule analyzes the cases of its fixture, so the other rules do not change its page.
  const each = new ModuleHashes(modules, read, [join(INDEX_FILE)]);
  const page = each.of(PAGE);
  const ofPage = each.reachedBy(PAGE);
  const fixtures = new Map(fixturePaths().map((path) => [ruleOfFixture(path), read(join(FIXTURES, path))]));
  const bare = hashOf(data, new ModuleHashes(modules, read).of(BARE));
  return new Map([
    ...rulePaths().map((path): [string, string] => {
      const id = ruleId(path);
      return [id, hashOf(data, page, each.of(join(RULES_FOLDER, path), ofPage), id, fixtures.get(id) ?? '')];
    }),
    ...bareCases().map(({ name, files }): [string, string] => [name, hashOf(bare, name, files[0]!.text)]),
  ]);
}
