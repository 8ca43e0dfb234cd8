import type { Uri } from '../../base/span.ts';
import { nameOf } from '../../base/uri.ts';

/** Whether a document is a backup of a Terraform state: `terraform.tfstate.1712345678.backup`. */
export function isStateBackup(doc: Uri): boolean {
  return /\.tfstate(\.\d+)?\.backup$/.test(nameOf(doc));
}
