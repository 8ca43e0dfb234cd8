/** Cards for actions and action patterns in policies. */
import { flatMap } from '../../base/flat-map.ts';
import { actionPattern, isEverything, type Action, type ServiceActions } from '../../policy/data/action.ts';
import { actionDescription, authorizationPage, type IamReference } from '../../policy/data/reference.ts';
import { byLevel, LEVELS, matchedActions } from '../../policy/data/words.ts';
import type { Card, Line } from '../card.ts';
import { unknownBecause } from '../unknown-because.ts';
import type { PolicyTarget } from './policy-target.ts';
import { card, cited, line, namesLine, type PolicyHover } from './parts.ts';

const ACTION_PAGE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html';

const MOST_NAMES = 5;
const MOST_KEYS = 6;

/**
 * The card for an action in Action or NotAction: its access level, resource types and condition keys, or the actions
 * that a pattern matches. An unknown action has one that says so. Undefined for a secret and for text that is not an
 * action.
 */
export function actionCard(
  { leaf, not, range }: PolicyTarget & { readonly what: 'action' },
  { reference }: PolicyHover,
): Card | undefined {
  if (leaf.origin.secret) return undefined;
  if (leaf.state !== 'known')
    return leaf.state === 'template' || leaf.state === 'unknown'
      ? card('Action', cited(`The action ${unknownBecause(leaf)}.`), [], range)
      : undefined;
  const pattern = actionPattern(leaf.raw);
  if (!pattern) return undefined;
  if (isEverything(pattern))
    return card(
      leaf.raw,
      cited(
        not
          ? 'Excludes every action of every service.'
          : 'Every action of every service, including actions that AWS adds later.',
        ACTION_PAGE,
      ),
      [],
      range,
    );
  if (/[*?]/.test(pattern.service))
    return card(leaf.raw, cited('A pattern that matches several services.', ACTION_PAGE), [], range);
  const service = reference.service(pattern.service);
  const name = reference.iam.services.get(pattern.service);
  if (!service || name === undefined)
    return card(
      leaf.raw,
      cited(`Unknown service prefix ${pattern.service} (data of ${reference.iam.date}).`),
      [],
      range,
    );
  if (/[*?]/.test(pattern.name))
    return patternCard(
      leaf.raw,
      service,
      name,
      matchedActions(pattern, reference)?.map(({ action }) => action) ?? [],
      range,
      reference,
    );
  const action = service.named(pattern.name);
  return action
    ? oneCard(service, name, action, range, reference)
    : card(
        leaf.raw,
        cited(`Unknown action of ${name} (data of ${reference.iam.date}).`, authorizationPage(name)),
        [],
        range,
      );
}

function oneCard(
  service: ServiceActions,
  name: string,
  action: Action,
  range: Card['range'],
  reference: IamReference,
): Card {
  const description = actionDescription(reference, service.service, action.name);
  const page = authorizationPage(name, action.name);
  // The shortest ARN format first: a table before its index, an object before one behind an access point.
  const types = action.resources
    .map(({ type, required }) => ({
      called: `${type}${required && action.resources.length > 1 ? ' (required)' : ''}`,
      arn: service.resourceType(type)?.arn ?? '',
    }))
    .toSorted((one, other) => one.arn.length - other.arn.length)
    .map(({ called, arn }) => `${called} ${arn}`.trimEnd());
  return card(
    `${service.service}:${action.name}`,
    cited(description === undefined ? `An action of ${name}.` : `${description.replace(/\.$/, '')}.`, page),
    [
      line('Access level', [LEVELS[action.level]]),
      line(
        'Resources',
        types.length === 0 ? ['does not support resource-level permissions: requires Resource "*"'] : types,
      ),
      action.keys.length === 0 && action.resources.every(({ keys }) => keys.length === 0)
        ? line('Condition keys', ['global condition keys only'])
        : namesLine('Condition keys', keysFirst(action), { most: MOST_KEYS }),
    ],
    range,
  );
}

/** The condition keys of an action, service-specific keys before tag-based ones. */
function keysFirst({ keys, resources }: Action): readonly string[] {
  const all = [...new Set([...keys, ...flatMap(resources, (taken) => taken.keys)])];
  return [...all.filter((key) => !key.startsWith('aws:')), ...all.filter((key) => key.startsWith('aws:'))];
}

function patternCard(
  written: string,
  service: ServiceActions,
  name: string,
  actions: readonly Action[],
  range: Card['range'],
  { iam: { date } }: IamReference,
): Card {
  const page = authorizationPage(name);
  if (actions.length === 0)
    return card(written, cited(`Matches no known action of ${name} (data of ${date}).`, page), [], range);
  const count =
    actions.length === service.actions.length
      ? `all ${actions.length} actions`
      : `${actions.length} of the ${service.actions.length} actions`;
  return card(
    written,
    cited(`Matches ${count} of ${name}, and matching actions that AWS adds later.`, page),
    [
      ...byLevel(actions).map(([level, those]) =>
        namesLine(
          LEVELS[level],
          those.map((action) => action.name),
          { most: MOST_NAMES, isCounted: true },
        ),
      ),
      withoutResources(actions),
      line('As of', [date]),
    ],
    range,
  );
}

function withoutResources(actions: readonly Action[]): Line | undefined {
  const those = actions.filter(({ resources }) => resources.length === 0).map(({ name }) => name);
  return namesLine('Requires *', those, {
    most: MOST_NAMES,
    lead: `${those.length} without resource-level permissions: `,
  });
}
