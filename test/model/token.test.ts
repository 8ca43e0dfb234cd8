import assert from 'node:assert/strict';
import { tokensIn, tokensOf } from '../../server/src/model/token.ts';

/** Made at run time, so that this file has no token. */
const TOKEN = `gh${'p'}_${'aB3dE5gH7jK9'.repeat(3)}`;

describe('tokens', () => {
  it('are found in a text whatever was searched before', () => {
    const lines = '# A line.\n'.repeat(100);
    const document = { doc: 'file:///a.yaml', text: `${lines}Token: ${TOKEN}\n` };
    assert.equal(tokensOf(document).length, 1);
    assert.equal([...tokensIn(`Token: ${TOKEN}\n`)].length, 1);
    assert.equal(tokensOf({ ...document, text: `Token: ${TOKEN}\n${document.text}` }).length, 2);
    assert.equal([...tokensIn(document.text)].length, 1);
  });
});
