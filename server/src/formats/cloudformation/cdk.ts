/** Traces of the AWS CDK in its templates: whether it generated a template, and the construct of a resource. */
import { resolved, valueOf, type Node } from '../../syntax/tree.ts';
import { mergedPair, plainText } from './call.ts';

/** The maximum length of a shown construct path. */
const LONGEST_PATH = 256;

/** Characters that break lines, or that hide or reorder text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * Whether the AWS CDK generated a template. Each of three signs is sufficient:
 * - The parameter BootstrapVersion and the rule CheckBootstrapVersion, with which its default synthesizer begins every
 * stack. Without
 * the CDK's bootstrap stack in the account, the rule rejects the deployment, so templates written by hand do not keep
 * it.
 *   https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/core/lib/stack-synthesizers/stack-synthesizer.ts
 * - A resource of the type AWS::CDK::Metadata, also in nested stacks, which have no such rule.
 *   https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/core/lib/private/metadata-resource.ts
 * - The path of a construct on more than half of the resources. All of them have it at first; an app that sets the
 * metadata of resources
 *   overwrites it, and templates that were extended by hand keep it on some.
 *   https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/core/lib/cfn-resource.ts
 */
export function isMadeByCdk(template: Node | undefined): boolean {
  if (
    typeOf(valueOf(valueOf(template, 'Parameters'), 'BootstrapVersion')) === 'AWS::SSM::Parameter::Value<String>' &&
    valueOf(valueOf(template, 'Rules'), 'CheckBootstrapVersion')?.kind === 'map'
  )
    return true;
  const section = valueOf(template, 'Resources');
  const bodies = section?.kind === 'map' ? section.pairs.map((pair) => pair.value) : [];
  if (bodies.some((body) => typeOf(body) === 'AWS::CDK::Metadata')) return true;
  return 2 * bodies.filter((body) => constructPath(body) !== undefined).length > bodies.length;
}

function typeOf(body: Node | undefined): string | undefined {
  return plainText(valueOf(resolved(body), 'Type'));
}

/**
 * The construct path of a resource, as the CDK writes it: `MyStack/Data/Bucket/Resource`; undefined if there is none
 * that can be shown.
 */
export function constructPath(body: Node): string | undefined {
  const path = plainText(mergedPair(mergedPair(body, 'Metadata')?.pair.value, 'aws:cdk:path')?.pair.value);
  return path === undefined || path === '' || path.length > LONGEST_PATH || UNPRINTABLE.test(path) ? undefined : path;
}

/**
 * The construct path as its author knows it, without the default child of a construct. Resources directly in a stack
 * have the name that the author chose.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/constructs.Node.html#defaultchild
 */
export function constructOf(path: string): string {
  return path.replace(/^([^/]*\/.+)\/(Resource|Default)$/, '$1');
}
