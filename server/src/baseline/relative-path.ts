import type { Uri } from '../base/span.ts';
import { decoded } from '../base/uri.ts';

/** The path of a document relative to a folder, decoded, with slashes: `a.yaml`, `../b/c.tf`. */
export function relativePath(folder: Uri, doc: Uri): string {
  const [from, to] = [folder.split('/'), doc.split('/')];
  let common = 0;
  while (common < from.length && common < to.length - 1 && decoded(from[common]!) === decoded(to[common]!)) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common).map(decoded)].join('/');
}

/** The document at a relative path in a folder. */
export function documentAt(folder: Uri, path: string): Uri {
  const steps = folder.split('/');
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(encodeURIComponent(step));
  }
  return steps.join('/');
}
