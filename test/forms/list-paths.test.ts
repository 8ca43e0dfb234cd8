/** The paths that each form accepts: one that the form would not follow is a type error. */
import assert from 'node:assert/strict';
import type { AttributesPlace } from '../../server/src/rules/forms/attribute-rule.ts';
import type { ItemRule } from '../../server/src/rules/forms/item-rule.ts';
import type { TableRule } from '../../server/src/rules/forms/table-rule.ts';
import type { Tests } from '../../server/src/rules/forms/test.ts';
import type { ResourcePaths } from '../../server/src/rules/resource-paths.ts';

type Type = 'AWS::CloudFront::Distribution';
type Paths = ResourcePaths[Type];

describe('paths through lists', () => {
  it('lead to items and to objects in items', () => {
    const items: ItemRule<Type>['items'] = {
      'AWS::CloudFront::Distribution': [
        'DistributionConfig.Origins[]',
        'DistributionConfig.Origins[].CustomOriginConfig',
      ],
    };
    assert.ok(items);
  });

  it('are not paths of properties of the resource', () => {
    const table: TableRule<Type>['settings'] = {
      // @ts-expect-error A table is about a property of the resource.
      'AWS::CloudFront::Distribution': 'DistributionConfig.Origins[].CustomOriginConfig.OriginProtocolPolicy',
    };
    // @ts-expect-error The attributes of the items of a list are not read.
    const attributes: AttributesPlace<Paths> = { map: 'DistributionConfig.Origins[].CustomOriginConfig' };
    // @ts-expect-error A test is about a property of the resource.
    const tests: Tests<Paths> = { 'DistributionConfig.Origins[].DomainName': 'is set' };
    assert.ok(table && attributes && tests);
  });
});
