import { all, exists, is, judgement } from '../../model/judgement.ts';
import { itemsOfProperty } from '../../model/navigate.ts';
import { oneOf } from '../../model/predicate.ts';
import { defineRule } from '../rule.ts';

const RULES = 'CorsConfiguration.CorsRules';
const WRITES = oneOf('PUT', 'POST', 'DELETE');

export default defineRule({
  id: 's3-cors-wildcard-origin',
  on: 'resource',
  reads: { 'AWS::S3::Bucket': [RULES, `${RULES}[].AllowedOrigins`, `${RULES}[].AllowedMethods`] },
  topic: 'data-exposure',
  severity: 'low',
  judged: '2026-11-29',
  title: 'S3 CORS rules should not allow write methods from all origins',
  keywords: ['cross-origin resource sharing', 'wildcard origin', 'open CORS'],
  why: 'Scripts on any website can change objects through the browsers of users who have credentials or presigned URLs for the bucket.',
  remedy: 'List the origins of your own web applications, or allow only GET and HEAD for all origins.',
  sources: {
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html':
      'AllowedOrigins are the origins whose cross-origin requests are allowed; * allows all. The examples allow GET for all origins, and PUT, POST and DELETE for named ones.',
  },
  accessed: '2026-11-28',
  fix: 'none',
  *check(bucket) {
    for (const rule of bucket.each(RULES).items) {
      const writes = exists(itemsOfProperty(rule.get('AllowedMethods')), ({ value }) => is(value, WRITES));
      for (const { value, when } of itemsOfProperty(rule.get('AllowedOrigins')).items)
        yield {
          violations: [{ wrong: all(judgement(rule.when), judgement(when), writes, is(value, oneOf('*'))), at: value }],
          message: `${bucket.displayName} allows CORS requests from all origins to change objects. List the origins of your own applications.`,
        };
    }
  },
});
