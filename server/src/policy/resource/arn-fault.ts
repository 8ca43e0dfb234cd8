/** Invalid ARNs in policies, by their format and the known resource types of their service. */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import { ownText } from '../../base/own-text.ts';
import { withPlaceholders } from '../../base/placeholders.ts';
import { table, type Table } from '../../base/table.ts';
import type { ServiceActions } from '../data/action.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';
import type { Services } from '../statement/unknown-action.ts';
import type { IamData, Partition } from '../data/iam-data.ts';
import { nearest } from '../text/nearest.ts';
import { placeholderIn } from '../text/placeholder.ts';
import { formsWith, typesOf, type ArnRegionAccount } from './resource-arn.ts';
import { retiredService } from '../data/retired-services.ts';
import { isKnown } from '../statement/written.ts';
import { arnFields } from '../text/arn-fields.ts';

/** The fields of an ARN, by their separators: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon. */
  readonly rest: string;
}

export type ArnFaultKind =
  | 'prefix'
  | 'fields'
  | 'partition'
  | 'service-case'
  | 'service'
  | 'region'
  | 'new-region'
  | 'foreign-region'
  | 'account'
  | 'region-not-allowed'
  | 'account-not-allowed'
  | 'place-not-allowed'
  | 'region-missing'
  | 'account-missing'
  | 'place-missing'
  | 'resource'
  | 'placeholder';

export interface ArnFault {
  readonly kind: ArnFaultKind;
  /** The invalid part. */
  readonly part: string;
  readonly service: string;
  /** The closest ARN format, if there is exactly one. */
  readonly form?: string;
  /** The corrected ARN, if the correction is unambiguous and fully known. */
  readonly intended?: string;
  /** Whether AWS documentation proves it. A format that is missing only in the data might exist. */
  readonly proven: boolean;
  /** For a placeholder: the violation if it were literal. */
  readonly otherwise?: ArnFaultKind;
}

/** A violation before it is known to be proven. */
type Found = Omit<ArnFault, 'proven'>;

/** Parses an ARN; undefined if it has too few fields or another prefix. */
export function parsedArn(text: string): Arn | undefined {
  const [arn, partition, service, region, account, rest] = arnFields(text);
  if (arn !== 'arn' || rest === undefined) return undefined;
  return { partition: partition!, service: service!, region: region!, account: account!, rest };
}

/** The string of an ARN. */
function written({ partition, service, region, account, rest }: Arn): string {
  return `arn:${partition}:${service}:${region}:${account}:${rest}`;
}

/** The violation of a policy's resource, with placeholders for unknown parts; undefined for a valid resource. */
export function arnFault(text: string, iam: IamData, services: Services): ArnFault | undefined {
  if (text === '' || ANYTHING.includes(text[0]!)) return undefined;
  // A policy usually has the same resources after the next keystroke, and several rules ask for each of them.
  const data = services(serviceIn(text));
  const known = faultsBy(iam);
  let found = known.get(text);
  if (!found || found.data !== data) {
    if (known.size >= MOST_FAULTS) known.clear();
    // A part of a document would keep its whole text.
    const own = ownText(text);
    known.set(own, (found = { data, fault: computeFault(own, iam, services) }));
  }
  return found.fault;
}

/** The beginnings of a string that can be any resource. */
const ANYTHING = `*?${UNKNOWN_PIECE}`;

/** The third field of an ARN; empty if it has fewer. */
function serviceIn(text: string): string {
  const second = text.indexOf(':', text.indexOf(':') + 1);
  if (second < 0) return '';
  const end = text.indexOf(':', second + 1);
  return end < 0 ? text.slice(second + 1) : text.slice(second + 1, end);
}

/** The violations by string, each with the service data that it depends on, because a service can be loaded later. */
const faultsBy = memoize(
  (_: IamData) =>
    new Map<string, { readonly data: ServiceActions | undefined; readonly fault: ArnFault | undefined }>(),
);

/** The number of strings whose violations are cached. */
const MOST_FAULTS = 4096;

function computeFault(text: string, iam: IamData, services: Services): ArnFault | undefined {
  const fault = faultIn(text, iam, services);
  const placeholder = placeholderIn(text);
  if (placeholder !== undefined)
    return {
      kind: 'placeholder',
      part: placeholder,
      service: fault?.service ?? '',
      proven: true,
      ...(fault ? { otherwise: fault.kind } : {}),
    };
  if (!fault) return undefined;
  const proven = isProven(fault);
  if (fault.intended === undefined || isKnown(fault.intended)) return { ...fault, proven };
  // An unknown part cannot be copied into a fix.
  const { intended: _, ...rest } = fault;
  return { ...rest, proven };
}

/**
 * Whether a violation is certain. A format that is missing in the data is proven invalid only for services whose own
 * pages list all formats, or if the string nearly matches a format. An unknown service may be new.
 */
function isProven({ kind, service, intended }: Found): boolean {
  switch (kind) {
    case 'resource':
      return intended !== undefined || COMPLETE.has(service);
    case 'service':
      return intended !== undefined || service === '' || retiredService(service) !== undefined;
    case 'new-region':
      return false;
    default:
      return true;
  }
}

