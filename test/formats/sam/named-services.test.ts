import assert from 'node:assert/strict';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { Tree } from '../../../server/src/syntax/tree.ts';
import { samServicesNamedIn } from '../../../server/src/formats/sam/named-services.ts';
import type { SamData } from '../../../server/src/formats/sam/transform.ts';
import { schemaData } from '../../../server/src/host/schema-data.ts';
import { stepsOf } from '../../kit/steps.ts';
import { SCHEMAS } from '../../kit/memory-reader.ts';

const DATA = {
  mapping: schemaData(SCHEMAS, 'sam/resources'),
  policies: schemaData(SCHEMAS, 'sam/policies'),
  connectors: schemaData(SCHEMAS, 'sam/connectors'),
} as SamData;

const treeOf = (text: string): Tree => parse('file:///a.yaml', text);
const namedIn = (text: string): readonly string[] => [...samServicesNamedIn(treeOf(text), DATA)].sort();

const TEXTS: readonly (readonly [text: string, services: readonly string[]])[] = [
  ['- S3ReadPolicy: {BucketName: a}', ['s3']],
  ['"Policies": ["CloudWatchPutMetricPolicy"]', ['cloudwatch']],
  ['- StepFunctionsExecutionPolicy_v2: {StateMachineName: a}', ['states']],
  ['{"Type": "AWS::Serverless::Function"}', ['events', 'lambda', 's3', 'sns', 'sqs', 'sts']],
  // Parts of longer names are not meant.
  ['- MyS3ReadPolicy', []],
  ['AWS::Serverless::FunctionOfMine', []],
];

describe('services that a SAM template names by policy templates, events and connectors', () => {
  for (const [text, services] of TEXTS) it(text, () => assert.deepEqual(namedIn(text), services));

  it('include those of each policy template', () => {
    for (const name of Object.keys(DATA.policies.templates)) assert.notDeepEqual(namedIn(`- ${name}: {}`), [], name);
  });

  it('are found in one search, which is not repeated', () => {
    const tree = treeOf('Description: none\n'.repeat(1000));
    const search = (): unknown => samServicesNamedIn(tree, DATA);
    assert.equal(stepsOf(search).scanned, 0);
    assert.equal(stepsOf(search).lookups, 0);
  });
});
