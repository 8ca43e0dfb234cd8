/** The card of a module whose resources are in other files. */
import assert from 'node:assert/strict';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import { documentStack, stacksOf } from '../../server/src/engine/analyzed-stacks.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { plainTextOf } from '../../server/src/hover/markdown.ts';
import { hoverAt } from '../../server/src/hover/responsibility/hover.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const MAIN = `module "queues" {
  source = "./queues"
  count  = 2
}
module "queues_of_others" {
  source = "./empty"
}
resource "aws_sqs_queue" "own" {}
`;

describe('a hover on a module', () => {
  const doc = 'file:///w/main.tf';
  const reader = memoryReader(
    new Map([
      [doc, MAIN],
      ['file:///w/queues/main.tf', 'resource "aws_sqs_queue" "a" {}\nresource "aws_sns_topic" "b" {}\n'],
      ['file:///w/empty/main.tf', 'variable "x" {}\n'],
    ]),
  );
  const { configuration } = readConfiguration('file:///w/.stackwarden.yaml', '');
  const options: AnalysisOptions = { profile: 'strict', certainty: 'certain', configuration };
  const cache = new ParseCache();
  const at = documentStack(stacksOf(collect(reader, [doc], options, cache), options, cache), doc)!;
  const resources = (name: string): string | undefined => {
    const card = hoverAt({
      ...at,
      offset: MAIN.indexOf(`"${name}"`) + 2,
      level: 'security',
      findings: () => [],
      today: '2026-11-24',
      data: (file) => reader.data(file),
    });
    return card && plainTextOf(card).match(/resources: (.*)/)?.[1];
  };

  it('names the resources that it creates, once for all instances', () => {
    assert.equal(resources('queues'), 'aws_sqs_queue.a and aws_sns_topic.b');
  });

  it('says if none of them is read', () => {
    assert.equal(resources('queues_of_others'), 'none is read here, so what the module creates is not known');
  });
});
