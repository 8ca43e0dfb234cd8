/**
 * The page about continuous integration, `docs/ci.md`: the text of `tools/generate/ci.md` with the addresses and the
 * version of package.json, the inputs of the action and of the template for GitLab, and the hook for pre-commit.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import { addressesOf, type PackageIdentity } from './addresses.ts';
import { isUnreleased } from './release-notes.ts';

export const CI_FILE = fileURLToPath(new URL('../docs/ci.md', import.meta.url));

/** An input of the action or the template. */
interface Input {
  readonly description: string;
  readonly default: string | boolean;
}

type Inputs = Readonly<Record<string, Input>>;

/** The text of the page. `note` states that the page is generated. */
export function ciPage(note: string): string {
  const manifest = JSON.parse(read('package.json')) as PackageIdentity;
  const { repository, slug, raw, image } = addressesOf(manifest);
  const [hook] = parse(read('.pre-commit-hooks.yaml')) as readonly { readonly entry: string; readonly files: string }[];
  const values: ReadonlyMap<string, string> = new Map([
    ['REPOSITORY', repository],
    ['SLUG', slug],
    ['RAW', raw],
    ['IMAGE', image],
    ['VERSION', manifest.version],
    ['UNRELEASED', isUnreleased(manifest.version) ? unreleased(manifest.version) : ''],
    ['HOOK_ENTRY', hook!.entry],
    ['HOOK_FILES', hook!.files],
    ['ACTION_INPUTS', table((parse(read('action.yml')) as { readonly inputs: Inputs }).inputs)],
    ['GITLAB_INPUTS', table(gitlabInputs())],
  ]);
  return `${note}\n${read('tools/generate/ci.md').replaceAll(/%([A-Z_]+)%/g, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`tools/generate/ci.md: there is no value for %${name}%`);
    return value;
  })}`;
}

function unreleased(version: string): string {
  return `The snippets work as soon as version ${version} is published. Until then, run \`npm ci && npm run build && npm install --global .\` in a clone of the\nrepository, then \`stackwarden lint\`.\n\n`;
}

function gitlabInputs(): Inputs {
  const [header] = parseAllDocuments(read('templates/stackwarden.yml'));
  return (header!.toJS() as { readonly spec: { readonly inputs: Inputs } }).spec.inputs;
}

function table(inputs: Inputs): string {
  return [
    '| input | description | default |',
    '|---|---|---|',
    ...Object.entries(inputs).map(
      ([name, { description, default: fallback }]) =>
        `| \`${name}\` | ${description.replace(/\.$/, '')} | ${fallback === '' ? '' : `\`${String(fallback)}\``} |`,
    ),
  ].join('\n');
}

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
}
