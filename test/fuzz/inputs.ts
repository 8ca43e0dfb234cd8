import { CANDIDATE_FILES } from '../../server/src/model/format.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { relative, resolve } from 'node:path';
import { once } from '../../server/src/base/once.ts';
import type { Uri } from '../../server/src/base/span.ts';
import { discover } from '../../server/src/host/discover.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import type { DocumentTree, Language } from '../../server/src/syntax/tree.ts';
import { inHcl, isConfiguration } from '../kit/as-hcl.ts';
import { fixturePaths, readFixture } from '../kit/fixtures.ts';

/** Documents that are analysed together. */
export interface Input {
  readonly name: string;
  readonly texts: ReadonlyMap<Uri, string>;
  /** The one that is changed. */
  readonly doc: Uri;
}

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

/**
 * The examples and the cases of all fixtures, those in Terraform JSON in HCL as well; read once for all tests of a
 * process.
 */
export const ownInputs = once((): readonly Input[] => {
  const cases = fixturePaths().flatMap((path) =>
    readFixture(path).cases.flatMap((one) => [
      input(`${path} ${one.name}`, one.files),
      ...(one.files.some(isConfiguration) ? [input(`${path} ${one.name} in HCL`, inHcl(one.files))] : []),
    ]),
  );
  return [...inputsBelow(EXAMPLES), ...cases];
});

/** The tree of a document. */
export function treeOf(doc: Uri, text: string, language?: Language): DocumentTree {
  return parse(doc, text, language ?? (/\.(?:tf|tofu|tfvars)$/.test(doc) ? 'hcl' : undefined));
}

/** Every document below a folder that may be ours, with its neighbours when it is Terraform. */
export function inputsBelow(folder: string): readonly Input[] {
  return discover([folder], process.cwd(), CANDIDATE_FILES).files.map(({ path }) => {
    const neighbours = /\.tf(?:\.json)?$/.test(path)
      ? readdirSync(resolve(path, '..'))
          .filter((name) => /\.tf(vars)?(?:\.json)?$/.test(name))
          .map((name) => resolve(path, '..', name))
      : [];
    const own = [path, ...neighbours.filter((other) => other !== path)];
    return input(
      relative(process.cwd(), path),
      own.map((file) => ({ path: file.slice(1), text: readFileSync(file, 'utf8') })),
    );
  });
}

function input(name: string, files: readonly { readonly path: string; readonly text: string }[]): Input {
  const texts = new Map(files.map(({ path, text }) => [`file:///case/${path}`, text]));
  const keys = [...texts.keys()];
  return { name, texts, doc: keys.find((doc) => !/\/\.[^/]*$/.test(doc)) ?? keys[0]! };
}

/** The same documents with another text of the one that is changed. */
export function withText(of: Input, text: string, doc: Uri = of.doc): Input {
  const texts = new Map([...of.texts].map(([uri, own]) => (uri === of.doc ? [doc, text] : [uri, own])));
  return { ...of, texts, doc };
}
