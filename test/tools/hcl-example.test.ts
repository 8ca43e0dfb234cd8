/** The pages of rules show Terraform in HCL. */
import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';
import { fixtureOf } from '../kit/fixtures.ts';
import { convertedExample, type HclExample } from '../../tools/hcl-example.ts';
import { CaseAnalyses } from '../../tools/page-finding.ts';

function example(rule: string, name: string): HclExample | null {
  const path = rule.slice(rule.lastIndexOf('/') + 1);
  const it = RULES.find(({ id }) => id === path)!;
  const one = fixtureOf(`${rule}.ts`)!.cases.find((each) => each.name === name)!;
  return convertedExample(it, one, new CaseAnalyses(it));
}

/** The marked texts. */
function marked(shown: HclExample | null): readonly string[] {
  return shown!.files.flatMap(({ text, marks }) => marks.map(({ start, end }) => text.slice(start, end)));
}

describe('examples in HCL', () => {
  it('have the findings of HCL', () => {
    assert.deepEqual(marked(example('ec2/ebs-volume-encryption', 'bad.tf.json')), [
      'false',
      'local.plain.encrypted',
      'false',
    ]);
  });

  it('have strings where the findings are about these', () => {
    const shown = example('iam/element/iam-policy-malformed', 'good-interpolated.tf.json');
    assert.deepEqual(marked(shown), []);
    assert.match(shown!.files[0]!.text, /policy = "\{\\"Version\\"/);
  });

  it('are for Terraform only', () => {
    assert.equal(example('ec2/ebs-volume-encryption', 'bad.yaml'), null);
  });
});
