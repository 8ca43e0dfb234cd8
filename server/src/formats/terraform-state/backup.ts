import type { Uri } from '../../base/span.ts';
import { nameOf } from '../../base/uri.ts';

/** The names of backups of a state: `terraform.tfstate.1712345678.backup`. */
export const STATE_BACKUP = /\.tfstate(\.\d+)?\.backup$/;

/** Whether a document is a backup of a Terraform state. */
export function isStateBackup(doc: Uri): boolean {
  return STATE_BACKUP.test(nameOf(doc));
}
