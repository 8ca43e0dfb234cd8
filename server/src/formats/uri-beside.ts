import type { Uri } from '../base/span.ts';

/**
 * Resolves a relative path against the folder of a document; undefined for a URL, an absolute path, and a path above
 * the root.
 */
export function uriBeside(doc: Uri, path: string): Uri | undefined {
  if (path === '' || /^[A-Za-z][A-Za-z0-9+.-]*:|^[/\\~]/.test(path)) return undefined;
  const scheme = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(doc)?.[0] ?? '';
  const steps = doc.slice(scheme.length).split('/').slice(0, -1);
  for (const step of path.replaceAll('\\', '/').split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(encodeURIComponent(step));
    // The root has no parent folder.
    else if (steps.length > 1) steps.pop();
    else return undefined;
  }
  return `${scheme}${steps.join('/')}`;
}
