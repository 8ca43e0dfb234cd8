/**
 * Packs the npm package into `dist/stackwarden.tgz`, from a folder with only the files of `files` in package.json and a
 * manifest of its own.
 *
 * The repository itself cannot be published: package.json is also the manifest of the extension, whose `main` npm would
 * add to the package, and whose dependencies npm would install although the program is bundled.
 */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { addressesOf, type PackageIdentity } from '../addresses.ts';
import { withoutPictures } from './pictures.ts';
import { DATA_ARCHIVE, isArchived, packedData } from './packed-data.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STAGE = join(ROOT, '.cache/npm');
const PACKAGE = join(ROOT, 'dist/stackwarden.tgz');

/** npm adds these to every package. */
const ALWAYS = ['package.json', 'README.md'];

/** The maximum size of the package in bytes. */
const MOST = 3_000_000;

export interface Manifest extends PackageIdentity {
  readonly description: string;
  readonly keywords: readonly string[];
  readonly license: string;
  readonly type: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly files: readonly string[];
}

/**
 * The manifest of the npm package: neither scripts nor dependencies, so that nothing else is installed and nothing runs
 * at installation.
 */
export function npmManifest(manifest: Manifest): Readonly<Record<string, unknown>> {
  const { name, version, description, keywords, license, type, bin, engines, files } = manifest;
  const { repository, issues, homepage } = addressesOf(manifest);
  return {
    name,
    version,
    description,
    keywords,
    homepage,
    bugs: { url: issues },
    // The form that npm writes itself.
    repository: { type: 'git', url: `git+${repository}.git` },
    license,
    type,
    bin,
    engines: { node: engines['node'] },
    files,
  };
}

/**
 * The paths of the files of the repository that the package has, sorted. Throws when an entry of `files` matches none.
 */
export function packedFiles({ files }: Pick<Manifest, 'files'>, root = ROOT): readonly string[] {
  const paths = files.flatMap((entry) => {
    const found = globSync([entry, `${entry}/**`], { cwd: root, dot: true, expandDirectories: false });
    if (found.length === 0) throw new Error(`files in package.json: ${entry} does not exist`);
    return found;
  });
  return [...new Set([...paths, ...ALWAYS])].sort();
}

/**
 * Writes the content of the package into a folder, which is emptied first. Returns the paths of its files, sorted.
 * @param quality That of the compression of the data, the best by default, which takes seconds.
 */
export async function stage(to: string, quality?: number): Promise<readonly string[]> {
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Manifest;
  await rm(to, { recursive: true, force: true });
  const paths = packedFiles(manifest);
  const copied = paths.filter((path) => !isArchived(path));
  for (const folder of new Set(copied.map(dirname))) await mkdir(join(to, folder), { recursive: true });
  for (const path of copied) await cp(join(ROOT, path), join(to, path));
  for (const page of copied.filter((path) => /^docs\/[^/]+\.md$/.test(path)))
    await writeFile(
      join(to, page),
      withoutPictures(page, await readFile(join(to, page), 'utf8'), (path) => copied.includes(path)),
    );
  await writeFile(join(to, DATA_ARCHIVE), packedData(paths.filter(isArchived), quality));
  await writeFile(join(to, 'package.json'), `${JSON.stringify(npmManifest(manifest), undefined, 2)}\n`);
  return [...copied, DATA_ARCHIVE].sort();
}

/** The output of npm about a package. */
export interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** Runs `npm pack` in a folder, without scripts. The package is written into the folder `to`. */
export function npmPack(folder: string, to: string): Packed {
  const output = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', to],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' },
  );
  const [packed] = JSON.parse(output) as readonly Packed[];
  return packed!;
}

if (import.meta.filename === process.argv[1]) {
  const paths = await stage(STAGE);
  const packed = npmPack(STAGE, dirname(PACKAGE));
  const extra = packed.files.map(({ path }) => path).filter((path) => !paths.includes(path));
  if (extra.length > 0 || packed.files.length !== paths.length)
    throw new Error(`The package has other files than package.json lists: ${extra.join(', ') || 'some are missing'}`);
  if (packed.size > MOST) throw new Error(`The package has ${packed.size} bytes, more than ${MOST}`);
  await rename(join(dirname(PACKAGE), packed.filename), PACKAGE);
  console.log(`dist/stackwarden.tgz: ${packed.files.length} files, ${packed.size} bytes`);
}
