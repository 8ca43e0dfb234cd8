/** ARNs in policies: the resources that they match, as far as known. */
import { withPlaceholders } from '../../base/placeholders.ts';
import { table, type Table } from '../../base/table.ts';
import { some } from '../../base/words.ts';
import { IDENTITIES } from '../../formats/relations/identity.ts';
import { isTerraform } from '../../model/format.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import type { Leaf, TemplateString } from '../../model/value.ts';
import type { IamResourceType, ServiceActions } from '../../policy/data/action.ts';
import { UNKNOWN_PIECE, shapeOf } from '../../policy/text/unknown-piece.ts';
import type { IamReference } from '../../policy/data/reference.ts';
import { resourceTypePlural, resourceTypeWords } from '../../policy/data/words.ts';
import { typesOf } from '../../policy/resource/resource-arn.ts';
import { typeWord } from '../type-words.ts';
import { inputName, isPseudo, unknownBecause } from '../unknown-because.ts';

/** An ARN with a placeholder for each unknown part. */
export interface ArnOfLeaf {
  readonly shape: string;
  /** The resource of the stack whose ARN or name it contains. */
  readonly of: Resource | undefined;
  /** The text after the ARN or name of that resource. */
  readonly behind: string;
  /** The reasons for unknown parts, without duplicates. */
  readonly because: readonly string[];
}

/** ARN formats of types that are missing from IDENTITIES. */
const FORMS: Table<string | undefined> = table({
  'AWS::ApiGateway::RestApi': 'execute-api:',
  'AWS::ApiGatewayV2::Api': 'execute-api:',
  'AWS::ECR::Repository': 'ecr:repository/',
  'AWS::EFS::FileSystem': 'elasticfilesystem:file-system/',
  'AWS::KMS::Key': 'kms:key/',
  'AWS::OpenSearchService::Domain': 'es:domain/',
  'AWS::SSM::Parameter': 'ssm:parameter/',
  'AWS::SecretsManager::Secret': 'secretsmanager:secret:',
});

/** The ARN that a value represents; undefined if the value is secret or not a string. */
export function arnOfLeaf(leaf: Leaf, stack: Stack): ArnOfLeaf | undefined {
  if (leaf.origin.secret) return undefined;
  switch (leaf.state) {
    case 'known':
      return leaf.value === null
        ? undefined
        : { shape: withPlaceholders(leaf.raw, () => UNKNOWN_PIECE), of: undefined, behind: '', because: [] };
    case 'reference':
      return arnOfText([leaf], stack);
    case 'template':
      return arnOfText(leaf.pieces, stack);
    default:
      return undefined;
  }
}

