import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RESOURCE_PATHS, resourcePaths } from '../../tools/resource-paths.ts';

describe('the paths that rules may name', () => {
  it('are fresh (npx tsx tools/resource-paths.ts writes them)', () => {
    const written = readFileSync(fileURLToPath(new URL(`../../${RESOURCE_PATHS}`, import.meta.url)), 'utf8');
    assert.ok(written === resourcePaths(), `${RESOURCE_PATHS} does not fit the rules, the mappings and the schemas`);
  });

  it('hold containers and what is in them', () => {
    const text = resourcePaths();
    for (const path of [
      'PublicAccessBlockConfiguration',
      'PublicAccessBlockConfiguration.BlockPublicAcls',
      'SecurityGroupIngress',
      'SecurityGroupIngress[].CidrIp',
    ]) {
      assert.ok(text.includes(`\n    | '${path}'`), path);
    }
  });
});
