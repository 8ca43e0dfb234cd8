/** Splitting of template strings whose placeholders cannot contain the delimiter. */
import type { UnknownPiece, Origin, Value } from '../model/value.ts';
import { concatenated } from './text.ts';

/** The parts of a template string. */
export interface SplitText {
  /** Those before the first placeholder that can contain the delimiter. */
  readonly parts: readonly Value[];
  /** Whether there is such a placeholder. */
  readonly open: boolean;
}

/**
 * Splits a template string. The part with a placeholder that can contain the delimiter, and those after it, have no
 * known position and are left out.
 * @param origin That of each part.
 * @param isOne Whether a placeholder is certainly in one part.
 */
export function splitText(
  pieces: readonly (string | UnknownPiece)[],
  delimiter: string,
  origin: Origin,
  isOne: (unknownPiece: UnknownPiece) => boolean,
): SplitText {
  const parts: (string | UnknownPiece)[][] = [[]];
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      if (!isOne(piece)) return { parts: parts.slice(0, -1).map((part) => concatenated(origin, part)), open: true };
      parts.at(-1)!.push(piece);
      continue;
    }
    const [first, ...others] = piece.split(delimiter);
    parts.at(-1)!.push(first!);
    for (const other of others) parts.push([other]);
  }
  return { parts: parts.map((part) => concatenated(origin, part)), open: false };
}

/**
 * Characters that are in no ID, ARN or name that AWS gives a resource. A vertical bar joins the parts of compound
 * identifiers.
 * https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-identifier.html
 */
const SEPARATOR = /^\s*[,;]\s*$/;

/** The attributes that are IDs, ARNs and names. */
const IDENTIFIER = /(?:^|\.|_|[a-z])(?:Arn|Id|Name)$|(?:^|_)(?:arn|id|name)$/;

/** Those that have no parts of their own. */
const WHOLE = /(?:Arn|Name|(?:^|_)(?:arn|name))$/;

/**
 * The types of Amazon EC2 whose ID is a prefix, a hyphen, and letters and digits: `sg-0123456789abcdef0`.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
 */
const WITH_EC2_IDS: ReadonlySet<string> = new Set([
  ...[
    'CustomerGateway',
    'EgressOnlyInternetGateway',
    'Instance',
    'InternetGateway',
    'LaunchTemplate',
    'NatGateway',
    'NetworkAcl',
    'NetworkInterface',
    'RouteTable',
    'SecurityGroup',
    'Subnet',
    'TransitGateway',
    'Volume',
    'VPC',
    'VPCEndpoint',
    'VPCPeeringConnection',
    'VPNGateway',
  ].map((name) => `AWS::EC2::${name}`),
  ...[
    'customer_gateway',
    'default_network_acl',
    'default_route_table',
    'default_security_group',
    'default_subnet',
    'default_vpc',
    'ebs_volume',
    'ec2_transit_gateway',
    'egress_only_internet_gateway',
    'instance',
    'internet_gateway',
    'launch_template',
    'nat_gateway',
    'network_acl',
    'network_interface',
    'route_table',
    'security_group',
    'subnet',
    'vpc',
    'vpc_endpoint',
    'vpc_peering_connection',
    'vpn_gateway',
  ].map((name) => `aws_${name}`),
]);

/** The attributes with such an ID; none is the value of `Ref`. That of a key is its ARN. */
const EC2_ID = /(?:^|[a-z])Id$|(?:^|(?<!kms_key)_)id$|^Default(?:NetworkAcl|SecurityGroup)$/;

/**
 * Whether a reference to a resource of AWS is certainly in one part of a string with a delimiter.
 * @param type The type of the resource.
 * @param isAlone Whether it is the whole string. Who splits that may want the parts of an ID, which some have: that of
 * a scalable target is `service/…|ecs:service:DesiredCount|ecs`
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalabletarget.html),
 * and Terraform joins those of Amazon QuickSight with commas
 * (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/quicksight_data_set).
 */
export function staysWhole(
  { attribute }: { readonly attribute?: string },
  type: string,
  delimiter: string,
  isAlone: boolean,
): boolean {
  if (WITH_EC2_IDS.has(type) && (attribute === undefined || EC2_ID.test(attribute))) return /[^\da-z-]/.test(delimiter);
  if (!SEPARATOR.test(delimiter)) return false;
  return isAlone ? WHOLE.test(attribute ?? '') : attribute === undefined || IDENTIFIER.test(attribute);
}
