import { listRule } from '../forms/list-rule.ts';

export default listRule({
  id: 's3-cors-wildcard-origin',
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
  lists: {
    'AWS::S3::Bucket': {
      path: 'CorsConfiguration.CorsRules[].AllowedOrigins',
      inItem: { onlyIf: { AllowedMethods: { contains: ['PUT', 'POST', 'DELETE'] } } },
    },
  },
  mustNotContain: '*',
  problem: 'allows CORS requests from all origins to change objects',
  advice: 'List the origins of your own applications.',
  fix: 'none',
});
