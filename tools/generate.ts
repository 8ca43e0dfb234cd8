/**
 * Writes all files that are generated from the rules: `npm run generate`. Findings are cached in `.cache/generate.json`: a case of a fixture is
 * analyzed again only if the case, its rule, the engine or the schemas have changed. The tests that compare the written files with the rules
 * do not use the cache.
 *
 * `--no-opt` in package.json saves a third of the processor time without a cache: in hundreds of short runs of the engine, optimized code does not
 * repay its compilation.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AnyRule } from '../server/src/rules/rule.ts';
import type { Case } from '../test/kit/fixture.ts';
import { ResultCache } from './generate/result-cache.ts';
import { hashOf, hashOfFolder, ModuleHashes } from './generate/source-hash.ts';
import { RESOURCE_PATHS, resourcePaths } from './resource-paths.ts';
import { INDEX_FILE, ruleId, ruleIndex, rulePaths, RULES_FOLDER } from './rule-index.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

write(INDEX_FILE, ruleIndex(rulePaths()));
write(ROOT + RESOURCE_PATHS, resourcePaths());

// These import the list of rules, so it has to be written before.
const { ACCESS_ANALYZER_FILE, accessAnalyzer, CLI_FILE, cli, coverage, DOCS_FOLDER, pages } = await import('./docs.ts');
const { COVERAGE_FILE } = await import('./coverage-page.ts');
const { analyzedFindings } = await import('./generate/page-finding.ts');
const { convertedExample } = await import('./generate/hcl-example.ts');
const { BARE_PAGE, barePage, bareResources, findingsOfBare } = await import('./bare-resources.ts');

const cache = new ResultCache(`${ROOT}.cache/generate.json`);
const data = hashOf(hashOfFolder(`${ROOT}schemas`), readFileSync(`${ROOT}package-lock.json`, 'utf8'));

// Only one rule analyzes a case, so the other rules do not change the result.
const modules = new ModuleHashes([INDEX_FILE]);
const rules = new Map(rulePaths().map((path) => [ruleId(path), hashOf(data, modules.of(RULES_FOLDER + path))]));
const finder = modules.of(`${ROOT}tools/generate/page-finding.ts`);
const findingsOf: typeof analyzedFindings = (rule, one) =>
  cache.get(keyOf(finder, rule, one), () => analyzedFindings(rule, one));
const converter = modules.of(`${ROOT}tools/generate/hcl-example.ts`);
const hclOf: typeof convertedExample = (rule, one, findings) =>
  cache.get(keyOf(converter, rule, one), () => convertedExample(rule, one, findings));

const fresh = pages(findingsOf, hclOf);
mkdirSync(DOCS_FOLDER, { recursive: true });
for (const name of readdirSync(DOCS_FOLDER)) if (!fresh.has(name)) rmSync(DOCS_FOLDER + name);
for (const [name, text] of fresh) write(DOCS_FOLDER + name, text);
write(ACCESS_ANALYZER_FILE, accessAnalyzer(findingsOf));
write(CLI_FILE, cli());
write(COVERAGE_FILE, coverage());

const everything = hashOf(data, new ModuleHashes().of(`${ROOT}tools/bare-resources.ts`));
const bare = bareResources((one) =>
  cache.get(hashOf(everything, one.name, one.files[0]!.text), () => findingsOfBare(one)),
);
write(BARE_PAGE, barePage(bare));
cache.save();

/** The dependencies of the result of a module for a case. */
function keyOf(module: string, rule: AnyRule, { files }: Case): string {
  const isMarked = files.some(({ marks }) => marks.length > 0);
  return hashOf(module, `${isMarked}`, rules.get(rule.id)!, ...files.flatMap(({ path, text }) => [path, text]));
}

/** Writes a file if its text differs, so that watching tools do not see a change. */
function write(path: string, text: string): void {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}
