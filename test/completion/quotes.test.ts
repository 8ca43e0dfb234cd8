/** The replaced range in JSON, where editors with JSON support add suggestions that include the quotes. */
import assert from 'node:assert/strict';
import { asText } from '../../server/src/completion/write.ts';
import { completedAt } from './completed-at.ts';

/**
 * What the first item replaces, what it writes there, and what is compared with what is typed; around it stands a
 * statement.
 */
function first(statement: string, name = 'x.json'): readonly string[] {
  const marked = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", ${statement}}]}`;
  const { edit } = completedAt(name, marked)!.items[0]!;
  return [marked.replace('§', '').slice(edit.range.start, edit.range.end), asText(edit.pieces), edit.filter];
}

describe('completion in quotes', () => {
  it('writes them anew in JSON', () => {
    assert.deepEqual(first('"Action": "§"').slice(0, 2), ['""', '"s3:"']);
    assert.deepEqual(first('"Action": "s3:GetObj§"'), ['"s3:GetObj"', '"s3:GetObject"', '"s3:GetObject']);
    assert.deepEqual(first('"Action": ["s3:PutObject", "s3:GetObj§"]'), [
      '"s3:GetObj"',
      '"s3:GetObject"',
      '"s3:GetObject',
    ]);
    assert.deepEqual(
      first('"Action": "s3:GetObj§'),
      ['"s3:GetObj}]}', '"s3:GetObject"', '"s3:GetObject'].with(0, '"s3:GetObj'),
    );
  });

  it('writes those of names, whether or not a value follows', () => {
    assert.deepEqual(first('"Res§"'), ['"Res"', '"Resource": [""]', '"Resource']);
    assert.deepEqual(first('"Res§": "*"'), ['"Res"', '"Resource"', '"Resource']);
    assert.deepEqual(first('Res§: "*"'), ['Res', '"Resource"', 'Resource']);
  });

  it('stays within them in a text, where nobody else guesses', () => {
    const policy = JSON.stringify(
      '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObj§"}]}',
    );
    const marked = `{"Resources": {"P": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": ${policy}}}}}`;
    const { edit } = completedAt('t.json', marked)!.items[0]!;
    assert.deepEqual(
      [marked.replace('§', '').slice(edit.range.start, edit.range.end), asText(edit.pieces), edit.filter],
      ['s3:GetObj', 's3:GetObject', 's3:GetObject'],
    );
  });
});
