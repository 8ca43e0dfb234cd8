/** The severity of findings in resources that a tool added. */
import assert from 'node:assert/strict';
import { YES } from '../../server/src/model/judgement.ts';
import type { Profile, Severity, Topic } from '../../server/src/model/finding.ts';
import { checked, probe, type Look } from './probe.ts';

const reports: Look = (resource) => [{ violations: [{ wrong: YES, at: resource.self }], message: 'odd' }];

/** The weight of what a rule says of one resource. */
function weight(id: string, topic: Topic, severity: Severity, profile: Profile): string {
  const text = `Resources:\n  ${id}: {Type: AWS::Lambda::Function}\n  CDKMetadata: {Type: AWS::CDK::Metadata}\n`;
  return checked(text, [probe({ 'AWS::Lambda::Function': reports }, { topic, severity, profile })])
    .drafts.map((draft) => `${draft.severity} ${draft.profile}`)
    .join();
}

describe('a finding in a function that the CDK added', () => {
  const rows: readonly (readonly [topic: Topic, severity: Severity, profile: Profile, expected: string])[] = [
    ['operations', 'medium', 'recommended', 'low strict'],
    ['operations', 'medium', 'essential', 'low strict'],
    ['operations', 'low', 'recommended', 'low strict'],
    ['operations', 'info', 'strict', 'info strict'],
    ['identity', 'medium', 'recommended', 'low strict'],
    ['logging', 'medium', 'recommended', 'low strict'],
    ['identity', 'high', 'recommended', 'high recommended'],
    ['identity', 'critical', 'essential', 'critical essential'],
    ['secrets', 'medium', 'recommended', 'medium recommended'],
    ['data-exposure', 'medium', 'recommended', 'medium recommended'],
    ['network-exposure', 'low', 'recommended', 'low recommended'],
  ];
  for (const [topic, severity, profile, expected] of rows) {
    it(`about ${topic} that is ${severity} and ${profile} becomes ${expected}`, () =>
      assert.equal(weight('AWS679f53fac002430cb0da5b7982bd22872D164C4C', topic, severity, profile), expected));
    it(`about ${topic} that is ${severity} and ${profile} is unchanged in another function`, () =>
      assert.equal(weight('Handler886CB40B', topic, severity, profile), `${severity} ${profile}`));
  }
});
