/**
 * No regular expression of the program takes more than linear time. A document, a path or a setting can be what somebody made to keep an editor busy, so every pattern
 * is held against a checker that looks for texts on which it backtracks: https://makenowjust-labs.github.io/recheck/
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import ts from 'typescript';

const SOURCES = fileURLToPath(new URL('../server/src', import.meta.url));

/** Patterns that no text from outside meets, with what they are held against. */
const MET_BY_OWN_TEXTS: ReadonlyMap<string, string> = new Map([
  ['/^(.*?)(?:\\$\\{([^}]*)\\}|<([^>]*)>|(tag-key))(.*)$/', 'names of condition keys in the data of AWS'],
  ['/\\$\\{[^}]*\\}|<[^>]*>|(?<=\\/)tag-key$/g', 'names of condition keys in the data of AWS'],
  ['/^(.+)\\/(?:\\$\\{[^}]*\\}|<[^>]*>|tag-key)$/', 'names of condition keys in the data of AWS'],
  ['/(\\$\\{[^}]*\\}|\\*)/', 'forms of ARNs in the data of AWS'],
  ['/^(?:[^:]*:){5}([A-Za-z-]+[/:])\\$\\{[^}]*\\}$/', 'forms of ARNs in the data of AWS'],
  ['/\\[([^\\]]*)\\]/', 'paths that the program names'],
]);

/** The time that one pattern may take to be checked. What is not decided in it is looked at no further. */
const MILLISECONDS = 1500;

interface Pattern {
  readonly source: string;
  readonly flags: string;
  readonly places: string[];
}

/** The regular expressions of all sources, each once. */
function patterns(): ReadonlyMap<string, Pattern> {
  const found = new Map<string, Pattern>();
  for (const path of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts') || path.endsWith('resource-paths.ts')) continue;
    const file = ts.createSourceFile(path, readFileSync(join(SOURCES, path), 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(node.text)!;
        const place = `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
        const before = found.get(node.text);
        if (before) before.places.push(place);
        else found.set(node.text, { source: source!, flags: flags!, places: [place] });
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

/** A pattern without repetitions, or with short ones alone, is passed over: it looks at a few characters wherever it begins. */
function repeats(source: string): boolean {
  return /[*+]|\{\d+,\}|\{\d*,?\d{3,}\}/.test(source.replaceAll(/\\[^]/g, '').replaceAll(/\[[^\]]*\]/g, ''));
}

describe('regular expressions', function () {
  this.timeout(600_000);

  it('take linear time', async () => {
    process.env['RECHECK_BACKEND'] = 'pure';
    const { check } = await import('recheck');
    const slow: string[] = [];
    const all = patterns();
    for (const [written, { source, flags, places }] of all) {
      if (MET_BY_OWN_TEXTS.has(written) || !repeats(source)) continue;
      const verdict = await check(source, flags, { timeout: MILLISECONDS });
      if (verdict.status === 'vulnerable')
        slow.push(`${verdict.complexity.summary} ${written} (${places.join(', ')}) with ${verdict.attack.pattern}`);
    }
    assert.deepEqual(slow, []);
    for (const written of MET_BY_OWN_TEXTS.keys()) assert.ok(all.has(written), `${written} is not there any more`);
  });
});