/**
 * Services whose own pages list their ARN formats, so that together with the Service Authorization Reference the list
 * is complete.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-overview-of-managing-access.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-overview.html
 */
const COMPLETE: ReadonlySet<string> = new Set(['dynamodb', 'iam', 's3', 'sqs']);

/** The prefix of an ARN, or of a string that can be one after interpolation. */
const BEGINNING = new RegExp(`^arn[:*?${UNKNOWN_PIECE}]`);

function faultIn(text: string, iam: IamData, services: Services): Found | undefined {
  // API Gateway resource policies may omit the first ARN fields.
  if (text.startsWith('execute-api:/')) return undefined;
  if (!BEGINNING.test(text)) return { kind: 'prefix', part: text.split(':')[0]!, service: '', ...prefixed(text) };
  const arn = parsedArn(text);
  if (!arn)
    return isCutShort(text)
      ? undefined
      : { kind: 'fields', part: text, service: text.split(':')[2] ?? '', ...filled(text) };
  const { partition, service } = arn;
  const known = isWhole(partition) ? iam.partitions.get(partition) : undefined;
  if (isWhole(partition) && !known) {
    const near = /^(|[aws]{2,4}|amazon)$/i.test(partition) ? 'aws' : nearest(partition, iam.partitions.keys());
    return {
      kind: 'partition',
      part: partition,
      service,
      ...(near === undefined ? {} : { intended: written({ ...arn, partition: near }) }),
    };
  }
  if (!isWhole(service)) return undefined;
  if (service !== service.toLowerCase())
    return {
      kind: 'service-case',
      part: service,
      service,
      intended: written({ ...arn, service: service.toLowerCase() }),
    };
  if (!iam.services.has(service) && !OTHER_SERVICES.has(service)) {
    const near = nearest(service, iam.services.keys());
    return {
      kind: 'service',
      part: service,
      service,
      ...(near === undefined ? {} : { intended: written({ ...arn, service: near }) }),
    };
  }
  return regionFault(arn, known, iam) ?? accountFault(arn) ?? formFault(text, arn, services);
}

/** Whether a field is fully literal. */
function isWhole(part: string): boolean {
  return !/[*?]/.test(part) && !part.includes(UNKNOWN_PIECE);
}

/**
 * Whether a string with too few fields can be a full ARN: after interpolation, or because a wildcard at the end of a
 * field matches the missing fields.
 */
function isCutShort(text: string): boolean {
  return text.includes(UNKNOWN_PIECE) || /^(?:[^:]*:)*[^:]*\*(?::|$)/.test(text);
}

function prefixed(text: string): { readonly intended?: string } {
  const without = /^(?:arn|urn)?:?(aws[a-z-]*:[a-z0-9-]+:.*)$/i.exec(text)?.[1];
  return without !== undefined && parsedArn(`arn:${without}`) ? { intended: `arn:${without}` } : {};
}

/** Completes the ARN of a bucket. It has neither a Region nor an account, so the missing part is unambiguous. */
function filled(text: string): { readonly intended?: string } {
  const [, partition, rest] = /^arn:([a-z-]+):s3:{1,2}([^:]+)$/.exec(text) ?? [];
  return rest === undefined ? {} : { intended: `arn:${partition}:s3:::${rest}` };
}

function regionFault(arn: Arn, known: Partition | undefined, iam: IamData): Found | undefined {
  const { region, service } = arn;
  const partitions = known ? [known] : [...iam.partitions.values()];
  if (region === '' || !isWhole(region) || partitions.some(({ regions }) => regions.has(region))) return undefined;
  const home = [...iam.partitions].find(([, { regions }]) => regions.has(region));
  if (home)
    return {
      kind: 'foreign-region',
      part: region,
      service,
      form: home[0],
      intended: written({ ...arn, partition: home[0] }),
    };
  const near = nearest(
    region,
    flatMap(partitions, ({ regions }) => [...regions]),
  );
  const isNew = near === undefined && partitions.some(({ pattern }) => pattern.test(region));
  return {
    kind: isNew ? 'new-region' : 'region',
    part: region,
    service,
    ...(near === undefined ? {} : { intended: written({ ...arn, region: near }) }),
  };
}

/** Accounts of AWS, which are not numbers. */
const ACCOUNTS_OF_AWS: ReadonlySet<string> = new Set([
  'aws',
  'aws-managed',
  'aws-marketplace',
  'amazon',
  'cloudfront',
  'offering',
  'third-party',
  'self',
]);

function accountFault({ region, account, service }: Arn): Found | undefined {
  // A wildcard at the end of the Region also matches the colon and the account. The rest then belongs to the resource.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
  if (region.endsWith('*') && !/^\d+$/.test(account)) return undefined;
  return account === '' || !isWhole(account) || /^\d{12}$/.test(account) || ACCOUNTS_OF_AWS.has(account)
    ? undefined
    : { kind: 'account', part: account, service };
}

