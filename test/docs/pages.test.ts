/** Pages link to existing files and headings, and name every dependency. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { RULES } from '../../server/src/rules/index.ts';
import { withoutPictures } from '../../tools/package/pictures.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...['docs', 'docs/migrate', 'docs/rules', 'docs/shared-responsibility'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
  'schemas/README.md',
];

const FORMS = 'server/src/rules/forms/';

const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

describe('pages', () => {
  for (const page of PAGES)
    it(`${page} links to existing targets`, () => {
      assert.deepEqual(
        linksOf(textOf(page)).filter((link) => !resolves(page, link)),
        [],
      );
    });

  it('of the extension link to packed files', () => {
    const lists = textOf('tools/package/package.mjs').matchAll(/^const (?:CONTENT|PAGES) = (\[[^\]]+\])/gm);
    const content = [...lists].flatMap(([, list]) => [...list!.matchAll(/'([^']+)'/g)].map(([, path]) => path!));
    const isPacked = (path: string): boolean => content.some((each) => path === each || path.startsWith(`${each}/`));
    const pages = PAGES.filter(isPacked);
    assert.ok(pages.includes('docs/editors.md'));
    assert.deepEqual(
      pages.flatMap((page) =>
        linksOf(withoutPictures(page, textOf(page), isPacked))
          .map((link) => link.split('#')[0]!)
          // Links to images, pages about services and data lead to the web there.
          .filter(
            (path) =>
              path !== '' &&
              !/^(?:images|shared-responsibility|\.\.\/schemas)\//.test(path) &&
              !isPacked(join(dirname(page), path)),
          )
          .map((path) => `${page}: ${path}`),
      ),
      [],
    );
  });

  it('describe each picture, and use all of them', () => {
    const pictures = PAGES.flatMap((page) =>
      [...textOf(page).matchAll(/!\[([^\]]*)\]\(([^)\s]+)\)/g)].map(([, description, path]) => ({
        description: description!,
        path: join(dirname(page), path!),
      })),
    );
    assert.deepEqual(
      pictures.filter(({ description }) => description.length < 40),
      [],
    );
    assert.deepEqual(
      readdirSync(join(ROOT, 'docs/images')).filter((name) =>
        pictures.every(({ path }) => path !== join('docs/images', name)),
      ),
      [],
    );
  });

  it('README.md and ARCHITECTURE.md are short enough to be read', () => {
    const lines = textOf('README.md').trimEnd().split('\n').length;
    assert.ok(lines <= 250, `README.md: ${lines} lines`);
    const words = textOf('ARCHITECTURE.md')
      .replaceAll(/^```.*?^```/gms, '')
      .split(/\s+/)
      .filter((word) => /\w/.test(word)).length;
    assert.ok(words <= 4000, `ARCHITECTURE.md: ${words} words`);
  });

  it('CONTRIBUTING.md describes each form of rules once', () => {
    const described = [...textOf('CONTRIBUTING.md').matchAll(/^\*\*`(\w+Rule)`\*\*/gm)].map(([, form]) => form!);
    const forms = readdirSync(join(ROOT, FORMS)).flatMap((file) =>
      [...textOf(FORMS + file).matchAll(/^export function (\w+Rule)\(/gm)].map(([, form]) => form!),
    );
    assert.deepEqual(
      described.filter((form, index) => described.indexOf(form) !== index),
      [],
    );
    assert.deepEqual(
      forms.filter((form) => !described.includes(form)),
      [],
    );
  });

  it('ARCHITECTURE.md names existing files', () => {
    assert.deepEqual(
      filesNamedIn(textOf('ARCHITECTURE.md')).filter((path) => !isThere(path)),
      [],
    );
  });

  it('docs/policies.md has the days of the data', () => {
    const page = textOf('docs/policies.md');
    const days = ['services', 'managed-policies', 'partitions', 'risks'].map(
      (name) => (JSON.parse(textOf(`schemas/iam/${name}.json`)) as { readonly $: { readonly date: string } }).$.date,
    );
    assert.deepEqual(
      [...page.matchAll(/^\| .+ \| (\d{4}-\d\d-\d\d) \|$/gm)].map(([, day]) => day),
      days,
    );
  });

  it('docs/configuration.md has every option of a rule', () => {
    const page = textOf('docs/configuration.md');
    const rows = [...page.matchAll(/^\| \[`([\w-]+)`\]\(rules\/.*#options\) \| (.*) \|$/gm)].map(([, id, text]) => [
      id,
      [...text!.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    ]);
    assert.deepEqual(
      rows,
      RULES.flatMap(({ id, options }) => (options ? [[id, Object.keys(options)]] : [])),
    );
  });

  it('CONTRIBUTING.md has every script of package.json', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const page = textOf('CONTRIBUTING.md');
    assert.deepEqual(
      Object.keys(scripts).filter((name) => !page.includes(name === 'test' ? '`npm test`' : `npm run ${name}`)),
      [],
    );
  });

  it('CONTRIBUTING.md has every field of the rule forms', () => {
    const page = textOf('CONTRIBUTING.md');
    const fields = readdirSync(join(ROOT, FORMS))
      .map((name) => textOf(FORMS + name))
      // The types of the data are before the function.
      .flatMap((text) => /^[^]*(?=^export function \w+Rule\b)/m.exec(text)?.[0] ?? [])
      .flatMap((types) => [...types.matchAll(/\breadonly (\w+)\??:/g)].map(([, name]) => name!));
    assert.ok(fields.length > 60);
    assert.deepEqual(
      [...new Set(fields)].filter((name) => !new RegExp(`\\b${name}\\b`).test(page)),
      [],
    );
  });

  for (const manifest of ['package.json', 'tools/package/package.json', 'tools/schemas/package.json'])
    it(`docs/dependencies.md has every dependency of ${manifest} with its version`, () => {
      const { dependencies, devDependencies } = JSON.parse(textOf(manifest)) as Readonly<
        Record<string, Readonly<Record<string, string>>>
      >;
      const rows = textOf('docs/dependencies.md')
        .split('\n')
        .filter((line) => line.startsWith('| ['));
      const missing = Object.entries({ ...dependencies, ...devDependencies }).filter(
        ([name, version]) =>
          !rows.some((row) => {
            const [, names = '', versions = ''] = row.split('|');
            const at = [...names.matchAll(/\[([^\]]+)\]/g)].findIndex(([, named]) => named === name);
            return at >= 0 && versions.split(',')[at]?.trim() === version.replace(/^npm:.*@/, '');
          }),
      );
      assert.deepEqual(missing, []);
    });
});

/** The links of a page within the repository, images included, code excluded. */
function linksOf(text: string): readonly string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link!)
    .filter((link) => !/^[a-z]+:/.test(link));
}

function withoutCode(text: string): string {
  return text.replace(/^```[^]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
}

function resolves(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || headingsOf(textOf(target)).includes(anchor);
}

/** The anchors that a page has for its headings. */
function headingsOf(text: string): readonly string[] {
  return [...text.replace(/^```[^]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );
}

/** The paths in code spans, apart from those with a name to be filled in. */
function filesNamedIn(text: string): readonly string[] {
  return [...text.replace(/^```[^]*?^```$/gm, '').matchAll(/`([\w.*-]+(?:\/[\w.*-]*)+)`/g)]
    .map(([, path]) => path!)
    .filter((path) => !path.startsWith('textDocument/'));
}

/** Paths are named from the root of the repository or of the sources, or from a folder that the sentence is about. */
const FOLDERS = ['', 'server/src/', 'server/src/formats/', 'server/src/hover/', 'schemas/'];

function isThere(path: string): boolean {
  return FOLDERS.some((folder) =>
    path.includes('*') ? globSync(folder + path, { cwd: ROOT }).length > 0 : existsSync(join(ROOT, folder, path)),
  );
}
