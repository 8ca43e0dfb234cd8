/** Finds the documents that include a file, so that it is evaluated as `lint` of the directory does. */
import { flatMap } from '../base/flat-map.ts';
import { basename, dirname, resolve } from 'node:path';
import type { Reader } from '../base/snapshot.ts';
import { configurationSyntax } from '../formats/terraform-files.ts';
import { discover } from '../host/discover.ts';
import { CANDIDATE_FILES } from '../model/format.ts';
import { uriOf } from '../host/uri.ts';

/** The types that refer to nested templates; Terraform modules are referred to by directory. */
const TEMPLATE = /AWS::CloudFormation::Stack|AWS::Serverless::Application/;
const CALLER = /"module"/;

/**
 * Absolute paths of the files in the current directory, or else in the file's own, that refer to the file, directly
 * or through others.
 */
export function includingDocuments(path: string, cwd: string, reader: Reader): readonly string[] {
  const here = resolve(cwd);
  const isModule = isTerraform(path);
  const folder = path.startsWith(`${here}/`) || path.startsWith(`${here}\\`) ? here : dirname(path);
  const texts = new Map(
    flatMap(
      discover([folder], folder, CANDIDATE_FILES).files.filter(
        (file) => file.path !== path && isTerraform(file.path) === isModule,
      ),
      (file) => {
        const answer = reader.file(uriOf(file.path));
        return answer.kind === 'text' && (isModule ? CALLER : TEMPLATE).test(answer.text)
          ? [[file.path, answer.text] as const]
          : [];
      },
    ),
  );
  const found = new Set<string>();
  const nameOf = (file: string): string => (isModule ? basename(dirname(file)) : basename(file));
  const names = [nameOf(path)];
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    for (const [other, text] of texts) {
      // A module in a parent directory is referred to by dots only.
      if (found.has(other) || !(text.includes(name) || (isModule && text.includes('"../')))) continue;
      found.add(other);
      names.push(nameOf(other));
    }
  }
  return [...found].sort();
}

function isTerraform(path: string): boolean {
  return configurationSyntax(path) !== undefined;
}