function arnOfText(pieces: TemplateString['pieces'], stack: Stack): ArnOfLeaf {
  const because = unknownParts(pieces);
  const at = pieces.findIndex(
    (piece) => typeof piece !== 'string' && piece.state === 'reference' && stack.byAddress(piece.to) !== undefined,
  );
  const reference = pieces[at];
  const of =
    typeof reference === 'object' && reference.state === 'reference' ? stack.byAddress(reference.to) : undefined;
  const [before, rest] = [shapeOf({ pieces: pieces.slice(0, at) }), shapeOf({ pieces: pieces.slice(at + 1) })];
  const isOf =
    of !== undefined &&
    typeof reference === 'object' &&
    reference.state === 'reference' &&
    (at === 0 ? isArnReference(of, reference.attribute) : isNameReference(of, reference.attribute, before)) &&
    /^(?:[:/*]|$)/.test(rest);
  // A reference within an ARN is a name, which has no slashes.
  const written = of && at > 0 ? `${before}${NAME}${rest}` : shapeOf({ pieces });
  const shape = withPlaceholders(isOf && at === 0 ? `${formOf(of)}${rest}` : written, () => UNKNOWN_PIECE);
  return isOf
    ? { shape, of, behind: rest.replaceAll(UNKNOWN_PIECE, '…'), because }
    : { shape, of: undefined, behind: '', because };
}

/** The reasons for unknown parts of an ARN, one clause each. */
function unknownParts(pieces: TemplateString['pieces']): readonly string[] {
  const unknown = pieces.filter((piece) => typeof piece !== 'string').filter((piece) => piece.state === 'unknown');
  const [given, others] = [
    unknown.filter((piece) => isPseudo(inputName(piece))),
    unknown.filter((piece) => !isPseudo(inputName(piece))),
  ];
  const names = [...new Set(given.map((piece) => inputName(piece)!))];
  return [
    ...(names.length === 0 ? [] : [`${some(names)} ${names.length === 1 ? 'is' : 'are'} known only at deployment`]),
    ...new Set(others.map((piece) => `a part ${unknownBecause(piece)}`)),
  ];
}

/** The placeholder for the name of a resource. */
const NAME = '\uFFFB';

/**
 * Whether a name has a wildcard or an ellipsis. The escape keeps the bundle in ASCII, so that V8 holds its text with
 * one byte per character.
 */
const HAS_WILDCARD = /[*?\u2026]/;

/** The ARN format of a resource, or a placeholder if unknown. */
function formOf({ type }: Resource): string {
  const form = FORMS[type] ?? IDENTITIES[type]?.arn;
  if (form === undefined) return UNKNOWN_PIECE;
  const colon = form.indexOf(':');
  const service = form.slice(0, colon);
  const own = service === 's3' ? '::' : service === 'iam' ? `:${UNKNOWN_PIECE}:` : `${UNKNOWN_PIECE}:${UNKNOWN_PIECE}:`;
  return `arn:${UNKNOWN_PIECE}:${service}:${own}${form.slice(colon + 1).replace(/:$/, WITH_SLASH.has(type) ? '/' : ':')}${UNKNOWN_PIECE}`;
}

const WITH_SLASH: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::ECS::Cluster',
  'AWS::ECS::TaskDefinition',
  'AWS::Events::EventBus',
  'AWS::Kinesis::Stream',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::CodeBuild::Project',
]);

/** Whether an attribute of a resource, or a reference without one, can be its ARN. */
function isArnReference({ type, format }: Resource, attribute: string | undefined): boolean {
  const terraform = isTerraform(format);
  if (attribute === undefined) return !terraform && BY_REF.has(type);
  if (/^arn$/i.test(attribute) || (terraform && attribute === 'id' && BY_ID.has(type))) return true;
  return (
    /arn$/i.test(attribute) && !/stream/i.test(attribute) && IDENTITIES[type]?.attributes.includes(attribute) === true
  );
}

/** Types whose `id` attribute in Terraform is the ARN. */
const BY_ID: ReadonlySet<string> = new Set([
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
]);

/**
 * Types whose `Ref` is the ARN. For most other types it is a name, an ID or a URL.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
const BY_REF: ReadonlySet<string> = new Set([
  ...BY_ID,
  'AWS::ECS::TaskDefinition',
  'AWS::IAM::ManagedPolicy',
  'AWS::Lambda::LayerVersion',
]);

/** Whether the text before the name of a resource is the beginning of its ARN. */
function isNameReference({ type }: Resource, attribute: string | undefined, before: string): boolean {
  const form = FORMS[type] ?? IDENTITIES[type]?.arn;
  if (form === undefined || (attribute !== undefined && /arn$|url$|domain|dns|endpoint/i.test(attribute))) return false;
  const [, service, kind] = /^([^:]*):(.*?)[:/]?$/.exec(form)!;
  const path = form.endsWith('/') ? '(?:[^:]*/)?' : '';
  return new RegExp(`^arn:[^:]*:${service!}:[^:]*:[^:]*:${kind === '' ? '' : `${kind!}[:/]?${path}`}$`).test(before);
}

/** The service of an ARN and the resource types that it matches; undefined if the service is unknown. */
export function typesOfArn(
  { shape }: ArnOfLeaf,
  reference: IamReference,
): { readonly service: ServiceActions; readonly types: readonly IamResourceType[] } | undefined {
  const prefix = shape.split(':')[2]?.toLowerCase();
  const service = prefix === undefined || !/^[a-z0-9-]+$/.test(prefix) ? undefined : reference.service(prefix);
  return service && { service, types: typesOf(service, shape) };
}

/** The phrase for a resource of the stack: `the bucket Logs`. */
export function resourceWords(resource: Resource): string {
  return `the ${typeWord(resource.type)} ${resource.displayName}`;
}

/** The phrase for an ARN: `the bucket Logs`, `objects of the bucket Logs`, or else its source text. */
export function arnWords(leaf: Leaf, stack: Stack, reference: IamReference): string {
  if (leaf.origin.secret) return shown(leaf);
  if (isEveryResource(leaf)) return 'every resource';
  const arn = arnOfLeaf(leaf, stack);
  if (!arn) return leaf.state === 'unknown' ? 'unknown resources' : 'resources';
  if (!arn.of) return streamOf(leaf, stack) ?? shownArn(leaf);
  const { behind } = arn;
  const name = resourceWords(arn.of);
  if (behind === '') return name;
  // A wildcard directly after a name also matches longer names.
  if (behind.startsWith('*'))
    return behind === '*' ? `all resources whose ARN starts with that of ${name}` : shownArn(leaf);
  if (behind === ':*' && arn.of.type === 'AWS::Logs::LogGroup') return `${name} and its log streams`;
  const types = typesOfArn(arn, reference)?.types ?? [];
  const [, first, more] = /^[:/]([\w-]+)[:/](.+)$/.exec(behind) ?? [];
  // Subresources with a keyword: the indexes of a table, the streams of a log group.
  const [under, path] = [
    first === undefined ? undefined : types.find((type) => new RegExp(`[:/]${first}[:/][^:/]*$`).test(type.arn))?.name,
    more,
  ];
  if (under !== undefined)
    return path === '*'
      ? `${resourceTypePlural(under)} of ${name}`
      : `${HAS_WILDCARD.test(path!) ? resourceTypePlural(under) : `the ${resourceTypeWords(under)}`} ${path!} of ${name}`;
  const [only] =
    types.length === 1 && types[0]!.name !== typeWord(arn.of.type) && !types[0]!.name.startsWith('execute-api')
      ? types
      : [];
  const own = behind.slice(1);
  if (own === '*') return only ? `${resourceTypePlural(only.name)} of ${name}` : `everything under ${name}`;
  return only
    ? `${HAS_WILDCARD.test(own) ? resourceTypePlural(only.name) : `the ${resourceTypeWords(only.name)}`} ${own} of ${name}`
    : `${own} of ${name}`;
}

/** Whether a resource is a wildcard only. */
export function isEveryResource(leaf: Leaf): boolean {
  return leaf.state === 'known' && !leaf.origin.secret && /^\*+$/.test(leaf.raw);
}

/** The stream of a table, if a value is its ARN. */
export function streamOf(leaf: Leaf, stack: Stack): string | undefined {
  const resource =
    leaf.state === 'reference' && /^stream_?arn$/i.test(leaf.attribute ?? '') ? stack.byAddress(leaf.to) : undefined;
  return resource && `the stream of ${resourceWords(resource)}`;
}

/** The source text of an ARN, with ellipses for unknown parts. */
export function shownArn(leaf: Leaf): string {
  if (leaf.origin.secret) return shown(leaf);
  const text =
    leaf.state === 'known'
      ? leaf.raw
      : leaf.state === 'template'
        ? leaf.pieces
            .map((piece) =>
              typeof piece === 'string'
                ? piece
                : piece.state === 'reference'
                  ? `\${${piece.attribute ? `${piece.to}.${piece.attribute}` : piece.to}}`
                  : '…',
            )
            .join('')
        : leaf.state === 'reference'
          ? leaf.attribute
            ? `${leaf.to}.${leaf.attribute}`
            : leaf.to
          : '…';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 90;
