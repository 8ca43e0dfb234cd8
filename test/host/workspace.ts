import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A file's content, or the target of a link. */
export type Entry = string | Uint8Array | { readonly link: string };

/** A temporary folder with files. The names of entries are paths; a name that ends in `/` is an empty folder. */
export function makeFolder(entries: Readonly<Record<string, Entry>>): {
  readonly path: string;
  at(name: string): string;
  remove(): void;
} {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'stackwarden-')));
  for (const [name, entry] of Object.entries(entries)) {
    const target = join(path, name);
    mkdirSync(name.endsWith('/') ? target : dirname(target), { recursive: true });
    if (name.endsWith('/')) continue;
    if (typeof entry === 'string' || entry instanceof Uint8Array) writeFileSync(target, entry);
    else symlinkSync(entry.link, target);
  }
  return { path, at: (name) => join(path, name), remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs something as a user that may not read everything: the superuser may. */
export function withoutPrivileges<T>(run: () => T): T {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid!(65534);
  try {
    return run();
  } finally {
    process.seteuid!(0);
  }
}
