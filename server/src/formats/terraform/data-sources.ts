/** Data sources that are evaluated without access to AWS. */
import type { Span } from '../../base/span.ts';
import { table, type Table } from '../../base/table.ts';
import { leaves, mapLeaves, member, unknown } from '../../model/navigate.ts';
import type { Address, Leaf, Origin, Value } from '../../model/value.ts';
import { usedAt } from '../located.ts';
import { concatenated } from '../text.ts';
import { cloudInitOf } from './cloud-init.ts';
import type { RenderTemplate } from './file-functions.ts';
import { issuerInArn, issuerOfUrl, oidcProviderArn } from './oidc-provider.ts';
import { policyDocumentOf } from './policy-document-source.ts';

/** A data source of a configuration or of a plan. */
export interface DataSource {
  /** The address with the module prefix: `data.aws_iam_policy_document.x`. */
  readonly address: Address;
  readonly type: string;
  /**
   * Its arguments and blocks under Terraform's names. Each source has one object, because results are memoized by it.
   */
  readonly body: Value;
  /** The place of its name in the document. */
  readonly nameAt: Span;
  /** The Region of its provider, if it is written. */
  readonly region?: () => Value | undefined;
  /** Renders a template; absent in plans, which have the result. */
  readonly render?: RenderTemplate;
}

/**
 * The value of an attribute of a data source at the place that the origin describes, evaluated from the arguments;
 * undefined if only AWS knows it.
 */
export function dataAttribute(source: DataSource, attribute: string, origin: Origin): Value | undefined {
  const made = `${source.type}.${attribute}`;
  return (
    (Object.hasOwn(READERS, made) ? READERS[made]!(source, origin) : undefined) ?? argument(source, attribute, origin)
  );
}

/** The value of an attribute of a source, at the place that the origin describes. */
type Reader = (source: DataSource, origin: Origin) => Value | undefined;

/** The attributes that follow from arguments, by the type of the source. */
const READERS: Table<Reader> = table({
  'aws_iam_policy_document.json': policyDocumentOf,
  'aws_iam_policy_document.minified_json': policyDocumentOf,
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/region
  'aws_region.id': region,
  'aws_region.name': region,
  'aws_region.region': region,
  'aws_iam_openid_connect_provider.arn': oidcProviderOf,
  'aws_iam_openid_connect_provider.url': issuerOfProvider,
  'aws_iam_role.arn': identity('role', 'name'),
  'aws_iam_role.id': (source, origin) => argument(source, 'name', origin),
  'aws_iam_user.arn': identity('user', 'user_name'),
  'aws_service_principal.name': servicePrincipal,
  'aws_vpc.cidr_block': network,
  'aws_subnet.cidr_block': network,
  'cloudinit_config.rendered': ({ body }, origin) => cloudInitOf(body, origin),
  'template_cloudinit_config.rendered': ({ body }, origin) => cloudInitOf(body, origin),
  'template_file.rendered': renderedTemplate,
});

/**
 * A rendered template. One without interpolations is its text, whose parts keep their ranges.
 * https://registry.terraform.io/providers/hashicorp/template/latest/docs/data-sources/file
 */
function renderedTemplate(source: DataSource, origin: Origin): Value | undefined {
  const { body, render } = source;
  const text = argument(source, 'template', origin);
  const texts = text ? leaves(text).map(({ value }) => value) : [];
  if (!text || !texts.every((leaf) => leaf.state === 'known')) return undefined;
  if (!texts.some(({ raw }) => /[$%]\{/.test(raw))) return text;
  const [variables, ...others] = leaves(member(body, 'vars')).map(({ value }) => soleBlock(value));
  return variables?.state === 'object' && others.length === 0
    ? mapLeaves(
        text,
        (leaf) => (leaf.state === 'known' && render?.(leaf.raw, variables, origin)) || unknownOf(source, origin),
      )
    : undefined;
}

/** The body of a block that can be repeated but is not. */
function soleBlock(value: Leaf): Leaf | undefined {
  if (value.state !== 'list') return value;
  const [first, ...others] = value.items;
  return first && others.length === 0 && first.value.state !== 'choice' ? first.value : undefined;
}

function unknownOf({ address }: DataSource, origin: Origin): Value {
  return unknown(origin, 'computed', [address]);
}

/** The ARN of a role or user of this account, with unknown partition, account ID and path. */
function identity(kind: string, named: string): Reader {
  return (source, origin) => {
    const name = argument(source, named, origin);
    const piece = unknown(origin, 'computed', [source.address]);
    return (
      name && concatenated({ ...name.origin, edit: 'none' }, ['arn:', piece, ':iam::', piece, `:${kind}/`, piece, name])
    );
  };
}

/**
 * The URL of an OIDC provider, which the configuration selects by its URL or ARN.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_openid_connect_provider
 */
function issuerOfProvider(source: DataSource, origin: Origin): Value | undefined {
  const [url, arn] = [argument(source, 'url', origin), argument(source, 'arn', origin)];
  return url ? issuerOfUrl(url) : arn && issuerInArn(arn);
}

/** The ARN of an OIDC provider that the configuration selects by its URL. */
function oidcProviderOf(source: DataSource, origin: Origin): Value | undefined {
  const url = argument(source, 'url', origin);
  const issuer = url && issuerOfUrl(url);
  return issuer && oidcProviderArn(issuer, source.address, origin);
}

/**
 * A service principal. Its suffix depends on the partition.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/service_principal
 */
function servicePrincipal(source: DataSource, origin: Origin): Value | undefined {
  const service = argument(source, 'service_name', origin);
  const suffix = unknown(origin, 'computed', [source.address]);
  return service && concatenated({ ...service.origin, edit: 'none' }, [service, '.', suffix]);
}

/** The Region that a source selects, or that of its provider. A Region selected by its endpoint is unknown. */
function region(source: DataSource, origin: Origin): Value | undefined {
  const selected = argument(source, 'region', origin) ?? argument(source, 'name', origin);
  if (selected || member(source.body, 'endpoint').state !== 'absent') return selected;
  const own = source.region?.();
  return own && isGiven(own)
    ? usedAt(own, origin.use, origin.key, { what: 'data', name: source.address, at: source.nameAt })
    : undefined;
}

/**
 * A VPC network has at most the size of a /16. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
function network(source: DataSource, origin: Origin): Value {
  const given = argument(source, 'cidr_block', origin);
  return (
    given ?? { ...unknown(origin, 'computed', [source.address]), admits: (text) => /\/(?:1[6-9]|2[0-8])$/.test(text) }
  );
}

/** An attribute that returns its argument. */
function argument({ address, body, nameAt }: DataSource, name: string, origin: Origin): Value | undefined {
  const value = member(body, name);
  return isGiven(value)
    ? usedAt(value, origin.use, origin.key, { what: 'data', name: address, at: nameAt })
    : undefined;
}

/** Whether a value is present in every scenario. */
function isGiven(value: Value): boolean {
  return leaves(value).every(
    ({ value: leaf }) =>
      (leaf.state === 'known' && leaf.value !== null) || leaf.state === 'template' || leaf.state === 'reference',
  );
}
