/** A finding about metadata names the key of the secret, never the secret. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../../engine/analysis.ts';

function findingsFor(metadata: string): ReturnType<typeof findingsOf> {
  return findingsOf(
    analysed(
      {
        'a.yaml': `Parameters:
  Password: {Type: String, NoEcho: true}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Metadata: ${metadata}
`,
      },
      { rules: new Set(['metadata-secret']) },
    ),
  );
}

describe('findings about secrets in metadata', () => {
  const MESSAGES: readonly (readonly [metadata: string, subject: string])[] = [
    ['{DbPassword: !Ref Password}', 'The metadata key DbPassword of Topic'],
    ['{App: {config: {url: !Sub "x://${Password}"}}}', 'The metadata key url of Topic'],
    ['{commands: [wait, !Ref Password]}', 'The metadata key commands of Topic'],
    ['{"a key": !Ref Password}', 'The metadata of Topic'],
    [`{ghp_${'a1'.repeat(18)}: !Ref Password}`, 'The metadata of Topic'],
    ['[!Ref Password]', 'The metadata of Topic'],
  ];
  for (const [metadata, subject] of MESSAGES)
    it(`speak of ${subject.slice(4)}: ${metadata}`, () => {
      const [finding] = findingsFor(metadata);
      assert.equal(finding?.message.split(' exposes ')[0], subject);
    });

  it('name the keys of the other secrets', () => {
    const [finding] = findingsFor('{first: !Ref Password, second: !Ref Password, "a key": !Ref Password}');
    assert.deepEqual(
      [finding?.message.split(' exposes ')[0], ...(finding?.related ?? []).map(({ message }) => message)],
      ['The metadata of Topic', 'The key first also exposes a secret.', 'The key second also exposes a secret.'],
    );
  });
});
