/** The facts of the Dockerfile that can be checked without building the image. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packedFiles, type Manifest } from '../../tools/package/npm.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** The instructions of each stage; the first list has those before the first stage. */
function stagesOf(text: string): readonly (readonly Instruction[])[] {
  const stages: Instruction[][] = [[]];
  for (const line of text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll('\\\n', '')
    .split('\n')) {
    const [, name, rest] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined) continue;
    if (name === 'FROM') stages.push([]);
    stages.at(-1)!.push({ name, text: rest });
  }
  return stages;
}

const [ahead, build, image] = stagesOf(textOf('Dockerfile')) as [Instruction[], Instruction[], Instruction[]];
const all = (stage: readonly Instruction[], name: string): readonly string[] =>
  stage.flatMap((instruction) => (instruction.name === name ? [instruction.text] : []));

/** The entries of .dockerignore that a build gets in spite of its first pattern, which is all. */
const [first, ...patterns] = textOf('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const sent = patterns.flatMap((pattern) => (pattern.startsWith('!') ? [pattern.slice(1)] : []));
const withheld = patterns.filter((pattern) => !pattern.startsWith('!'));
const isSent = (path: string): boolean =>
  sent.some((entry) => path === entry || path.startsWith(`${entry}/`)) &&
  !withheld.some((entry) => path === entry || path.startsWith(`${entry}/`));

describe('the Dockerfile', () => {
  it('has two stages from one base image, pinned by a tag that can be replaced by a digest', () => {
    assert.deepEqual(all(ahead, 'ARG'), ['NODE_IMAGE=node:22-alpine']);
    assert.deepEqual([all(build, 'FROM'), all(image, 'FROM')], [['${NODE_IMAGE} AS build'], ['${NODE_IMAGE}']]);
    const { engines } = JSON.parse(textOf('package.json')) as Manifest;
    assert.ok(22 >= Number(/\d+/.exec(engines['node']!)![0]));
  });

  it('runs the program, not as root, in a folder for a mounted repository', () => {
    assert.deepEqual(all(image, 'ENTRYPOINT'), ['["stackwarden"]']);
    assert.deepEqual(all(image, 'CMD'), ['["lint"]']);
    assert.deepEqual(all(image, 'USER'), ['1000:1000']);
    assert.deepEqual(all(image, 'WORKDIR'), ['/work']);
    // Everything before is done by root, everything after by that user.
    assert.ok(image.findLastIndex(({ name }) => name === 'RUN') < image.findIndex(({ name }) => name === 'USER'));
  });

  it('links the program that the npm package has', () => {
    const { bin } = JSON.parse(textOf('package.json')) as Manifest;
    assert.deepEqual(all(image, 'COPY'), ['--from=build /source/.cache/npm /opt/stackwarden']);
    assert.ok(all(image, 'RUN').includes(`ln -s /opt/stackwarden/${bin['stackwarden']!} /usr/local/bin/stackwarden`));
  });

  it('downloads nothing except the locked packages, and Git for --changed-since', () => {
    assert.deepEqual(all(build, 'RUN'), ['npm ci --ignore-scripts --no-audit --no-fund', 'npm run package:npm']);
    const [git, ...others] = all(image, 'RUN');
    assert.equal(git, 'apk add --no-cache git && git config --system --add safe.directory /work');
    assert.deepEqual(
      others.filter((command) => !command.startsWith('ln ')),
      [],
    );
    for (const stage of [build, image]) assert.deepEqual(all(stage, 'ADD'), []);
  });

  it('copies files that exist and that .dockerignore does not exclude', () => {
    const sources = all(build, 'COPY').flatMap((text) => text.split(' ').slice(0, -1));
    assert.deepEqual(sources, ['.npmrc', 'package.json', 'package-lock.json', '.']);
    assert.deepEqual(
      sources.filter((path) => path !== '.' && !(isSent(path) && existsSync(join(ROOT, path)))),
      [],
    );
  });

  it('gets what the npm package is built from, and neither history nor secrets', () => {
    assert.equal(first, '*');
    assert.deepEqual(
      sent.filter((path) => !existsSync(join(ROOT, path))),
      [],
    );
    const manifest = JSON.parse(textOf('package.json')) as Manifest;
    const files = manifest.files.filter((path) => !path.startsWith('dist/'));
    assert.deepEqual(
      packedFiles({ files }).filter((path) => !isSent(path)),
      [],
    );
    for (const path of ['server/src/main-cli.ts', 'server/src/main-lsp.ts', 'tools/build.mjs', 'tools/package/npm.ts'])
      assert.ok(isSent(path), path);
    const hidden = readdirSync(ROOT).filter((name) => name.startsWith('.') && isSent(name));
    assert.deepEqual(hidden, ['.npmrc']);
    assert.ok(!isSent('node_modules') && !isSent('dist') && !isSent('docs/images/finding.png'));
  });
});
