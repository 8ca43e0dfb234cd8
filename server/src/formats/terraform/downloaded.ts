/**
 * Third-party modules, which `terraform init` downloads:
 * https://developer.hashicorp.com/terraform/cli/init#child-module-installation
 */
import type { Uri } from '../../base/span.ts';

/** Whether a document or folder belongs to a downloaded module. */
export function isDownloaded(uri: Uri): boolean {
  return uri.includes('/.terraform/modules/');
}

/** Whether a document is in Terraform's data directory, which contains downloaded modules, providers and the state. */
export function isTerraformData(uri: Uri): boolean {
  return uri.includes('/.terraform/');
}
