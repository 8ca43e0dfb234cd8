/** The title of a fix has the cost for the very resource, and the fix its impact. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../engine/analysis.ts';

/** A rule, a resource, and the title and impact of its fix. */
const ROWS: readonly (readonly [what: string, rule: string, text: string, title: string, impact?: string])[] = [
  [
    'longer backups of a cluster, which always has some',
    'rds-backup-retention',
    'Resources:\n  Db: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}\n',
    'Set BackupRetentionPeriod to 7 (more backup storage may be charged)',
  ],
  [
    'longer backups of an instance, which has some by default',
    'rds-backup-retention',
    'Resources:\n  Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}\n',
    'Set BackupRetentionPeriod to 7 (more backup storage may be charged)',
  ],
  [
    'backups of an instance without any',
    'rds-backup-retention',
    'Resources:\n  Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, BackupRetentionPeriod: 0}}\n',
    'Set BackupRetentionPeriod to 7 (causes an outage)',
    'interrupt',
  ],
];

describe('a fix costs', () => {
  for (const [what, rule, text, title, impact] of ROWS)
    it(what, () => {
      const found = findingsOf(analysed({ 't.yaml': text }, { rules: new Set([rule]) }));
      assert.deepEqual(
        found.flatMap(({ fixes }) => fixes.map((fix) => [fix.title, fix.impact])),
        [[title, impact]],
      );
    });
});
