import type { Fix } from '../../model/edit.ts';
import { isSecretText } from '../../model/credential.ts';
import { isGivenOpenly, isWritten } from '../../model/judgement.ts';
import type { Resource } from '../../model/resource.ts';
import type { Known, Value } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

const PASSWORD = 'MasterUserPassword';
const MANAGED = 'ManageMasterUserPassword';

export default defineRule({
  id: 'rds-master-password-plaintext',
  on: 'resource',
  reads: {
    'AWS::RDS::DBInstance': [PASSWORD, MANAGED],
    'AWS::RDS::DBCluster': [PASSWORD, MANAGED],
  },
  topic: 'secrets', severity: 'critical', profile: 'essential', since: '0.1', judged: '2026-11-24',
  title: 'Database master password is neither written in the document nor shown by the stack',
  why: 'Whoever reads the repository, a backup of it or a build log can log in to the database as its owner.',
  remedy: 'Let RDS keep the password in Secrets Manager, or refer to a secret by a dynamic reference; then change the password, since it stays in the history of the repository.',
  sources: [
    { url: 'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-modify-db-instance-request/manage-master-user-password.html', claim: 'RDS can manage the master password of an existing instance with Secrets Manager; MasterUserPassword cannot be specified then.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-cluster-request/manage-master-user-password.html', claim: 'The same for Aurora and Multi-AZ DB clusters.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html', claim: 'A dynamic reference reads a secret from Secrets Manager when the stack is deployed.', seen: '2026-11-24' },
    { url: 'https://pub.dev/documentation/aws_serverlessrepo_api/latest/serverlessrepo-2017-09-08/ParameterDefinition/noEcho.html', claim: 'The value of a parameter with NoEcho is masked with asterisks whenever somebody makes a call that describes the stack.', seen: '2026-11-24' },
  ],
  aliases: {
    cfn_nag: ['F23', 'F34'],
    guard: ['RDS_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD', 'RDS_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD'],
  },
  controls: {},
  fix: 'suggestion',
  *check(database) {
    const password = database.get(PASSWORD);
    const native = database.nativePath(PASSWORD);
    const what = database.type === 'AWS::RDS::DBCluster' ? 'database cluster' : 'database';
    yield {
      // The default of a parameter that is marked as secret is a finding about the parameter.
      faults: [{ wrong: isWritten(password, (scalar) => isSecretText(scalar.raw) && !isSecretDefault(scalar)), at: password }],
      message: `The ${what} ${database.displayName} has its ${native} written in the document, so whoever reads it can log in as the owner of the database; let RDS keep it in Secrets Manager, and change it.`,
      fixes: () => managed(database, password),
    };
    // A stack shows its parameters; Terraform keeps its variables to itself.
    if (database.nativeType.startsWith('AWS::')) yield {
      faults: [{ wrong: isGivenOpenly(password), at: password }],
      severity: 'medium', profile: 'recommended',
      message: `The ${what} ${database.displayName} takes its ${native} from a parameter without NoEcho, so everybody who may look at the stack sees it; set NoEcho to true there, or let RDS keep the password in Secrets Manager.`,
    };
  },
});

function isSecretDefault({ origin }: Known): boolean {
  return origin.secret === true && !origin.secretByName && origin.steps.some(({ what }) => what === 'default' || what === 'variable');
}

function managed(database: Resource, password: Value): readonly Fix[] {
  return [{
    title: `Let RDS keep the password in Secrets Manager (costs money, and clients have to read it there)`, safe: false,
    edits: [
      { op: 'remove', resource: database, target: password },
      { op: 'set', resource: database, path: MANAGED, value: true },
    ],
  }];
}
