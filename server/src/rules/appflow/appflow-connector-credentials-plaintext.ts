import { secretRule } from '../forms/secret-rule.ts';

/** The credentials that a connection to each service has. */
const CREDENTIALS = 'ConnectorProfileConfig.ConnectorProfileCredentials';

export default secretRule({
  id: 'appflow-connector-credentials-plaintext',
  severity: 'high',
  judged: '2026-11-29',
  title: 'AppFlow connector credentials should not be hard-coded',
  keywords: ['Salesforce', 'Snowflake'],
  why: 'Anyone who can read the repository, a backup of it or a build log can use the account at the connected service.',
  sources: {
    'AWS::AppFlow::ConnectorProfile.AmplitudeConnectorProfileCredentials':
      'ApiKey and SecretKey of a connection to Amplitude are secret.',
    'AWS::AppFlow::ConnectorProfile.DatadogConnectorProfileCredentials':
      'ApiKey of a connection to Datadog is secret. With ApplicationKey, it gives full access to the API of Datadog.',
    'AWS::AppFlow::ConnectorProfile.DynatraceConnectorProfileCredentials':
      'ApiToken of a connection to Dynatrace is secret.',
    'AWS::AppFlow::ConnectorProfile.GoogleAnalyticsConnectorProfileCredentials':
      'AccessToken, ClientSecret and RefreshToken of a connection to GoogleAnalytics are secret.',
    'AWS::AppFlow::ConnectorProfile.InforNexusConnectorProfileCredentials':
      'SecretAccessKey of a connection to InforNexus is secret.',
    'AWS::AppFlow::ConnectorProfile.MarketoConnectorProfileCredentials':
      'AccessToken and ClientSecret of a connection to Marketo are secret.',
    'AWS::AppFlow::ConnectorProfile.RedshiftConnectorProfileCredentials':
      'Password of a connection to Redshift is secret.',
    'AWS::AppFlow::ConnectorProfile.SalesforceConnectorProfileCredentials':
      'AccessToken, JwtToken and RefreshToken of a connection to Salesforce are secret.',
    'AWS::AppFlow::ConnectorProfile.ServiceNowConnectorProfileCredentials':
      'Password of a connection to ServiceNow is secret.',
    'AWS::AppFlow::ConnectorProfile.SingularConnectorProfileCredentials':
      'ApiKey of a connection to Singular is secret.',
    'AWS::AppFlow::ConnectorProfile.SlackConnectorProfileCredentials':
      'AccessToken and ClientSecret of a connection to Slack are secret.',
    'AWS::AppFlow::ConnectorProfile.SnowflakeConnectorProfileCredentials':
      'Password of a connection to Snowflake is secret.',
    'AWS::AppFlow::ConnectorProfile.TrendmicroConnectorProfileCredentials':
      'ApiSecretKey of a connection to Trendmicro is secret.',
    'AWS::AppFlow::ConnectorProfile.VeevaConnectorProfileCredentials': 'Password of a connection to Veeva is secret.',
    'AWS::AppFlow::ConnectorProfile.ZendeskConnectorProfileCredentials':
      'AccessToken and ClientSecret of a connection to Zendesk are secret.',
    'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_PardotConnectorProfileCredentials.html':
      'accessToken and refreshToken give access to Pardot.',
    'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SalesforceConnectorProfileCredentials.html':
      'jwtToken authorizes AppFlow to read the records in Salesforce.',
    'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_OAuth2Credentials.html':
      'Custom connectors and ServiceNow have an access token, a refresh token and a client secret.',
    'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ApiKeyCredentials.html':
      'Custom connectors can have an API key and its secret.',
    'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_BasicAuthCredentials.html':
      'Custom connectors and SAP OData can have a password.',
    'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_OAuthCredentials.html':
      'SAP OData can have an access token, a refresh token and a client secret.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::AppFlow::ConnectorProfile': [
      `${CREDENTIALS}.Amplitude.ApiKey`,
      `${CREDENTIALS}.Amplitude.SecretKey`,
      `${CREDENTIALS}.Datadog.ApiKey`,
      `${CREDENTIALS}.Datadog.ApplicationKey`,
      `${CREDENTIALS}.Dynatrace.ApiToken`,
      `${CREDENTIALS}.GoogleAnalytics.AccessToken`,
      `${CREDENTIALS}.GoogleAnalytics.ClientSecret`,
      `${CREDENTIALS}.GoogleAnalytics.RefreshToken`,
      `${CREDENTIALS}.InforNexus.SecretAccessKey`,
      `${CREDENTIALS}.Marketo.AccessToken`,
      `${CREDENTIALS}.Marketo.ClientSecret`,
      `${CREDENTIALS}.Pardot.AccessToken`,
      `${CREDENTIALS}.Pardot.RefreshToken`,
      `${CREDENTIALS}.Redshift.Password`,
      `${CREDENTIALS}.Salesforce.AccessToken`,
      `${CREDENTIALS}.Salesforce.JwtToken`,
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
      `${CREDENTIALS}.CustomConnector.ApiKey.ApiKey`,
      `${CREDENTIALS}.CustomConnector.ApiKey.ApiSecretKey`,
      `${CREDENTIALS}.CustomConnector.Basic.Password`,
      `${CREDENTIALS}.CustomConnector.Oauth2.AccessToken`,
      `${CREDENTIALS}.CustomConnector.Oauth2.ClientSecret`,
      `${CREDENTIALS}.CustomConnector.Oauth2.RefreshToken`,
      `${CREDENTIALS}.SAPOData.BasicAuthCredentials.Password`,
      `${CREDENTIALS}.SAPOData.OAuthCredentials.AccessToken`,
      `${CREDENTIALS}.SAPOData.OAuthCredentials.ClientSecret`,
      `${CREDENTIALS}.SAPOData.OAuthCredentials.RefreshToken`,
      `${CREDENTIALS}.ServiceNow.OAuth2Credentials.AccessToken`,
      `${CREDENTIALS}.ServiceNow.OAuth2Credentials.ClientSecret`,
      `${CREDENTIALS}.ServiceNow.OAuth2Credentials.RefreshToken`,
    ],
  },
});
