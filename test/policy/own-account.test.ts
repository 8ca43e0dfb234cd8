/** Which accounts are those of a stack, as its policies name them. */
import assert from 'node:assert/strict';
import type { ContentFacts } from '../../server/src/model/content.ts';
import { isForeign } from '../../server/src/policy/principal/own-account.ts';
import { stackOf } from '../kit/stack-of.ts';

const ACCOUNT = '111122223333';

const role = (name: string, principals: string): string =>
  `  ${name}: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: ${principals}, Action: sts:AssumeRole}]}}}\n`;

const OWN = '{AWS: !Ref AWS::AccountId}';
const SERVICE = '{Service: lambda.amazonaws.com}';

describe('the own account of a stack', () => {
  it('is read again only from the policies of changed resources', () => {
    const known = new Map<string, unknown>();
    const read: string[] = [];
    const factsOf = (changed: string): ContentFacts => ({
      of: (what, name, compute) => {
        const key = `${what} ${name}`;
        if (name !== changed && known.has(key)) return known.get(key) as ReturnType<typeof compute>;
        read.push(name);
        const result = compute();
        known.set(key, result);
        return result;
      },
    });
    const isForeignIn = (text: string, changed = ''): boolean | undefined => {
      const stack = stackOf({ 'a.yaml': `Resources:\n${text}` });
      stack.remember!(factsOf(changed));
      return isForeign(ACCOUNT, stack);
    };
    assert.equal(isForeignIn(role('A', SERVICE) + role('B', SERVICE)), undefined);
    assert.deepEqual(read.splice(0), ['A', 'B']);
    assert.equal(isForeignIn(role('A', SERVICE) + role('B', OWN), 'B'), true);
    assert.deepEqual(read, ['B']);
  });
});
