import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript-6';
import { RULES } from '../../server/src/rules/index.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';
import { newRule } from '../../tools/new-rule.ts';
import { contributingExamples } from '../kit/contributing-examples.ts';
import { parseFixture, type Fixture } from '../kit/fixture.ts';
import { checkMetadata } from '../kit/rule-metadata.ts';
import { prepareCase, checkCase } from '../kit/run-fixture.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ID = 'cloudwatch-log-group-deletion-guard';
const RULE = `server/src/rules/cloudwatch/${ID}.ts`;
const FIXTURE = `test/rules/cloudwatch/${ID}.fixture`;
const ARGUMENTS = ['AWS::Logs::LogGroup', 'DeletionProtectionEnabled', ID];

describe('a new rule', () => {
  // A copy of the repository in which what a rule imports is the repository's own.
  const folder = mkdtempSync(join(tmpdir(), 'new-rule-'));
  mkdirSync(join(folder, 'server/src/rules/cloudwatch'), { recursive: true });
  writeFileSync(join(folder, 'server/src/rules/cloudwatch/some-rule.ts'), "// is about 'AWS::Logs::LogGroup'\n");
  for (const part of ['base', 'model', 'rules/rule.ts', 'rules/forms', 'rules/resource-paths.ts'])
    symlinkSync(`${ROOT}server/src/${part}`, join(folder, 'server/src', part));
  after(() => rmSync(folder, { recursive: true }));

  const { files, steps } = newRule(ARGUMENTS, folder);
  let version = 0;

  /** The rule as it is when some of its text is another one. */
  const ruleWith = async (changes: readonly (readonly [string, string])[]): Promise<AnyRule> => {
    const path = join(folder, RULE.replace(/\.ts$/, `-${++version}.ts`));
    // Which rules are chosen is kept by their ids.
    const named = files.get(RULE)!.replace(`'${ID}'`, `'${ID}-${version}'`);
    writeFileSync(
      path,
      changes.reduce((text, [from, to]) => text.replace(from, to), named),
    );
    return ((await import(pathToFileURL(path).href)) as { default: AnyRule }).default;
  };

  it('has a rule and a fixture, and says what is left to do', () => {
    assert.deepEqual([...files.keys()], [RULE, FIXTURE]);
    for (const words of [RULE, FIXTURE, 'npm run generate', `npm run test:rule -- ${ID}`])
      assert.ok(steps.includes(words), words);
  });

  it('compiles, whatever the property is, and so do the examples of CONTRIBUTING.md', () => {
    const texts = [
      ['AWS::Logs::LogGroup', 'RetentionInDays'],
      ['AWS::Logs::LogGroup', 'KmsKeyId'],
      ['AWS::S3::Bucket', 'VersioningConfiguration.Status'],
      ['AWS::EKS::Cluster', 'Logging.ClusterLogging.EnabledTypes'],
      ['AWS::Redshift::Cluster', 'MasterUserPassword'],
      ['AWS::RDS::DBInstance', 'EnableCloudwatchLogsExports'],
      ['AWS::EC2::LaunchTemplate', 'LaunchTemplateData.BlockDeviceMappings[].Ebs.Encrypted'],
    ].flatMap((args) => [...newRule(args, folder).files].slice(0, 1));
    const examples = contributingExamples();
    assert.ok(examples.size > 15, 'the examples of CONTRIBUTING.md');
    assert.deepEqual(problemsOf(new Map([...texts, [RULE, files.get(RULE)!], ...examples])), []);
  });

  it('uses the form that fits the property', () => {
    const formFor = (type: string, path: string): string =>
      /export default (\w+)/.exec([...newRule([type, path], folder).files.values()][0]!)![1]!;
    assert.equal(formFor('AWS::Logs::LogGroup', 'DeletionProtectionEnabled'), 'settingRule');
    assert.equal(formFor('AWS::ElastiCache::ReplicationGroup', 'AuthToken'), 'secretRule');
    assert.equal(formFor('AWS::EKS::Cluster', 'Logging.ClusterLogging.EnabledTypes'), 'listRule');
    assert.equal(
      formFor('AWS::EC2::LaunchTemplate', 'LaunchTemplateData.BlockDeviceMappings[].Ebs.Encrypted'),
      'itemRule',
    );
  });

  it('is in the folder of its service, not in one of a topic that names the type too', () => {
    const [path] = [...newRule(['AWS::DynamoDB::Table', 'DeletionProtectionEnabled']).files.keys()];
    assert.equal(path, 'server/src/rules/dynamodb/dynamodb-table-deletion-protection-enabled.ts');
  });

  it('has the values that a list can have', () => {
    const texts = [...newRule(['AWS::EKS::Cluster', 'Logging.ClusterLogging.EnabledTypes'], folder).files.values()];
    assert.match(texts[0]!, /item: 'Type'/);
    assert.match(texts[0]!, /mustContain: \['api'\], \/\/ of api, audit, authenticator, controllerManager, scheduler/);
    assert.match(texts[1]!, /"enabled_cluster_log_types": \["audit"\]/);
  });

  it('makes an id of the type and the property', () => {
    assert.deepEqual(
      [...newRule(['AWS::EKS::Cluster', 'DeletionProtection'], folder).files.keys()],
      [
        'server/src/rules/eks/eks-cluster-deletion-protection.ts',
        'test/rules/eks/eks-cluster-deletion-protection.fixture',
      ],
    );
  });

  it('runs, and its tests name every fact that is missing, until none is', async () => {
    const texts: readonly (readonly [string, string])[] = [
      ["title: ''", "title: 'Log groups should have deletion protection'"],
      ["why: ''", "why: 'It would be gone.'"],
      ['sources: {}', "sources: {'https://example.com': 'It says so.'}"],
    ];
    const fixtureOf = ({ id }: AnyRule, title = ''): Fixture =>
      parseFixture(title + files.get(FIXTURE)!.replaceAll(ID, id));

    const empty = await ruleWith([]);
    assert.throws(
      () => checkAll(empty, fixtureOf(empty)),
      /a message is a sentence|a title begins with a capital letter/,
    );
    const [title, ...others] = texts;
    const titleOnly = await ruleWith([title!]);
    assert.throws(
      () => checkAll(titleOnly, fixtureOf(titleOnly)),
      new RegExp(['why is a sentence', 'sources: a page', 'a fixture has a title'].join('[^]*')),
    );
    const whole = await ruleWith([title!, ...others]);
    checkAll(whole, fixtureOf(whole, 'A log group.\n'));
  });

  it('runs in every form', async () => {
    for (const args of [
      ['AWS::EKS::Cluster', 'Logging.ClusterLogging.EnabledTypes'],
      ['AWS::Redshift::Cluster', 'MasterUserPassword'],
      ['AWS::EC2::LaunchTemplate', 'LaunchTemplateData.BlockDeviceMappings[].Ebs.Encrypted'],
    ]) {
      const [[path, text], [, cases]] = [...newRule(args, folder).files] as [[string, string], [string, string]];
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text.replaceAll(/(problem|advice): ''/g, "$1: 'is wrong'"));
      const { default: rule } = (await import(pathToFileURL(join(folder, path)).href)) as { default: AnyRule };
      const rules = RULES as AnyRule[];
      rules.push(rule);
      try {
        const found = parseFixture(cases).cases.map(
          ({ name, files: them }) =>
            [name, prepareCase(rule, them).analysis.documents.some(({ findings }) => findings.length > 0)] as const,
        );
        for (const [name, isFound] of found.filter(([name]) => !name.startsWith('absent')))
          assert.equal(isFound, !name.startsWith('good'), `${path}: ${name}`);
      } finally {
        rules.pop();
      }
    }
  });

  it('has a case for Terraform where a mapping leads there', () => {
    assert.ok(
      files
        .get(FIXTURE)!
        .includes('{"resource": {"aws_cloudwatch_log_group": {"it": {"deletion_protection_enabled": false}}}}'),
    );
    assert.ok(files.get(FIXTURE)!.includes('-- bad-plan.json --'));
    const unmapped = newRule(['AWS::OpsWorks::Layer', 'EnableAutoHealing', 'opsworks-layer-healing'], folder);
    assert.ok(!unmapped.files.get('test/rules/opsworks/opsworks-layer-healing.fixture')!.includes('tf.json'));
    assert.match(unmapped.steps, /schemas\/mappings\/opsworks\.json has no mapping/);
  });

  it('has a plan with lists of blocks, as Terraform writes it', () => {
    const [, cases] = [
      ...newRule(['AWS::ECS::Service', 'DeploymentConfiguration.DeploymentCircuitBreaker.Enable']).files,
    ];
    assert.match(cases![1], /"it": \{"deployment_circuit_breaker": \{"enable": false\}\}/);
    assert.match(cases![1], /"values": \{"deployment_circuit_breaker": \[\{"enable": false\}\]\}/);
  });

  it('says which card of the property is missing', () => {
    const stepsOf = (type: string, property: string): string => newRule([type, property], folder).steps;
    const card = /^4\. schemas\/ownership\/(.*)$/m;
    assert.match(
      stepsOf('AWS::EC2::Volume', 'AutoEnableIO'),
      /ec2\.json: add a card for AutoEnableIO of AWS::EC2::Volume\./,
    );
    assert.equal(
      card.exec(stepsOf('AWS::OpsWorks::Layer', 'EnableAutoHealing'))?.[1],
      'opsworks.json: add a card for AWS::OpsWorks::Layer.',
    );
    assert.doesNotMatch(stepsOf('AWS::EC2::Volume', 'Encrypted'), /add a card/);
  });

  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /npm run new-rule TYPE PATH/],
    [['AWS::Logs::LogGroup'], /Expected the CloudFormation type and the path/],
    [['AWS::Logs::LogGroup', 'KmsKeyId', 'LogGroup'], /LogGroup is not a rule id/],
    [['AWS::Logs::LogGroup', 'KmsKeyId', 'log'], /log is not a rule id/],
    [['AWS::Logs::LogGruop', 'X'], /no type AWS::Logs::LogGruop\. Did you mean "AWS::Logs::LogGroup"\?/],
    [['AWS::Logs::LogGroup', 'RetentionDays'], /no property RetentionDays\. Did you mean "RetentionInDays"\?/],
  ];
  for (const [args, message] of refused)
    it(`is not begun with: ${args.join(' ') || '(nothing)'}`, () =>
      assert.throws(() => newRule(args, folder), message));

  it('does not take the place of another one', () => {
    assert.throws(
      () => newRule(['AWS::S3::Bucket', 'BucketName', 's3-bucket-versioning']),
      /The rule s3-bucket-versioning exists already/,
    );
  });
});

