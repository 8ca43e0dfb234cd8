/** A parameter, condition or mapping that a resource does not use changes no finding about it, nor its identity. */
import assert from 'node:assert/strict';
import { inspect, isDeepStrictEqual } from 'node:util';
import { groupedBy } from '../../server/src/base/groups.ts';
import type { Finding } from '../../server/src/model/finding.ts';
import { memoize } from '../../server/src/base/memoize.ts';
import { once } from '../../server/src/base/once.ts';
import { PSEUDO_PARAMETERS } from '../../server/src/formats/cloudformation/parameters.ts';
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

/** Conditions that compare parameters with a literal. */
function comparisons(parameters: readonly string[]): Template {
  return {
    Conditions: Object.fromEntries(
      parameters.map((name, index) => [`Unrelated${index}`, { 'Fn::Equals': [{ Ref: name }, 'unrelated'] }]),
    ),
  };
}

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

/** The templates of fixtures that have parameters. */
const templatesWithParameters = once(() =>
  templatesIn(templateFiles().filter(({ file }) => /^\s*"?Parameters"?:/m.test(file.text))).filter(
    ({ template }) => template['Parameters'] !== undefined,
  ),
);

interface NamedFile {
  readonly name: string;
  readonly file: { readonly path: string; readonly text: string };
}

const templateFiles = once((): readonly NamedFile[] =>
  fixturePaths().flatMap((path) =>
    readFixture(path)
      .cases.filter((one) => hasTemplates(one) && one.files.length === 1)
      .map((one) => ({ name: `${path}: ${one.name}`, file: one.files[0]! })),
  ),
);

function examplesOfFixtures(): readonly Example[] {
  const all = templateFiles();
  const users = all.filter(({ file }) =>
    /AWS::(?:AccountId|NotificationARNs|Partition|Region|StackId|StackName|URLSuffix)/.test(file.text),
  );
  return templatesIn([...users, ...sample(all, 60)]);
}

function templatesIn(files: readonly NamedFile[]): readonly Example[] {
  return files.flatMap(({ name, file: { path, text } }) => {
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

function reported(template: Template): readonly Finding[] {
  return analysed({ 'template.json': JSON.stringify(template) }).documents.flatMap(({ findings }) => findings);
}

/** What identifies a finding in a later version. */
function identityOf({ fingerprint, valueHash, decidedBy }: Finding): readonly unknown[] {
  return [fingerprint, valueHash, decidedBy];
}

/** The findings about resources without their ranges. */
function findingsOf(template: Template): readonly unknown[] {
  return reported(template).map((finding) => {
    const { rule, message, severity, certainty, when, path, fixes } = finding;
    const titles = fixes.map(({ title, safe }) => ({ title, safe }));
    return { rule, message, severity, certainty, when, path, identity: identityOf(finding), fixes: titles };
  });
}

/** The identities of the findings of a template by rule, resource and path. */
function identitiesOf(template: Template): ReadonlyMap<string, readonly unknown[]> {
  const found = groupedBy(
    reported(template).filter(({ rule }) => !DECIDES_BY_VALUE.has(rule)),
    ({ rule, resource, path }) => `${rule} ${resource ?? ''} ${path}`,
  );
  return new Map([...found].map(([key, findings]) => [key, findings.map(identityOf)]));
}

/** The rules that report each value of a parameter by itself, so that one of them represents the finding. */
const DECIDES_BY_VALUE: ReadonlySet<string> = new Set([
  'iam-role-oidc-github-unsafe-claim',
  'iam-role-oidc-unsafe-subject',
]);

/** The rules whose findings about a parameter differ if it has the literal: they compare statements or versions. */
const DIFFERS_BY_VALUE: ReadonlySet<string> = new Set([
  'iam-policy-duplicate-statement',
  'iam-policy-mergeable-statement',
  'iam-policy-version',
]);

/**
 * The cases whose findings about a parameter differ if it has the literal, by fixture: two statements of an unknown
 * resource are not known to be equal, a finding with several places is at another one of them, and the other values
 * that decide it include the literal.
 */
const DIFFERS_IN_CASE: ReadonlyMap<string, string> = new Map([
  [
    'iam/condition/iam-policy-secure-transport-condition.fixture: unknown-twice.yaml',
    'iam-policy-secure-transport-condition',
  ],
  ['iam/element/iam-policy-placeholder.fixture: bad.yaml', 'iam-policy-placeholder'],
  ['iam/element/iam-policy-invalid-arn.fixture: bad-unused.yaml', 'iam-policy-invalid-arn'],
  ['s3/s3-bucket-policy-public-principal.fixture: good.yaml', 'iam-policy-condition-value-format'],
]);

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

  // A parameter can have the literal, so there can be more findings, and other messages.
  const compared: Readonly<
    Record<string, readonly [examples: () => readonly Example[], of: (t: Template) => string[]]>
  > = {
    'all pseudo parameters': [examples, () => PSEUDO_PARAMETERS],
    'the parameters of the template': [templatesWithParameters, ({ Parameters }) => Object.keys(Parameters ?? {})],
  };
  const differing = new Set<string>();
  for (const [what, [templates, parametersOf]] of Object.entries(compared))
    it(`removes no finding and changes no identity: conditions on ${what}`, () => {
      const changed: string[] = [];
      for (const { name, template } of templates()) {
        const after = identitiesOf(withSections(template, comparisons(parametersOf(template))));
        for (const [finding, identities] of identitiesOf(template)) {
          const others = after.get(finding);
          const rule = finding.split(' ')[0]!;
          if (others && isDeepStrictEqual(others.slice(0, identities.length), identities)) continue;
          if (DIFFERS_BY_VALUE.has(rule)) continue;
          if (DIFFERS_IN_CASE.get(name) === rule) differing.add(name);
          else changed.push(`${name}: ${finding}\n${inspect(identities)} became\n${inspect(others)}`);
        }
      }
      assert.deepEqual(changed, []);
    });

  it('has only the exceptions that differ', () =>
    assert.deepEqual([...differing].toSorted(), [...DIFFERS_IN_CASE.keys()].toSorted()));
});
