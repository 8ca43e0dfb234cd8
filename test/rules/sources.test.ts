/** The sources of rules: pages by their names, and the controls of Security Hub that a rule covers. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { CONTROL_CLAIMS } from '../../server/src/rules/control-claims.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { allSources, pageNamed } from '../../server/src/rules/sources.ts';
import { RULES_FOLDER, rulePaths } from '../../tools/rule-index.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';

const CLOUDFORMATION = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const EFS = 'https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html#efs-1';

/** The types and property types that pages of a reference are about, by the resource specification and the provider. */
function describedNames(): ReadonlySet<string> {
  const read = (folder: string): readonly Readonly<Record<string, Readonly<Record<string, object>>>>[] =>
    readdirSync(`${SCHEMAS}/${folder}`).map((file) => JSON.parse(readFileSync(`${SCHEMAS}/${folder}/${file}`, 'utf8')));
  const types = read('cloudformation').flatMap((file) => Object.entries(file['types'] ?? {}));
  return new Set([
    ...types.map(([type]) => type),
    ...types.flatMap(([type, { definitions = {} }]: readonly [string, { readonly definitions?: object }]) =>
      Object.keys(definitions).map((name) => `${type}.${name}`),
    ),
    ...read('terraform').flatMap((file) => Object.keys(file['resources'] ?? {})),
  ]);
}

/** The names of pages in the source of a rule. */
function namesIn(path: string): readonly string[] {
  const sources =
    readFileSync(RULES_FOLDER + path, 'utf8').match(/^ {2}sources: \{(?:.*\},$|[^]*?^ {2}\},$)/m)?.[0] ?? '';
  return [...sources.matchAll(/(?<=^ {4}'?|\{ '?)(?:AWS::|aws_)[\w:.]+(?='?:\s)/gm)].map(([name]) => name);
}

describe('sources', () => {
  for (const [name, address] of [
    ['AWS::RDS::DBInstance', `${CLOUDFORMATION}/aws-resource-rds-dbinstance.html`],
    ['AWS::EC2::Instance.MetadataOptions', `${CLOUDFORMATION}/aws-properties-ec2-instance-metadataoptions.html`],
    ['aws_db_instance', 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance'],
    [
      'AWS::Serverless::SimpleTable',
      'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-simpletable.html',
    ],
    ['config:encrypted-volumes', 'https://docs.aws.amazon.com/config/latest/developerguide/encrypted-volumes.html'],
    [EFS, EFS],
  ] as const)
    it(`${name} is a page`, () => assert.equal(pageNamed(name), address));

  it('are named by what exists', () => {
    const described = describedNames();
    const named = rulePaths().flatMap((path) => namesIn(path).map((name) => ({ path, name })));
    assert.ok(named.length > 250, `${named.length}`);
    assert.deepEqual(
      named.filter(({ name }) => !described.has(name)),
      [],
    );
  });

  it('contain the controls that a rule covers', () => {
    const claim = { ...CONTROL_CLAIMS.get('EFS.1')! };
    assert.deepEqual(allSources({ aws_efs_file_system: 'A claim.' }, { securityHub: ['EFS.1', 'No.1'] }), {
      [pageNamed('aws_efs_file_system')]: 'A claim.',
      [EFS]: { ...claim, claim: `EFS.1: ${claim.claim}` },
    });
  });

  it('contain no control that a rule states itself', () => {
    const page = (claim: string): readonly string[] =>
      Object.keys(allSources({ 'https://docs.aws.amazon.com/a.html': claim }, { securityHub: ['EFS.1'] }));
    for (const claim of ['EFS.1: it fails.', 'It is EFS.1.', 'EFS.1 and EFS.2'])
      assert.equal(page(claim).length, 1, claim);
    for (const claim of ['EFS.12: it fails.', 'AEFS.1: it fails.']) assert.equal(page(claim).length, 2, claim);
  });

  it('are known of no control that no rule covers', () => {
    const covered = new Set(RULES.flatMap(({ controls }) => controls.securityHub ?? []));
    assert.deepEqual(
      [...CONTROL_CLAIMS.keys()].filter((control) => !covered.has(control)),
      [],
    );
  });
});
