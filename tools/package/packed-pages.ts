/** The documentation of the program, as the extension has it: in an archive. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import type { PageArchive } from '../../client/src/page-archive.ts';
import { restOfPage, type RuleTexts } from '../../client/src/rule-page.ts';
import { cached, compressed } from './data-archive.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The archive of pages, by their paths. Those of rules are in it without the texts that the program has. */
export function packedPages(paths: readonly string[], edit: (text: string) => string): Buffer {
  const texts = ruleTexts();
  const ruleOf = (path: string): string | undefined => {
    const id = /^docs\/rules\/(.+)\.md$/.exec(path)?.[1];
    return id !== undefined && texts.has(id) ? id : undefined;
  };
  const archive: PageArchive = {
    pages: Object.fromEntries(paths.flatMap((path) => (ruleOf(path) ? [] : [[path, edit(textOf(path))]]))),
    rules: Object.fromEntries(
      paths.flatMap((path) => {
        const id = ruleOf(path);
        return id === undefined ? [] : [[id, restOfPage(textOf(path), texts.get(id)!)]];
      }),
    ),
  };
  const json = JSON.stringify(archive);
  return cached([json], () => compressed(json));
}

/** The texts of rules that the built program has. */
function ruleTexts(): ReadonlyMap<string, RuleTexts> {
  const bytes = readFileSync(join(ROOT, 'dist/parts/rules-texts.pack'));
  const texts = JSON.parse(brotliDecompressSync(bytes).toString('utf8')) as Readonly<Record<string, RuleTexts>>;
  return new Map(Object.entries(texts));
}

function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
