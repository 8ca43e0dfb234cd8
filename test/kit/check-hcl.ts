/** The native syntax and Terraform JSON are one language: what is found in the one is found in the other. */
import assert from 'node:assert/strict';
import type { AnyRule } from '../../server/src/rules/rule.ts';
import { foundIn, identitiesIn, inHcl } from './as-hcl.ts';
import type { Case } from './fixture.ts';
import { prepareCase, prepareCaseOf } from './run-fixture.ts';

/**
 * The cases that differ, by fixture and name, with the lines of either syntax alone that begin with these texts, and
 * the reason.
 */
const DIFFERENT: Readonly<Record<string, { readonly json: readonly string[]; readonly hcl: readonly string[] }>> = {
  // A statement without Resource is marked as a whole. On one line that is its text, which begins with its first
  // argument, on several its name.
  'iam/element/iam-policy-missing-element.fixture bad.tf.json': {
    json: ['iam-policy-missing-element | data.aws_iam_policy_document.p | statement.actions |'],
    hcl: ['iam-policy-missing-element | data.aws_iam_policy_document.p | statement |'],
  },
  // A block that lacks a setting is marked as a whole, too. In JSON its text on one line begins with its first key.
  'ec2/ec2-instance-volume-encryption.fixture unknown.tf.json': {
    json: ['ec2-instance-volume-encryption | aws_instance.main | ebs_block_device.device_name |'],
    hcl: ['ec2-instance-volume-encryption | aws_instance.main | ebs_block_device |'],
  },
  'firehose/firehose-encryption.fixture bad.tf.json': {
    json: ['firehose-encryption | aws_kinesis_firehose_delivery_stream.main | server_side_encryption.enabled |'],
    hcl: ['firehose-encryption | aws_kinesis_firehose_delivery_stream.main | server_side_encryption |'],
  },
};

/** The lines that begin with none of some texts, of which each begins one line. */
function without(lines: readonly string[], starts: readonly string[]): readonly string[] {
  const rest = lines.filter((line) => !starts.some((start) => line.startsWith(start)));
  assert.equal(lines.length - rest.length, starts.length, `lines that begin with ${starts.join(', ')}`);
  return rest;
}

/** Checks that a case says the same when its configurations are written in the native syntax. `path` is the fixture. */
export function checkAsHcl(rule: AnyRule, one: Case, path: string): void {
  const [json, hcl] = [prepareCaseOf(rule, one).analysis, prepareCase(rule, inHcl(one.files)).analysis];
  const expected = DIFFERENT[`${path} ${one.name}`] ?? { json: [], hcl: [] };
  assert.deepEqual(without(foundIn(hcl), expected.hcl), without(foundIn(json), expected.json));
  assert.deepEqual(identitiesIn(hcl), identitiesIn(json));
}
