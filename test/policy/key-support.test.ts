/** Which condition keys no request of an action has, row by row. */
import assert from 'node:assert/strict';
import { iamData, type IamFiles } from '../../server/src/policy/data/iam-data.ts';
import { isNeverSent } from '../../server/src/policy/condition/key-support.ts';
import { serviceActions, type ServiceData } from '../../server/src/policy/data/service-actions.ts';
import { data } from '../schemas/data.ts';

const iam = iamData({
  services: data<IamFiles['services']>('iam/services'),
  globalKeys: data('iam/global-keys'),
  partitions: data('iam/partitions'),
  risks: data('iam/risks'),
});
const DATA = {
  actions: (prefix: string) =>
    iam.services.has(prefix) ? serviceActions(prefix, data<ServiceData>(`iam/services/${prefix}`)) : undefined,
};

const ROWS: readonly (readonly [key: string, action: string, never: boolean])[] = [
  ['s3:prefix', 'iam:AttachUserPolicy', true],
  ['s3:prefix', 's3:ListBucket', false],
  ['iam:policyarn', 'iam:AttachUserPolicy', false],
  ['aws:tagkeys', 'iam:AttachUserPolicy', true],
  ['aws:tagkeys', 'iam:TagUser', false],
  ['aws:resourcetag/team', 'ec2:TerminateInstances', false],
  // Of the session, whatever it asks for.
  ['aws:principaltag/team', 'iam:AttachUserPolicy', false],
  ['saml:aud', 'iam:AttachUserPolicy', false],
  ['accounts.google.com:sub', 's3:GetObject', false],
  ['lambda:sourcefunctionarn', 's3:GetObject', false],
  ['ec2:sourceinstancearn', 's3:GetObject', false],
  ['ec2:roledelivery', 's3:GetObject', false],
  ['ssm:sourceinstancearn', 's3:GetObject', false],
  ['identitystore:userid', 's3:GetObject', false],
  ['glue:rolearn', 's3:GetObject', false],
  // Of what is not known nothing is said.
  ['nosuch:key', 's3:GetObject', false],
  ['s3:prefix', 'nosuch:Action', false],
];

describe('keys that no request of an action has', () => {
  for (const [key, action, never] of ROWS)
    it(`${key} in ${action}: ${never}`, () => assert.equal(isNeverSent(key, action, DATA), never));
});
