/** Which resources of policies name a role of a template for certain, and which could. */
import assert from 'node:assert/strict';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { finderOf, targetOf, targetsLike } from '../../server/src/policy/resource/target.ts';
import { itemsOf } from '../../server/src/model/navigate.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { truthText } from './statements.ts';
import { ALL_LINKS } from '../kit/all-links.ts';

/**
 * The properties of the role, a resource of a policy, whether it is the role where it is allowed, and where it is
 * denied.
 */
const ROWS: readonly (readonly [properties: string, resource: string, named: string, spared: string])[] = [
  ['RoleName: app-a', '"*"', 'yes', 'yes'],
  ['RoleName: app-a', 'arn:aws:iam::111122223333:role/app-*', 'yes', 'yes'],
  ['RoleName: app-a', 'arn:aws:iam::*:role/app-a', 'yes', 'yes'],
  ['RoleName: app-a', 'arn:aws:iam::111122223333:*', 'yes', 'yes'],
  ['RoleName: app-a', 'arn:aws:iam::*', 'yes', 'yes'],
  ['RoleName: app-a', 'arn:aws:iam::111122223333:role/App-*', 'no', 'no'],
  ['RoleName: app-a', 'arn:aws:iam::111122223333:user/app-*', 'no', 'no'],
  ['RoleName: app-a', 'arn:aws:s3:::app-*', 'no', 'no'],
  ['RoleName: app-a', '!GetAtt Role.Arn', 'yes', 'yes'],
  ['RoleName: app-a', '!Sub "arn:aws:iam::${AWS::AccountId}:role/${Role}"', 'yes', 'yes'],
  ['RoleName: app-a', '!GetAtt Other.Arn', 'no', 'no'],
  ['RoleName: app-a', '!Ref Any', 'no', 'perhaps'],
  ['RoleName: app-a', '!Sub "arn:aws:iam::*:role/${Any}"', 'no', 'perhaps'],
  ['RoleName: app-a', '!Sub "arn:aws:iam::*:role/x-${Any}"', 'no', 'no'],
  ['RoleName: app-a', '"arn:aws:iam::*:role/${aws:PrincipalTag/team}-*"', 'no', 'perhaps'],
  ['{RoleName: app-a, Path: /team/}', 'arn:aws:iam::*:role/app-a', 'no', 'no'],
  ['{RoleName: app-a, Path: /team/}', 'arn:aws:iam::*:role/team/*', 'yes', 'yes'],
  ['RoleName: !Sub "${Any}-a"', '!Sub "arn:aws:iam::*:role/${Any}-*"', 'yes', 'yes'],
  ['RoleName: !Ref Any', '!Sub "arn:aws:iam::*:role/${Any}"', 'yes', 'yes'],
  ['RoleName: !Ref Any', 'arn:aws:iam::*:role/app-*', 'no', 'perhaps'],
  ['RoleName: !Ref Any', 'arn:aws:iam::*:role/*', 'yes', 'yes'],
  ['RoleName: !If [IsLive, live, test]', 'arn:aws:iam::*:role/l*', 'if IsLive=true', 'if IsLive=true'],
  // CloudFormation names it.
  ['Path: /', 'arn:aws:iam::*:role/app-*', 'no', 'perhaps'],
  ['Path: /', '!Sub "arn:aws:iam::*:role/${AWS::StackName}-*"', 'yes', 'yes'],
  ['Path: /', '!Sub "arn:aws:iam::*:role/${AWS::StackName}-Role-*"', 'yes', 'yes'],
  ['Path: /', '!Sub "arn:aws:iam::*:role/${AWS::StackName}-Other-*"', 'no', 'perhaps'],
  ['RoleName: app-a', '!Sub "arn:aws:iam::*:role/${AWS::StackName}-*"', 'no', 'perhaps'],
];

describe('a role', () => {
  for (const [properties, resource, named, spared] of ROWS)
    it(`with ${properties} is named by ${resource}: ${named}, in a Deny statement: ${spared}`, () => {
      const text = `Parameters:
  Any: {Type: String}
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
Conditions: {IsLive: !Equals [!Ref Stage, live]}
Resources:
  Other: {Type: AWS::IAM::Role, Properties: {}}
  Role:
    Type: AWS::IAM::Role
    Properties: ${properties.startsWith('{') ? properties : `{${properties}}`}
  Holder: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [${resource}]}}
`;
      const { stack } = templateStack({
        tree: parse('file:///t.yaml', text),
        format: 'cloudformation',
        carriers: new Map(),
        linksOf: ALL_LINKS,
        generated: false,
      });
      const [item] = itemsOf(stack.byAddress('Holder')!.get('ManagedPolicyArns')).items;
      const target = targetOf(stack.byAddress('Role')!);
      assert.equal(truthText(target.named(item!.value)), named);
      assert.equal(truthText(target.namedInDeny(item!.value)), spared);
      const roles = ['Holder', 'Other', 'Role'].map((name) => stack.byAddress(name)!);
      assert.deepEqual(
        finderOf(roles)(item!.value),
        roles.filter((role) => targetOf(role).named(item!.value).yes.satisfiable()),
        'found among others',
      );
      assert.equal(
        truthText(targetsLike('role/app-*').named(item!.value)),
        /:role\/(?:app-)?\*|:\*"?$|^"\*"|::\*$/.test(resource) ? 'yes' : 'no',
      );
    });
});
