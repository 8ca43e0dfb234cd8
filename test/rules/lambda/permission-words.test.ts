/** What a Lambda permission allows, as the findings about it say it. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../../engine/analysis.ts';

function messageFor(properties: object): string | undefined {
  const Permission = { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: 'f', ...properties } };
  const [finding] = findingsOf(
    analysed(
      { 'a.json': JSON.stringify({ Resources: { Permission } }) },
      { rules: new Set(['lambda-permission-source']) },
    ),
  );
  return finding?.message;
}

describe('messages about Lambda permissions of services', () => {
  it('say that the function can be invoked, where that is allowed', () => {
    for (const Action of ['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl', 'lambda:*', '*', { Ref: 'Other' }])
      assert.match(
        messageFor({ Action, Principal: 'sns.amazonaws.com' }) ?? '',
        /^Permission allows any AWS customer to invoke the function through sns\.amazonaws\.com\./,
        JSON.stringify(Action),
      );
  });

  it('name another action', () => {
    assert.match(
      messageFor({ Action: 'lambda:GetFunction', Principal: 'sns.amazonaws.com' }) ?? '',
      /^Permission allows any AWS customer to use lambda:GetFunction on the function through sns\.amazonaws\.com\./,
    );
    const Action = { 'Fn::If': ['IsProd', 'lambda:GetFunction', 'lambda:GetAlias'] };
    assert.match(
      messageFor({ Action, Principal: 'sns.amazonaws.com' }) ?? '',
      /^Permission allows any AWS customer to use lambda:GetFunction and lambda:GetAlias on the function through /,
    );
    assert.match(
      messageFor({ Action: 'lambda:GetFunction', Principal: 'events.amazonaws.com', SourceArn: '*' }) ?? '',
      /^Permission allows any AWS customer to use lambda:GetFunction on the function through a service\./,
    );
  });
});
