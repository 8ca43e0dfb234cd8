import assert from 'node:assert/strict';
import type { Resource } from '../../server/src/model/resource.ts';
import { settingName } from '../../server/src/rules/forms/words.ts';

/** Paths, and the names of their settings in messages. */
const CASES: readonly (readonly [path: string, name: string])[] = [
  ['StorageEncrypted', 'StorageEncrypted'],
  ['MetadataOptions.HttpTokens', 'HttpTokens'],
  ['EncryptionAtRestOptions.Enabled', 'EncryptionAtRestOptions.Enabled'],
  ['A.encrypt_at_rest[].enabled', 'encrypt_at_rest.enabled'],
  ['Enabled', 'Enabled'],
  ['SecurityGroupIngress[]', 'SecurityGroupIngress'],
];

describe('the name of a setting in messages', () => {
  for (const [path, name] of CASES)
    it(path, () => {
      assert.equal(settingName({ nativePath: (one: string) => one } as unknown as Resource, path), name);
    });
});
