/** The references of a plan are followed once for each instance of a module, and not for each value that has them. */
import assert from 'node:assert/strict';
import { configurationOf } from '../../server/src/formats/terraform-plan/configuration.ts';
import { PlanItems } from '../../server/src/formats/terraform-plan/items.ts';
import type { ModuleScope } from '../../server/src/formats/terraform-plan/references.ts';
import { FollowedReferences } from '../../server/src/formats/terraform-plan/resource-context.ts';
import { parseJson } from '../../server/src/syntax/json.ts';
import { valueOf, type Node } from '../../server/src/syntax/tree.ts';
import { change, configured, plan, type Body } from './terraform-plan-made.ts';

const [BUCKET, TOPIC] = ['aws_s3_bucket.b', 'aws_sns_topic.t'];
const refers = (...references: readonly string[]): Body => ({ references });
const expressions = {
  name: refers('var.name'),
  tags: refers('var.name'),
  policy: refers(`${TOPIC}.arn`, TOPIC),
  role: refers(`${TOPIC}.arn`, TOPIC),
  each: refers('each.key'),
};
const MODULES = ['module.m["a"].', 'module.m["b"].', 'module.m["c"].'];

describe('the references of a plan', () => {
  const files = plan(
    MODULES.flatMap((module) => [BUCKET, TOPIC].map((name) => change(`${module}${name}`, {}))),
    {
      resources: [configured(TOPIC, {})],
      module_calls: {
        m: {
          expressions: { name: refers(`${TOPIC}.arn`, TOPIC) },
          module: { resources: [configured(BUCKET, expressions), configured(TOPIC, {})] },
        },
      },
    },
  );
  const { roots } = parseJson('file:///plan.json', JSON.stringify(files['plan.json']));
  const items = new PlanItems({
    doc: 'file:///plan.json',
    text: '',
    language: 'json',
    roots,
    comments: [],
    problems: [],
  });
  const configuration = configurationOf(roots[0]);
  const bucket = configuration.resources.get(`module.m.${BUCKET}`)!;
  const scope = (prefix: string, key = ''): ModuleScope => ({
    module: bucket.module,
    prefix,
    key,
    repeated: bucket.node,
  });
  const expression = (name: string): Node => valueOf(valueOf(bucket.node, 'expressions'), name)!;

  it('are followed once for each name in each instance of a module', () => {
    const references = new FollowedReferences(items);
    for (const prefix of MODULES)
      for (const name of ['name', 'tags', 'policy', 'role', 'name']) references.of([expression(name)], scope(prefix));
    assert.equal(references.followed, 2 * MODULES.length);
  });

  it('lead to the instance of the module that has them', () => {
    const references = new FollowedReferences(items);
    for (const prefix of MODULES) {
      const targets = references.of([expression('role')], scope(prefix)).references.map(({ to }) => to);
      assert.deepEqual(targets, [`${prefix}${TOPIC}`]);
    }
  });

  it('are followed for each instance of the resource whose key they depend on', () => {
    const references = new FollowedReferences(items);
    for (const key of ['["x"]', '["y"]']) references.of([expression('each')], scope(MODULES[0]!, key));
    assert.equal(references.followed, 2);
  });
});
