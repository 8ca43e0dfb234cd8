/** The paths by which an identity gains permissions, each of the data's, with all its actions and without one. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { identitiesOf } from '../../server/src/policy/allowance/identity.ts';
import { findingAdministrators } from '../../server/src/policy/escalation/aimed-escalation.ts';
import { policiesIn, type FoundPolicy } from '../kit/policies.ts';
import { analysed, findingsOf } from '../engine/analysis.ts';

interface Path {
  readonly actions: readonly string[];
}

const { escalation } = JSON.parse(readFileSync(join(SCHEMAS, 'iam/risks.json'), 'utf8')) as {
  readonly escalation: Readonly<Record<string, Path>>;
};
const PATHS = Object.entries(escalation);

/** What is said of a policy that allows some actions on every resource and denies others. */
function messagesOf(allowed: readonly string[], denied: readonly string[] = []): readonly string[] {
  const statement = (Effect: string, Action: readonly string[]): object => ({ Effect, Action, Resource: '*' });
  const Statement = [statement('Allow', allowed), ...(denied.length > 0 ? [statement('Deny', denied)] : [])];
  const text = JSON.stringify({
    Resources: {
      P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement } } },
    },
  });
  return findingsOf(analysed({ 'a.json': text }, { rules: new Set(['iam-identity-privilege-escalation']) })).map(
    ({ message }) => message,
  );
}

/** The paths all of whose actions one message names. */
function pathsNamed(messages: readonly string[]): readonly string[] {
  return PATHS.filter(([, { actions }]) =>
    messages.some((message) => actions.every((action) => new RegExp(`${action}(?![A-Za-z])`).test(message))),
  ).map(([name]) => name);
}

const isWithin = (some: readonly string[], all: readonly string[]): boolean => some.every((one) => all.includes(one));
const isMinimal = (path: readonly string[]): boolean =>
  !PATHS.some(([, { actions }]) => actions.length < path.length && isWithin(actions, path));

