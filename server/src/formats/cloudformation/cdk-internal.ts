/**
 * Resources that the AWS CDK adds to an app: the functions of its custom resources, and their roles. Authors neither
 * write nor configure them. Read in aws-cdk-lib 2.276.0 (Apache-2.0) on 2026-11-24; the names were compared with its
 * templates.
 */
import { flatMap } from '../../base/flat-map.ts';

/** Singleton constructs of a stack, and their resources. */
interface Internal {
  /** The name of the construct in logical IDs. */
  readonly id: string;
  /**
   * The suffixes of its resources in logical IDs. Roles whose policies contain statements of the app's author are
   * omitted.
   */
  readonly holds: readonly string[];
}

/**
 * The handlers of most custom resources. Handlers that an app creates with the same class have other names and belong
 * to the app.
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/core/lib/custom-resource-provider/custom-resource-provider-base.ts
 */
const PROVIDERS: readonly Internal[] = [
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-s3/lib/mixins/bucket.ts
  'CustomS3AutoDeleteObjects',
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ecr/lib/repository.ts
  'CustomECRAutoDeleteImages',
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ec2/lib/vpc.ts
  'CustomVpcRestrictDefaultSG',
  // https://github.com/aws/aws-cdk/tree/main/packages/aws-cdk-lib/core/lib/custom-resource-provider/cross-region-export-providers
  'CustomCrossRegionExportReader',
  'CustomCrossRegionExportWriter',
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-cloudfront/lib/experimental/edge-function.ts
  'CustomCrossRegionStringParameterReader',
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-iam/lib/oidc-provider.ts
  'CustomAWSCDKOpenIdConnectProvider',
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-route53/lib/record-set.ts
  'CustomDeleteExistingRecordSet',
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-synthetics/lib/canary.ts
  'CustomSyntheticsAutoDeleteUnderlyingResources',
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/core/lib/private/cfn-utils-provider.ts
  'AWSCDKCfnUtilsProvider',
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/triggers/lib/trigger.ts
  'AWSCDKTriggerCustomResourceProvider',
].map((id) => ({ id: `${id}CustomResourceProvider`, holds: ['Handler', 'Role'] }));

const FUNCTION = ['', 'ServiceRole'];
const WITH_POLICY = [...FUNCTION, 'ServiceRoleDefaultPolicy'];

const SINGLETONS: readonly Internal[] = [
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-logs/lib/log-retention.ts
  { id: 'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a', holds: WITH_POLICY },
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-s3/lib/notifications-resource/notifications-resource-handler.ts
  { id: 'BucketNotificationsHandler050a0587b7544547bf325f094a3db834', holds: ['', 'Role', 'RoleDefaultPolicy'] },
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/custom-resources/lib/aws-custom-resource/aws-custom-resource.ts
  { id: 'AWS679f53fac002430cb0da5b7982bd2287', holds: FUNCTION },
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-events-targets/lib/aws-api.ts
  { id: 'AWSb4cf1abd4e4f4bc699441af7ccd9ec37', holds: FUNCTION },
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-stepfunctions-tasks/lib/lambda/call-aws-service-cross-region.ts
  { id: 'CrossRegionAwsSdk8a0c93f3dbef4b71ac137aaf2048ce7e', holds: FUNCTION },
  // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ses/lib/receipt-rule.ts
  { id: 'SingletonLambda224e77f9a32e4b4dac32983477abba16', holds: FUNCTION },
];

/**
 * Its name continues with the requested memory and storage, and with the address of its VPC.
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-s3-deployment/lib/bucket-deployment.ts
 */
const BUCKET_DEPLOYMENT =
  /^CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C(\d{1,6}MiB|[0-9a-f]{42}){0,4}(ServiceRole(DefaultPolicy)?)?$/;

/**
 * The functions that call the handlers of a custom resource written by the app's author.
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/custom-resources/lib/provider-framework/provider.ts
 */
const PROVIDER_FRAMEWORK = /framework(onEvent|isComplete|onTimeout)(ServiceRole(DefaultPolicy)?)?$/;

/**
 * The policy for creating the replicas of a table.
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-dynamodb/lib/table.ts
 */
const TABLE_REPLICAS =
  /SourceTableAttachedManagedPolicy\w*awscdkawsdynamodbReplicaProvider(OnEvent|IsComplete)HandlerServiceRole[0-9A-F]{8}$/;

/**
 * Nested stacks that contain only the functions of custom resources, identified by their construct alone.
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-eks/lib/cluster-resource-provider.ts
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-eks/lib/kubectl-provider.ts
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-dynamodb/lib/replica-provider.ts
 */
const STACKS: ReadonlySet<string> = new Set([
  '@aws-cdk--aws-eks.ClusterResourceProvider',
  '@aws-cdk--aws-eks.KubectlProvider',
  '@aws-cdk--aws-dynamodb.ReplicaProvider',
]);

const NAMES: ReadonlySet<string> = new Set(
  flatMap([...PROVIDERS, ...SINGLETONS], ({ id, holds }) => holds.map((name) => id + name)),
);

/**
 * The maximum length of a logical ID:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const LONGEST_ID = 255;

/**
 * Whether the AWS CDK added a resource itself, given its logical ID, which ends in a hash of eight digits, and its
 * construct path if the template has it. The template must be generated by the CDK.
 */
export function isInternalToCdk(logicalId: string, path: string | undefined): boolean {
  if (path?.split('/').some((name) => STACKS.has(name))) return true;
  if (logicalId.length > LONGEST_ID) return false;
  const name = /^(\w+)[0-9A-F]{8}$/.exec(logicalId)?.[1];
  return (
    name !== undefined &&
    (NAMES.has(name) || [BUCKET_DEPLOYMENT, PROVIDER_FRAMEWORK, TABLE_REPLICAS].some((pattern) => pattern.test(name)))
  );
}
