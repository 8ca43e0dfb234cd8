import assert from 'node:assert/strict';
import { nearAny } from '../../server/src/base/near-any.ts';
import { writtenSecrets, writtenSecretsAmong } from '../../server/src/formats/secret-places.ts';
import { isSecretName } from '../../server/src/model/credential.ts';
import { parse } from '../../server/src/syntax/parse.ts';

const NAMES = [
  'Password',
  'MasterUserPassword',
  'db_password',
  'DB_PASS',
  'Passwords',
  'SecretString',
  'secret_string',
  'ClientSecret',
  'AuthToken',
  'api_key',
  'ApiKey',
  'private_key_pem',
  'AWS_SECRET_ACCESS_KEY',
  'secret_key',
  'CONNECTION_STRING',
  'pwd',
  'PreSharedKey',
  'tunnel1_preshared_key',
  'HECToken',
  'TokenKey',
  'AuthKey',
  'AppKey',
  'AppSKey',
  'FNwkSIntKey',
  'NwkSEncKey',
  'NwkKey',
  'ApiKeyValue',
  'basic_auth_credentials',
  'master_password_wo',
];
const OTHERS = [
  'PasswordLength',
  'SecretArn',
  'SecretId',
  'ServiceToken',
  'NextToken',
  'client_token',
  'ClientRequestToken',
  'KmsKeyId',
  'HttpTokens',
  'Username',
  'MasterUsername',
  'Compass',
  'lambda:EventSourceToken',
  'Key',
  'SecretStringTemplate',
  'PreSharedKeyStorage',
  'password_wo_version',
  'TokenKeyId',
  'PublicKey',
  'PartitionKey',
  'ServiceAccountCredentials',
];

/** Each document with what is a secret in it marked. */
const YAML: readonly string[] = [
  'Resources:\n  Db: {Type: T, Properties: {MasterUsername: admin, MasterUserPassword: ⟦hunter2⟧}}\n',
  'a: {Password: !Ref P, Secret: !GetAtt A.B, Token: "{{resolve:ssm:x}}", ApiKey: !ImportValue x, pwd: !FindInMap [A, b, c]}\n',
  'a: {Password: !Sub "${P}", Token: ⟦!Sub xx⟧}\n',
  'a: {Password: !Join ["", [⟦hunter2⟧, !Ref P]]}\n',
  'a: {Password: !If [⟦IsProd⟧, ⟦one⟧, !Ref P]}\n',
  'a: {Password: {"Fn::Sub": [⟦"x${y}"⟧, {y: ⟦z⟧}]}}\n',
  'a: {Passwords: [⟦one⟧, ⟦"two"⟧, !Ref P]}\n',
  'a: {DbSecret: {Type: AWS::SecretsManager::Secret, Properties: {Name: n, SecretString: ⟦"s"⟧}}}\n',
  'a: [{Name: DB_PASSWORD, Value: ⟦x1⟧}, {Value: ⟦x2⟧, Name: API_TOKEN}, {Name: STAGE, Value: x3}, {ParameterKey: DbPassword, ParameterValue: ⟦x4⟧}, {OptionName: DBPassword, Value: ⟦x5⟧}]\n',
  'a: {AllowUsersToChangePassword: true, ManagePassword: false, Password: none, Token: null, Secret: <secret>, ApiKey: arn:aws:x}\n',
  'Parameters:\n  Hidden: {Type: String, NoEcho: true, Default: ⟦d⟧, AllowedValues: [⟦d⟧, ⟦e⟧]}\n  DbPassword: {Type: String, Default: ⟦f⟧}\nConditions: {C: !Equals [!Ref Hidden, ⟦g⟧], D: !Equals [!Ref Stage, h]}\n',
  'Outputs: {Password: {Value: ⟦x⟧}}\n',
  'a: {Password: ⟦&p hunter2⟧, b: *p}\n',
  'x: &p {a: b}\na: {Password: *p}\n',
  'a: \'{"environment": [{"name": "DB_PASSWORD", "value": ⟦"x"⟧}]}\'\n',
  'a: {UserData: "echo ⟦hunter2⟧; PASSWORD=⟦hunter2⟧; login --password ⟦hunter2⟧"}\n',
  'a: {UserData: "mysqldump -u root -p⟦hunter2⟧ app"}\n',
  // Keys of maps are strings too.
  'a:\n  mysqldump -u root -p⟦hunter2⟧ app: {b: c}\n  "mysqldump -u root -p⟦hunter3⟧ app": {b: c}\n',
  // The name is written with an escape.
  'a: {Description: The token, UserData: "P\\u0041SSWORD=⟦hunter2⟧", Other: [none, {b: plain}]}\n',
  // The parts that say so are written elsewhere, or with an escape.
  'n: &n DB_PASSWORD\na: [{Name: *n, Value: ⟦x1⟧}]\n',
  'm: &m {NoEcho: true, Default: ⟦d⟧}\nParameters: {Hidden: *m}\nConditions: {C: !Equals [!Ref Hidden, ⟦g⟧]}\n',
  'Parameters: {Hidden: {NoEcho: true}}\nConditions: {C: {"Fn::\\u0045quals": [{Ref: Hidden}, ⟦i⟧]}}\n',
  'a: {b: The token, "P\\u0061ssword": ⟦hunter2⟧, c: {"Pa\\x73sword": ⟦hunter3⟧}}\n',
  // What is broken is nowhere in the tree.
  'a: {MasterUserPassword: ⟦hunter2⟧, b: [}\n',
];
const JSON_TEXTS: readonly string[] = [
  '{"variable": {"hidden": {"sensitive": true, "default": ⟦"a"⟧}, "db_password": [{"default": ⟦"b"⟧}], "stage": {"default": "c"}}, "resource": {"t": {"n": {"password": "${var.db_password}", "token": ⟦"x-${var.a}"⟧, "secret": ⟦"${upper(\\"a\\")}"⟧, "on": ⟦"${var.hidden == \\"b\\"}"⟧}}}}',
  '{"resource": {"aws_ssm_parameter": {"a": {"name": "/app/db_password", "value_wo": ⟦"a"⟧, "value_wo_version": 1}, "b": {"name": "/app/api_token", "insecure_value": ⟦"b"⟧}, "c": {"name": "/app/stage", "value_wo": "c"}}}}',
  '{"resource": {"t": {"n": {"a": "${jsonencode([{name = \\"DB_PASSWORD\\", value = \\"⟦hunter2⟧\\"}])}"}}}}',
  '{"locals": {"scripts": {"mysqldump -u root -p⟦hunter2⟧ app": "b"}}}',
  '{"outputs": {"api_token": {"value": ⟦"a"⟧}, "b": {"sensitive": true, "value": ⟦"c"⟧}}}',
  '{"outputs": {"c": {"s\\u0065nsitive": true, "value": ⟦"c"⟧}, "d": {"after_sensitive": true, "value": "d"}}}',
];
const HCL: readonly string[] = [
  'a = jsonencode([{ name = "web", environment = [{ name = "DB_PASSWORD", value = "⟦hunter2⟧" }, { name = "STAGE", value = "x" }] }])\n',
  'a = jsonencode({\n  environment = [{\n    value = "⟦hunter2⟧"\n    name  = "API_TOKEN"\n  }]\n})\n',
  'a = jsonencode({ "Environment" : [{ "Name" : "API_TOKEN", "Value" : "⟦hunter2⟧" }] })\n',
  'a = jsonencode([{ name = "API_TOKEN", valueFrom = "hunter2" }, { name = "API_TOKEN", value = random_password.p.result }])\n',
];

