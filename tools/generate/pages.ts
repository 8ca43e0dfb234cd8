/**
 * Writes all generated files except the lists of rules, which are bundled with it. This script is bundled, and runs in
 * several threads.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { RULES } from '../../server/src/rules/index.ts';
import { BARE_PAGE, bareCases, barePage, bareResources, findingsOfBare } from '../bare-resources.ts';
import { CI_FILE } from '../ci-page.ts';
import { CONFIGURATION_PAGE_FILE, configurationPage } from '../configuration-page.ts';
import { CONFIGURATION_SCHEMA_FILE, configurationSchema } from '../configuration-schema.ts';
import { COVERAGE_FILE } from '../coverage-page.ts';
import {
  ACCESS_ANALYZER_FILE,
  accessAnalyzer,
  ci,
  CLI_FILE,
  cli,
  coverage,
  decisions,
  DOCS_FOLDER,
  migrations,
  pageOf,
  pages,
  responsibilities,
} from '../docs.ts';
import { L10N_BUNDLE, l10nBundle } from '../l10n-bundle.ts';
import { RESOURCE_PATHS, resourcePaths } from '../resource-paths.ts';
import { MIGRATE_FOLDER } from '../migrate-pages.ts';
import { RESPONSIBILITY_FOLDER } from '../responsibility-pages.ts';
import type { Modules } from './dependencies.ts';
import { OMISSIONS_FILE } from '../omissions-page.ts';
import { inParallel, takePart, type NamedWork } from './parallel.ts';
import { PageResultCache } from './result-cache.ts';
import { resultKeys } from './result-keys.ts';
import { writeChanged } from './write-changed.ts';

const CACHE = fileURLToPath(new URL('../../.cache/generate/results.json', import.meta.url));

/** All that takes time: the page of each rule, and the findings of each minimal resource. */
const WORK: NamedWork = new Map<string, () => unknown>([
  ...RULES.map((rule) => [rule.id, () => pageOf(rule)] as const),
  ...bareCases().map((one) => [one.name, () => findingsOfBare(one)] as const),
]);

takePart(WORK);

/** What this script needs to know of itself. */
interface ThisBundle {
  readonly url: string;
  /** The modules in the bundle. */
  readonly modules: Modules;
  /** Threads that run this script. */
  readonly started: readonly Worker[];
}

/** Writes all pages that changed. Those of rules are made in several threads, unless they are cached. */
export async function writePages({ url, modules, started }: ThisBundle): Promise<void> {
  const cache = new PageResultCache(CACHE);
  const keys = resultKeys(modules);
  const missing = [...WORK.keys()].filter((name) => !cache.has(keys.get(name)!));
  const computed = await inParallel(WORK, missing, { script: url, started, first: writeOthers });
  const resultOf = <T>(name: string): T => cache.get(keys.get(name)!, () => computed.get(name) as T);

  const fresh = pages(({ id }) => resultOf(id));
  writeFolder(DOCS_FOLDER, fresh);
  writeChanged(BARE_PAGE, barePage(bareResources(({ name }) => resultOf(name))));
  cache.save();
}

/** Writes the files that need no analysis. */
function writeOthers(): void {
  writeChanged(fileURLToPath(new URL(`../../${RESOURCE_PATHS}`, import.meta.url)), resourcePaths());
  writeChanged(L10N_BUNDLE, l10nBundle());
  writeChanged(ACCESS_ANALYZER_FILE, accessAnalyzer());
  writeChanged(CI_FILE, ci());
  writeChanged(CLI_FILE, cli());
  writeChanged(CONFIGURATION_PAGE_FILE, configurationPage());
  writeChanged(CONFIGURATION_SCHEMA_FILE, configurationSchema());
  writeChanged(COVERAGE_FILE, coverage());
  writeChanged(OMISSIONS_FILE, decisions());
  writeFolder(MIGRATE_FOLDER, migrations());
  writeFolder(RESPONSIBILITY_FOLDER, responsibilities());
}

/** Writes the pages of a folder, and removes those that do not exist any more. */
function writeFolder(folder: string, texts: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!texts.has(name)) rmSync(folder + name);
  for (const [name, text] of texts) writeChanged(folder + name, text);
}
