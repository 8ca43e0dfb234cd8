/**
 * Cards say what holds if a property is not set, and that it is not known only where nothing determines it. They have
 * few rows.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { once } from '../../server/src/base/once.ts';
import type { ServiceOwnership } from '../../server/src/hover/ownership.ts';
import { MAX_ROWS } from '../../server/src/hover/rows.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { data } from '../schemas/data.ts';
import { cardsOf } from './card-at.ts';
import { shownRows } from './shown-rows.ts';

/** What another resource, an account or an image determines. */
const DETERMINED_ELSEWHERE: readonly string[] = [
  'AWS::AutoScaling::LaunchConfiguration: volume',
  'AWS::EC2::Instance: instance metadata',
  'AWS::EC2::Instance: volume',
  'AWS::EC2::LaunchTemplate: instance metadata',
  'AWS::EC2::LaunchTemplate: volume',
  'AWS::EC2::Volume: encryption',
  'AWS::RDS::DBInstance: public address',
];

/** What no page of AWS states. */
const UNDOCUMENTED: readonly string[] = [
  'AWS::CodeBuild::Project: builds',
  'AWS::RedshiftServerless::Workgroup: public access',
];

/** Required properties, without which nothing is deployed. */
const REQUIRED: readonly string[] = [
  'AWS::CloudFront::Distribution: viewer protocol',
  'AWS::CloudTrail::Trail: logging',
  'AWS::GuardDuty::Detector: detector',
  'AWS::Lambda::LayerVersionPermission: principal',
  'AWS::Lambda::Permission: action',
  'AWS::Lambda::Url: authentication',
  'AWS::S3::BucketPolicy: bucket',
  'AWS::SNS::TopicPolicy: topic',
  'AWS::SQS::QueuePolicy: queue',
];

/** The cards of a resource of each type without properties, by its type. */
const cards = once(() =>
  readdirSync(`${SCHEMAS}/ownership`).flatMap((file) => {
    const types = Object.keys(data<Partial<ServiceOwnership>>(`ownership/${file.slice(0, -5)}`).service?.kinds ?? {});
    if (types.length === 0) return [];
    const text = `Resources:\n${types.map((type, index) => `  R${index}n:\n    Type: ${type}\n`).join('')}`;
    const cardAt = cardsOf('template.yaml', text, 'all');
    return types.map((type, index) => ({ type, card: cardAt(text.indexOf(`R${index}n:`) + 1) }));
  }),
);

describe('cards of resources without properties', () => {
  it('state the documented defaults', () => {
    const unknown = cards().flatMap(({ type, card }) =>
      (card?.lines ?? []).filter(({ status }) => status === 'unknown').map(({ label }) => `${type}: ${label}`),
    );
    assert.deepEqual(unknown.toSorted(), [...DETERMINED_ELSEWHERE, ...UNDOCUMENTED, ...REQUIRED].toSorted());
  });

  it('have few rows', () => {
    const long = cards().flatMap(({ type, card }) => {
      const rows = shownRows(card ?? assert.fail(`${type} has no card`), true);
      return rows > MAX_ROWS ? [`${type}: ${rows}`] : [];
    });
    assert.deepEqual(long, []);
  });
});
