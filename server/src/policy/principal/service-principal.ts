/**
 * Service principals in condition values.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
 */
import { nearest } from '../text/nearest.ts';
import { isRegion, mayBeRegion } from '../data/region.ts';
import type { IamData } from '../data/iam-data.ts';

/** The condition keys with service principals, in lower case. */
export const SERVICE_KEYS: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'codeconnections:passedtoservice',
  'codestar-connections:passedtoservice',
  'iam:awsservicename',
  'iam:passedtoservice',
  'kms:viaservice',
  'sts:awsservicename',
]);

/**
 * The key whose values contain the Region:
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
const WITH_REGION = 'kms:viaservice';

/** The violation of a service principal: an invalid format, uppercase, a missing Region, or an unknown name. */
export interface ServiceFault {
  readonly kind: 'form' | 'case' | 'region' | 'unknown';
  /** The likely intended name; undefined where none is similar. */
  readonly intended: string | undefined;
}

/** The violation of a string that a condition compares with service principals; undefined for a valid one. */
export function serviceFault(text: string, key: string, ignoresCase: boolean, iam: IamData): ServiceFault | undefined {
  // A string with a wildcard matches several services, and a placeholder is not a name.
  if (text === '' || /[*?<>${}\s]/.test(text)) return undefined;
  const lower = text.toLowerCase();
  const suffix = suffixesOf(iam).find((one) => lower.endsWith(`.${one}`));
  if (suffix === undefined) {
    const name = lower.split('.')[0]!;
    return { kind: 'form', intended: key !== WITH_REGION && isKnown(name, iam) ? `${name}.amazonaws.com` : undefined };
  }
  const labels = lower.slice(0, -suffix.length - 1).split('.');
  const isPlace = (label: string): boolean => isRegion(iam, label, false) || mayBeRegion(iam, label, false);
  const name = labels.filter((label) => !isPlace(label)).join('.');
  if (!isKnown(name, iam)) {
    const near = nearest(name, new Set([...iam.servicePrincipals, ...iam.services.keys()]));
    return {
      kind: 'unknown',
      intended:
        near &&
        `${labels.map((label) => (isPlace(label) ? label : undefined)).reduce((all, label) => (label === undefined ? all : `${all}.${label}`), near)}.${suffix}`,
    };
  }
  if (text !== lower && !ignoresCase) return { kind: 'case', intended: lower };
  return key === WITH_REGION && !labels.some(isPlace) ? { kind: 'region', intended: undefined } : undefined;
}

/** Suffixes of service principals besides those of the partitions: Alexa, and some AWS-internal services. */
function suffixesOf({ partitions }: IamData): readonly string[] {
  return [
    ...new Set([
      'amazonaws.com',
      'amazonaws.com.cn',
      'amazon.com',
      'aws.internal',
      ...[...partitions.values()].map(({ suffix }) => suffix),
    ]),
  ].toSorted((one, other) => other.length - one.length);
}

/** Names that are neither action prefixes nor used in AWS managed policies. */
const DOCUMENTED: ReadonlySet<string> = new Set([
  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#viaService_table
  'directoryservice',
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
  'edgelambda',
  // https://docs.aws.amazon.com/eks/latest/userguide/using-service-linked-roles-eks-fargate.html
  'eks-fargate',
  // https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html
  'eks-fargate-pods',
  // https://docs.aws.amazon.com/eks/latest/userguide/using-service-linked-roles-eks-nodegroups.html
  'eks-nodegroup',
  // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
  'vpc-flow-logs',
  // From templates that Amazon publishes, as in https://www.npmjs.com/package/ask-cli and
  // https://github.com/aws-samples/aws-secure-environment-accelerator
  'alexa-appkit',
  'alexa-connectedhome',
  'cloudwatch-crossaccount',
  // Cost Anomaly Detection: https://github.com/synapsestudios/terraform-aws-cost-anomaly-monitor
  'costalerts',
]);

/**
 * Whether a service principal has a known name, without its suffix and Region. Most names equal the prefix of the
 * service's actions; some have another part before it.
 */
function isKnown(name: string, { services, servicePrincipals }: IamData): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return (
    servicePrincipals.has(name) ||
    services.has(name) ||
    DOCUMENTED.has(name) ||
    (last !== name && (services.has(last) || servicePrincipals.has(last)))
  );
}
