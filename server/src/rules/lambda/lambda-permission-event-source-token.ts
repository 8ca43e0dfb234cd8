import { secretRule } from '../forms/secret-rule.ts';

/** The ID of an Alexa skill, which is usual as the token and identifies the skill without being secret. */
const SKILL_ID = /^amzn1\.ask\.skill\./;

export default secretRule({
  id: 'lambda-permission-event-source-token',
  severity: 'medium',
  profile: 'strict',
  judged: '2026-11-29',
  title: 'Lambda event source tokens should not be hard-coded',
  keywords: ['permission', 'Alexa Smart Home'],
  why: 'Invokers must supply the token, so anyone who can read the repository can pass this check.',
  sources: {
    'AWS::Lambda::Permission':
      'EventSourceToken is a token that the invoker of an Alexa Smart Home function must supply.',
    'https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html': 'The same for AddPermission.',
  },
  accessed: '2026-11-28',
  aliases: ['F45'],
  secrets: {
    'AWS::Lambda::Permission': {
      path: 'EventSourceToken',
      replaces: true,
      unless: { EventSourceToken: { matches: SKILL_ID } },
    },
  },
});
