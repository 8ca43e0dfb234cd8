import { secretRule } from '../forms/secret-rule.ts';

/** The credentials that a connection to each service has. */
const CREDENTIALS = 'ConnectorProfileConfig.ConnectorProfileCredentials';

export default secretRule({
  id: 'appflow-connector-credentials-plaintext',
  topic: 'secrets',
  severity: 'high',
  title: 'AppFlow connector credentials should not be hard-coded',
  keywords: [
    'ConnectorProfileCredentials',
    'plaintext secret',
    'Salesforce',
    'Snowflake',
    'ServiceNow',
    'AccessToken',
    'ClientSecret',
  ],
  why: 'Anyone who can read the repository, a backup of it or a build log can use the account at the connected service.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-amplitudeconnectorprofilecredentials.html':
      'ApiKey and SecretKey of a connection to Amplitude are secret.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-datadogconnectorprofilecredentials.html':
      'ApiKey of a connection to Datadog is secret.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-dynatraceconnectorprofilecredentials.html':
      'ApiToken of a connection to Dynatrace is secret.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-googleanalyticsconnectorprofilecredentials.html':
      'AccessToken, ClientSecret and RefreshToken of a connection to GoogleAnalytics are secret.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-infornexusconnectorprofilecredentials.html':
      'SecretAccessKey of a connection to InforNexus is secret.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-marketoconnectorprofilecredentials.html':
      'AccessToken and ClientSecret of a connection to Marketo are secret.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-redshiftconnectorprofilecredentials.html':
      'Password of a connection to Redshift is secret.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-salesforceconnectorprofilecredentials.html':
      'AccessToken and RefreshToken of a connection to Salesforce are secret.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-servicenowconnectorprofilecredentials.html':
      'Password of a connection to ServiceNow is secret.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-singularconnectorprofilecredentials.html':
      'ApiKey of a connection to Singular is secret.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-slackconnectorprofilecredentials.html':
      'AccessToken and ClientSecret of a connection to Slack are secret.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-snowflakeconnectorprofilecredentials.html':
      'Password of a connection to Snowflake is secret.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-trendmicroconnectorprofilecredentials.html':
      'ApiSecretKey of a connection to Trendmicro is secret.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-veevaconnectorprofilecredentials.html':
      'Password of a connection to Veeva is secret.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-appflow-connectorprofile-zendeskconnectorprofilecredentials.html':
      'AccessToken and ClientSecret of a connection to Zendesk are secret.',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/cfn-example_reference-secret.html':
      'A dynamic reference reads a secret from Secrets Manager into any property of a resource when the stack is deployed.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::AppFlow::ConnectorProfile': [
      `${CREDENTIALS}.Amplitude.ApiKey`,
      `${CREDENTIALS}.Amplitude.SecretKey`,
      `${CREDENTIALS}.Datadog.ApiKey`,
      `${CREDENTIALS}.Dynatrace.ApiToken`,
      `${CREDENTIALS}.GoogleAnalytics.AccessToken`,
      `${CREDENTIALS}.GoogleAnalytics.ClientSecret`,
      `${CREDENTIALS}.GoogleAnalytics.RefreshToken`,
      `${CREDENTIALS}.InforNexus.SecretAccessKey`,
      `${CREDENTIALS}.Marketo.AccessToken`,
      `${CREDENTIALS}.Marketo.ClientSecret`,
      `${CREDENTIALS}.Redshift.Password`,
      `${CREDENTIALS}.Salesforce.AccessToken`,
      `${CREDENTIALS}.Salesforce.RefreshToken`,
      `${CREDENTIALS}.ServiceNow.Password`,
      `${CREDENTIALS}.Singular.ApiKey`,
      `${CREDENTIALS}.Slack.AccessToken`,
      `${CREDENTIALS}.Slack.ClientSecret`,
      `${CREDENTIALS}.Snowflake.Password`,
      `${CREDENTIALS}.Trendmicro.ApiSecretKey`,
      `${CREDENTIALS}.Veeva.Password`,
      `${CREDENTIALS}.Zendesk.AccessToken`,
      `${CREDENTIALS}.Zendesk.ClientSecret`,
    ],
  },
});
