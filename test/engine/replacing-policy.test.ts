/** A fix of a policy is not safe where a change of the policy replaces the resource. */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { run } from '../../server/src/engine/run.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const OPTIONS: AnalysisOptions = {
  profile: 'strict',
  certainty: 'possible',
  configuration: DEFAULT_CONFIGURATION,
  rules: new Set(['iam-policy-duplicate-statement']),
};

/** A resource with a policy that has a statement twice. */
function template(type: string, property: readonly string[]): string {
  const statement = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: '*', Resource: '*' };
  const policy: unknown = { Version: '2012-10-17', Statement: [statement, statement] };
  const properties = property.reduceRight<unknown>((value, name) => ({ [name]: value }), policy);
  return JSON.stringify({ Resources: { Host: { Type: type, Properties: properties } } }, undefined, 2);
}

const ROWS = [
  ['AWS::Comprehend::EntityRecognizer', ['ModelPolicy'], true],
  ['AWS::Comprehend::DocumentClassifier', ['ModelPolicy'], false],
  ['AWS::FSx::S3AccessPointAttachment', ['S3AccessPoint', 'Policy'], true],
  ['AWS::S3::AccessPoint', ['Policy'], false],
] as const;

describe('the safe fix of a policy', () => {
  for (const [type, property, replaces] of ROWS)
    it(`is ${replaces ? 'a suggestion' : 'safe'} on ${type}`, () => {
      const reader = memoryReader(new Map([['a.json', template(type, property)]]));
      const fixes = run(reader, ['a.json'], OPTIONS).documents[0]!.findings.flatMap((one) => one.fixes);
      assert.equal(fixes.length > 0, true);
      for (const { title, safe, impact } of fixes) {
        assert.equal(safe, !replaces);
        assert.equal(impact, replaces ? 'replace' : undefined);
        assert.equal(title.includes('replaces the resource'), replaces);
      }
    });
});
