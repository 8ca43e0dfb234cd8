/**
 * An expression in several instances of a block is explained in the same order, whichever of them was evaluated first.
 */
import assert from 'node:assert/strict';
import { leaves } from '../../server/src/model/navigate.ts';
import { stackOf } from './terraform-stack.ts';

const INSTANCES: readonly (readonly [repeated: string, name: string, order: readonly string[]])[] = [
  ['for_each = { b = "one", a = "two" }', 'q-${each.key}', ['q-a', 'q-b']],
  ['count = 11', 'q-${count.index}', [...Array(11).keys()].map((index) => `q-${index}`)],
];

describe('an explained expression', () => {
  for (const [repeated, name, order] of INSTANCES)
    it(`has the values of ${repeated} in the order of the addresses`, () => {
      const text = `resource "aws_sqs_queue" "q" {\n  ${repeated}\n  name = "${name}"\n}\n`;
      for (const turn of [<T>(all: readonly T[]) => all, <T>(all: readonly T[]) => all.toReversed()]) {
        const stack = stackOf({ 'main.tf': text });
        for (const queue of turn(stack.resources)) queue.get('QueueName');
        const found = stack.expressionAt!(stack.documents[0]!, text.indexOf('q-'));
        assert.ok(found?.what === 'value');
        assert.deepEqual(
          leaves(found.value).map(({ value }) => (value.state === 'known' ? value.raw : value.state)),
          order,
        );
      }
    });
});