function marks(text: string): { readonly plain: string; readonly texts: readonly string[] } {
  return { plain: text.replaceAll(/[⟦⟧]/g, ''), texts: [...text.matchAll(/⟦([^⟧]*)⟧/g)].map(([, inside]) => inside!) };
}

describe('names of credentials', () => {
  for (const name of NAMES) it(`include ${name}`, () => assert.equal(isSecretName(name), true));
  for (const name of OTHERS) it(`do not include ${name}`, () => assert.equal(isSecretName(name), false));
});

describe('secrets that are written', () => {
  for (const [name, texts] of [
    ['a.yaml', YAML],
    ['main.tf.json', JSON_TEXTS],
    ['main.tf', HCL],
  ] as const)
    for (const text of texts)
      it(`are found in ${text.trim()}`, () => {
        const { plain, texts: expected } = marks(text);
        const found = writtenSecrets(parse(`file:///w/${name}`, plain)).map(({ start, end }) =>
          plain.slice(start, end),
        );
        assert.deepEqual([...new Set(found)], [...new Set(expected)]);
      });
});

describe('secrets near places', () => {
  const DISTANCE = 8;
  const CONTENT = [...YAML.map((text) => marks(text).plain), 'A: "--password=hunter2hunter2"\nB: x'];
  const offsets = (text: string): readonly number[] => Array.from({ length: text.length + 1 }, (_, offset) => offset);

  for (const text of CONTENT)
    it(`are those of the whole document in ${text.trim()}`, () => {
      const tree = parse('file:///w/a.yaml', text);
      for (const start of offsets(text)) {
        const isNear = nearAny([{ start, end: start }], DISTANCE);
        const near = writtenSecretsAmong(tree, isNear).filter(isNear);
        assert.deepEqual(near, writtenSecrets(tree).filter(isNear));
      }
    });

  it('are searched in no string elsewhere', () => {
    const text = CONTENT.at(-1)!;
    const near = writtenSecretsAmong(parse('file:///w/a.yaml', text), nearAny([{ start: text.length, end: 0 }], 1));
    assert.deepEqual(near, []);
    assert.equal(writtenSecrets(parse('file:///w/a.yaml', text)).length, 1);
  });
});
