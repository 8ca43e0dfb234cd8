/** What stands written in the elements of a policy, as text: actions, and resources with what the stack knows of their references. */
import type { Guard } from '../base/guard.ts';
import { withPlaceholders } from '../base/placeholders.ts';
import { table, type Table } from '../base/table.ts';
import { judge, YES, type Judgement } from '../model/judgement.ts';
import { leaves } from '../model/navigate.ts';
import type { Resource, Stack } from '../model/resource.ts';
import type { Element, Hole, Leaf, Value } from '../model/value.ts';
import { HOLE } from './hole.ts';

/** Stands like `HOLE` for a part that is not empty: the Region or the account of a deployment. */
const SOMETHING = HOLE + HOLE;

/** Something that was found in a text, and in which scenarios the value is that text. */
export interface Found<What> {
  readonly what: What;
  readonly wrong: Judgement;
}

/** What is found in the texts that a value can be. What is not known as text is nothing that could be found. */
export function foundIn<What>(
  value: Value,
  textOf: (leaf: Leaf) => string | undefined,
  find: (text: string) => What | undefined,
): readonly Found<What>[] {
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

/** An action as it is written. One in which something is put in, a variable of policies included, is not known. */
export function writtenAction(leaf: Leaf): string | undefined {
  return leaf.state === 'known' && typeof leaf.value === 'string' && !leaf.raw.includes('${') ? leaf.raw : undefined;
}

/** An action as its author writes it. What no text stands for the transform of SAM has put there, and nobody can correct it. */
export function authoredAction(leaf: Leaf): string | undefined {
  return leaf.origin.edit === 'none' ? undefined : writtenAction(leaf);
}

/**
 * A resource as it is written, with a hole for what is not known: parameters, variables of policies. A reference to a resource of the stack
 * is the form of its ARN, or a name, where that is known.
 */
export function writtenResource(stack: Stack): (leaf: Leaf) => string | undefined {
  let written = resources.get(stack);
  if (!written) resources.set(stack, (written = remembering(stack)));
  return written;
}

/** Several rules read the same resources. */
const resources = new WeakMap<Stack, (leaf: Leaf) => string | undefined>();

function remembering(stack: Stack): (leaf: Leaf) => string | undefined {
  const read = readResource(stack);
  const texts = new WeakMap<Leaf, string>();
  return (leaf) => {
    // What is one text is read as fast as it is looked up.
    if (leaf.state !== 'text' && leaf.state !== 'reference') return read(leaf);
    let text = texts.get(leaf);
    if (text === undefined && (text = read(leaf)) !== undefined) texts.set(leaf, text);
    return text;
  };
}

function readResource(stack: Stack): (leaf: Leaf) => string | undefined {
  return (leaf) => {
    switch (leaf.state) {
      case 'known':
        return typeof leaf.value === 'string'
          ? leaf.raw.includes('${')
            ? withPlaceholders(leaf.raw, () => HOLE)
            : leaf.raw
          : undefined;
      case 'text':
        return leaf.pieces
          .map((piece) =>
            typeof piece === 'string' ? withPlaceholders(piece, () => HOLE) : (textOf(piece, stack) ?? HOLE),
          )
          .join('');
      case 'reference':
        return textOf(leaf, stack);
      default:
        return undefined;
    }
  };
}

/** What a reference or a pseudo parameter gives, as far as its form is known. */
function textOf(hole: Hole, stack: Stack): string | undefined {
  if (hole.state === 'unknown')
    return hole.input !== undefined && /#AWS::(Region|AccountId)$/.test(hole.input) ? SOMETHING : undefined;
  if (/^data\.aws_(region|caller_identity)\./.test(hole.to)) return SOMETHING;
  const to = stack.byAddress(hole.to);
  return to && given(to, hole.attribute);
}

/** What a resource gives for an attribute, or for a reference without one. */
function given({ type, format }: Resource, attribute: string | undefined): string | undefined {
  const form = FORMS[type];
  if (!form) return undefined;
  const [service, rest] = form.arn;
  const arn = `arn:${HOLE}:${service}:${rest}`;
  const name = attribute?.toLowerCase();
  if (name === undefined) return !format.startsWith('terraform') ? (form.ref === 'arn' ? arn : NAME) : undefined;
  if (name === 'arn' || form.attributes?.includes(name)) return arn;
  return form.names?.includes(name) ? NAME : undefined;
}

/** Stands for a name that is not known: nothing in it separates the parts of an ARN. */
const NAME = '\uFFFB';

/** Whether all of a text is known, so that it can be written again. */
export function isKnown(text: string): boolean {
  return !text.includes(HOLE) && !text.includes(NAME);
}

interface Form {
  /** The service, and what stands behind it. */
  readonly arn: readonly [service: string, rest: string];
  /** What `Ref` gives: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html */
  readonly ref: 'arn' | 'name';
  /** Attributes other than `Arn` that give it, and attributes that give the name, in lower case. */
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

/** A text in which a hole is told apart from others by what is put in there, so that two such texts are the same where they are equal. */
export function identified(leaf: Leaf): string | undefined {
  switch (leaf.state) {
    case 'known':
      return typeof leaf.value === 'string' ? leaf.raw : undefined;
    case 'text':
      return leaf.pieces.every((piece) => typeof piece === 'string' || keyOf(piece) !== undefined)
        ? leaf.pieces.map((piece) => (typeof piece === 'string' ? piece : keyOf(piece))).join('')
        : undefined;
    case 'reference':
      return keyOf(leaf);
    default:
      return undefined;
  }
}

/** Stands in what tells a hole apart for what means something in a pattern. */
const INNER = '\uFFFA';

function keyOf(hole: Hole): string | undefined {
  const key = hole.state === 'reference' ? `${hole.to}.${hole.attribute ?? ''}` : hole.input;
  return key === undefined ? undefined : `${HOLE}${key.replace(/[:*?]/g, INNER)}${HOLE}`;
}

/** One text that an entry of a list can be. */
export interface Settled {
  readonly value: Value;
  readonly text: string;
  /** In which scenarios it is that. */
  readonly guard: Guard;
  /** Whether it is nothing else in others. */
  readonly whole: boolean;
}

/** The texts that the entries of a list can be. */
export function settledTexts(
  items: readonly Element[],
  textOf: (leaf: Leaf) => string | undefined,
): readonly Settled[] {
  return items.flatMap(({ value, when }) =>
    leaves(value).flatMap(({ guard, value: leaf }, _, every): readonly Settled[] => {
      const text = textOf(leaf);
      return text === undefined ? [] : [{ value, text, guard: when.yes.and(guard), whole: every.length === 1 }];
    }),
  );
}
