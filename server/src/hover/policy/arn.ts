/** What an ARN in a policy names, as far as that is known. */
import { IDENTITIES } from '../../formats/relations/identity.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import type { Leaf, Text } from '../../model/value.ts';
import type { ResourceType, ServiceActions } from '../../policy/action.ts';
import { HOLE } from '../../policy/hole.ts';
import type { Reference } from '../../policy/reference.ts';
import { typesOf } from '../../policy/resource-arn.ts';
import { unknownBecause } from '../unknown-because.ts';

/** An ARN with a stand-in for each part that is not known. */
export interface Arn {
  readonly shape: string;
  /** The resource of the stack that it begins with, or that its name is. */
  readonly of: Resource | undefined;
  /** What stands behind the ARN or the name of that resource. */
  readonly behind: string;
  /** Why parts of it are not known, each once. */
  readonly because: readonly string[];
}

/** How the ARNs of types are written that others are never named by. */
const FORMS: Readonly<Record<string, string | undefined>> = { 'AWS::KMS::Key': 'kms:key/', 'AWS::SecretsManager::Secret': 'secretsmanager:secret:', 'AWS::EFS::FileSystem': 'elasticfilesystem:file-system/', 'AWS::ECR::Repository': 'ecr:repository/' };

/** What a value that stands for an ARN is. */
export function arnOf(leaf: Leaf, stack: Stack): Arn | undefined {
  if (leaf.origin.secret) return undefined;
  switch (leaf.state) {
    case 'known': return leaf.value === null ? undefined : { shape: leaf.raw.replace(/\$\{[^}]*\}/g, HOLE), of: undefined, behind: '', because: [] };
    case 'reference': return arnOfText([leaf], stack);
    case 'text': return arnOfText(leaf.pieces, stack);
    default: return undefined;
  }
}

function arnOfText(pieces: Text['pieces'], stack: Stack): Arn {
  let of: Resource | undefined;
  let behind = '';
  const shape = pieces.map((piece, index) => {
    if (typeof piece === 'string') {
      if (of) behind += piece;
      return piece.replace(/\$\{[^}]*\}/g, HOLE);
    }
    const resource = piece.state === 'reference' ? stack.byAddress(piece.to) : undefined;
    if (!resource || of) return HOLE;
    of = resource;
    const form = FORMS[resource.type] ?? IDENTITIES[resource.type]?.arn;
    if (index > 0 || form === undefined) return HOLE;
    const colon = form.indexOf(':');
    const service = form.slice(0, colon);
    const own = service === 's3' ? '::' : service === 'iam' ? `:${HOLE}:` : `${HOLE}:${HOLE}:`;
    return `arn:${HOLE}:${service}:${own}${form.slice(colon + 1).replace(/:$/, resource.type === 'AWS::DynamoDB::Table' || resource.type === 'AWS::DynamoDB::GlobalTable' ? '/' : ':')}${HOLE}`;
  }).join('');
  const because = pieces.flatMap((piece) => typeof piece !== 'string' && piece.state === 'unknown' ? [`a part ${unknownBecause(piece)}`] : []);
  return { shape, of, behind, because: [...new Set(because)] };
}

/** The service of an ARN and the resource types that it can stand for; undefined where its service is not known. */
export function typesOfArn({ shape }: Arn, reference: Reference): { readonly service: ServiceActions; readonly types: readonly ResourceType[] } | undefined {
  const prefix = shape.split(':')[2]?.toLowerCase();
  const service = prefix === undefined || !/^[a-z0-9-]+$/.test(prefix) ? undefined : reference.service(prefix);
  return service && { service, types: typesOf(service, shape) };
}

/** The word for a type of resources: `log group` for `AWS::Logs::LogGroup`. */
function typeWord({ type }: Resource): string {
  return (type.split('::').at(-1) ?? type).replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/\b([A-Z])(?=[a-z])/g, (letter) => letter.toLowerCase());
}

/** An ARN in words: `the bucket Logs`, `objects of the bucket Logs`, else as it is written. */
export function arnWords(leaf: Leaf, stack: Stack, reference: Reference): string {
  if (leaf.origin.secret) return shown(leaf);
  if (leaf.state === 'known' && /^\*+$/.test(leaf.raw)) return 'every resource';
  const arn = arnOf(leaf, stack);
  if (!arn) return leaf.state === 'unknown' ? 'resources that are not known here' : 'resources';
  if (arn.of) {
    const name = `the ${typeWord(arn.of)} ${arn.of.displayName}`;
    if (arn.behind === '') return name;
    const types = typesOfArn(arn, reference)?.types ?? [];
    // Of a log group with a star behind it both are meant.
    if (/^:?\*$/.test(arn.behind)) return `${name} and what is in it`;
    return types.length === 1 && /^[:/]\*$/.test(arn.behind.replace(/^[:/][\w-]+(?=[:/])/, '')) ? `${types[0]!.name}s of ${name}` : `${arn.behind.replace(/^[:/]/, '')} of ${name}`;
  }
  return shownArn(leaf);
}

/** An ARN as it is written, with dots for what is put in. */
export function shownArn(leaf: Leaf): string {
  if (leaf.origin.secret) return shown(leaf);
  const text = leaf.state === 'known' ? leaf.raw : leaf.state === 'text' ? leaf.pieces.map((piece) => typeof piece === 'string' ? piece : piece.state === 'reference' ? `\${${piece.attribute ? `${piece.to}.${piece.attribute}` : piece.to}}` : '…').join('') : leaf.state === 'reference' ? (leaf.attribute ? `${leaf.to}.${leaf.attribute}` : leaf.to) : '…';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 90;
