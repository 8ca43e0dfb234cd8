/** Completions for actions: service prefixes, actions and wildcards. */
import { flatMap } from '../base/flat-map.ts';
import { some } from '../base/words.ts';
import type { PolicyDocument, Statement } from '../model/policy.ts';
import type { Stack } from '../model/resource.ts';
import type { Action } from '../policy/data/action.ts';
import { usableHere } from '../policy/narrowing/narrow-actions.ts';
import type { IamReference } from '../policy/data/reference.ts';
import { byLevel, LEVELS } from '../policy/data/words.ts';
import { servicesNamed, otherTexts } from './known.ts';
import { textOffer, type Offer } from './offer.ts';

/**
 * Actions of role trust policies:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
const TRUST = [
  'AssumeRole',
  'AssumeRoleWithWebIdentity',
  'AssumeRoleWithSAML',
  'TagSession',
  'SetSourceIdentity',
  'SetContext',
];

/** Common services, offered first. */
const OFTEN = [
  's3',
  'dynamodb',
  'sqs',
  'sns',
  'lambda',
  'logs',
  'ec2',
  'kms',
  'secretsmanager',
  'ssm',
  'iam',
  'sts',
  'ecr',
  'ecs',
  'states',
  'events',
  'cloudwatch',
  'kinesis',
  'firehose',
  'cloudformation',
  'rds',
  'xray',
  'bedrock',
  'execute-api',
];

/**
 * Completions for `Action`: the actions of the typed service, those that the statement's resources support first, or
 * else service prefixes.
 */
export function actionOffers(
  stack: Stack,
  policy: PolicyDocument,
  statement: Statement,
  typed: string,
  reference: IamReference,
): readonly Offer[] {
  const has = new Set(
    [...otherTexts(statement.actions), ...otherTexts(statement.notActions)].map((action) => action.toLowerCase()),
  );
  const colon = typed.indexOf(':');
  if (colon >= 0) return ofService(typed.slice(0, colon).toLowerCase(), { policy, statement, stack }, has, reference);
  if (policy.kind === 'trust') return ofService('sts', { policy, statement, stack }, has, reference);
  const named = servicesNamed(policy, statement);
  const prefixes =
    policy.kind === 'rcp'
      ? [...reference.iam.services].filter(([prefix]) => reference.iam.rcpServices.has(prefix))
      : [...reference.iam.services];
  return prefixes.map(([prefix, name]) => {
    const [at, often] = [named.indexOf(prefix), OFTEN.indexOf(prefix)];
    const rank = at >= 0 ? Math.min(at, 99) : often >= 0 ? 100 + often : 200;
    return {
      label: `${prefix}:`,
      kind: 'service',
      detail: name,
      rank,
      goesOn: true,
      written: { as: 'text', pieces: [`${prefix}:`, { blank: '' }] },
    };
  });
}

interface Place {
  readonly policy: PolicyDocument;
  readonly statement: Statement;
  readonly stack: Stack;
}

function ofService(
  prefix: string,
  { policy, statement, stack }: Place,
  has: ReadonlySet<string>,
  reference: IamReference,
): readonly Offer[] {
  const service = reference.service(prefix);
  if (!service) return [];
  const wanted =
    policy.kind === 'trust' && prefix === 'sts'
      ? service.actions.filter(({ name }) => TRUST.includes(name))
      : service.actions;
  const usable = policy.kind === 'trust' ? undefined : usableHere({ statement, stack }, service, wanted);
  const first = new Set(usable);
  const single = wanted
    .filter(({ name }) => !has.has(`${prefix}:${name}`.toLowerCase()))
    .map((action): Offer => {
      const { name, level } = action;
      return textOffer(
        `${prefix}:${name}`,
        'action',
        policy.kind === 'trust' ? TRUST.indexOf(name) : first.has(action) ? 9 : 10,
        { detail: `${LEVELS[level]}${takes(action)}`, about: { what: 'action', name: `${prefix}:${name}` } },
      );
    });
  return policy.kind === 'trust'
    ? single
    : [...single, ...wildcards(prefix, service.actions).filter(({ label }) => !has.has(label.toLowerCase()))];
}

function takes({ resources }: Action): string {
  return resources.length === 0
    ? ', on * alone'
    : `, on ${some(
        resources.map(({ type }) => type),
        3,
      )}`;
}

/** The minimum number of actions that justify a wildcard. */
const FEWEST = 3;

/**
 * Wildcards for actions with a common prefix that only list or read. Actions that change something are offered one by
 * one, because a wildcard also allows actions that AWS adds later.
 */
function wildcards(prefix: string, actions: readonly Action[]): readonly Offer[] {
  const words = new Map<string, Action[]>();
  for (const action of actions) {
    const word = /^[A-Z][a-z]+(?=[A-Z])/.exec(action.name)?.[0];
    const before = word === undefined ? undefined : words.get(word);
    if (before) before.push(action);
    else if (word !== undefined) words.set(word, [action]);
  }
  return flatMap([...words.keys()], (word): readonly Offer[] => {
    const matched = actions.filter(({ name }) => name.startsWith(word));
    if (matched.length < FEWEST || matched.some(({ level }) => level !== 'list' && level !== 'read')) return [];
    const levels = byLevel(matched)
      .map(([level, those]) => `${those.length} × ${LEVELS[level]}`)
      .join(', ');
    return [
      textOffer(`${prefix}:${word}*`, 'action', 20, {
        detail: `${matched.length} of ${actions.length} actions: ${levels}`,
        about: { what: 'action', name: `${prefix}:${word}*` },
      }),
    ];
  });
}
