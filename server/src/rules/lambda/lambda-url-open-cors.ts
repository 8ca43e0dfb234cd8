import { all, exists, is, judgement, not } from '../../model/judgement.ts';
import { itemsOfProperty } from '../../model/navigate.ts';
import { oneOf } from '../../model/predicate.ts';
import { defineRule } from '../rule.ts';

const ANY = oneOf('*');

/** The check of another tool, for which all methods have to be allowed too. */
const ALL_METHODS = { checkov: ['CKV2_AWS_75'] };

export default defineRule({
  id: 'lambda-url-open-cors',
  on: 'resource',
  reads: { 'AWS::Lambda::Url': ['Cors.AllowMethods', 'Cors.AllowOrigins'] },
  topic: 'data-exposure',
  severity: 'low',
  judged: '2026-11-29',
  title: 'Lambda function URLs should not allow all origins (CORS)',
  keywords: ['cross-origin resource sharing', 'wildcard', 'open CORS'],
  why: 'Scripts on any website can call the function URL through the browsers of your users and read the responses.',
  remedy: 'List the origins of your own web applications.',
  sources: {
    'https://docs.aws.amazon.com/lambda/latest/dg/API_Cors.html':
      'AllowOrigins lists the origins that can access the function URL; the wildcard * grants access to all origins.',
  },
  accessed: '2026-11-28',
  aliases: ALL_METHODS,
  fix: 'none',
  *check(url) {
    const everyMethod = exists(itemsOfProperty(url.get('Cors.AllowMethods')), ({ value }) => is(value, ANY));
    const name = url.nativePath('Cors.AllowOrigins').split('.').at(-1)!;
    for (const { value, when } of itemsOfProperty(url.get('Cors.AllowOrigins')).items) {
      const wrong = all(judgement(when), is(value, ANY));
      yield {
        violations: [
          { wrong: all(wrong, everyMethod), at: value, aliases: ALL_METHODS },
          { wrong: all(wrong, not(everyMethod)), at: value, aliases: {} },
        ],
        message: `${url.displayName} allows CORS requests from all origins. List your own origins in ${name.replace('[]', '')}.`,
        subjects: url.related('function-of-url').edges.map(({ resource }) => resource),
      };
    }
  },
});
