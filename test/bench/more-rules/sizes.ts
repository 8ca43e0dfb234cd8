/** The sizes of what grows with the rules, in the package. Run `npm run package` first. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, deflateRawSync } from 'node:zlib';
import type { PageArchive } from '../../../client/src/page-archive.ts';
import { compressed } from '../../../tools/package/data-archive.mjs';
import { ruleId } from '../../../tools/rule-index.ts';
import type { MadeRule } from './sources.ts';

/** The number of resource types of CloudFormation, and the size of what hovers say about one of them, in bytes. */
const TYPES = 1828;
const CARD = 600;

/** A size in bytes now, and with more rules. */
export type Sizes = readonly [name: string, now: number, then: number];

/**
 * @param root The root of the repository.
 * @param copy The folder of the build with more rules.
 */
export function packageSizes(rules: readonly MadeRule[], root: string, copy: string): readonly Sizes[] {
  const [now, then] = [sizesIn(root), sizesIn(copy)];
  const grown: readonly Sizes[] = [
    ...Object.keys(now).map((name): Sizes => [name, now[name]!, then[name]!]),
    ['pages', ...pageSizes(rules, root)],
  ];
  const total = statSync(join(root, 'dist/stackwarden.vsix')).size;
  const more = grown.reduce((sum, [, before, after]) => sum + after - before, 0);
  return [...grown, ['package', total, total + more], ['package with all cards', total, total + more + cardSize(root)]];
}

/** Files are deflated in the package, which packed ones already are. */
function sizesIn(root: string): Readonly<Record<string, number>> {
  const parts = join(root, 'dist/parts');
  const code = readdirSync(parts).filter((name) => /\.(?:cjs|json)$/.test(name));
  return {
    'index and engine': code.reduce(
      (sum, name) => sum + deflateRawSync(readFileSync(join(parts, name)), { level: 9 }).length,
      0,
    ),
    'code of rules': statSync(join(parts, 'rules-code.pack')).size,
    'texts of rules': statSync(join(parts, 'rules-texts.pack')).size,
  };
}

/** The size of the archive of pages now, and with the pages of more rules. */
function pageSizes(rules: readonly MadeRule[], root: string): readonly [now: number, then: number] {
  const bytes = readFileSync(join(root, '.cache/extension/docs.pack'));
  const archive = JSON.parse(brotliDecompressSync(bytes).toString('utf8')) as PageArchive;
  const more = Object.fromEntries(rules.map(({ path, page }) => [ruleId(path), page]));
  return [bytes.length, compressed(JSON.stringify({ ...archive, rules: { ...archive.rules, ...more } })).length];
}

/** The compressed size of cards for all types, by that of those for some. */
function cardSize(root: string): number {
  const folder = join(root, 'schemas/ownership');
  const text = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .map((json) => JSON.stringify(JSON.parse(json)))
    .join('\n');
  return Math.round((compressed(text).length / text.length) * Math.max(0, TYPES * CARD - text.length));
}
