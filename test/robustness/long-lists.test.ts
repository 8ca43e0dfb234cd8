/** A list in a document can have more items than a function can have arguments. */
import assert from 'node:assert/strict';
import { run } from '../../server/src/engine/run.ts';
import { EVERYTHING, uri } from '../engine/analysis.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const ITEMS = Array.from({ length: 150_000 }, () => 1);
const SECRET = { Key: 'Password', Value: 'hush-1' };

const template = (resource: object): string =>
  JSON.stringify({
    Parameters: { P: { Type: 'String', Default: 'a' } },
    Resources: { R: resource, B: { Type: 'AWS::EC2::Volume', Properties: { Encrypted: false } } },
  });

const configuration = (own: object): string =>
  JSON.stringify({ resource: { aws_ebs_volume: { b: { encrypted: false } }, aws_instance: { r: own } } });

describe('a very long list', function () {
  this.timeout(120_000);

  for (const { of, name, text } of [
    {
      of: 'values with a credential by a parameter',
      name: 'a.json',
      text: template({
        Type: 'AWS::RDS::DBInstance',
        Properties: { Q: [...ITEMS, { MasterUserPassword: { Ref: 'P' } }], Tags: [...ITEMS, SECRET] },
      }),
    },
    {
      of: 'dependencies',
      name: 'a.json',
      text: template({ Type: 'AWS::SNS::Topic', DependsOn: ITEMS.map((_, index) => `N${index}`) }),
    },
    {
      of: 'values in a configuration',
      name: 'main.tf.json',
      text: configuration({ tags: [...ITEMS, SECRET], security_groups: [...ITEMS, '${var.password}'] }),
    },
    {
      of: 'values in HCL',
      name: 'main.tf',
      text: `resource "aws_ebs_volume" "b" {\n  encrypted = false\n}\nresource "aws_instance" "r" {\n  security_groups = concat([${ITEMS.join()}, var.password], ["password"])\n  tags = { ${ITEMS.map((_, index) => `k${index} = 1`).join()}, password = var.password }\n  user_data = join(",", ${ITEMS.join()})\n  key_name = "${'${var.a}'.repeat(ITEMS.length)}"\n}\n`,
    },
  ])
    it(`of ${of} is analyzed`, () => {
      const doc = uri(name);
      const [analysis] = run(memoryReader(new Map([[doc, text]])), [doc], EVERYTHING).documents;
      assert.deepEqual(
        analysis!.problems.filter(({ kind }) => kind === 'internal'),
        [],
      );
      assert.ok(analysis!.findings.some(({ rule }) => rule === 'ebs-volume-encryption'));
    });
});
