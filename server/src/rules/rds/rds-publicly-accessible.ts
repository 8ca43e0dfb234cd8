import type { Fix } from '../../model/edit.ts';
import { all, is, isAbsent, not, UNKNOWABLE } from '../../model/judgement.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import { NOT_SET } from '../../model/shown.ts';
import { defineRule } from '../rule.ts';

const PROPERTY = 'PubliclyAccessible';

export default defineRule({
  id: 'rds-publicly-accessible',
  on: 'resource',
  reads: { 'AWS::RDS::DBInstance': [PROPERTY], 'AWS::RDS::DBCluster': [PROPERTY] },
  topic: 'network-exposure', severity: 'high', profile: 'recommended', since: '0.1', judged: '2026-11-24',
  title: 'RDS database has no public address',
  why: 'A database with a public address is one security group rule away from the whole internet, where its password is tried without end and every flaw of the engine counts.',
  remedy: 'Set PubliclyAccessible to false and reach the database from within the VPC, through a VPN or a port forwarding session of Session Manager.',
  sources: [
    { url: 'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-instance-request/publicly-accessible.html', claim: 'From outside of the VPC the name of a publicly accessible instance leads to a public address; its security group decides who gets in. Without the property it depends on the subnet group and on whether the VPC has an internet gateway.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-cluster-request/publicly-accessible.html', claim: 'A cluster has the property where it is a Multi-AZ DB cluster; in an Aurora cluster its instances have it.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/en_us/config/latest/developerguide/rds-instance-public-access-check.html', claim: 'rds-instance-public-access-check: an instance whose publiclyAccessible is true does not comply.', seen: '2026-11-24' },
  ],
  aliases: { checkov: ['CKV_AWS_17'], trivy: ['AWS-0180'], cfn_nag: ['F22'], guard: ['RDS_INSTANCE_PUBLIC_ACCESS_CHECK'] },
  controls: {},
  fix: 'suggestion',
  *check(db) {
    const value = db.get(PROPERTY);
    const name = db.nativePath(PROPERTY);
    const fixes = (): readonly Fix[] => [{
      title: `Set ${name} to false (${db.type === 'AWS::RDS::DBCluster' ? 'replaces the cluster' : 'clients outside of the VPC lose access'})`,
      safe: false,
      edits: [{ op: 'set', resource: db, path: PROPERTY, value: false }],
    }];
    const message = (shown: string): string => shown === NOT_SET
      ? `The database ${db.displayName} does not set ${name}, and without it AWS decides by the subnets whether the database gets a public address; set ${name} to false.`
      : `The database ${db.displayName} has ${name} set to ${shown}, which gives it a public address, so a single open security group rule exposes it to the internet; set ${name} to false.`;
    yield { faults: [{ wrong: is(value, isTrue), at: value }], message, fixes };
    // Of a cluster only a Multi-AZ DB cluster has the property, so that its absence says nothing.
    if (db.type === 'AWS::RDS::DBCluster') return;
    yield {
      // Terraform states false where its author says nothing.
      faults: [{ wrong: all(isAbsent(value), not(is(value, isFalse)), UNKNOWABLE), at: value }],
      profile: 'strict', severity: 'low', message, fixes,
    };
  },
});
