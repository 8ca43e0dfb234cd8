import { namedSecretRule } from '../forms/named-secret-rule.ts';

const PAIRS = { members: ['Name', 'Value'] } as const;

const AT_RUN_TIME = 'Read it from Secrets Manager at run time';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html */
const container = <Path extends string>(path: Path) => ({ path, ...PAIRS, advice: 'Use Secrets with valueFrom' });

/**
 * In its own Region, a parameter of Parameter Store is referred to by its name.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html
 */
const moved = <Role extends string>(role: Role) => ({
  fromStore: { list: 'Secrets', members: ['Name', 'ValueFrom'], role, reader: 'the execution role' } as const,
});

/** https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.secrets.env-vars.html */
const OPTIONS = {
  path: 'OptionSettings',
  members: ['OptionName', 'Value'],
  unless: { member: 'Namespace', is: ['aws:elasticbeanstalk:application:environmentsecrets'] },
  advice: 'Use the namespace application:environmentsecrets',
  fromStore: {
    set: ['Namespace', 'aws:elasticbeanstalk:application:environmentsecrets'],
    from: 'aws:elasticbeanstalk:application:environment',
    value: 'parameter ARN',
    reader: 'the instance profile',
  },
} as const;

const AMPLIFY = { ...PAIRS, advice: 'Use an Amplify environment secret' } as const;

/** https://docs.aws.amazon.com/apprunner/latest/api/API_ImageConfiguration.html */
const APP_RUNNER = {
  ...PAIRS,
  advice: 'Use RuntimeEnvironmentSecrets',
  fromStore: {
    list: 'RuntimeEnvironmentSecrets',
    members: ['Name', 'Value'],
    role: 'InstanceConfiguration.InstanceRoleArn',
    reader: 'the instance role',
  },
} as const;

export default namedSecretRule({
  id: 'environment-variable-secret',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Environment variables should not contain secrets',
  keywords: [
    'hard-coded credentials',
    'plaintext',
    'PLAINTEXT',
    'Lambda',
    'ECS',
    'CodeBuild',
    'Batch',
    'App Runner',
    'Amplify',
    'Elastic Beanstalk',
  ],
  why: 'Anyone who can read the repository or describe the resource can read the secret. It often appears in logs and build output, and it stays in the repository history.',
  remedy:
    'Store the secret in Secrets Manager, reference it with the mechanism of the service, and change it: Secrets of ECS and Batch, RuntimeEnvironmentSecrets of App Runner, SECRETS_MANAGER variables of CodeBuild, environment secrets of Amplify and Elastic Beanstalk; in Lambda, read it at run time.',
  sources: {
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html':
      'To increase security, Secrets Manager should be used instead of environment variables for database credentials, API keys and other sensitive information.',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html':
      'Sensitive data is stored in Secrets Manager or Parameter Store and referenced in the container definition.',
    'https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data.html':
      'The secrets parameter of a job definition injects secrets of Secrets Manager or Parameter Store as environment variables.',
    'https://docs.aws.amazon.com/apprunner/latest/dg/env-variable.html':
      'Plain text variables are not encrypted and are visible in the service configuration and application logs; sensitive data should be referenced as secrets.',
    'https://docs.aws.amazon.com/amplify/latest/userguide/environment-variables.html':
      'Environment variables should not store secrets; Amplify has secret management and environment secrets for them.',
    'AWS::CodeBuild::Project.EnvironmentVariable':
      'PLAINTEXT, the default type, is strongly discouraged for sensitive values, because the console and the AWS CLI show it; PARAMETER_STORE and SECRETS_MANAGER variables name a stored value.',
    'https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.secrets.env-vars.html':
      'Environment variables can take values from Secrets Manager and Parameter Store by ARN when an instance starts.',
  },
  what: 'environment variable',
  carriers: {
    'AWS::Lambda::Function': { path: 'Environment.Variables', advice: AT_RUN_TIME, aliases: ['CKV_AWS_45'] },
    'AWS::ECS::TaskDefinition': {
      ...container('ContainerDefinitions[].Environment'),
      ...moved('ExecutionRoleArn'),
      aliases: ['AWS-0036'],
      ofAws: { controls: { securityHub: ['ECS.8'] } },
    },
    'AWS::Batch::JobDefinition': [
      { ...container('ContainerProperties.Environment'), ...moved('ContainerProperties.ExecutionRoleArn') },
      container('NodeProperties.NodeRangeProperties[].Container.Environment'),
      container('EcsProperties.TaskProperties[].Containers[].Environment'),
      container('NodeProperties.NodeRangeProperties[].EcsProperties.TaskProperties[].Containers[].Environment'),
    ],
    'AWS::AppRunner::Service': [
      { path: 'SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables', ...APP_RUNNER },
      {
        path: 'SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues.RuntimeEnvironmentVariables',
        ...APP_RUNNER,
      },
    ],
    'AWS::Amplify::App': [
      { path: 'EnvironmentVariables', ...AMPLIFY },
      { path: 'AutoBranchCreationConfig.EnvironmentVariables', ...AMPLIFY },
    ],
    'AWS::Amplify::Branch': { path: 'EnvironmentVariables', ...AMPLIFY },
    'AWS::CodeBuild::Project': {
      path: 'Environment.EnvironmentVariables',
      ...PAIRS,
      unless: { member: 'Type', is: ['PARAMETER_STORE', 'SECRETS_MANAGER'] },
      advice: 'Use a variable of type SECRETS_MANAGER',
      fromStore: { set: ['Type', 'SECRETS_MANAGER'], value: 'secret name', reader: 'the service role' },
      ofAws: { aliases: ['CODEBUILD_PROJECT_ENVVAR_AWSCRED_CHECK'], controls: { securityHub: ['CodeBuild.2'] } },
    },
    'AWS::ElasticBeanstalk::Environment': OPTIONS,
    'AWS::ElasticBeanstalk::ConfigurationTemplate': OPTIONS,
    'AWS::SageMaker::Model': [
      { path: 'PrimaryContainer.Environment', advice: AT_RUN_TIME },
      { path: 'Containers[].Environment', advice: AT_RUN_TIME },
    ],
    'AWS::Synthetics::Canary': { path: 'RunConfig.EnvironmentVariables', advice: AT_RUN_TIME },
  },
});
