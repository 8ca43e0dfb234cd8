import type { Uri } from '../base/span.ts';

/** Whether a document is in a folder of generated files. */
export function isGenerated(doc: Uri): boolean {
  return /\/(cdk\.out|cdktf\.out|\.aws-sam|\.terragrunt-cache)\//.test(doc);
}
