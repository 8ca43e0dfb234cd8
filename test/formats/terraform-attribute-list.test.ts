import assert from 'node:assert/strict';
import { lowerFix } from '../../server/src/engine/fix.ts';
import type { NewValue } from '../../server/src/model/edit.ts';
import { itemsOf, leaves, member } from '../../server/src/model/navigate.ts';
import { applyFix } from '../kit/read-back.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { FOLDER, stackOf } from './terraform-stack.ts';

type Body = Readonly<Record<string, unknown>>;

const LIST = 'LoadBalancerAttributes';
const INVALID = 'routing.http.drop_invalid_header_fields.enabled';

/**
 * What becomes of a load balancer when an item is added to its attributes, or the value of one replaced; or why nothing
 * does.
 */
function after(
  body: Body,
  change: { readonly add: NewValue } | { readonly replace: string; readonly by: NewValue },
): unknown {
  const main = { resource: { aws_lb: { l: body } } };
  const resource = stackOf({ 'main.tf.json': main }).byAddress('aws_lb.l')!;
  const list = resource.get(LIST);
  const item =
    'replace' in change
      ? itemsOf(list).items.find(({ value }) =>
          leaves(member(value, 'Key')).some(({ value: key }) => key.state === 'known' && key.raw === change.replace),
        )
      : undefined;
  const target = item && member(item.value, 'Value');
  const result = lowerFix(
    {
      title: 'Change it',
      safe: true,
      edits: [
        'add' in change
          ? { op: 'insertItem', resource, list, value: change.add }
          : { op: 'replace', resource, target: target!, value: change.by },
      ],
    },
    leaves(target ?? list)[0]!.value,
  );
  if ('refused' in result) return result.refused;
  const [text] = applyFix(
    memoryReader(new Map([[`${FOLDER}main.tf.json`, JSON.stringify(main, null, 2)]])),
    result,
  ).values();
  return (JSON.parse(text!) as typeof main).resource.aws_lb.l;
}

const CASES: readonly (readonly [what: string, body: Body, change: Parameters<typeof after>[1], result: unknown])[] = [
  [
    'an attribute that is not set',
    { internal: true },
    { add: { Key: INVALID, Value: 'true' } },
    { internal: true, drop_invalid_header_fields: true },
  ],
  [
    'an attribute beside others',
    { enable_http2: true },
    { add: { Key: 'deletion_protection.enabled', Value: 'true' } },
    { enable_http2: true, enable_deletion_protection: true },
  ],
  [
    'an attribute of a block',
    { access_logs: [{ bucket: 'b' }] },
    { add: { Key: 'access_logs.s3.prefix', Value: 'p' } },
    { access_logs: [{ bucket: 'b', prefix: 'p' }] },
  ],
  [
    'an attribute that is set',
    { drop_invalid_header_fields: false },
    { add: { Key: INVALID, Value: 'true' } },
    'the list already contains the item',
  ],
  [
    'a value',
    { drop_invalid_header_fields: false },
    { replace: INVALID, by: 'true' },
    { drop_invalid_header_fields: true },
  ],
  [
    'a value of a block',
    { access_logs: { bucket: 'b', enabled: false } },
    { replace: 'access_logs.s3.enabled', by: 'true' },
    { access_logs: { bucket: 'b', enabled: true } },
  ],
  [
    'a value that its author wrote as text',
    { access_logs: { bucket: 'b', enabled: 'false' } },
    { replace: 'access_logs.s3.enabled', by: 'true' },
    { access_logs: { bucket: 'b', enabled: 'true' } },
  ],
  [
    'a text',
    { desync_mitigation_mode: 'monitor' },
    { replace: 'routing.http.desync_mitigation_mode', by: 'strictest' },
    { desync_mitigation_mode: 'strictest' },
  ],
];

describe('an item of a list for which Terraform has attributes', () => {
  for (const [what, body, change, result] of CASES)
    it(`is written: ${what}`, () => assert.deepEqual(after(body, change), result));

  it('is not written where Terraform has no attribute for it', () => {
    assert.match(String(after({}, { add: { Key: 'ipv6.deny_all_igw_traffic', Value: 'true' } })), /\w+ /);
  });
});
