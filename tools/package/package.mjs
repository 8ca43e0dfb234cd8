/**
 * Packs the extension into `dist/stackwarden.vsix`, from a folder with only the listed content and a manifest without
 * npm fields.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { addressesOf } from '../addresses.ts';
import { DATA_ARCHIVE, isArchived, packedData } from './packed-data.ts';
import { packedPages } from './packed-pages.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STAGE = `${ROOT}.cache/extension/`;
const PACKAGE = `${ROOT}dist/stackwarden.vsix`;
const VSCE = `${HERE}node_modules/@vscode/vsce/vsce`;

const CONTENT = [
  'dist/cli.cjs',
  'dist/client.cjs',
  'dist/parts',
  'dist/path-page.cjs',
  'dist/server.cjs',
  'dist/THIRD-PARTY-LICENSES.txt',
  'schemas/stackwarden-configuration.schema.json',
  'client/icon.png',
  'client/README.md',
  'client/walkthrough',
  // The examples that the walkthrough opens.
  'examples/cloudformation/web-shop.yaml',
  'examples/iam/nightly-report-policy.json',
  'examples/sam/gallery.yaml',
  'examples/terraform/main.tf',
  'l10n',
  'package.nls.json',
  'syntaxes',
  'CHANGELOG.md',
  'SECURITY.md',
  'LICENSE',
  'NOTICE',
];
/** The pages in the archive of pages, and folders of pages. */
const PAGES = [
  'docs/access-analyzer.md',
  'docs/access.md',
  'docs/adopt.md',
  'docs/bare-resources.md',
  'docs/baseline.md',
  'docs/catalogue-decisions.md',
  'docs/cdk.md',
  'docs/ci.md',
  'docs/cli.md',
  'docs/configuration.md',
  'docs/coverage.md',
  'docs/editors.md',
  'docs/explain.md',
  'docs/output.md',
  'docs/ownership.md',
  'docs/reachability.md',
  'docs/policies.md',
  'docs/suppressions.md',
  'docs/templates.md',
  'docs/terraform.md',
  'docs/writing-policies.md',
  'docs/rules',
];
/** The archive of pages, which `client/src/pages.ts` reads. */
const PAGE_ARCHIVE = 'docs.pack';
const FOR_NPM = ['private', 'bin', 'files', 'scripts', 'dependencies', 'devDependencies'];

/** The maximum size of the package in bytes. */
const MOST = 2_500_000;

if (!existsSync(VSCE))
  execFileSync('npm', ['ci', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'], {
    cwd: HERE,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });

await rm(STAGE, { recursive: true, force: true });
await mkdir(STAGE, { recursive: true });
for (const path of CONTENT) await cp(ROOT + path, STAGE + path, { recursive: true });
const manifest = JSON.parse(await readFile(`${ROOT}package.json`, 'utf8'));
const { issues, homepage, raw, repository } = addressesOf(manifest);
await writeFile(STAGE + DATA_ARCHIVE, packedData(filesOf('schemas/**/*.json').filter(isArchived)));
// Images and the pages about services take more space than all other pages, and data is in the archive.
const onTheWeb = [
  ['](images/', `](${raw}/docs/images/`],
  ['](shared-responsibility/', `](${repository}/blob/v${manifest.version}/docs/shared-responsibility/`],
  ['](../schemas/', `](${repository}/blob/v${manifest.version}/schemas/`],
];
const pages = filesOf(PAGES.map((path) => (path.endsWith('.md') ? path : `${path}/*.md`)));
await writeFile(
  STAGE + PAGE_ARCHIVE,
  packedPages(pages, (page) => onTheWeb.reduce((text, [link, address]) => text.replaceAll(link, address), page)),
);
for (const key of FOR_NPM) delete manifest[key];
Object.assign(manifest, { files: [...CONTENT, DATA_ARCHIVE, PAGE_ARCHIVE], homepage, bugs: { url: issues } });
await writeFile(`${STAGE}package.json`, `${JSON.stringify(manifest, undefined, 2)}\n`);

execFileSync(
  process.execPath,
  [
    VSCE,
    'package',
    '--no-dependencies',
    '--no-rewrite-relative-links',
    '--readme-path',
    'client/README.md',
    // The pages of rules about secrets have example secrets. Any other secret stops packing.
    '--allow-package-secrets',
    'aws',
    'github',
    'npm',
    'sendgrid',
    'slack',
    '--out',
    PACKAGE,
  ],
  { cwd: STAGE, stdio: 'inherit' },
);

const { size } = await stat(PACKAGE);
if (size > MOST) throw new Error(`${PACKAGE} has ${size} bytes, more than ${MOST}`);

/** The paths of files in the repository, sorted. */
function filesOf(patterns) {
  return globSync(patterns, { cwd: ROOT, expandDirectories: false }).sort();
}
