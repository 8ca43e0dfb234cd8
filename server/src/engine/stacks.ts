import type { Uri } from '../base/span.ts';
import { templateStack } from '../formats/cloudformation/stack.ts';
import type { Detection } from '../formats/detect.ts';
import { carriersByType, type PolicyLocations } from '../formats/policy-locations.ts';
import type { Problem } from '../model/finding.ts';
import type { Stack } from '../model/resource.ts';
import type { Incomplete } from './analysis.ts';
import type { Documents } from './documents.ts';

/** A stack with the trees that it was read from. */
export interface LoadedStack {
  readonly stack: Stack;
  readonly problems: readonly Problem[];
  readonly incomplete: readonly Incomplete[];
  /** Documents and folders whose content the findings may depend on. */
  readonly dependencies: readonly Uri[];
}

/** The stacks that the named documents belong to; undefined while something has yet to be read, which is then wanted. */
export function loadStacks(documents: Documents, detections: ReadonlyMap<Uri, Detection>): readonly LoadedStack[] | undefined {
  const stacks: LoadedStack[] = [];
  let lacking = false;
  for (const [doc, detection] of detections) {
    switch (detection.format) {
      case 'cloudformation': case 'sam': {
        const loaded = loadTemplate(documents, doc, detection);
        if (loaded === undefined) lacking = true;
        else if (loaded) stacks.push(loaded);
        break;
      }
      default: break;
    }
  }
  return lacking ? undefined : stacks;
}

/** Null when the document cannot be read. */
function loadTemplate(documents: Documents, doc: Uri, { format, language }: Detection): LoadedStack | null | undefined {
  const read = documents.snapshot.file(doc);
  const tree = documents.tree(doc, language);
  const locations = documents.data<PolicyLocations>('iam/locations');
  if (!read || locations === undefined) return undefined;
  if (!tree) return null;
  return { ...templateStack(tree, format, carriersByType(locations), isGenerated(doc)), incomplete: [], dependencies: [doc] };
}

/** Whether a document lies in a folder into which tools write. */
export function isGenerated(doc: Uri): boolean {
  return /\/(cdk\.out|cdktf\.out|\.aws-sam|\.terragrunt-cache)\//.test(doc);
}
