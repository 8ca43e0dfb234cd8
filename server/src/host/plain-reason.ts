/** File system errors in plain words, each completing "the file …". */
import { table, type Table } from '../base/table.ts';
const REASONS: Table<string> = table({
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: permission denied',
  EISDIR: 'is a folder',
  ELOOP: 'is a symbolic link cycle',
  ENAMETOOLONG: 'has a name that is too long',
  EBUSY: 'is in use by another program',
  EMFILE: 'cannot be read: too many files are open',
  ENFILE: 'cannot be read: too many files are open',
  EROFS: 'is on a disk that cannot be written',
  ENOSPC: 'cannot be written: the disk is full',
});

/** Whether an error means that the file does not exist. */
export function isMissingFile(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/**
 * Why an operation on a file failed, such as "does not exist". For an unlisted error, it has the error code of Node.js.
 * @param access What the operation does.
 */
export function plainReason(error: unknown, access: 'read' | 'written' = 'read'): string {
  const code = codeOf(error);
  const reason = isMissingFile(error) ? 'does not exist' : (REASONS[code] ?? `cannot be read: ${code}`);
  return reason.replace('cannot be read', `cannot be ${access}`);
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown error';
}
