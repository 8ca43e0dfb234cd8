/**
 * Writing data files: sorted, compact, one line for each entry that is likely to change by itself, so that differences
 * can be read.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCHEMAS = fileURLToPath(new URL('../../schemas/', import.meta.url));

/**
 * The header of a data file made from a package: source, version, publication date, license.
 * Throws if the installed version differs.
 */
export function header({ name, version, published, licence, ...more }) {
  const installed = JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8'));
  if (installed.version !== version || installed.license !== licence) {
    throw new Error(
      `${name} is ${installed.version} (${installed.license}), not ${version} (${licence}): correct the version, the publication date and the license`,
    );
  }
  return { source: `npm:${name}`, version, date: published, licence, ...more };
}

/** An object with its keys in order, entries that are undefined left out. */
export function sorted(entries) {
  return Object.fromEntries(
    [...entries].filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
}

/**
 * Replaces a folder of `schemas/` by files of sections, objects or arrays, each entry on a line of its own.
 * Answers the number of files and bytes.
 */
export function writeFolder(folder, files) {
  const target = join(SCHEMAS, folder);
  mkdirSync(target, { recursive: true });
  for (const old of readdirSync(target)) if (!(old.slice(0, -'.json'.length) in files)) rmSync(join(target, old));
  let bytes = 0;
  for (const [name, content] of Object.entries(files)) {
    const text = render(content);
    bytes += Buffer.byteLength(text);
    writeFileSync(join(target, `${name}.json`), text);
  }
  return { files: Object.keys(files).length, bytes };
}

/** Writes one file of `schemas/` of sections. Answers the number of bytes. */
export function writeData(name, content) {
  const text = render(content);
  writeFileSync(join(SCHEMAS, `${name}.json`), text);
  return Buffer.byteLength(text);
}

function render(content) {
  const sections = Object.entries(content).map(
    ([name, section]) => `${JSON.stringify(name)}:${name === '$' ? JSON.stringify(section) : lines(section)}`,
  );
  return `{${sections.join(',\n')}}\n`;
}

function lines(section) {
  if (Array.isArray(section)) return `[\n${section.map((value) => JSON.stringify(value)).join(',\n')}]`;
  return `{\n${Object.entries(section)
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
    .join(',\n')}}`;
}
