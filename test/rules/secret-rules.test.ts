/** Rules about properties that hold a secret show no secret, and what they find is also hidden where they are off. */
import assert from 'node:assert/strict';
import { writtenSecrets } from '../../server/src/formats/secret-places.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { configurationSyntax } from '../../server/src/formats/terraform-files.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { isPlaceholder } from '../../server/src/model/script-secrets.ts';
import { ruleId, rulePaths } from '../../tools/rule-index.ts';
import { analysed, findingsOf } from '../engine/analysis.ts';
import { fixtureOf } from '../kit/fixtures.ts';
import { prepareCase } from '../kit/run-fixture.ts';

const paths = new Map(rulePaths().map((path) => [ruleId(path), path]));
/** It is about secrets without rotation, and reports no value. */
const ROTATION = 'secretsmanager-rotation';
const rules = RULES.filter(({ id, topic, on }) => topic === 'secrets' && on === 'resource' && id !== ROTATION);

/** A function of a template, a variable, a local value or an attribute, and a call without a literal. */
const REFERENCE = /^!|\$\{|^(?:var|local|data)\.|^[a-z]+_\w+\.\w+\.\w+$|^\w+\([^"']*\)$/;

/** Whether a value can be shown: the ID of an access key, a placeholder, and a script in base64. */
function canBeShown(text: string): boolean {
  return (
    /^(?:AKIA|ASIA)/.test(text) ||
    isPlaceholder(text) ||
    Buffer.from(text, 'base64').toString('latin1').startsWith('#!')
  );
}

describe('rules about secret properties', () => {
  it('exist', () => assert.ok(rules.length > 20));

  for (const rule of rules)
    describe(rule.id, () => {
      const cases = fixtureOf(paths.get(rule.id)!)?.cases ?? [];
      for (const { name, files } of cases.filter((one) => one.name.startsWith('bad')))
        it(name, () => {
          for (const { doc, findings } of prepareCase(rule, files).analysis.documents) {
            const text = files.find(({ path }) => doc.endsWith(path))?.text ?? '';
            const hidden = writtenSecrets(parse(doc, text, configurationSyntax(doc)?.language));
            for (const { at, message, path, related, fixes } of findings) {
              const secret = text.slice(at.start, at.end).replaceAll(/^["']|["']$/g, '');
              // The key of a block of text can be marked too.
              if (REFERENCE.test(secret) || path.endsWith(secret)) continue;
              const shown = [message, path, ...related.map((one) => one.message), ...fixes.map(({ title }) => title)];
              assert.ok(!shown.some((text) => text.includes(secret)), shown.join('\n'));
              for (const { edits } of fixes)
                for (const { newText } of edits) assert.ok(!newText.includes(secret), newText);
              assert.ok(
                canBeShown(secret) || hidden.some(({ start, end }) => start <= at.start && at.end <= end),
                `${name}: the value at ${path} is hidden: ${secret}`,
              );
            }
          }
        });
    });
});

describe('the fix of a hard-coded secret', () => {
  const titles = (text: string): readonly string[] =>
    findingsOf(analysed({ 'a.yaml': text }))
      .filter(({ rule }) => rule === 'mq-broker-user-password-plaintext')
      .flatMap(({ fixes }) => fixes.map(({ title }) => title))
      .filter((title) => title.includes('NoEcho'));
  const broker = (subnet: string): string =>
    `Resources: {B: {Type: AWS::AmazonMQ::Broker, Properties: {SubnetIds: [${subnet}], Users: [{Username: a, Password: correct-horse}]}}}\n`;

  it('adds a parameter to a template', () => {
    assert.equal(titles(broker('subnet-1')).length, 1);
    assert.equal(titles(`Parameters: {Id: {Type: String}}\n${broker('!Ref Id')}`).length, 1);
    assert.equal(titles(`AWSTemplateFormatVersion: 2010-09-09\n${broker('!Ref Id')}`).length, 1);
  });

  it('adds none to a part of a template, whose parameters are in another part', () => {
    assert.deepEqual(titles(broker('!Ref Id')), []);
    assert.deepEqual(titles(broker('!GetAtt Other.Id')), []);
  });
});
