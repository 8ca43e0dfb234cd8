import type { Uri } from '../base/span.ts';

/** Whether a document lies in a folder into which tools write. */
export function isGenerated(doc: Uri): boolean {
  return /\/(cdk\.out|cdktf\.out|\.aws-sam|\.terragrunt-cache)\//.test(doc);
}