describe('escalation', () => {
  for (const [name, { actions }] of PATHS) {
    it(`${name} is found, or a path that it contains`, () => {
      const found = pathsNamed(messagesOf(actions));
      assert.ok(found.length > 0, 'a path is named');
      assert.ok(found.every((one) => isWithin(escalation[one]!.actions, actions)));
      assert.ok(
        found.some((one) => isMinimal(escalation[one]!.actions)),
        'one that contains no other',
      );
    });
    if (isMinimal(actions))
      for (const missing of actions) {
        const rest = actions.filter((action) => action !== missing);
        it(`${name} is not found without ${missing}`, () => {
          assert.ok(rest.length === 0 || !pathsNamed(messagesOf(rest)).includes(name));
          assert.ok(!pathsNamed(messagesOf(actions, [missing])).includes(name), 'nor where that is denied');
        });
      }
  }

  it('is reported once for a policy with all paths', () => {
    const all = [...new Set(PATHS.flatMap(([, { actions }]) => actions))];
    // One for each way: what IAM says, roles that are passed, roles that something has.
    assert.equal(messagesOf(all).length, 3);
    assert.equal(messagesOf(['iam:*']).length, 0, 'all of IAM is a finding of its own');
    assert.equal(messagesOf(['*']).length, 0);
  });

  it('is found for each administrator role, even if there are many', () => {
    const role = (Service: string, properties: object): object => ({
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
        },
        ...properties,
      },
    });
    const passing = (name: string): object => ({
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: 'iam:PassRole', Resource: { 'Fn::GetAtt': [name, 'Arn'] } },
          { Effect: 'Allow', Action: 'ec2:RunInstances', Resource: '*' },
        ],
      },
    });
    const Resources = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => index).flatMap((index) => [
        [
          `Admin${index}`,
          role('ec2.amazonaws.com', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }),
        ],
        [`Deploy${index}`, role('codebuild.amazonaws.com', { Policies: [passing(`Admin${index}`)] })],
      ]),
    );
    const found = findingsOf(
      analysed({ 'a.json': JSON.stringify({ Resources }) }, { rules: new Set(['iam-identity-privilege-escalation']) }),
    );
    assert.deepEqual(
      found.map(({ resource }) => resource),
      Object.keys(Resources).filter((name) => name.startsWith('Deploy')),
    );
  });

  it('lists the IAM actions that Deny statements do not remove, if any', () => {
    const messages = (Action: string, denied: readonly string[]): readonly string[] =>
      findingsOf(
        analysed(
          {
            'a.json': JSON.stringify({
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Action, Resource: '*' },
                { Effect: 'Deny', Action: denied, Resource: '*' },
              ],
            }),
          },
          { rules: new Set(['iam-policy-admin-wildcard', 'iam-policy-service-wildcard-action']) },
        ),
      ).map(({ message }) => message);
    const most = ['iam:Create*', 'iam:Put*', 'iam:Attach*', 'iam:PassRole'];
    const all = [...most, 'iam:Add*', 'iam:Update*', 'iam:Set*', 'iam:Delete*'];
    for (const action of ['iam:*', '*']) {
      const [message] = messages(action, most);
      assert.match(message!, /iam:UpdateAssumeRolePolicy, iam:UpdateLoginProfile, iam:AddUserToGroup and 3 more/);
      assert.match(messages(action, all.slice(1)).join(''), /iam:CreateAccessKey/);
      assert.doesNotMatch(messages(action, all).join(''), /escalation/);
      assert.doesNotMatch(
        messages(action, all.slice(0, -1)).join(''),
        /escalation/,
        'a boundary is left to be taken off',
      );
    }
  });

  it('names the principals that keep actions which are denied to other principals of the policy', () => {
    const role = (...denied: readonly string[]): object => ({
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
        ManagedPolicyArns: [{ Ref: 'Shared' }],
        Policies: denied.map((Action, index) => ({
          PolicyName: `deny${index}`,
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action, Resource: '*' }] },
        })),
      },
    });
    const Shared = {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'iam:PutRolePolicy', Resource: '*' }],
        },
      },
    };
    const text = JSON.stringify({
      Resources: { Denied: role('iam:*'), One: role(), Two: role('iam:CreateUser', 's3:*'), Shared },
    });
    const [found, ...others] = findingsOf(
      analysed({ 'a.json': text }, { rules: new Set(['iam-identity-privilege-escalation']) }),
    );
    assert.deepEqual(others, []);
    assert.match(found!.message, /^The role One can escalate its privileges on all resources/);
    assert.deepEqual(
      found!.related.map(({ message }) => message),
      ['The role One has this policy.', 'The role Two has this policy.'],
    );
  });

  it('is found in every profile if a finding of a stricter profile has the same location', () => {
    const policy = (Action: readonly string[]): object => ({
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Statement: [
            { Effect: 'Allow', Action: 'iam:PassRole', Resource: { 'Fn::GetAtt': ['Admin', 'Arn'] } },
            { Effect: 'Allow', Action, Resource: '*' },
          ],
        },
      },
    });
    const Admin = {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: ['cloudformation.amazonaws.com', 'lambda.amazonaws.com'] },
              Action: 'sts:AssumeRole',
            },
          ],
        },
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      },
    };
    const found = (Action: readonly string[]): number =>
      findingsOf(
        analysed(
          { 'a.json': JSON.stringify({ Resources: { Admin, P: policy(Action) } }) },
          { profile: 'recommended', rules: new Set(['iam-identity-privilege-escalation']) },
        ),
      ).length;
    assert.equal(found(['cloudformation:CreateStack']), 0, 'who deploys means it');
    assert.equal(found(['cloudformation:CreateStack', 'lambda:CreateFunction', 'lambda:InvokeFunction']), 1);
  });
});

describe('the administrators of a stack', () => {
  it('are found once, however many identities can act as others', () => {
    const role = (name: string): object => ({
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {},
        Policies: [
          {
            PolicyName: name,
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }],
            },
          },
        ],
      },
    });
    const names = Array.from({ length: 20 }, (_, index) => `R${String(index)}`);
    const text = JSON.stringify({ Resources: Object.fromEntries(names.map((name) => [name, role(name)])) });
    const [{ stack, contextOf }] = [...policiesIn([{ path: 'a.json', text }])] as [FoundPolicy];
    const { iam, ...context } = contextOf(stack);
    const identities = identitiesOf(stack);
    const steps = identities.map(
      (identity) => [...findingAdministrators(identity, { ...context, iam: iam! }, stack)].length,
    );
    assert.equal(identities.length, names.length);
    assert.deepEqual(steps, [names.length, ...names.slice(1).map(() => 0)]);
  });
});
