import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { rulePage, type PageRest, type RuleTexts } from './rule-page.ts';

/** The scheme of the addresses of pages. `package.json` names it too. */
export const SCHEME = 'stackwarden-docs';

/** The pages in an archive. Paths begin with a slash. */
export interface Pages {
  /** The UTF-8 text of a page; undefined if there is none. */
  page(path: string): Promise<Uint8Array | undefined>;
  /** The names of the pages in a folder. */
  names(folder: string): readonly string[];
}

/** The content of an archive of pages, which is compressed JSON. */
export interface PageArchive {
  /** Pages by their paths. */
  readonly pages: Readonly<Record<string, string>>;
  /** What the pages of rules have besides the texts of the rules, by their ids. */
  readonly rules: Readonly<Record<string, PageRest>>;
}

/** The folder of the pages of rules. */
const RULES = 'docs/rules/';

/** The pages of an archive. The texts of rules, compressed JSON by their ids, are read for the first page of a rule. */
export async function pagesIn(archive: Uint8Array, readTexts: () => Promise<Uint8Array>): Promise<Pages> {
  const { pages, rules } = (await decompressed(archive)) as PageArchive;
  const whole = new Map(Object.entries(pages));
  const rests = new Map(Object.entries(rules).map(([id, rest]) => [`${RULES}${id}.md`, { id, rest }]));
  const paths = [...whole.keys(), ...rests.keys()];
  let texts: Promise<ReadonlyMap<string, RuleTexts>> | undefined;
  return {
    page: async (path) => {
      const name = path.replace(/^\//, '');
      const rule = rests.get(name);
      if (!rule) return bytesOf(whole.get(name));
      texts ??= readTexts().then(async (bytes) => new Map(Object.entries((await decompressed(bytes)) as RulesTexts)));
      return bytesOf(rulePage((await texts).get(rule.id)!, rule.rest));
    },
    names: (folder) => {
      const prefix = `${folder.replaceAll(/^\/|\/$/g, '')}/`;
      return paths
        .filter((path) => path.startsWith(prefix) && !path.includes('/', prefix.length))
        .map((path) => path.slice(prefix.length));
    },
  };
}

type RulesTexts = Readonly<Record<string, RuleTexts>>;

function bytesOf(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : Buffer.from(text);
}

async function decompressed(bytes: Uint8Array): Promise<unknown> {
  return JSON.parse((await promisify(brotliDecompress)(bytes)).toString('utf8'));
}
