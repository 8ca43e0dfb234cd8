/** The texts of the client for translators: `l10n/bundle.l10n.json`, collected from the calls of `l10n.t`. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CLIENT = fileURLToPath(new URL('../client/src/', import.meta.url));
export const L10N_BUNDLE = fileURLToPath(new URL('../l10n/bundle.l10n.json', import.meta.url));

/** A call with a literal text, in single or double quotes. */
const CALL = /\bl10n\.t\(\s*(?:'((?:[^'\\\n]|\\')*)'|"([^"\\\n]*)")/g;

/** The bundle: each text under itself, as VS Code reads it. */
export function l10nBundle(): string {
  const texts = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'l10n.ts')
    .flatMap((name) => textsOf(name, readFileSync(CLIENT + name, 'utf8')));
  const sorted = [...new Set(texts)].sort();
  return `${JSON.stringify(Object.fromEntries(sorted.map((text) => [text, text])), undefined, 2)}\n`;
}

/** The texts of a file. Throws if one is not a literal, because it could not be translated. */
function textsOf(name: string, source: string): readonly string[] {
  const texts = [...source.matchAll(CALL)].map(([, single, double]) => (single ?? double!).replaceAll("\\'", "'"));
  // The extension passes the texts of other files on.
  const passedOn = name === 'extension.ts' ? 1 : 0;
  if (texts.length + passedOn !== source.split('l10n.t(').length - 1)
    throw new Error(`${name} has a call of l10n.t without a literal text`);
  return texts;
}
