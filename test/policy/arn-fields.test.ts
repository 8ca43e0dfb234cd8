import assert from 'node:assert/strict';
import fc from 'fast-check';
import { arnFields } from '../../server/src/policy/text/arn-fields.ts';

describe('the fields of an ARN', () => {
  for (const [arn, fields] of [
    ['arn:aws:s3:::bucket', ['arn', 'aws', 's3', '', '', 'bucket']],
    ['arn:aws:logs:*:*:log-group:a:*', ['arn', 'aws', 'logs', '*', '*', 'log-group:a:*']],
    ['arn:aws:*', ['arn', 'aws', '*']],
    ['', ['']],
  ] as const)
    it(`of ${JSON.stringify(arn)}`, () => {
      assert.deepEqual(arnFields(arn), fields);
    });

  it('make up the ARN', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', ':', '*')), (characters) => {
        const text = characters.join('');
        const fields = arnFields(text);
        assert.equal(fields.join(':'), text);
        assert.equal(fields.length, Math.min(text.split(':').length, 6));
      }),
    );
  });
});
