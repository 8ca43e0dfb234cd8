/** A parameter, condition or mapping that a resource does not use changes no finding about it. */
import assert from 'node:assert/strict';
import type { Finding } from '../../server/src/model/finding.ts';
import { memoize } from '../../server/src/base/memoize.ts';
import { once } from '../../server/src/base/once.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { asJsonText } from '../kit/as-json.ts';
import { fixturePaths, readFixture } from '../kit/fixtures.ts';
import { hasTemplates } from '../kit/run-fixture.ts';
import { sample } from '../kit/runs.ts';
import { analysed } from './analysis.ts';

type Section = Record<string, unknown>;
type Template = Record<string, Section | undefined>;

const REGION = { Ref: 'AWS::Region' };
const ROW = { Name: 'a name' };

/** The additions, by what they are: sections of a template with entries of their own. */
const ADDED: Readonly<Record<string, Template>> = {
  'a mapping by Region': {
    Mappings: { UnrelatedRegions: { 'eu-west-1': ROW, 'us-east-1': ROW, 'cn-north-1': ROW } },
    Outputs: { UnrelatedRegion: { Value: { 'Fn::FindInMap': ['UnrelatedRegions', REGION, 'Name'] } } },
  },
  'a mapping by account and partition': {
    Mappings: { UnrelatedAccounts: { '111122223333': { aws: 'a', 'aws-cn': 'b', 'aws-us-gov': 'c' } } },
    Outputs: {
      UnrelatedAccount: {
        Value: { 'Fn::FindInMap': ['UnrelatedAccounts', { Ref: 'AWS::AccountId' }, { Ref: 'AWS::Partition' }] },
      },
    },
  },
  'conditions on pseudo parameters': {
    Conditions: {
      UnrelatedIsEurope: { 'Fn::Equals': [REGION, 'eu-west-1'] },
      UnrelatedIsChina: { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws-cn'] },
      UnrelatedIsOwn: { 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, '111122223333'] },
      UnrelatedIsGlobal: { 'Fn::Equals': [{ 'Fn::Select': [0, { 'Fn::Split': ['-', REGION] }] }, 'us'] },
    },
    Outputs: { UnrelatedName: { Condition: 'UnrelatedIsEurope', Value: { Ref: 'AWS::StackName' } } },
  },
  'a parameter with a condition': {
    Parameters: { UnrelatedStage: { Type: 'String', Default: 'one', AllowedValues: ['one', 'two', 'three'] } },
    Conditions: { UnrelatedIsTwo: { 'Fn::Equals': [{ Ref: 'UnrelatedStage' }, 'two'] } },
    Outputs: { UnrelatedStage: { Value: { 'Fn::If': ['UnrelatedIsTwo', 'yes', { Ref: 'UnrelatedStage' }] } } },
  },
};

interface Example {
  readonly name: string;
  readonly template: Template;
}

/** The templates of fixtures that evaluate pseudo parameters, and a sample of the others. */
const examples: () => readonly Example[] = once(examplesOfFixtures);

function examplesOfFixtures(): readonly Example[] {
  const all = fixturePaths().flatMap((path) =>
    readFixture(path)
      .cases.filter((one) => hasTemplates(one) && one.files.length === 1)
      .map((one) => ({ name: `${path}: ${one.name}`, file: one.files[0]! })),
  );
  const users = all.filter(({ file }) => /AWS::(Region|Partition|AccountId)/.test(file.text));
  return [...sample(users, 5), ...sample(all, 60)].flatMap(({ name, file: { path, text } }) => {
    const tree = parse(`file:///${path}`, text, 'yaml');
    if (tree.roots.length !== 1 || tree.problems.length > 0) return [];
    const template = JSON.parse(asJsonText(tree)) as Template;
    return template['Transform'] === undefined || typeof template['Transform'] === 'string' ? [{ name, template }] : [];
  });
}

function withSections(template: Template, added: Template): Template {
  const whole = { ...template };
  for (const [name, section] of Object.entries(added)) whole[name] = { ...template[name], ...section };
  return whole;
}

/** The findings of a template as it is, with which those of each change are compared. */
const findingsBefore = memoize((template: Template) => findingsOf(template));

/** The findings about resources without their ranges. */
function findingsOf(template: Template): readonly unknown[] {
  const [document] = analysed({ 'template.json': JSON.stringify(template) }).documents;
  return (document?.findings ?? []).map(({ rule, message, severity, certainty, when, path, fixes }: Finding) => ({
    rule,
    message,
    severity,
    certainty,
    when,
    path,
    fixes: fixes.map(({ title, safe }) => ({ title, safe })),
  }));
}

describe('an unrelated part of a template', () => {
  for (const [what, added] of Object.entries(ADDED))
    it(`changes no finding about other parts: ${what}`, () => {
      const changed: string[] = [];
      for (const { name, template } of examples()) {
        const before = findingsBefore(template);
        const after = findingsOf(withSections(template, added));
        try {
          assert.deepEqual(after, before);
        } catch (error) {
          changed.push(`${name}\n${(error as Error).message}`);
        }
      }
      assert.deepEqual(changed, []);
    });
});
