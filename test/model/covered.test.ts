/** The ids of other tools' checks, as rules write them. */
import assert from 'node:assert/strict';
import { aliasesByTool, mergedCovered } from '../../server/src/model/covered.ts';
import { coverageData } from '../../tools/coverage-page.ts';

describe('ids of checks', () => {
  it('are listed by tool, in the order of the list', () => {
    assert.deepEqual(
      aliasesByTool(['CKV_AWS_18', 'CKV2_AWS_6', 'AWS-0089', 'W35', 'F1', 'S3_BUCKET_LOGGING_ENABLED']),
      {
        checkov: ['CKV_AWS_18', 'CKV2_AWS_6'],
        trivy: ['AWS-0089'],
        cfn_nag: ['W35', 'F1'],
        guard: ['S3_BUCKET_LOGGING_ENABLED'],
      },
    );
    assert.deepEqual(aliasesByTool([]), {});
  });

  it('stay as they are written by tool', () => {
    const written = { parliament: ['UNKNOWN_ACTION'], checkov: ['CKV_AWS_1'] };
    assert.equal(aliasesByTool(written), written);
  });

  it('are merged in both forms', () => {
    assert.deepEqual(mergedCovered([{ aliases: ['W35'] }, { aliases: { cfn_nag: ['W35', 'F1'] } }]).aliases, {
      cfn_nag: ['W35', 'F1'],
    });
  });

  it('show their tool, for each check of these tools', () => {
    for (const tool of ['checkov', 'trivy', 'cfn_nag', 'guard'] as const)
      for (const check of coverageData().checks.values())
        for (const id of check[tool] ?? []) assert.deepEqual(aliasesByTool([id]), { [tool]: [id] });
  });
});