/** Checks a rule as if it were in the list of rules. */
function checkAll(rule: AnyRule, fixture: Fixture): void {
  const rules = RULES as AnyRule[];
  rules.push(rule);
  try {
    for (const one of fixture.cases) checkCase(rule, one);
    checkMetadata(rule, fixture);
  } finally {
    rules.pop();
  }
}

/** What TypeScript says of files that are not there, as if they were. */
function problemsOf(texts: ReadonlyMap<string, string>): readonly string[] {
  const absolute = new Map([...texts].map(([path, text]) => [ROOT + path, text]));
  const read = ts.readConfigFile(`${ROOT}tsconfig.json`, (path) => readFileSync(path, 'utf8')).config as {
    compilerOptions: object;
  };
  const { options } = ts.convertCompilerOptionsFromJson(read.compilerOptions, dirname(`${ROOT}tsconfig.json`));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => absolute.has(path) || fileExists.call(host, path);
  host.getSourceFile = (path, ...rest) => {
    const text = absolute.get(path);
    return text === undefined
      ? getSourceFile.call(host, path, ...rest)
      : ts.createSourceFile(path, text, ts.ScriptTarget.ES2023);
  };
  const program = ts.createProgram([...absolute.keys()], options, host);
  return [...absolute.keys()]
    .flatMap((path) => ts.getPreEmitDiagnostics(program, program.getSourceFile(path)))
    .map(
      ({ file, messageText }) =>
        `${file?.fileName.replace(ROOT, '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
}
