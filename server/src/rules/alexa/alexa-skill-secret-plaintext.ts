import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'alexa-skill-secret-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'Alexa skill secrets should not be hard-coded',
  keywords: ['Login with Amazon'],
  why: 'Anyone who can read the repository, a backup of it or a build log can change and publish the skills of the developer account.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/alexa-properties-ask-skill-authenticationconfiguration.html':
      'ClientSecret and RefreshToken are from Login with Amazon; the refresh token is secret.',
  },
  accessed: '2026-11-28',
  secrets: {
    'Alexa::ASK::Skill': [
      { path: 'AuthenticationConfiguration.ClientSecret', aliases: ['F74'] },
      { path: 'AuthenticationConfiguration.RefreshToken', aliases: ['F75'] },
    ],
  },
});
