/** The table of tfsec's long names. */
import assert from 'node:assert/strict';
import { longNames, namedByLongName } from '../../server/src/engine/long-check-names.ts';
import { searchRules } from '../../server/src/engine/rule-search.ts';
import { rulesSelectedBy } from '../../server/src/engine/rule-selection.ts';
import { RULES } from '../../server/src/rules/index.ts';

describe('long names of checks', () => {
  it('stand for ids that rules have', () => {
    assert.ok(longNames().length > 50);
    for (const name of longNames()) {
      const named = namedByLongName(name)!;
      for (const id of named)
        assert.ok(
          RULES.some((rule) => rule.id === id || rule.aliases.trivy?.includes(id)),
          `${name}: ${id}`,
        );
      assert.deepEqual(searchRules(name, RULES), rulesSelectedBy(`trivy:${name}`, RULES), name);
      assert.ok(rulesSelectedBy(name, RULES).length > 0, name);
    }
  });

  it('are none that have not been read', () => {
    for (const name of [
      'aws-s3-enable-bucket-encryption',
      'aws-s3',
      'general-constructor',
      'AWS-0089',
      's3-bucket-acl',
    ])
      assert.equal(namedByLongName(name), undefined, name);
    assert.deepEqual(namedByLongName(' AWS-S3-Enable-Versioning '), ['AWS-0090']);
  });
});
