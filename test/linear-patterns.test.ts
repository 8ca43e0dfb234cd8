/**
 * No regular expression of the program takes more than linear time. A document, a path or a setting can be what
 * somebody made to keep an editor busy, so every pattern is held against a checker that looks for texts on which it
 * backtracks: https://makenowjust-labs.github.io/recheck/
 *
 * That takes seconds for some patterns, so what it said of each is kept in `linear-patterns.txt`, and only patterns
 * that are not there are checked: with bounds in steps, so that the answer is the same on every machine. `npm run
 * accept -- 'regular expressions'` adds those that pass and removes what is not in the program any more.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import ts from 'typescript-6';
import { ACCEPTING } from './kit/accept.ts';

const SOURCES = fileURLToPath(new URL('../server/src', import.meta.url));
const LIST = fileURLToPath(new URL('linear-patterns.txt', import.meta.url));

/**
 * What is known of a pattern. `linear`: an automaton proves it. `withstood`: the pattern is too rich for that, and no
 * text that was tried takes longer. `own`: only texts of the program itself or short pieces meet it, which are named.
 * `argued`: the check takes too long or fails, and why the pattern is linear is said.
 */
type Verdict = 'linear' | 'withstood' | 'own' | 'argued';

interface Listed {
  readonly verdict: Verdict;
  /** For `own` and `argued`, the texts that meet it or the argument. */
  readonly why?: string;
}

/** Bounds of a check, none of them in time. */
const BOUNDS = {
  randomSeed: 1,
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  recallTimeout: null,
  seedingTimeout: null,
  attackLimit: 10_000_000,
  maxIteration: 10,
} as const;

/** What a pattern comes to that is checked: a verdict, or what is wrong with it. */
async function checked({ source, flags }: Pattern): Promise<Verdict | { readonly slow: string }> {
  process.env['RECHECK_BACKEND'] = 'pure';
  const { check } = await import('recheck');
  const found = await check(source, flags, BOUNDS);
  switch (found.status) {
    case 'safe':
      return found.checker === 'automaton' ? 'linear' : 'withstood';
    case 'vulnerable':
      return { slow: `takes ${found.complexity.summary} time with ${found.attack.pattern}` };
    case 'unknown':
      return { slow: `cannot be decided (${found.error.kind}): write it in another way` };
  }
}

interface Pattern {
  readonly source: string;
  readonly flags: string;
  readonly places: readonly string[];
}

/** The regular expressions of all sources that repeat something, each once. */
function patterns(): ReadonlyMap<string, Pattern> {
  const found = new Map<string, { source: string; flags: string; places: string[] }>();
  for (const path of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts') || path.endsWith('resource-paths.ts')) continue;
    const file = ts.createSourceFile(path, readFileSync(join(SOURCES, path), 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const { source, flags } = parts(node.text);
        const place = `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
        const before = found.get(node.text);
        if (before) before.places.push(place);
        else if (repeats(source)) found.set(node.text, { source, flags, places: [place] });
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

function parts(written: string): { readonly source: string; readonly flags: string } {
  const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(written)!;
  return { source: source!, flags: flags! };
}

/**
 * A pattern without repetitions, or with short ones alone, is passed over: it looks at a few characters wherever it
 * begins.
 */
function repeats(source: string): boolean {
  return /[*+]|\{\d+,\}|\{\d*,?\d{3,}\}/.test(source.replaceAll(/\\[^]/g, '').replaceAll(/\[[^\]]*\]/g, ''));
}

/** Lines of a verdict, a tab and a pattern; behind another tab, why. */
function readList(): ReadonlyMap<string, Listed> {
  const lines = readFileSync(LIST, 'utf8').split('\n').filter(Boolean);
  return new Map(
    lines.map((line) => {
      const [verdict, written, why] = line.split('\t') as [Verdict, string, string?];
      return [written, { verdict, ...(why === undefined ? {} : { why }) }];
    }),
  );
}

function writeList(list: ReadonlyMap<string, Listed>): void {
  const lines = [...list].map(([written, { verdict, why }]) =>
    [verdict, written, ...(why === undefined ? [] : [why])].join('\t'),
  );
  writeFileSync(LIST, `${lines.sort((a, b) => (a < b ? -1 : 1)).join('\n')}\n`);
}

describe('regular expressions', function () {
  this.timeout(3_600_000);

  it('take linear time', async () => {
    const [all, listed] = [patterns(), readList()];
    const slow: string[] = [];
    const added = new Map<string, Listed>();
    for (const [written, pattern] of all) {
      if (listed.has(written)) continue;
      const verdict = await checked(pattern);
      if (typeof verdict === 'string') added.set(written, { verdict });
      else slow.push(`${written} (${pattern.places.join(', ')}) ${verdict.slow}`);
    }
    if (ACCEPTING) writeList(new Map([...[...listed].filter(([written]) => all.has(written)), ...added]));
    assert.deepEqual(slow, []);
    if (ACCEPTING) return;
    assert.deepEqual(
      [...added.keys()],
      [],
      "these pass and are not listed yet: npm run accept -- 'regular expressions'",
    );
    assert.deepEqual(
      [...listed.keys()].filter((written) => !all.has(written)),
      [],
      "these are listed and not in the program: npm run accept -- 'regular expressions'",
    );
  });

  it('are listed with a reason where they are not checked', () => {
    for (const [written, { verdict, why }] of readList()) {
      assert.ok(['linear', 'withstood', 'own', 'argued'].includes(verdict), written);
      assert.equal(verdict === 'own' || verdict === 'argued', why !== undefined, written);
    }
  });

  it('that take longer are found by the check, within its bounds', async () => {
    for (const written of ['/^(?:a+)+$/', '/\\s+$/', '/^(a|b|ab)*c$/', '/(?<=x)(.*)(.*)=/']) {
      const verdict = await checked({ ...parts(written), places: [] });
      assert.equal(typeof verdict, 'object', written);
    }
  });
});
