import assert from 'node:assert/strict';
import { Framing } from '../../server/src/lsp/framing.ts';

const message = (text: string): string => `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
const WHOLE = `${message('{"a":"é\r\n\r\n"}')}Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:2\r\n\r\n{}${message('')}${message('{"b":1}')}`;
const BROKEN: readonly (readonly [string, string])[] = [
  ['no length', 'Content-Type: x\r\n\r\n{}'],
  ['a length that is not a number', 'Content-Length: x\r\n\r\n{}'],
  ['a negative length', 'Content-Length: -2\r\n\r\n{}'],
  ['an enormous length', 'Content-Length: 9999999999\r\n\r\n{}'],
  ['a line without a colon', 'hello\r\nContent-Length: 2\r\n\r\n{}'],
  ['a header that does not end', 'Content-Length: 2\n\n{}'.repeat(400)],
  ['a body that is longer than its header says', `Content-Length: 1\r\n\r\n{}\r\n${message('{}')}`],
];

describe('the framing of messages', () => {
  for (const size of [1, 2, 3, 7, 64, 4096])
    it(`is followed in pieces of ${size} bytes`, () => {
      const framing = new Framing();
      const bytes = Buffer.from(WHOLE.repeat(3));
      for (let at = 0; at < bytes.length; at += size)
        assert.equal(framing.fault(bytes.subarray(at, at + size)), undefined);
    });

  for (const [what, text] of BROKEN)
    for (const size of [1, 5000])
      it(`is broken by ${what}, in pieces of ${size} bytes`, () => {
        const framing = new Framing();
        const bytes = Buffer.from(WHOLE + text);
        let fault: string | undefined;
        for (let at = 0; at < bytes.length && fault === undefined; at += size)
          fault = framing.fault(bytes.subarray(at, at + size));
        assert.match(fault ?? '', /^The header of a message /);
      });
});
