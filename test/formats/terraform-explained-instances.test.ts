/**
 * An expression in several instances of a block is explained in the same order, whichever of them was evaluated first,
 * and without the evaluation of other blocks.
 */
import assert from 'node:assert/strict';
import { leaves } from '../../server/src/model/navigate.ts';
import { builtOf, stackOf } from './terraform-stack.ts';

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

  const OTHERS = Array.from(
    { length: 50 },
    (_, n) => `resource "aws_sns_topic" "t${n}" {\n  display_name = "\${var.v}-${n}"\n}\n`,
  );
  const BLOCKS: readonly (readonly [title: string, text: string])[] = [
    ['a resource', 'resource "aws_sqs_queue" "q" {\n  name = "${var.v}§"\n}\n'],
    ['an argument that is written out', 'resource "aws_sqs_queue" "q" {\n  name = "q§"\n}\n'],
    ['a data source', 'data "aws_vpc" "q" {\n  cidr_block = "${var.v}§"\n}\n'],
    ['a local', 'locals {\n  q = "${var.v}§"\n}\n'],
    ['an output', 'output "none" {}\noutput "q" {\n  value = "${var.v}§"\n}\n'],
  ];
  for (const [title, block] of BLOCKS)
    it(`is that of ${title} alone`, () => {
      const marked = `variable "v" { default = "a" }\n${OTHERS.join('')}${block}`;
      const text = marked.replace('§', '');
      const { stack, evaluations } = builtOf({ 'main.tf': text });
      const before = evaluations();
      assert.ok(stack.expressionAt!(stack.documents[0]!, marked.indexOf('§') - 1));
      assert.ok(evaluations() - before < 5, `${evaluations() - before} evaluations`);
    });
});
