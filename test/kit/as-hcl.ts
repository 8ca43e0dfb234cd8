/** Cases whose Terraform JSON is written in the native syntax. */
import type { Analysis } from '../../server/src/engine/analysis.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { hclOfJson } from './hcl-of-json.ts';

/** A file of a case. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

const CONFIGURATION = /\.(?:tf|tofu)\.json$/;

/** Whether a file is a configuration in Terraform JSON. */
export function isConfiguration({ path }: TextFile): boolean {
  return CONFIGURATION.test(path);
}

/**
 * The files, with each configuration converted to the native syntax. Idiomatic ones have `jsonencode` instead of JSON
 * strings. Throws `Unconvertible`.
 */
export function inHcl(files: readonly TextFile[], idiomatic = false): readonly TextFile[] {
  return files.map((file) => {
    if (!isConfiguration(file)) return file;
    const tree = parse(`file:///${file.path}`, file.text, 'json');
    return { path: file.path.replace(/\.json$/, ''), text: hclOfJson(tree, idiomatic) };
  });
}

/** What baselines and suppressions recognize the findings by. */
export function identitiesIn({ documents }: Analysis): readonly string[] {
  return documents
    .flatMap(({ findings }) => findings)
    .map(({ rule, resource, canonicalPath, valueHash }) => [rule, resource, canonicalPath, valueHash].join(' '))
    .sort();
}

/**
 * What is found and what could not be read, a line each, sorted. In JSON a single block is an object or a list of one,
 * so the index of a first block does not count.
 */
export function foundIn({ documents }: Analysis): readonly string[] {
  return documents
    .flatMap(({ findings, problems }) => [
      ...findings.map(({ rule, resource, path, severity, certainty, when, message }) =>
        [rule, resource, path.replaceAll('[0]', ''), severity, certainty, JSON.stringify(when), message].join(' | '),
      ),
      ...problems.map(({ kind, message }) => `${kind}: ${message}`),
    ])
    .sort();
}
