import type { Predicate } from '../model/judgement.ts';
import { text } from '../model/predicate.ts';
import type { Text } from '../model/value.ts';
import { HOLE, shapeOf } from './hole.ts';
import type { ConditionKeys } from './key-type.ts';
import { fits } from './wildcard.ts';

/** What an action does, as AWS classes it. Tagging and permissions management are kinds of writing. */
export type AccessLevel = 'list' | 'read' | 'tagging' | 'write' | 'permissions-management';

/** A kind of resource that an action takes. */
export interface TakenResource {
  /** The name of the resource type within its service. */
  readonly type: string;
  /** Whether the action always takes one; otherwise it takes one of several, or none. */
  readonly required: boolean;
  /** Condition keys that count for this action on this type. */
  readonly keys: readonly string[];
}

/** An action of a service. */
export interface Action {
  readonly name: string;
  /** What it does; of several levels the one that says the most. */
  readonly level: AccessLevel;
  /** What it can be limited to. An action that takes no resource can be allowed on `*` alone. */
  readonly resources: readonly TakenResource[];
  /** Condition keys that count for this action, whatever the resource. */
  readonly keys: readonly string[];
}

/**
 * Services that describe one resource in several forms (a bucket's object by itself or through an access point, a rule on one bus or
 * another), so that an action that needs none of them takes one of them.
 */
const ALTERNATIVES: ReadonlySet<string> = new Set([
  'apigateway',
  'cassandra',
  'elasticloadbalancing',
  'events',
  'execute-api',
  'iam',
  'lambda',
  'redshift-data',
  's3',
  'ssm',
]);

/**
 * Whether an action of a service can be limited to some resources. One that may take a resource and needs none also works without
 * (cloudwatch:PutMetricData, translate:StartTextTranslationJob) and has to be allowed on all then; nothing is known of such an action.
 */
export function canBeLimited(service: string, { resources }: Action): boolean {
  return resources.some(({ required }) => required) || (resources.length > 1 && ALTERNATIVES.has(service));
}

/** A kind of resource of a service. */
export interface ResourceType {
  readonly name: string;
  /** The form of its ARN: `arn:${Partition}:s3:::${BucketName}/${ObjectName}`; the first of several. */
  readonly arn: string;
  /** All forms of its ARN. Some types have several, such as stages of REST APIs and of HTTP APIs. */
  readonly arns: readonly string[];
  /** Condition keys that tell its resources apart. */
  readonly keys: readonly string[];
}

/** The actions of one service. */
export interface ServiceActions {
  /** The prefix, `s3`. */
  readonly service: string;
  readonly actions: readonly Action[];
  /** The action of this name, in any case. */
  named(name: string): Action | undefined;
  /** The actions that a pattern of a name (`Get*`) stands for. */
  matching(pattern: string): readonly Action[];
  readonly resourceTypes: readonly ResourceType[];
  /** The resource type of this name, as actions name it. */
  resourceType(name: string): ResourceType | undefined;
  /** The condition keys that the service describes: its own, and those of all services that it names. */
  readonly keys: ConditionKeys;
}

/** An action as a policy writes it, taken apart. */
export interface ActionPattern {
  /** In lower case, as in the data; a star stands for every service. */
  readonly service: string;
  readonly name: string;
}

/**
 * An action as it is written in a policy; undefined for what is none. Stars alone stand for all actions.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function actionPattern(written: string): ActionPattern | undefined {
  if (/^\*+$/.test(written)) return { service: '*', name: '*' };
  const match = /^([A-Za-z0-9*?-]+):([A-Za-z0-9*?_-]+)$/.exec(written);
  return match
    ? { service: match[1]!.toLowerCase().replace(/\*+/g, '*'), name: match[2]!.replace(/\*+/g, '*') }
    : undefined;
}

/** Whether a pattern covers an action, such as `iam:PassRole`. Case does not matter. */
export function covers({ service, name }: ActionPattern, action: string): boolean {
  return fits(action.toLowerCase(), `${service}:${name.toLowerCase()}`);
}

/** A text that names an action, itself or by a wildcard. */
export function naming(action: string): Predicate {
  return {
    ...text((written) => {
      const pattern = actionPattern(written);
      return pattern && covers(pattern, action);
    }),
    text: roomFor(action),
  };
}

/**
 * What a text into which something is put says of an action: that it does not stand for it where what is written around rules it out
 * (`${service}:List*` is no `iam:PassRole`, whatever the service is), else nothing.
 */
export function roomFor(action: string): (text: Text) => false | undefined {
  const lower = action.toLowerCase();
  return (written) => (fits(lower, shapeOf(written).toLowerCase().replaceAll(HOLE, '*')) ? undefined : false);
}

/** Whether a pattern stands for all actions of one service: `s3:*`. */
export function isWholeService({ service, name }: ActionPattern): boolean {
  return name === '*' && !/[*?]/.test(service);
}

/**
 * What a text into which something is put says of all actions of one service: that it does not stand for them where its beginning or its end
 * names a part of an action (`${service}:List*`, `ec2:Get${what}`), else nothing.
 */
export function roomForWholeService({ pieces }: Text): false | undefined {
  const [first, last] = [pieces[0], pieces.at(-1)];
  const begins = typeof first !== 'string' || /^[A-Za-z0-9-]*(?::\**)?$/.test(first);
  const ends = typeof last !== 'string' || /^(?:[A-Za-z0-9-]*:)?\*+$/.test(last);
  return begins && ends ? undefined : false;
}

/** Whether a pattern stands for all actions of all services. */
export function isEverything({ service, name }: ActionPattern): boolean {
  return name === '*' && service === '*';
}
