/** The table of settings in `docs/configuration.md`. The rest of the page is written by hand. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SETTING_DOCS } from '../server/src/config/setting-docs.ts';
import type { SettingDoc, SettingValue } from '../server/src/config/setting-value.ts';

export const CONFIGURATION_PAGE_FILE = fileURLToPath(new URL('../docs/configuration.md', import.meta.url));

const START = '<!-- The settings, from server/src/config/setting-docs.ts: npm run generate. -->\n';
const END = '<!-- End of the settings. -->\n';

/** The page with the table of today. */
export function configurationPage(): string {
  const page = readFileSync(CONFIGURATION_PAGE_FILE, 'utf8');
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start)
    throw new Error('docs/configuration.md: the marks around the table of settings are missing.');
  return `${page.slice(0, start + START.length)}${table(headingsOf(page))}${page.slice(end)}`;
}

/** The anchors of the sections. */
function headingsOf(page: string): ReadonlySet<string> {
  return new Set([...page.matchAll(/^##+ (.+)$/gm)].map(([, heading]) => heading!));
}

function table(headings: ReadonlySet<string>): string {
  const rows = Object.entries(SETTING_DOCS).map(([name, doc]) => {
    const key = headings.has(name) ? `[\`${name}\`](#${name.toLowerCase()})` : `\`${name}\``;
    return `| ${key} | ${doc.description} | ${valuesOf(doc.value)} | ${fallbackOf(doc)} |\n`;
  });
  return `\n| setting | meaning | values | default |\n|---|---|---|---|\n${rows.join('')}\n`;
}

function fallbackOf({ default: fallback, value }: SettingDoc): string {
  if (fallback === undefined) return '';
  return value.kind === 'texts' ? 'all' : `\`${fallback}\``;
}

/** The values in words. */
function valuesOf(value: SettingValue): string {
  switch (value.kind) {
    case 'boolean':
      return '`true`, `false`';
    case 'text':
      return value.choices?.map(({ name }) => `\`${name}\``).join(', ') ?? (value.form === 'path' ? 'path' : 'string');
    case 'texts':
      return value.of.choices
        ? `list of ${valuesOf(value.of)}`
        : `${valuesOf(value.of)}, or list of ${value.of.form === 'path' ? 'paths' : 'strings'}`;
    case 'list':
      return 'list of mappings';
    default:
      return 'mapping';
  }
}
