import { memoizeParts } from '../../base/memoize.ts';
import type { Predicate } from '../../model/judgement.ts';
import { text } from '../../model/predicate.ts';
import type { TemplateString } from '../../model/value.ts';
import { UNKNOWN_PIECE, shapeOf } from '../text/unknown-piece.ts';
import type { ConditionKeys } from './key-type.ts';
import { fits } from '../text/wildcard.ts';

/**
 * The access level of an action, as AWS classifies it. Tagging and permissions management are kinds of write access.
 */
export type AccessLevel = 'list' | 'read' | 'tagging' | 'write' | 'permissions-management';

/** A resource type that an action supports. */
export interface SupportedResource {
  /** The name of the resource type within its service. */
  readonly type: string;
  /** Whether the action requires a resource of this type. Otherwise it supports one of several types, or none. */
  readonly required: boolean;
  /** Condition keys that the action supports for this type. */
  readonly keys: readonly string[];
}

/** An action of a service. */
export interface Action {
  readonly name: string;
  /** Its access level; if it has several, the one with the most impact. */
  readonly level: AccessLevel;
  /** The resource types that it supports. An action without resource-level permissions can be allowed only on `*`. */
  readonly resources: readonly SupportedResource[];
  /** Condition keys that the action supports for all resources. */
  readonly keys: readonly string[];
}

/**
 * Services that list one resource in several forms (an object by itself or through an access point, a rule on one bus
 * or another), so that an action which requires none of them supports one of them.
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
 * Whether an action of a service supports resource-level permissions. An action that supports a resource but requires
 * none also works without one (cloudwatch:PutMetricData, translate:StartTextTranslationJob) and then has to be allowed
 * on all resources. False for an unknown action.
 */
export function canBeLimited(service: string, { resources }: Action): boolean {
  return resources.some(({ required }) => required) || (resources.length > 1 && ALTERNATIVES.has(service));
}

/** A resource type of a service. */
export interface IamResourceType {
  readonly name: string;
  /** The format of its ARN: `arn:${Partition}:s3:::${BucketName}/${ObjectName}`; the first of several. */
  readonly arn: string;
  /** All formats of its ARN. Some types have several, such as stages of REST APIs and of HTTP APIs. */
  readonly arns: readonly string[];
  /** Condition keys that distinguish its resources. */
  readonly keys: readonly string[];
}

/** The actions of one service. */
export interface ServiceActions {
  /** The prefix, `s3`. */
  readonly service: string;
  readonly actions: readonly Action[];
  /** The action of this name, case-insensitively. */
  named(name: string): Action | undefined;
  /** The actions that a name pattern (`Get*`) matches. */
  matching(pattern: string): readonly Action[];
  readonly resourceTypes: readonly IamResourceType[];
  /** The resource type of this name, as actions reference it. */
  resourceType(name: string): IamResourceType | undefined;
  /** The condition keys that the service defines: its own, and the global keys that it lists. */
  readonly keys: ConditionKeys;
}

/** A parsed action of a policy. */
export interface ActionPattern {
  /** In lower case, as in the data. The wildcard `*` matches every service. */
  readonly service: string;
  readonly name: string;
}

/**
 * The length of all actions whose patterns are kept, which is less than a megabyte. Most policies name the same few
 * hundred.
 */
const MOST_ACTIONS = 100_000;

/**
 * Parses an action of a policy; undefined for an invalid one. Wildcards alone match all actions.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export const actionPattern = memoizeParts((written): ActionPattern | undefined => {
  if (/^\*+$/.test(written)) return { service: '*', name: '*' };
  const match = /^([A-Za-z0-9*?-]+):([A-Za-z0-9*?_-]+)$/.exec(written);
  return match
    ? { service: match[1]!.toLowerCase().replace(/\*+/g, '*'), name: match[2]!.replace(/\*+/g, '*') }
    : undefined;
}, MOST_ACTIONS);

/** Whether a pattern covers an action, such as `iam:PassRole`, case-insensitively. */
export function covers({ service, name }: ActionPattern, action: string): boolean {
  return fits(action.toLowerCase(), `${service}:${name.toLowerCase()}`);
}

/** A string that names an action, by name or by a wildcard. */
export function actionTest(action: string): Predicate {
  return {
    ...text((written) => {
      const pattern = actionPattern(written);
      return pattern && covers(pattern, action);
    }),
    text: canNameAction(action),
  };
}

/**
 * Whether a template string can name an action. False if its literal parts exclude that (`${service}:List*` is not
 * `iam:PassRole` for any service); otherwise undefined.
 */
export function canNameAction(action: string): (text: TemplateString) => false | undefined {
  const lower = action.toLowerCase();
  return (written) => (fits(lower, shapeOf(written).toLowerCase().replaceAll(UNKNOWN_PIECE, '*')) ? undefined : false);
}

/** Whether a pattern matches all actions of one service: `s3:*`. */
export function isWholeService({ service, name }: ActionPattern): boolean {
  return name === '*' && !/[*?]/.test(service);
}

/**
 * Whether a template string can match all actions of one service. False if its beginning or end contains a part of an
 * action name (`${service}:List*`, `ec2:Get${what}`); otherwise undefined.
 */
export function canNameWholeService({ pieces }: TemplateString): false | undefined {
  const [first, last] = [pieces[0], pieces.at(-1)];
  const begins = typeof first !== 'string' || /^[A-Za-z0-9-]*(?::\**)?$/.test(first);
  const ends = typeof last !== 'string' || /^(?:[A-Za-z0-9-]*:)?\*+$/.test(last);
  return begins && ends ? undefined : false;
}

/** Whether a pattern matches all actions of all services. */
export function isEverything({ service, name }: ActionPattern): boolean {
  return name === '*' && service === '*';
}