/** The violation by the resource types of the service, as far as they are known. */
function formFault(text: string, arn: Arn, services: Services): Found | undefined {
  const { service, rest, region, account } = arn;
  const data = services(service);
  if (!data || data.resourceTypes.length === 0) return undefined;
  const forms = formsWith(data, service, rest);
  if (forms.length === 0) {
    // A wildcard can match more than its own field, and services with REST APIs identify resources by request paths.
    const mayBeOne =
      MORE_FORMS[service]?.test(rest) === true ||
      rest.startsWith(UNKNOWN_PIECE) ||
      (rest.startsWith('/') && !COMPLETE.has(service)) ||
      typesOf(data, text).length > 0;
    return mayBeOne ? undefined : { kind: 'resource', part: rest, service, ...completed(arn, data.resourceTypes) };
  }
  const none = {
    region: isSomething(region) && forms.every((form) => form.region === ''),
    account: isSomething(account) && forms.every((form) => form.account === ''),
  };
  if (none.region || none.account) {
    const intended = written({
      ...arn,
      ...(none.region ? { region: '' } : {}),
      ...(none.account ? { account: '' } : {}),
    });
    return {
      kind:
        none.region && none.account ? 'place-not-allowed' : none.region ? 'region-not-allowed' : 'account-not-allowed',
      part: none.region ? region : account,
      service,
      intended,
      ...only(forms),
    };
  }
  const missing = {
    region: region === '' && forms.every((form) => form.region !== '') && GLOBAL[service]?.test(rest) !== true,
    account: account === '' && forms.every((form) => form.account !== '') && PUBLIC[service]?.test(rest) !== true,
  };
  if (!missing.region && !missing.account) return undefined;
  const intended = written({
    ...arn,
    ...(missing.region ? { region: '*' } : {}),
    ...(missing.account ? { account: '*' } : {}),
  });
  return {
    kind: missing.region && missing.account ? 'place-missing' : missing.region ? 'region-missing' : 'account-missing',
    part: '',
    service,
    intended,
    ...only(forms),
  };
}

/** Whether a field cannot be empty: part of it is literal, or it is the Region or the account of the deployment. */
function isSomething(part: string): boolean {
  return part.replaceAll('*', '').replaceAll(UNKNOWN_PIECE, '') !== '' || part.includes(UNKNOWN_PIECE + UNKNOWN_PIECE);
}

function only(forms: readonly ArnRegionAccount[]): { readonly form?: string } {
  return forms.length === 1 ? { form: shownForm(forms[0]!.arn) } : {};
}

function shownForm(arn: string): string {
  return withPlaceholders(arn, ({ inside }) => `<${inside}>`);
}

/** Completes a bare name if the service has a single resource type with a prefix before the name: `table/orders`. */
function completed(
  arn: Arn,
  types: readonly { readonly arn: string }[],
): { readonly form?: string; readonly intended?: string } {
  const own = types.filter((type) => type.arn.split(':')[2] === arn.service);
  const words = new Set(flatMap(own, (type) => /^(?:[^:]*:){5}([A-Za-z-]+[/:])\$\{[^}]*\}$/.exec(type.arn)?.[1] ?? []));
  const wrong = /^([A-Za-z-]+)([/:])(.+)$/.exec(arn.rest);
  const near = wrong
    ? (nearest(
        wrong[1]!,
        [...words].map((word) => word.slice(0, -1)),
      ) ?? [...words].find((word) => word.slice(0, -1) === wrong[1])?.slice(0, -1))
    : undefined;
  if (near !== undefined)
    return {
      intended: written({ ...arn, rest: `${[...words].find((word) => word.slice(0, -1) === near)!}${wrong![3]!}` }),
    };
  return own.length === 1 ? { form: shownForm(own[0]!.arn) } : {};
}

/**
 * Services in ARNs that are not prefixes of actions.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const OTHER_SERVICES: ReadonlySet<string> = new Set(['catalog', 'route53-recovery-control']);

/**
 * ARNs that the reference does not describe although the pages of the service do.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/iam_example_iam_ListMfaDevices_section.html (security keys)
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-permissions-cloudformation.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
const MORE_FORMS: Table<RegExp> = table({
  iam: /^(?:root$|u2f\/|contextProvider\/)/,
  ecs: /^task\//,
  apigateway: /^\//,
  backup: /^recovery-point:/,
  cloudformation: /^transform\//,
  logs: /^log-group::log-stream:/,
});

/**
 * Resources whose ARN has no Region if any Region can serve them, although the service authorization reference has one.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
 */
const GLOBAL: Table<RegExp> = table({ bedrock: /^foundation-model\// });

/** Resources that AWS offers to all customers, which have no account. */
const PUBLIC: Table<RegExp> = table({
  ssm: /^(document|parameter|automation-definition|patchbaseline)[/*]/,
  ec2: /^(image|snapshot|\*)/,
  bedrock: /^/,
  elasticbeanstalk: /^/,
  imagebuilder: /^/,
  'resource-explorer-2': /^view\/AWSServiceView/,
});
