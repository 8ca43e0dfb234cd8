/** The elements of a policy as strings: actions, and resources with the known parts of their references. */
import { flatMap } from '../../base/flat-map.ts';
import { Guard, type Truth } from '../../base/guard.ts';
import { memoize } from '../../base/memoize.ts';
import { withPlaceholders } from '../../base/placeholders.ts';
import { table, type Table } from '../../base/table.ts';
import { isTerraform } from '../../model/format.ts';
import { judge, YES, type Judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { Element, UnknownPiece, Leaf, Value } from '../../model/value.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';

/** A placeholder like `UNKNOWN_PIECE` for a nonempty part, such as the Region or the account of a deployment. */
const SOMETHING = UNKNOWN_PIECE + UNKNOWN_PIECE;

/** A result for a possible string of a value, with its scenarios. */
export interface PossibleResult<What> {
  readonly what: What;
  readonly wrong: Judgement;
}

/** The results for the possible strings of a value. Unknown values have none. */
export function resultsOf<What>(
  value: Value,
  textOf: (leaf: Leaf) => string | undefined,
  find: (text: string) => What | undefined,
): readonly PossibleResult<What>[] {
  if (value.state !== 'choice') {
    const text = textOf(value);
    const what = text === undefined ? undefined : find(text);
    return what === undefined ? [] : [{ what, wrong: YES }];
  }
  const found = new Map<string, What>();
  for (const { value: leaf } of leaves(value)) {
    const text = textOf(leaf);
    const what = text === undefined || found.has(text) ? undefined : find(text);
    if (what !== undefined) found.set(text!, what);
  }
  return [...found].map(([text, what]) => ({ what, wrong: judge(value, (leaf) => textOf(leaf) === text) }));
}

/** A literal action. One with an interpolated part, including a policy variable, is unknown. */
export function writtenAction(leaf: Leaf): string | undefined {
  return leaf.state === 'known' && typeof leaf.value === 'string' && !leaf.raw.includes('${') ? leaf.raw : undefined;
}

/** An action that the author can edit, as opposed to one that the SAM transform adds. */
export function authoredAction(leaf: Leaf): string | undefined {
  return leaf.origin.edit === 'none' ? undefined : writtenAction(leaf);
}

/**
 * The string of a resource, with placeholders for unknown parts, such as parameters and policy variables. A reference
 * to a resource of the stack becomes its ARN format or a name, if known.
 */
export const writtenResource = memoize((stack: Stack): ((leaf: Leaf) => string | undefined) => {
  const read = readResource(stack);
  const memoized = memoize(read);
  // A single string is processed as fast as a cache lookup.
  return (leaf) => (leaf.state === 'template' || leaf.state === 'reference' ? memoized : read)(leaf);
});

function readResource(stack: Stack): (leaf: Leaf) => string | undefined {
  return (leaf) => {
    switch (leaf.state) {
      case 'known':
        return typeof leaf.value === 'string'
          ? leaf.raw.includes('${')
            ? withPlaceholders(leaf.raw, () => UNKNOWN_PIECE)
            : leaf.raw
          : undefined;
      case 'template':
        return leaf.pieces
          .map((piece) =>
            typeof piece === 'string'
              ? withPlaceholders(piece, () => UNKNOWN_PIECE)
              : (textOf(piece, stack) ?? UNKNOWN_PIECE),
          )
          .join('');
      case 'reference':
        return textOf(leaf, stack);
      default:
        return undefined;
    }
  };
}

/** The format of a reference or a pseudo parameter; undefined if unknown. */
function textOf(unknownPiece: UnknownPiece, stack: Stack): string | undefined {
  if (unknownPiece.state === 'unknown')
    return unknownPiece.input !== undefined && /#AWS::(Region|AccountId)$/.test(unknownPiece.input)
      ? SOMETHING
      : undefined;
  if (/^data\.aws_(region|caller_identity)\./.test(unknownPiece.to)) return SOMETHING;
  const to = stack.byAddress(unknownPiece.to);
  return to && given(to, unknownPiece.attribute);
}

/** The format of an attribute of a resource, or of a reference without one. */
function given({ type, format }: Resource, attribute: string | undefined): string | undefined {
  const form = FORMS[type];
  if (!form) return undefined;
  const [service, rest] = form.arn;
  const arn = `arn:${UNKNOWN_PIECE}:${service}:${rest}`;
  const name = attribute?.toLowerCase();
  if (name === undefined) return !isTerraform(format) ? (form.ref === 'arn' ? arn : NAME) : undefined;
  if (name === 'arn' || form.attributes?.includes(name)) return arn;
  return form.names?.includes(name) ? NAME : undefined;
}

/** A placeholder for an unknown name, which contains no separator of an ARN. */
const NAME = '\uFFFB';

/** Whether a string is fully known, so that it can be copied. */
export function isKnown(text: string): boolean {
  return !text.includes(UNKNOWN_PIECE) && !text.includes(NAME);
}

interface Form {
  /** The service, and the rest of the ARN. */
  readonly arn: readonly [service: string, rest: string];
  /**
   * What `Ref` returns:
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
   */
  readonly ref: 'arn' | 'name';
  /** Attributes other than `Arn` with the ARN, and attributes with the name, in lower case. */
  readonly attributes?: readonly string[];
  readonly names?: readonly string[];
}

const PLACE = `${SOMETHING}:${SOMETHING}`;

const FORMS: Table<Form> = table({
  'AWS::S3::Bucket': { arn: ['s3', `::${NAME}`], ref: 'name', names: ['id', 'bucket'] },
  'AWS::DynamoDB::Table': { arn: ['dynamodb', `${PLACE}:table/${NAME}`], ref: 'name', names: ['id', 'name'] },
  'AWS::SQS::Queue': { arn: ['sqs', `${PLACE}:${NAME}`], ref: 'name', names: ['queuename', 'name'] },
  'AWS::SNS::Topic': {
    arn: ['sns', `${PLACE}:${NAME}`],
    ref: 'arn',
    attributes: ['topicarn', 'id'],
    names: ['topicname', 'name'],
  },
  'AWS::Lambda::Function': {
    arn: ['lambda', `${PLACE}:function:${NAME}`],
    ref: 'name',
    names: ['function_name', 'id'],
  },
  'AWS::KMS::Key': { arn: ['kms', `${PLACE}:key/${NAME}`], ref: 'name', names: ['keyid', 'key_id', 'id'] },
  'AWS::IAM::Role': { arn: ['iam', `:${SOMETHING}:role/${NAME}`], ref: 'name', names: ['name', 'id'] },
  'AWS::IAM::User': { arn: ['iam', `:${SOMETHING}:user/${NAME}`], ref: 'name', names: ['name', 'id'] },
  'AWS::Kinesis::Stream': { arn: ['kinesis', `${PLACE}:stream/${NAME}`], ref: 'name', names: ['name'] },
  'AWS::StepFunctions::StateMachine': {
    arn: ['states', `${PLACE}:stateMachine:${NAME}`],
    ref: 'arn',
    attributes: ['id'],
    names: ['name'],
  },
  'AWS::ECS::Cluster': { arn: ['ecs', `${PLACE}:cluster/${NAME}`], ref: 'name', names: ['name'] },
  'AWS::KinesisFirehose::DeliveryStream': {
    arn: ['firehose', `${PLACE}:deliverystream/${NAME}`],
    ref: 'name',
    names: ['name'],
  },
  'AWS::SecretsManager::Secret': {
    arn: ['secretsmanager', `${PLACE}:secret:${NAME}`],
    ref: 'arn',
    attributes: ['id'],
    names: ['name'],
  },
  'AWS::CodeBuild::Project': { arn: ['codebuild', `${PLACE}:project/${NAME}`], ref: 'name', names: ['name'] },
  'AWS::Events::EventBus': { arn: ['events', `${PLACE}:event-bus/${NAME}`], ref: 'name', names: ['name', 'id'] },
});

/** A string with interpolated parts identified by their source, so that equal strings have equal values. */
export function identified(leaf: Leaf): string | undefined {
  switch (leaf.state) {
    case 'known':
      return typeof leaf.value === 'string' ? leaf.raw : undefined;
    case 'template':
      return leaf.pieces.every((piece) => typeof piece === 'string' || keyOf(piece) !== undefined)
        ? leaf.pieces.map((piece) => (typeof piece === 'string' ? piece : keyOf(piece))).join('')
        : undefined;
    case 'reference':
      return keyOf(leaf);
    default:
      return undefined;
  }
}

/** A placeholder for pattern characters in the identifier of an interpolated part. */
const INNER = '\uFFFA';

function keyOf(unknownPiece: UnknownPiece): string | undefined {
  const key =
    unknownPiece.state === 'reference' ? `${unknownPiece.to}.${unknownPiece.attribute ?? ''}` : unknownPiece.input;
  return key === undefined ? undefined : `${UNKNOWN_PIECE}${key.replace(/[:*?]/g, INNER)}${UNKNOWN_PIECE}`;
}

/** A possible string of a list item. */
export interface PossibleText {
  readonly value: Value;
  readonly text: string;
  /** The scenarios in which the item is that string; otherwise the item is unknown. */
  readonly when: Truth;
  /** Whether the item does not exist in other scenarios. */
  readonly whole: boolean;
}

/** The possible strings of list items. */
export function possibleTexts(
  items: readonly Element[],
  textOf: (leaf: Leaf) => string | undefined,
): readonly PossibleText[] {
  return flatMap(items, ({ value, when }) =>
    flatMap(leaves(value), ({ guard, value: leaf }, _, every): readonly PossibleText[] => {
      const text = textOf(leaf);
      return text === undefined
        ? []
        : [{ value, text, when: { yes: when.yes.and(guard), no: Guard.never }, whole: every.length === 1 }];
    }),
  );
}

/** The literal strings that a value can be. */
export function writtenIn(value: Value): readonly string[] {
  return flatMap(leaves(value), ({ value: leaf }) => (leaf.state === 'known' ? [leaf.raw] : []));
}
