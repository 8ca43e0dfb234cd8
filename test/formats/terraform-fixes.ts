/** Applies fixes to Terraform directories. */
import assert from 'node:assert/strict';
import { lowerFix } from '../../server/src/engine/fix.ts';
import type { NewValue } from '../../server/src/model/edit.ts';
import type { Refusal } from '../../server/src/formats/lowering.ts';
import type { LoweredFix } from '../../server/src/model/finding.ts';
import { leaves } from '../../server/src/model/navigate.ts';
import { applyFix, readBack } from '../kit/read-back.ts';
import { directory, EVERYTHING, FOLDER, stackOf, type Files } from './terraform-stack.ts';

/**
 * The documents that the first fix of a rule changes, as values, once it is seen that every fix reads back; undefined
 * without fixes.
 */
export function fixed(files: Files, rule: string): Readonly<Record<string, unknown>> | undefined {
  const options = { ...EVERYTHING, rules: new Set([rule]) };
  const { reader, named, analysis } = directory(files, options);
  assert.deepEqual(readBack(reader, named, analysis, options), []);
  const findings = analysis.documents.flatMap((document) => document.findings);
  assert.ok(findings.length > 0, 'nothing is found');
  const [fix] = findings.flatMap((finding) => finding.fixes);
  return (
    fix &&
    Object.fromEntries(
      [...applyFix(reader, fix)].map(([doc, text]) => [doc.slice(FOLDER.length), JSON.parse(text) as unknown]),
    )
  );
}

/** What becomes of setting a canonical property of a resource, where it is absent if there is such a place. */
export function lowered(files: Files, address: string, path: string, value: NewValue): LoweredFix | Refusal {
  const resource = stackOf(files).byAddress(address)!;
  const all = leaves(resource.get(path)).map((leaf) => leaf.value);
  return lowerFix(
    { title: 'Set it', safe: true, edits: [{ op: 'set', resource, path, value }] },
    all.find((leaf) => leaf.state === 'absent') ?? all[0]!,
  );
}

/** The main file, as a value, after a canonical property is set; else why it cannot be. */
export function set(files: Files, address: string, path: string, value: NewValue): unknown {
  const result = lowered(files, address, path, value);
  if ('refused' in result) return result.refused;
  const { reader } = directory(files);
  return JSON.parse(applyFix(reader, result).get(`${FOLDER}main.tf.json`)!);
}
