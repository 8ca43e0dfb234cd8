/** What pages show of a console is what the program writes. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { call } from '../cli/call.ts';
import { makeFolder } from '../host/workspace.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = ['README.md', ...readdirSync(`${ROOT}docs`).map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith('.md'),
);

/** Commands about files that their page does not show. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'docs/explain.md: explain-value main.tf:18:12',
  'docs/configuration.md: lint template.yaml',
]);

interface Shown {
  readonly args: readonly string[];
  /** The parts of the output between lines with an ellipsis. */
  readonly parts: readonly string[];
  /** The files that the page shows before, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** The calls of the program in a page. */
function shownIn(page: string): readonly Shown[] {
  const found: Shown[] = [];
  const files: Record<string, string> = {};
  for (const [, language, code] of page.matchAll(/^```(\w*)\n([^]*?)^```$/gm)) {
    if (language === 'hcl') files['main.tf'] = code!;
    if (language !== 'console') continue;
    for (const [, command, output] of code!.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)) {
      const [program, ...args] = command!.split(' ');
      if (program === 'cat') files[args[0]!] = output!;
      if (program === 'stackwarden') found.push({ args, parts: output!.split(/^…\n/m), files: { ...files } });
    }
  }
  return found;
}

describe('consoles in pages', () => {
  const pages = PAGES.map((path) => ({ path, shown: shownIn(readFileSync(ROOT + path, 'utf8')) }));

  it('are there', () => assert.ok(pages.flatMap(({ shown }) => shown).length >= 6));

  for (const { path, shown } of pages)
    for (const { args, parts, files } of shown)
      if (!ELSEWHERE.has(`${path}: ${args.join(' ')}`))
        it(`${path}: stackwarden ${args.join(' ')}`, () => {
          const cwd = args.some((one) => one.startsWith('examples/')) ? ROOT : makeFolder(files).path;
          const { out, err } = call(args, { cwd });
          const text = `${out}${err}`.replaceAll(/[^\S\n]+$/gm, '');
          let from = 0;
          for (const part of parts) {
            const at = text.indexOf(part, from);
            assert.ok(at >= 0, `${part}\nis not in\n${text}`);
            from = at + part.length;
          }
        });
});
