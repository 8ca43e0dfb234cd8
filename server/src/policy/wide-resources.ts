/** Which resources of a statement stand for all that some of its actions can be done to, so that others can take their place. */
import { itemsOf } from '../model/navigate.ts';
import type { Statement } from '../model/policy.ts';
import type { Known, Text, Value } from '../model/value.ts';
import { every } from './arn-shape.ts';
import { HOLE, shapeOf } from './hole.ts';
import type { WrittenAction } from './split-statement.ts';

/** Resources that have to go where one of them is narrowed, and the actions that this is about. */
export interface Wide {
  /** The one in whose place others are written. */
  readonly at: Known | Text;
  /** Those that would still stand for as much. */
  readonly others: readonly (Known | Text)[];
  /** The actions of all services for a wildcard, those of its service for an ARN: what is of another service is not about it. */
  readonly actions: readonly WrittenAction[];
  /** Whether it stands for every resource of a form, in whatever account and Region; what is of another form would be allowed anew. */
  readonly covers: (form: string) => boolean;
}

/** What is narrowed together with a resource; undefined where that stands for less, or where a wildcard beside it stands for more. */
export function wideAt(statement: Statement, at: Value, actions: readonly WrittenAction[]): Wide | undefined {
  if (at.state !== 'known' && at.state !== 'text') return undefined;
  const listed = itemsOf(statement.resources, true).items.flatMap(({ value }) =>
    value.state === 'known' || value.state === 'text' ? [value] : [],
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
    every([form])(patternOf(at)) === true &&
    [3, 4].every((field) => isOpen(patternOf(at).split(':')[field], form.split(':')[field]));
  return formsOf(own).some(covers)
    ? { at, others: listed.filter((one) => one !== at && isEveryFor(one, own)), actions: own, covers }
    : undefined;
}

/** The resource of a statement that stands for most: a wildcard, else the first that stands for all of a type that actions of some services take. */
export function widestOf(
  statement: Statement,
  actions: readonly WrittenAction[],
  services: ReadonlySet<string>,
): Value | undefined {
  const listed = itemsOf(statement.resources, true).items.flatMap(({ value }) =>
    value.state === 'known' || value.state === 'text' ? [value] : [],
  );
  const own = actions.filter(({ service }) => services.has(service.service));
  return listed.find(isStar) ?? (services.size === 1 ? listed.find((one) => isEveryFor(one, own)) : undefined);
}

function isStar(resource: Known | Text): boolean {
  return resource.state === 'known' && /^\*+$/.test(resource.raw);
}

/** Whether a field of a pattern, the Region or the account, leaves out nothing that a stack has. A wildcard at the end of fewer fields stands for those that are missing. */
function isOpen(field: string | undefined, form: string | undefined): boolean {
  return field === undefined || /^\*+$/.test(field) || field.includes(HOLE) || (field === '' && form === '');
}

function isEveryFor(resource: Known | Text, actions: readonly WrittenAction[]): boolean {
  const forms = formsOf(actions);
  return forms.length > 0 && every(forms)(patternOf(resource)) === true;
}

function formsOf(actions: readonly WrittenAction[]): readonly string[] {
  return actions.flatMap(({ service, limited }) =>
    limited.flatMap(({ resources }) => resources.flatMap(({ type }) => service.resourceType(type)?.arns ?? [])),
  );
}

function patternOf(resource: Known | Text): string {
  return resource.state === 'known' ? resource.raw : shapeOf(resource);
}
