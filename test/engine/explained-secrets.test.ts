import assert from 'node:assert/strict';
import { secretsAmong } from '../../server/src/engine/secrets.ts';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { known } from '../model/values.ts';
import { ALL_LINKS } from '../kit/all-links.ts';

describe('hidden secrets', () => {
  const parameter = (text: string): Parameters<typeof secretsAmong>[1][number] => ({
    name: 'Key',
    address: 'Key',
    secret: true,
    self: known(text),
    fallback: known(text),
    declaration: known(text),
  });
  const { isIn } = secretsAmong([], [parameter('open sesame'), parameter('abc')], [], () => undefined);
  const rows: readonly (readonly [text: string, secret: boolean])[] = [
    ['open sesame', true],
    ['say open sesame now', true],
    ['open', false],
    ['say open ses…', true],
    ['say op…', true],
    ['say o…', false],
    ['say open', false],
    // What is so short is in other words, too.
    ['abc', false],
  ];
  for (const [text, secret] of rows)
    it(`${secret ? 'are' : 'are not'} in ${JSON.stringify(text)}`, () => assert.equal(isIn(text), secret));

  it('are all allowed values, even if one of them is given', () => {
    const tree = parse(
      'file:///w/a.yaml',
      'Parameters:\n  Key: {Type: String, NoEcho: true, AllowedValues: [sesame, thistle]}\nResources: {}\n',
    );
    const { stack } = templateStack({
      tree,
      format: 'cloudformation',
      carriers: new Map(),
      linksOf: ALL_LINKS,
      generated: false,
      inputs: { deployments: [{ name: 'p.json', parameters: new Map([['Key', { text: 'sesame' }]]) }] },
    });
    assert.deepEqual(['sesame', 'thistle', 'other'].map(secretsAmong([], stack.parameters, [], () => undefined).isIn), [
      true,
      true,
      false,
    ]);
  });
});
