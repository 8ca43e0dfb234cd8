import { listRule } from '../forms/list-rule.ts';

export default listRule({
  id: 'lambda-url-open-cors',
  topic: 'data-exposure',
  severity: 'low',
  title: 'Lambda function URLs should not allow all origins (CORS)',
  keywords: ['AllowOrigins', 'cross-origin resource sharing', 'wildcard', 'open CORS'],
  why: 'Scripts of any website can call the function URL from the browsers of your users and read the responses.',
  remedy: 'List the origins of your own web applications.',
  sources: {
    'https://docs.aws.amazon.com/lambda/latest/dg/API_Cors.html':
      'AllowOrigins lists the origins that can access the function URL; the wildcard * grants access to all origins.',
  },
  accessed: '2026-11-28',
  aliases: { checkov: ['CKV2_AWS_75'] },
  lists: { 'AWS::Lambda::Url': 'Cors.AllowOrigins' },
  mustNotContain: '*',
  problem: 'allows requests from scripts of all websites (CORS)',
  advice: 'List your own origins in {setting}.',
  fix: 'none',
});
