import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'resource-credential-plaintext',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Credentials in resource properties should not be hard-coded',
  keywords: [
    'plaintext password',
    'API key',
    'client secret',
    'private key',
    'token',
    'Timestream for InfluxDB',
    'Connect',
    'Bedrock AgentCore',
    'Direct Connect',
  ],
  why: 'Anyone who can read the repository, a backup of it or a build log can use the credential: log in to the database, act as the application at its identity provider, or sign on its behalf.',
  sources: {
    'AWS::BackupGateway::Hypervisor': 'Password logs in to the hypervisor.',
    'https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateApiKeyCredentialProvider.html':
      'apiKey is the key for the authentication of an agent. OAuth2 providers have a client secret, and payment providers keys and secrets of their vendor.',
    'AWS::CodeStar::GitHubRepository': 'RepositoryAccessToken is a personal access token for the repository.',
    'AWS::Connect::User': "Password is the user's password.",
    'https://docs.aws.amazon.com/datazone/latest/APIReference/API_UsernamePassword.html':
      'password is the password of a connection. A connection for Glue has the credentials of a Glue connection.',
    'AWS::DevOpsAgent::Service.GitLabDetails': 'TokenValue is the access token for GitLab.',
    'AWS::DevOpsAgent::Service.ApiKeyDetails': 'ApiKeyValue is the value of the API key.',
    'AWS::DevOpsAgent::Service.BearerTokenDetails': 'TokenValue is the value of the bearer token.',
    'AWS::DevOpsAgent::Service.OAuthClientDetails': 'ClientSecret is the secret of the OAuth client.',
    'AWS::DevOpsAgent::Service.MCPServerOAuthClientCredentialsConfig':
      'ClientSecret is the secret of the OAuth client.',
    'AWS::DevOpsAgent::Service.NewRelicApiKeyConfig': 'ApiKey is the API key of a New Relic user.',
    'https://docs.aws.amazon.com/directconnect/latest/APIReference/API_NewBGPPeer.html':
      'authKey is the authentication key of the BGP session.',
    'AWS::EC2::VerifiedAccessTrustProvider.OidcOptions': 'ClientSecret is the client secret at the OIDC provider.',
    'AWS::EC2::VerifiedAccessTrustProvider.NativeApplicationOidcOptions':
      'ClientSecret is the OAuth 2.0 client secret.',
    'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html':
      'AddPrivateKey is the private key that decrypts assertions of the identity provider.',
    'https://docs.aws.amazon.com/inspector/v2/APIReference/API_CreateGitLabSelfManagedIntegrationDetail.html':
      'accessToken is the personal access token for the GitLab instance.',
    'https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_invoicing_CreateProcurementPortalPreference.html':
      'ProcurementPortalSharedSecret authenticates to the procurement portal.',
    'AWS::IoTWireless::WirelessDevice.OtaaV11':
      'AppKey and NwkKey should be handled like passwords, and can be read from Secrets Manager.',
    'AWS::IoTWireless::WirelessDevice.SessionKeysAbpV11': 'The same for session keys.',
    'AWS::IoTWireless::PartnerAccount.SidewalkAccountInfo':
      'The same for the private key of the Sidewalk application server.',
    'https://docs.aws.amazon.com/quicksight/latest/APIReference/API_APIKeyConnectionMetadata.html':
      'ApiKey is the key for the authentication of an action connector, which can also have a password or a client secret.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html':
      'TdeCredentialPassword is the password for the key store of Transparent Data Encryption.',
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OidcConfig.html':
      'ClientSecret is the client secret of the private workforce at its identity provider.',
    'https://docs.aws.amazon.com/security-lake/latest/APIReference/API_HttpsNotificationConfiguration.html':
      'authorizationApiKeyValue is the key for the endpoint of the subscriber.',
    'AWS::SES::EmailIdentity.DkimSigningAttributes':
      'DomainSigningPrivateKey is the private key that signs mail with DKIM.',
    'https://docs.aws.amazon.com/sesmailmanager/latest/APIReference/API_IngressPointConfiguration.html':
      'SmtpPassword is the password of the ingress endpoint.',
    'https://docs.aws.amazon.com/ts-influxdb/latest/ts-influxdb-api/API_CreateDbInstance.html':
      'password is the password of the first administrator of InfluxDB.',
    'AWS::Transfer::Certificate': 'PrivateKey is the private key of the certificate.',
    'https://docs.aws.amazon.com/acm/latest/APIReference/API_ImportCertificate.html':
      'PrivateKey is the unencrypted private key of an imported certificate.',
    'https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDomainName.html':
      'certificatePrivateKey is the private key of the certificate of an edge-optimized domain name.',
    'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateCustomKeyStore.html':
      'KeyStorePassword is the password of kmsuser in the CloudHSM cluster; RawSecretAccessKey authenticates to the proxy of an external key store.',
    'AWS::MediaLive::Channel.StaticKeySettings': 'StaticKeyValue is the static key, 32 hexadecimal characters.',
    aws_appfabric_app_authorization: 'credential has the API key or the client secret for the application.',
    aws_chime_voice_connector_termination_credentials:
      'The SIP credentials authenticate requests to the voice connector.',
    aws_cognito_user:
      'password is the permanent password of the user, temporary_password the one until the first sign-in.',
    aws_directory_service_radius_settings: 'shared_secret enables RADIUS on the directory.',
    aws_directory_service_trust: 'trust_password is the password of the trust.',
    aws_dx_bgp_peer:
      'bgp_auth_key is the authentication key of the BGP configuration. Hosted virtual interfaces have it too.',
    aws_glue_job:
      'auth_token in source_control_details is a personal access token, or the ARN of a secret if auth_strategy is AWS_SECRETS_MANAGER.',
    aws_redshift_hsm_configuration: 'hsm_partition_password gives access to the partition of the HSM.',
    aws_sns_platform_application: 'platform_credential is the private key, signing key or API key of the push service.',
    aws_storagegateway_file_system_association:
      'password is the password of a user who can access the root share of the file system.',
    aws_storagegateway_gateway:
      'smb_active_directory_settings has the password of the user who joins the domain, smb_guest_password that of guests.',
    'https://docs.aws.amazon.com/workmail/latest/APIReference/API_CreateUser.html':
      'password is the password of the new user.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::BackupGateway::Hypervisor': 'Password',
    'AWS::BedrockAgentCore::ApiKeyCredentialProvider': 'ApiKey',
    'AWS::BedrockAgentCore::OAuth2CredentialProvider': [
      'Oauth2ProviderConfigInput.AtlassianOauth2ProviderConfig.ClientSecret',
      'Oauth2ProviderConfigInput.CustomOauth2ProviderConfig.ClientSecret',
      'Oauth2ProviderConfigInput.GithubOauth2ProviderConfig.ClientSecret',
      'Oauth2ProviderConfigInput.GoogleOauth2ProviderConfig.ClientSecret',
      'Oauth2ProviderConfigInput.IncludedOauth2ProviderConfig.ClientSecret',
      'Oauth2ProviderConfigInput.LinkedinOauth2ProviderConfig.ClientSecret',
      'Oauth2ProviderConfigInput.MicrosoftOauth2ProviderConfig.ClientSecret',
      'Oauth2ProviderConfigInput.SalesforceOauth2ProviderConfig.ClientSecret',
      'Oauth2ProviderConfigInput.SlackOauth2ProviderConfig.ClientSecret',
    ],
    'AWS::BedrockAgentCore::PaymentCredentialProvider': [
      'ProviderConfigurationInput.CoinbaseCdpConfiguration.ApiKeySecret',
      'ProviderConfigurationInput.CoinbaseCdpConfiguration.WalletSecret',
      'ProviderConfigurationInput.StripePrivyConfiguration.AppSecret',
      'ProviderConfigurationInput.StripePrivyConfiguration.AuthorizationPrivateKey',
    ],
    'AWS::CodeStar::GitHubRepository': 'RepositoryAccessToken',
    'AWS::Connect::User': 'Password',
    'AWS::DataZone::Connection': [
      'Props.RedshiftProperties.Credentials.UsernamePassword.Password',
      'Props.GlueProperties.GlueConnectionInput.AuthenticationConfiguration.BasicAuthenticationCredentials.Password',
      'Props.GlueProperties.GlueConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.AccessToken',
      'Props.GlueProperties.GlueConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.JwtToken',
      'Props.GlueProperties.GlueConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.RefreshToken',
      'Props.GlueProperties.GlueConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.UserManagedClientApplicationClientSecret',
    ],
    'AWS::DevOpsAgent::Service': [
      'ServiceDetails.Dynatrace.AuthorizationConfig.OAuthClientCredentials.ClientSecret',
      'ServiceDetails.GitLab.TokenValue',
      'ServiceDetails.MCPServer.AuthorizationConfig.ApiKey.ApiKeyValue',
      'ServiceDetails.MCPServer.AuthorizationConfig.BearerToken.TokenValue',
      'ServiceDetails.MCPServer.AuthorizationConfig.OAuthClientCredentials.ClientSecret',
      'ServiceDetails.MCPServerGrafana.AuthorizationConfig.BearerToken.TokenValue',
      'ServiceDetails.MCPServerNewRelic.AuthorizationConfig.ApiKey.ApiKey',
      'ServiceDetails.MCPServerSplunk.AuthorizationConfig.BearerToken.TokenValue',
      'ServiceDetails.PagerDuty.AuthorizationConfig.OAuthClientCredentials.ClientSecret',
      'ServiceDetails.ServiceNow.AuthorizationConfig.OAuthClientCredentials.ClientSecret',
    ],
    'AWS::DirectConnect::PrivateVirtualInterface': 'BgpPeers[].AuthKey',
    'AWS::DirectConnect::PublicVirtualInterface': 'BgpPeers[].AuthKey',
    'AWS::DirectConnect::TransitVirtualInterface': 'BgpPeers[].AuthKey',
    'AWS::EC2::VerifiedAccessTrustProvider': ['OidcOptions.ClientSecret', 'NativeApplicationOidcOptions.ClientSecret'],
    'AWS::IAM::SAMLProvider': { path: 'AddPrivateKey', replaces: true },
    'AWS::InspectorV2::CodeSecurityIntegration': 'CreateIntegrationDetails.gitlabSelfManaged.accessToken',
    'AWS::Invoicing::ProcurementPortalPreference': [
      'ProcurementPortalSharedSecret',
      'TestEnvPreference.ProcurementPortalSharedSecret',
    ],
    'AWS::IoTWireless::PartnerAccount': ['Sidewalk.AppServerPrivateKey', 'SidewalkUpdate.AppServerPrivateKey'],
    'AWS::IoTWireless::WirelessDevice': [
      'LoRaWAN.AbpV10x.SessionKeys.AppSKey',
      'LoRaWAN.AbpV10x.SessionKeys.NwkSKey',
      'LoRaWAN.AbpV11.SessionKeys.AppSKey',
      'LoRaWAN.AbpV11.SessionKeys.FNwkSIntKey',
      'LoRaWAN.AbpV11.SessionKeys.NwkSEncKey',
      'LoRaWAN.AbpV11.SessionKeys.SNwkSIntKey',
      'LoRaWAN.OtaaV10x.AppKey',
      'LoRaWAN.OtaaV11.AppKey',
      'LoRaWAN.OtaaV11.NwkKey',
    ],
    'AWS::MediaLive::Channel':
      'EncoderSettings.OutputGroups[].OutputGroupSettings.HlsGroupSettings.KeyProviderSettings.StaticKeySettings.StaticKeyValue',
    'AWS::QuickSight::ActionConnector': [
      'AuthenticationConfig.AuthenticationMetadata.ApiKeyConnectionMetadata.ApiKey',
      'AuthenticationConfig.AuthenticationMetadata.BasicAuthConnectionMetadata.Password',
      'AuthenticationConfig.AuthenticationMetadata.AuthorizationCodeGrantMetadata.AuthorizationCodeGrantCredentialsDetails.AuthorizationCodeGrantDetails.ClientSecret',
      'AuthenticationConfig.AuthenticationMetadata.ClientCredentialsGrantMetadata.ClientCredentialsDetails.ClientCredentialsGrantDetails.ClientSecret',
    ],
    'AWS::QuickSight::OAuthClientApplication': 'ClientSecret',
    'AWS::RDS::DBInstance': 'TdeCredentialPassword',
    'AWS::SageMaker::Workforce': 'OidcConfig.ClientSecret',
    'AWS::SecurityLake::SubscriberNotification':
      'NotificationConfiguration.HttpsNotificationConfiguration.AuthorizationApiKeyValue',
    'AWS::SES::EmailIdentity': 'DkimSigningAttributes.DomainSigningPrivateKey',
    'AWS::SES::MailManagerIngressPoint': 'IngressPointConfiguration.SmtpPassword',
    'AWS::Timestream::InfluxDBCluster': { path: 'Password', replaces: true },
    'AWS::Timestream::InfluxDBInstance': { path: 'Password', replaces: true },
    'AWS::Transfer::Certificate': { path: 'PrivateKey', replaces: true },
    aws_acm_certificate: 'private_key',
    aws_api_gateway_domain_name: { path: 'certificate_private_key', replaces: true },
    aws_appfabric_app_authorization: [
      'credential.api_key_credential.api_key',
      'credential.oauth2_credential.client_secret',
    ],
    aws_chime_voice_connector_termination_credentials: 'credentials[].password',
    aws_cognito_user: ['password', 'temporary_password'],
    aws_directory_service_radius_settings: 'shared_secret',
    aws_directory_service_trust: 'trust_password',
    aws_dx_bgp_peer: { path: 'bgp_auth_key', replaces: true },
    aws_dx_hosted_private_virtual_interface: { path: 'bgp_auth_key', replaces: true },
    aws_dx_hosted_public_virtual_interface: { path: 'bgp_auth_key', replaces: true },
    aws_dx_hosted_transit_virtual_interface: { path: 'bgp_auth_key', replaces: true },
    aws_glue_job: {
      path: 'source_control_details.auth_token',
      unless: { 'source_control_details.auth_strategy': ['AWS_SECRETS_MANAGER'] },
    },
    aws_kms_custom_key_store: ['key_store_password', 'xks_proxy_authentication_credential.raw_secret_access_key'],
    aws_redshift_hsm_configuration: { path: 'hsm_partition_password', replaces: true },
    aws_sns_platform_application: 'platform_credential',
    aws_storagegateway_file_system_association: 'password',
    aws_storagegateway_gateway: ['smb_active_directory_settings.password', 'smb_guest_password'],
    aws_workmail_user: 'password',
  },
});
