/**
 * The long names of tfsec's checks, which Trivy accepts too: `aws-ecr-enforce-immutable-repository` for AWS-0031.
 *
 * Each name was compared with what its page says that it checks. A name whose page was not found, or whose check has no
 * rule, is left out. Accessed 2026-11-30:
 *
 * - https://aquasecurity.github.io/tfsec/latest/checks/aws/ (and the pages of earlier versions for names of theirs)
 * - https://aquasecurity.github.io/tfsec/latest/checks/general/secrets/no-plaintext-exposure
 * - https://aquasecurity.github.io/cfsec/v0.3.1/checks/, which has the ids of Trivy for the same names
 * - https://github.com/aquasecurity/trivy/discussions/4593 for `trivy:ignore:aws-ec2-no-public-ingress-sgr`: the checks
 *   of security groups moved from the service vpc to ec2
 */
import { flatMap } from '../base/flat-map.ts';
import { once } from '../base/once.ts';

/** A line for each provider and service: names, each with an id of Trivy, or with rules where Trivy has no such id. */
const NAMES = `
aws-api-gateway enable-access-logging=AWS-0001 no-public-access=AWS-0004 use-secure-tls-policy=AWS-0005
aws-autoscaling enable-at-rest-encryption=AWS-0008 no-public-ip=AWS-0009
aws-cloudfront enable-logging=AWS-0010 enforce-https=AWS-0012 use-secure-tls-policy=AWS-0013
aws-cloudtrail enable-all-regions=AWS-0014 enable-at-rest-encryption=AWS-0015 enable-log-validation=AWS-0016
aws-documentdb enable-log-export=AWS-0020
aws-dynamodb enable-recovery=AWS-0024
aws-ebs enable-volume-encryption=AWS-0026
aws-ec2 enforce-http-token-imds=AWS-0028 no-public-ingress-sgr=AWS-0107 no-public-egress-sgr=AWS-0104
aws-ecr enable-image-scans=AWS-0030 enforce-immutable-repository=AWS-0031 no-public-access=AWS-0032
aws-ecs enable-container-insight=AWS-0034 enable-in-transit-encryption=AWS-0035
aws-efs enable-at-rest-encryption=AWS-0037
aws-eks enable-control-plane-logging=AWS-0038 no-public-cluster-access=AWS-0040
aws-eks no-public-cluster-access-to-cidr=AWS-0041
aws-elastic-search enable-domain-encryption=AWS-0048 enable-in-transit-encryption=AWS-0043
aws-elastic-search enforce-https=AWS-0046 use-secure-tls-policy=AWS-0126
aws-elb drop-invalid-headers=AWS-0052 http-not-used=AWS-0054 use-secure-tls-policy=AWS-0047
aws-iam no-policy-wildcards=AWS-0057
aws-kinesis enable-in-transit-encryption=AWS-0064
aws-kms auto-rotate-keys=AWS-0065
aws-lambda restrict-source-arn=AWS-0067
aws-msk enable-in-transit-encryption=AWS-0073
aws-rds encrypt-cluster-storage-data=AWS-0079 encrypt-instance-storage-data=AWS-0080
aws-rds specify-backup-retention=AWS-0077 backup-retention-specified=AWS-0077 no-public-db-access=rds-publicly-accessible
aws-s3 block-public-acls=AWS-0086 block-public-policy=AWS-0087 ignore-public-acls=AWS-0091
aws-s3 no-public-buckets=AWS-0093 specify-public-access-block=AWS-0094 no-public-access-with-acl=AWS-0092
aws-s3 enable-bucket-logging=AWS-0089 enable-versioning=AWS-0090
aws-sns enable-topic-encryption=AWS-0095
aws-sqs enable-queue-encryption=AWS-0096 no-wildcards-in-policy-documents=AWS-0097
aws-vpc no-excessive-port-access=AWS-0102 no-public-ingress-acl=AWS-0105 no-public-ingress=AWS-0105
aws-vpc no-public-egress-sgr=AWS-0104 no-public-egress-sg=AWS-0104
aws-vpc no-public-ingress-sgr=AWS-0107 no-public-ingress-sg=AWS-0107 use-secure-tls-policy=AWS-0047
general-secrets no-plaintext-exposure=parameter-secret-default,resource-credential-plaintext
general-secrets sensitive-in-variable=parameter-secret-default sensitive-in-local=resource-credential-plaintext
`;

const targets = once(
  (): ReadonlyMap<string, readonly string[]> =>
    new Map(
      flatMap(NAMES.trim().split('\n'), (line) => {
        const [service, ...checks] = line.split(' ');
        return checks.map((check) => {
          const [name, named] = check.split('=');
          return [`${service!}-${name!}`, named!.split(',')] as const;
        });
      }),
    ),
);

/** The checks of a long name: an id of Trivy, or ids of rules; undefined if it is unknown. Case is ignored. */
export function namedByLongName(name: string): readonly string[] | undefined {
  // Most names are ids, for which the table is not read.
  return /^(?:aws-[a-z]|general-)/i.test(name.trim()) ? targets().get(name.trim().toLowerCase()) : undefined;
}

/** All long names. */
export function longNames(): readonly string[] {
  return [...targets().keys()];
}
