import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'amplify-basic-auth-plaintext',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Amplify basic auth passwords should not be hard-coded',
  keywords: ['basic_auth_credentials', 'preview', 'branch'],
  why: 'Anyone who can read the repository, a backup of it or a build log can open the sites that the password protects.',
  sources: {
    'AWS::Amplify::App.BasicAuthConfig': 'Password is the password of the basic authorization of the app.',
    'AWS::Amplify::Branch.BasicAuthConfig': 'Password is the password of the basic authorization of the branch.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::Amplify::App': [
      { path: 'BasicAuthConfig.Password', aliases: ['F50'] },
      'AutoBranchCreationConfig.BasicAuthConfig.Password',
    ],
    'AWS::Amplify::Branch': { path: 'BasicAuthConfig.Password', aliases: ['F60'] },
  },
});
