import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { BARE_EXPECTED, BARE_PAGE, bareExpected, barePage, bareResources } from '../../tools/bare-resources.ts';

describe('bare resources', () => {
  it('have only accepted findings', () => {
    assert.equal(
      bareExpected(),
      readFileSync(BARE_EXPECTED, 'utf8'),
      'review what is new, then npx tsx tools/bare-resources.ts --accept',
    );
  });

  it('have a fresh page', () => {
    assert.equal(readFileSync(BARE_PAGE, 'utf8'), barePage(), 'npm run generate');
  });

  it('are the same resources in CloudFormation and Terraform, but for SAM', () => {
    const named = (format: string): readonly string[] =>
      bareResources()
        .filter((one) => one.format === format)
        .map(({ name }) => name);
    assert.deepEqual(named('Terraform JSON'), named('CloudFormation'));
  });
});
