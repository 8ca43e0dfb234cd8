/**
 * ARN functions of the AWS provider.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_build and arn_parse
 */
import { TRUE } from '../../../../base/guard.ts';
import type { Leaf, Origin, Value } from '../../../../model/value.ts';
import type { TextPiece } from '../../../text.ts';
import { boundedText, inText } from '../combine.ts';
import { piecesOf, terraformText } from '../conversions.ts';
import { scalar } from '../origin.ts';
import { perLeaf, type TerraformFunction } from './function.ts';

const PARTS = ['partition', 'service', 'region', 'account_id', 'resource'];

export const ARN_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  'provider::aws::arn_build': perLeaf(build),
  'provider::aws::arn_parse': perLeaf(parse),
};

function build(args: readonly Leaf[], origin: Origin): Value | undefined {
  if (args.length !== PARTS.length || args.some((leaf) => !piecesOf(leaf))) return undefined;
  return boundedText(
    origin,
    args.reduce<readonly TextPiece[]>((pieces, leaf) => [...pieces, ':', inText(leaf)], ['arn']),
  );
}

function parse([arn]: readonly Leaf[], origin: Origin): Value | undefined {
  const [, ...parts] = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(terraformText(arn) ?? '') ?? [];
  if (parts.length !== PARTS.length) return undefined;
  return {
    state: 'object',
    origin,
    open: false,
    entries: PARTS.map((key, at) => ({ key, keyAt: origin.use, value: scalar(origin, parts[at]!), when: TRUE })),
  };
}
