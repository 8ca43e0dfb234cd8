import assert from 'node:assert/strict';
import { literalKind } from '../../server/src/model/credential.ts';

const KINDS: Readonly<Record<ReturnType<typeof literalKind>, readonly string[]>> = {
  nothing: [
    '',
    ' ',
    'none',
    'N/A',
    '***',
    '<password>',
    '{}',
    '{ }',
    '{{resolve:ssm-secure:/db}}',
    '{"password":""}',
    '{"user":"app"}',
    '{"a":{}}',
    '/app/db_password',
    '/nessus/assessment/admin-password',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf',
    'arn:aws:ssm:eu-west-1:111122223333:parameter/app/db_password',
  ],
  example: [
    'changeme',
    'CHANGE_ME',
    'change-me-1',
    'ChangeMe123!',
    'replace this',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'example-password',
    'your-api-key-here',
    'Bearer <<Enter your key>>',
    'dummy-value',
    'dummy',
    'xxxx',
    'TODO',
    '__DB_PASSWORD__',
    '-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----',
    '{"username":"app","password":"changeme"}',
  ],
  secret: [
    'hunter2',
    'password',
    'Password123!',
    'changeover9000',
    'your1',
    'exchangeme',
    'dummyRun7',
    '{"username":"changeme","password":"hunter2"}',
    '{"host":"db","value":"hunter2"}',
    '{"pin":1234}',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----',
    '{not json',
    '["hunter2"]',
    '/hunter2/password',
    '/correct/horse',
    '/password',
  ],
};

describe('a literal in the place of a credential', () => {
  for (const [kind, texts] of Object.entries(KINDS))
    for (const text of texts) it(`is ${kind}: ${text}`, () => assert.equal(literalKind(text), kind));
});
