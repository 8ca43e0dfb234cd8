/** The nouns for resource types in first sentences of cards. */
import assert from 'node:assert/strict';
import { typeWord } from '../../server/src/hover/type-words.ts';

const WORDS: Readonly<Record<string, string>> = {
  'AWS::Logs::LogGroup': 'log group',
  'AWS::KMS::ReplicaKey': 'replica key',
  'AWS::Timestream::InfluxDBInstance': 'InfluxDB instance',
  'AWS::DataSync::LocationFSxOpenZFS': 'FSx OpenZFS location',
  'AWS::DataSync::LocationFSxWindows': 'FSx Windows location',
  'AWS::DirectConnect::Lag': 'LAG',
  'AWS::Pinpoint::APNSVoipChannel': 'APNS VoIP channel',
  'AWS::NetworkManager::SiteToSiteVpnAttachment': 'Site-to-Site VPN attachment',
  'AWS::CleanRooms::IdMappingTable': 'ID mapping table',
  'AWS::CloudWatch::OTelEnrichment': 'OTel enrichment',
  'AWS::ODB::CloudVmCluster': 'cloud VM cluster',
  'AWS::EC2::IPAMPool': 'IPAM pool',
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration': 'Microsoft Teams channel configuration',
  'AWS::MediaLive::EventBridgeRuleTemplate': 'EventBridge rule template',
  'AWS::AppRunner::AutoScalingConfiguration': 'auto scaling configuration',
  'AWS::S3::MultiRegionAccessPoint': 'Multi-Region access point',
  'AWS::ServiceCatalog::CloudFormationProduct': 'CloudFormation product',
  'AWS::EC2::VerifiedAccessGroup': 'Verified Access group',
  'AWS::AppSync::FunctionConfiguration': 'function',
  'AWS::BedrockAgentCore::CodeInterpreterCustom': 'custom code interpreter',
  'AWS::Cognito::UserPoolUserToGroupAttachment': 'user pool group membership',
  'AWS::Backup::LogicallyAirGappedBackupVault': 'logically air-gapped backup vault',
  'AWS::MSK::BatchScramSecret': 'SCRAM secret',
  'AWS::Redshift::QEV2IdcApplication': 'query editor v2 IAM Identity Center application',
  'AWS::EC2::EgressOnlyInternetGateway': 'egress-only internet gateway',
  'AWS::EKS::FargateProfile': 'Fargate profile',
  'AWS::EKS::Nodegroup': 'node group',
  'AWS::SageMaker::NotebookInstanceLifecycleConfig': 'notebook instance lifecycle configuration',
  'AWS::CodeDeploy::DeploymentConfig': 'deployment configuration',
  'AWS::Config::ConfigRule': 'config rule',
  aws_redshift_idc_application: 'IAM Identity Center application',
  aws_ebs_default_kms_key: 'default KMS key',
  aws_kendra_faq: 'FAQ',
  aws_glue_resource_policy: 'resource policy',
  aws_kms_grant: 'grant',
};

describe('the nouns for resource types', () => {
  for (const [type, word] of Object.entries(WORDS)) it(type, () => assert.equal(typeWord(type), word));
});
