/** The input files of a command. */
import { CANDIDATE_FILES } from '../model/format.ts';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Uri } from '../base/span.ts';
import { some } from '../base/words.ts';
import { discover, type Discovered } from '../host/discover.ts';
import { plainReason } from '../host/plain-reason.ts';
import { decodeText } from '../host/text-encoding.ts';
import { MAX_FILE_BYTES, tooLarge } from '../host/too-large.ts';
import { uriOf } from '../host/uri.ts';
import { UsageError, type World } from './world.ts';

export interface Inputs {
  readonly files: readonly Discovered[];
  /** Names that could not be resolved, as given, with the reason. */
  readonly failures: readonly { readonly path: string; readonly reason: string }[];
  /** Set if files of the named directories were left out, so that less is known about their configurations. */
  readonly isPartial?: boolean;
  /** A description of the inputs: `the current directory`, `a.yaml and 3 more`. */
  readonly described: string;
  /** The text of documents from standard input. */
  readonly overlays: ReadonlyMap<Uri, string>;
}

export interface InputOptions {
  readonly filesFrom?: string;
  readonly stdinFilename?: string;
}

/** Expands names. The default is the current directory. */
export function inputsOf(paths: readonly string[], options: InputOptions, world: World): Inputs {
  if (options.stdinFilename !== undefined) return fromStdin(options.stdinFilename, paths, world);
  const listed = options.filesFrom === undefined ? [] : listOfFiles(options.filesFrom, world);
  const names = paths.length === 0 && options.filesFrom === undefined ? ['.'] : [...paths, ...listed];
  if (names.includes('-'))
    throw new UsageError('To check standard input, use --stdin-filename, such as --stdin-filename template.yaml.');
  if (names.includes('')) throw new UsageError('A path is empty.');
  return { ...discover(names, world.cwd, CANDIDATE_FILES), described: describe(names), overlays: new Map() };
}

function fromStdin(name: string, paths: readonly string[], world: World): Inputs {
  if (paths.length > 0) throw new UsageError('--stdin-filename cannot be combined with paths.');
  const text = decodeText(standardInput(world));
  if (text === undefined) throw new UsageError('Standard input is not text.');
  const path = resolve(world.cwd, name);
  return { files: [{ path, explicit: true }], failures: [], described: name, overlays: new Map([[uriOf(path), text]]) };
}

function standardInput({ stdin }: World): Uint8Array {
  const bytes = stdin();
  if (bytes.length > MAX_FILE_BYTES) throw new UsageError(`Standard input ${tooLarge(bytes.length, MAX_FILE_BYTES)}.`);
  return bytes;
}

/** The names in a list, one per line, or separated by NUL as `git diff -z` writes them. */
function listOfFiles(source: string, world: World): readonly string[] {
  const text = new TextDecoder().decode(source === '-' ? standardInput(world) : readList(source, world.cwd));
  return text.split(text.includes('\0') ? '\0' : /\r?\n/).filter((name) => name.trim() !== '');
}

function readList(source: string, cwd: string): Uint8Array {
  try {
    return readFileSync(resolve(cwd, source));
  } catch (error) {
    throw new UsageError(`--files-from: ${source} ${plainReason(error)}.`);
  }
}

function describe(names: readonly string[]): string {
  return names.length === 0
    ? 'an empty list'
    : some(
        names.map((name) => (name === '.' ? 'the current directory' : name)),
        1,
      );
}
