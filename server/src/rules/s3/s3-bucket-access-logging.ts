import { flatMap } from '../../base/flat-map.ts';
import {
  all,
  any,
  exists,
  is,
  isAbsent,
  judgement,
  not,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { itemsOf, member } from '../../model/navigate.ts';
import { isBlank, oneOf } from '../../model/predicate.ts';
import type { Related } from '../../model/resource.ts';
import { defineRule } from '../rule.ts';

/** The service that delivers access logs. */
const DELIVERY = 'logging.s3.amazonaws.com';

/** Names of log buckets: `acme-logs-eu`, `LogBucket`, `AccessLogs`. Not `catalog`, not `blog`. */
const FOR_LOGS = /(^|[^A-Za-z])log(s|ging)?([^a-z]|$)|(access|server|audit|flow|trail)logs?|(Logs?|Logging)(?![a-z])/;

const NAMED_FOR_LOGS: Predicate = {
  known: (scalar) => FOR_LOGS.test(scalar.raw),
  text: ({ pieces }) => pieces.some((piece) => typeof piece === 'string' && FOR_LOGS.test(piece)),
  reference: () => false,
  collection: false,
};

export default defineRule({
  id: 's3-bucket-access-logging',
  on: 'resource',
  reads: {
    'AWS::S3::Bucket': [
      'LoggingConfiguration',
      'LoggingConfiguration.DestinationBucketName',
      'BucketName',
      'AccessControl',
    ],
  },
  topic: 'logging',
  severity: 'low',
  judged: '2026-11-24',
  title: 'S3 buckets should have server access logging enabled',
  keywords: ['audit', 'CloudTrail data events'],
  why: 'Without access logs, you cannot tell who read, changed or deleted objects, and from where.',
  remedy:
    'Deliver access logs to another bucket with LoggingConfiguration, or record data events of the bucket with CloudTrail, which this rule cannot see.',
  sources: {
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html':
      'S3 does not collect access logs by default; logging itself is free, the stored logs are not; the target bucket should not have access logging on.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html':
      'CloudTrail can also record data events of objects; it does not by default, and they are charged.',
    aws_s3_bucket_logging:
      'Bucket logging is a separate resource; the target bucket allows logging.s3.amazonaws.com to put objects.',
  },
  aliases: ['CKV_AWS_18', 'AWS-0089', 'W35', 'S3_BUCKET_LOGGING_ENABLED'],
  controls: { securityHub: ['S3.9'] },
  // Only the author knows where the logs belong.
  fix: 'none',
  *check(bucket) {
    const logging = bucket.get('LoggingConfiguration');
    const receives = any(
      isTarget(bucket.related('access-log-sources')),
      acceptsLogDelivery(bucket.related('bucket-policy')),
      is(bucket.get('AccessControl'), oneOf('LogDeliveryWrite')),
      is(bucket.get('BucketName'), NAMED_FOR_LOGS),
      FOR_LOGS.test(bucket.address) ? all() : any(),
    );
    const target = bucket.get('LoggingConfiguration.DestinationBucketName');
    yield {
      violations: [
        { wrong: all(isAbsent(logging), not(receives)), at: logging },
        { wrong: all(not(isAbsent(logging)), is(target, isBlank), not(receives)), at: logging, dependsOn: target },
      ],
      message: `${bucket.displayName} does not have server access logging enabled. Deliver access logs to another bucket, or record data events with CloudTrail.`,
    };
  },
});

/** Whether another bucket of the stack delivers its access logs here. */
function isTarget({ edges }: Related): Judgement {
  return any(...edges.map((edge) => judgement(edge.when)));
}

/** Whether the policy of the bucket allows the log delivery service. */
function acceptsLogDelivery({ edges }: Related): Judgement {
  return any(
    ...edges.map((edge) =>
      all(
        judgement(edge.when),
        any(
          ...flatMap(edge.resource.policies().documents, ({ statements }) =>
            statements.map((statement) =>
              all(
                judgement(statement.when),
                // A wildcard is a string and has no services.
                not(is(statement.principals, oneOf('*'))),
                exists(itemsOf(member(statement.principals, 'Service'), true), (item) =>
                  is(item.value, oneOf(DELIVERY)),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}
