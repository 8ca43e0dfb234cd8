/** The instances of a block that the lines of a card are about. */
import assert from 'node:assert/strict';
import { instancesOf, instancesText } from '../../server/src/hover/instances.ts';
import { stackOf } from '../kit/stack-of.ts';

const MODULE = `
variable "isOn" { type = bool }
resource "aws_s3_bucket" "logs" {
  count = var.isOn ? 1 : 0
}`;

/** A call of the module. */
const call = (name: string, isOn: boolean): string => `
module "${name}" {
  source = "./m"
  isOn   = ${isOn}
}`;

/** The instances of the bucket of the module, and what a heading says of them. */
function instances(...calls: readonly string[]): readonly string[] {
  const stack = stackOf({ 'main.tf': calls.join(''), 'm/main.tf': MODULE });
  const found = instancesOf(
    stack,
    stack.resources.find(({ type }) => type === 'AWS::S3::Bucket')!,
  );
  return [...found.map(({ displayName }) => displayName), instancesText(found)];
}

describe('the instances of a block', () => {
  it('are those of all calls of its module', () =>
    assert.deepEqual(instances(call('one', true), call('two', true)), [
      'module.one.aws_s3_bucket.logs[0]',
      'module.two.aws_s3_bucket.logs[0]',
      ' (2 instances)',
    ]));
  it('are not those that never exist', () =>
    assert.deepEqual(instances(call('one', false), call('two', true)), ['module.two.aws_s3_bucket.logs[0]', '']));
  it('are none where all calls have count 0', () =>
    assert.equal(instances(call('one', false), call('two', false)).at(-1), ' (no instances)'));
});
