import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { blockNames, type BlockNames } from '../../server/src/formats/terraform/block-names.ts';
import { asMapping } from '../../server/src/formats/terraform/mapping.ts';
import { schemaShape, type SchemaShape, type TerraformSchema } from '../../server/src/formats/terraform-plan/shape.ts';

const SCHEMAS = new URL('../../schemas/', import.meta.url);

/** Blocks that the provider had before version 6, and one that contains itself. */
const OTHER = new Set([
  'aws_redshift_cluster logging',
  'aws_redshift_cluster snapshot_copy',
  'aws_secretsmanager_secret rotation_rules',
  'aws_wafv2_web_acl rule.statement',
  'aws_wafv2_rule_group rule.statement',
]);

describe('nested blocks that mappings name', () => {
  it('are blocks by the schema of the provider', () => {
    const names = readdirSync(new URL('mappings/', SCHEMAS)).filter((name) => name !== 'index.json');
    const missing = names.flatMap((name) =>
      Object.values(asMapping(read(`mappings/${name}`))!.types).flatMap(({ sources, companions = [] }) => [
        ...sources.flatMap(({ types, each, properties }) =>
          types.flatMap((type) => notBlocks(type, bodyOf(type, each), blockNames(properties), '')),
        ),
        ...companions.flatMap(({ type, properties }) => notBlocks(type, bodyOf(type), blockNames(properties), '')),
      ]),
    );
    assert.deepEqual(
      missing.filter((one) => !OTHER.has(one)),
      [],
    );
  });
});

function notBlocks(type: string, shape: SchemaShape, names: BlockNames, path: string): readonly string[] {
  return [...names].flatMap(([name, inner]) => {
    const block = shape.block(name);
    return block ? notBlocks(type, block.shape, inner, `${path}${name}.`) : [`${type} ${path}${name}`];
  });
}

function bodyOf(type: string, each?: string): SchemaShape {
  const schema = read(`terraform/${type.split('_')[1]}.json`) as TerraformSchema;
  const steps = each?.split('.') ?? [];
  return steps.reduce((shape, step) => shape.block(step)!.shape, schemaShape(schema, 'resources', type));
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, SCHEMAS), 'utf8'));
}
