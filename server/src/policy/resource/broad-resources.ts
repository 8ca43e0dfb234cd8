/** Resources of a statement that match all resources of some of its actions, which fixes can narrow. */
import { flatMap } from '../../base/flat-map.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import type { Known, TemplateString, Value } from '../../model/value.ts';
import { everyResource } from './arn-shape.ts';
import { UNKNOWN_PIECE, shapeOf } from '../text/unknown-piece.ts';
import type { WrittenAction } from '../statement/split-statement.ts';

/** The resources to remove when one of them is narrowed, and the affected actions. */
export interface BroadResources {
  /** The resource to replace. */
  readonly at: Known | TemplateString;
  /** The resources that would still match as much. */
  readonly others: readonly (Known | TemplateString)[];
  /** The affected actions: those of all services for a wildcard, those of its own service for an ARN. */
  readonly actions: readonly WrittenAction[];
  /**
   * Whether it matches every resource of a format, in any account and Region. A fix must not allow resources of other
   * formats.
   */
  readonly covers: (form: string) => boolean;
}

/**
 * The resources that are narrowed together with a given one; undefined if it is narrower, or if a listed wildcard is
 * broader.
 */
export function broadResourcesAt(
  statement: Statement,
  at: Value,
  actions: readonly WrittenAction[],
): BroadResources | undefined {
  if (at.state !== 'known' && at.state !== 'template') return undefined;
  const listed = flatMap(itemsOf(statement.resources, true).items, ({ value }) =>
    value.state === 'known' || value.state === 'template' ? [value] : [],
  );
  if (isStar(at))
    return {
      at,
      others: listed.filter((one) => one !== at && (isStar(one) || isEveryFor(one, actions))),
      actions,
      covers: () => true,
    };
  if (listed.some(isStar)) return undefined;
  const service = patternOf(at).split(':')[2];
  const own = actions.filter((action) => action.service.service === service);
  const covers = (form: string): boolean =>
    everyResource([form])(patternOf(at)) === true &&
    [3, 4].every((field) => isOpen(patternOf(at).split(':')[field], form.split(':')[field]));
  return formsOf(own).some(covers)
    ? { at, others: listed.filter((one) => one !== at && isEveryFor(one, own)), actions: own, covers }
    : undefined;
}

/**
 * The broadest resource of a statement: a wildcard, otherwise the first one that matches all resources of a type that
 * actions of the services support.
 */
export function broadestOf(
  statement: Statement,
  actions: readonly WrittenAction[],
  services: ReadonlySet<string>,
): Value | undefined {
  const listed = flatMap(itemsOf(statement.resources, true).items, ({ value }) =>
    value.state === 'known' || value.state === 'template' ? [value] : [],
  );
  const own = actions.filter(({ service }) => services.has(service.service));
  return listed.find(isStar) ?? (services.size === 1 ? listed.find((one) => isEveryFor(one, own)) : undefined);
}

function isStar(resource: Known | TemplateString): boolean {
  return resource.state === 'known' && /^\*+$/.test(resource.raw);
}

/**
 * Whether a field of a pattern, the Region or the account, excludes nothing in a stack. A trailing wildcard matches
 * missing fields.
 */
function isOpen(field: string | undefined, form: string | undefined): boolean {
  return field === undefined || /^\*+$/.test(field) || field.includes(UNKNOWN_PIECE) || (field === '' && form === '');
}

function isEveryFor(resource: Known | TemplateString, actions: readonly WrittenAction[]): boolean {
  const forms = formsOf(actions);
  return forms.length > 0 && everyResource(forms)(patternOf(resource)) === true;
}

function formsOf(actions: readonly WrittenAction[]): readonly string[] {
  return flatMap(actions, ({ service, limited }) =>
    flatMap(limited, ({ resources }) => flatMap(resources, ({ type }) => service.resourceType(type)?.arns ?? [])),
  );
}

function patternOf(resource: Known | TemplateString): string {
  return resource.state === 'known' ? resource.raw : shapeOf(resource);
}
