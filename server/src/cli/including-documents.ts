/** Which documents around a file may include it, so that it can be looked at in its place in them, as `lint` of the folder would. */
import { basename, dirname, resolve } from 'node:path';
import type { Reader } from '../base/snapshot.ts';
import { discover } from '../host/discover.ts';
import { uriOf } from '../host/uri.ts';

/** A template within another one is named by its path in these types, a module of Terraform by its folder. */
const TEMPLATE = /AWS::CloudFormation::Stack|AWS::Serverless::Application/;
const CALLER = /"module"/;

/** The files of the current folder, or else of the file's own, that name a file by its name in a template, or name such a file. Absolute paths. */
export function includingDocuments(path: string, cwd: string, reader: Reader): readonly string[] {
  const here = resolve(cwd);
  const isModule = isTerraform(path);
  const folder = path.startsWith(`${here}/`) || path.startsWith(`${here}\\`) ? here : dirname(path);
  const texts = new Map(
    discover([folder], folder)
      .files.filter((file) => file.path !== path && isTerraform(file.path) === isModule)
      .flatMap((file) => {
        const answer = reader.file(uriOf(file.path));
        return answer.kind === 'text' && (isModule ? CALLER : TEMPLATE).test(answer.text)
          ? [[file.path, answer.text] as const]
          : [];
      }),
  );
  const found = new Set<string>();
  const nameOf = (file: string): string => (isModule ? basename(dirname(file)) : basename(file));
  const names = [nameOf(path)];
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    for (const [other, text] of texts) {
      // A module in a folder above is called by nothing but dots.
      if (found.has(other) || !(text.includes(name) || (isModule && text.includes('"../')))) continue;
      found.add(other);
      names.push(nameOf(other));
    }
  }
  return [...found].sort();
}

function isTerraform(path: string): boolean {
  return /\.(tf|tofu)\.json$/.test(path);
}
