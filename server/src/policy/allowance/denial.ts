/**
 * The permissions that Deny statements certainly remove. An explicit deny overrides any allow, for its own actions,
 * resources and requests.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { memoize, memoizeText } from '../../base/memoize.ts';
import {
  all,
  any,
  exists,
  is,
  isAbsent,
  isPresent,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  type Judgement,
} from '../../model/judgement.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';
import type { Action, ServiceActions } from '../data/action.ts';
import {
  everyMatchOf,
  everyResource,
  everyResourceOfEach,
  someResource,
  type ResourceTest,
} from '../resource/arn-shape.ts';
import type { RequestContext } from '../condition/condition-holds.ts';
import { findsRequest, holdForEvery } from '../condition/every-request.ts';
import { UNKNOWN_PIECE, shapeOf } from '../text/unknown-piece.ts';
import { isNeverSent } from '../condition/key-support.ts';
import { broadResources } from '../resource/resource-pattern.ts';
import { exemptsOnlyScoped } from '../condition/scope.ts';
import { namesResource, resourcesMatching } from '../resource/statement-names.ts';
import type { Target } from '../resource/target.ts';
import { includes, isDisjoint } from '../text/wildcard.ts';
import { isDeny } from '../condition/in-force.ts';
import { arnFields } from '../text/arn-fields.ts';

/** The resources of a requested permission: every resource that the action supports, some of them, or a single one. */
export type RequestedResources = 'every' | 'some' | Target;

/** A Deny statement and where it applies. */
export interface Denial {
  readonly statement: Statement;
  /** Where it exists, applies to the principal, has the effect Deny, and names the action, if one is given. */
  readonly when: Judgement;
}

/** The Deny statements of a policy. */
export const denialsIn = memoize(({ statements }: PolicyDocument): readonly Denial[] =>
  flatMap(statements, (statement): readonly Denial[] => {
    const when = all(judgement(statement.when), isDeny(statement));
    return when.no.isAlways() ? [] : [{ statement, when }];
  }),
);

/** The ARN formats of the resources that an action supports. */
export interface ArnForms {
  readonly any: readonly string[];
  /** The formats of required resources; if none is required, all formats. */
  readonly required: readonly string[];
  /** Whether no request for the action has a condition key, given in lower case. */
  readonly lacks: (key: string) => boolean;
}

/** The ARN formats that an action entry supports. */
export function arnFormsOf(actions: (service: string) => ServiceActions | undefined, action: string): ArnForms {
  const [prefix = '', name = ''] = action.split(':');
  const service = actions(prefix.toLowerCase());
  const { any, required } = service?.named(name) ? formsOf(service, name) : NO_FORMS;
  return { any, required, lacks: (key) => isNeverSent(key, action, { actions }) };
}

type Forms = Pick<ArnForms, 'any' | 'required'>;

const NO_FORMS: Forms = { any: [], required: [] };

/** The number of actions of a service whose formats are cached. */
const MOST_ACTIONS = 4096;

const formsOf = memoizeText((service: ServiceActions, name: string): Forms => {
  const taken = service.named(name)?.resources ?? [];
  return formsOfTypes(service, taken.map(({ type, required }) => `${type}${required ? '!' : ''}`).join(), taken);
}, MOST_ACTIONS);

/** The formats of resource types, the same object for all actions that support them. */
const formsOfTypes = memoizeText((service: ServiceActions, _types: string, taken: Action['resources']): Forms => {
  const forms = (types: typeof taken): readonly string[] =>
    flatMap(types, ({ type }) => service.resourceType(type)?.arns ?? []);
  return { any: forms(taken), required: forms(taken.filter(({ required }) => required)) };
}, MOST_ACTIONS);

/**
 * The maximum number of Deny statements that are compared with each grant of an action. If there are more, the result
 * is unknown.
 */
const MOST_DENIALS = 32;

/**
 * Where Deny statements remove an action on all resources of an Allow statement (all resources if undefined), or on the
 * given resource. A Deny statement with conditions counts if every request meets them. Where requests remain allowed,
 * they can still be limited to some resources, for example those with a boundary.
 */
export function deniedBy(
  denials: readonly Denial[],
  allowing: Statement | undefined,
  forms: ArnForms,
  extent: RequestedResources,
  known?: RequestContext,
): Judgement {
  // A statement with an unknown effect does not deny the actions that it allows.
  const others = denials.filter(({ statement, when }) => statement !== allowing && !when.no.isAlways());
  if (others.length === 0) return NO;
  if (others.length > MOST_DENIALS) return UNKNOWABLE;
  const request = withoutForeignKeys(others, forms, known);
  const covered = (covers: (statement: Statement) => Judgement): Judgement =>
    coveredBy(others, allowing, covers, extent !== 'some', request);
  if (extent === 'some') {
    const { pieces, complete } = piecesOf(allowing, others, forms);
    return all(
      ...pieces.map((piece) => covered((statement) => coversPiece(statement, piece, forms))),
      ...(complete ? [] : [UNKNOWABLE]),
    );
  }
  if (typeof extent !== 'string')
    return covered((statement) =>
      any(coversEvery(statement, forms), namesTarget(statement, extent), coversAllowed(statement, allowing)),
    );
  const required = forms.required.map((form) => covered((statement) => namesEvery(statement, everyResource([form]))));
  const allowed = forms.any.filter((form) => !allowing || !namesEvery(allowing, everyResource([form])).no.isAlways());
  const whole =
    allowed.length > 0
      ? all(...allowed.map((form) => covered((statement) => namesEvery(statement, everyResource([form])))))
      : covered((statement) => namesEvery(statement, everyResourceOfEach(forms.any)));
  return any(...required, whole);
}

/**
 * The known facts about a request. Keys of Deny statements that no request for the action has are known to be absent,
 * so negated operators and `ForAllValues` match.
 */
function withoutForeignKeys(
  denials: readonly Denial[],
  forms: ArnForms,
  known: RequestContext | undefined,
): RequestContext | undefined {
  const keys = foreignKeys(conditionKeysOf(denials), forms, known);
  return keys.length === 0
    ? known
    : new Map([...(known ?? []), ...keys.map((key): readonly [string, null] => [key, null])]);
}

/** The condition keys of Deny statements in lower case. */
export const conditionKeysOf = memoize((denials: readonly Denial[]): readonly string[] => [
  ...new Set(flatMap(denials, ({ statement }) => statement.conditions.map(({ key }) => key.toLowerCase()))),
]);

/** The keys of Deny statements that no request for the action has, except those of which a fact is known. */
export function foreignKeys(
  keys: readonly string[],
  { lacks }: ArnForms,
  known: RequestContext | undefined,
): readonly string[] {
  return keys.length === 0 ? keys : keys.filter((key) => !known?.has(key) && lacks(key));
}

/** Where Deny statements on a resource apply to every request, individually or in combination. */
function coveredBy(
  denials: readonly Denial[],
  allowing: Statement | undefined,
  covers: (statement: Statement) => Judgement,
  scopes: boolean,
  request?: RequestContext,
): Judgement {
  const partial: { readonly statement: Statement; readonly reached: Judgement }[] = [];
  const denied = any(
    ...denials.map(({ statement, when }) => {
      const reached = all(when, covers(statement));
      if (reached.no.isAlways()) return NO;
      if (statement.conditions.length > 0 && reached.yes.satisfiable()) partial.push({ statement, reached });
      const met = holdForEvery(statement, request);
      return all(reached, scopes ? any(met, exemptsOnlyScoped(statement, request)) : met);
    }),
  );
  if (denied.yes.isAlways() || partial.length === 0) return denied;
  const inside = allowing && allowing.conditions.length > 0 ? [allowing] : [];
  if (partial.length + inside.length < 2) return denied;
  // Each Deny statement excludes some requests. Whether one request escapes all of them depends on shared condition
  // keys.
  switch (findsRequest({ outside: partial.map(({ statement }) => statement), inside }, request)) {
    case true:
      return denied;
    case false:
      return any(denied, all(...partial.map(({ reached }) => reached)), UNKNOWABLE);
    default:
      return any(denied, UNKNOWABLE);
  }
}

function coversEvery(statement: Statement, { any: forms, required }: ArnForms): Judgement {
  return any(
    ...required.map((form) => namesEvery(statement, everyResource([form]))),
    namesEvery(statement, everyResourceOfEach(forms)),
  );
}

/** Where a Deny statement names all resources of an Allow statement individually. */
function coversAllowed(denying: Statement, allowing: Statement | undefined): Judgement {
  const texts = allowing && textsOf(allowing.resources);
  if (!texts || texts.length === 0) return NO;
  return all(...texts.map((text) => namesResource(denying, everyMatchOf(text))));
}

/**
 * The resources of an allowed action if Deny statements name only some resources: those of the Allow statement,
 * restricted to those that NotResource of the Deny statements exempts. Resources that the action does not support are
 * omitted.
 */
function piecesOf(
  allowing: Statement | undefined,
  denials: readonly Denial[],
  { any: forms }: ArnForms,
): { readonly pieces: readonly string[]; readonly complete: boolean } {
  const takes = someResource(forms);
  const texts =
    allowing && isAbsent(allowing.notResources).yes.isAlways()
      ? (textsOf(allowing.resources)?.filter((text) => takes(text)) ?? ['*'])
      : ['*'];
  const excluded = allowing ? (textsOf(allowing.notResources) ?? []) : [];
  const exceptions = denials
    .filter(({ statement }) => statement.notResources.state !== 'absent')
    .map(({ statement }) => shapesOf(statement.notResources));
  const exempted = flatMap(exceptions, (shapes) => shapes ?? []).filter(
    (text) => takes(text) && !excluded.some((one) => includes(one, text)),
  );
  const shared = flatMap(exempted, (one) =>
    flatMap(texts, (text) => (isDisjoint(one.replaceAll(UNKNOWN_PIECE, '*'), text) ? [] : [shareOf(one, text)])),
  );
  const pieces = [...new Set([...texts, ...shared.filter((one) => one !== undefined)])];
  return {
    pieces: pieces.slice(0, MOST_PIECES),
    complete: pieces.length <= MOST_PIECES && !shared.includes(undefined) && !exceptions.includes(undefined),
  };
}

/** The intersection of two ARN patterns; undefined if no pattern expresses it. */
function shareOf(one: string, other: string): string | undefined {
  if (includes(one, other)) return other;
  if (includes(other, one)) return one;
  if (one.includes(UNKNOWN_PIECE)) return undefined;
  const [ownFields, otherFields] = [one, other].map(arnFields);
  if (ownFields!.length < 6 || otherFields!.length < 6) return undefined;
  const fields = [0, 1, 2, 3, 4, 5].map((field) => {
    const [a, b] = [ownFields![field]!, otherFields![field]!];
    return includes(a, b) ? b : includes(b, a) ? a : undefined;
  });
  return fields.includes(undefined) ? undefined : fields.join(':');
}

function coversPiece(statement: Statement, piece: string, { any: forms, required }: ArnForms): Judgement {
  const kinds = [...required.map((form) => everyResource([form])), everyResourceOfEach(forms)];
  const listed = any(
    ...kinds.map((taken) => listsEvery(statement, taken)),
    exists(itemsOf(statement.resources, true), (item) => is(item.value, resourcesMatching(everyMatchOf(piece)))),
  );
  const excluding = isPresent(statement.notResources);
  if (!excluding.yes.satisfiable()) return listed;
  const excluded = exists(itemsOf(statement.notResources, true), (item) =>
    any(
      is(item.value, resourcesMatching(everyMatchOf(piece))),
      is(item.value, resourcesMatching(everyResource(forms))),
    ),
  );
  return any(listed, all(excluding, not(excluded)));
}

/** Where a statement applies to all resources of a kind: Resource matches them all, or NotResource does not. */
export function namesEvery(statement: Statement, taken: ResourceTest): Judgement {
  const listed = listsEvery(statement, taken);
  const excluding = isPresent(statement.notResources);
  return !excluding.yes.satisfiable()
    ? listed
    : any(
        listed,
        all(
          excluding,
          not(exists(itemsOf(statement.notResources, true), (item) => is(item.value, resourcesMatching(taken)))),
        ),
      );
}

/**
 * Where a statement lists a pattern that matches all resources of a kind. In long lists, only patterns that are broad
 * enough are compared.
 */
function listsEvery(statement: Statement, taken: ResourceTest): Judgement {
  return exists(wideResources(statement), (item) => is(item.value, resourcesMatching(taken)));
}

const wideResources = memoize(({ resources }: Statement) => broadResources(itemsOf(resources, true)));

/** Where a statement names a resource of a kind, or its NotResource does not exclude all of them. */
export function namesSome(statement: Statement, forms: readonly string[]): Judgement {
  const listed = exists(itemsOf(statement.resources, true), (item) =>
    is(item.value, resourcesMatching(someResource(forms))),
  );
  const excluding = isPresent(statement.notResources);
  return any(
    all(isAbsent(statement.resources), not(excluding)),
    listed,
    !excluding.yes.satisfiable()
      ? NO
      : all(
          excluding,
          not(
            exists(itemsOf(statement.notResources, true), (item) =>
              is(item.value, resourcesMatching(everyResourceOfEach(forms))),
            ),
          ),
        ),
  );
}

/** Where a Deny statement applies to a given resource. */
export function namesTarget({ resources, notResources }: Statement, target: Target): Judgement {
  const named = (element: Value): Judgement => exists(itemsOf(element, true), (item) => target.namedInDeny(item.value));
  const excluding = isPresent(notResources);
  return !excluding.yes.satisfiable()
    ? named(resources)
    : any(named(resources), all(excluding, not(named(notResources))));
}

/** The maximum number of resources that are compared with each other, and of their intersections. */
const [MOST_RESOURCES, MOST_PIECES] = [16, 32] as const;

/**
 * The resources of a statement with placeholders for interpolated parts; undefined if there are too many, or if one is
 * neither a string nor a reference.
 */
function shapesOf(resources: Value): readonly string[] | undefined {
  const { items, complete } = itemsOf(resources, true);
  if (items.length > MOST_RESOURCES || !complete.yes.isAlways()) return undefined;
  const texts = flatMap(items, ({ value }) =>
    leaves(value).map(({ value: leaf }) =>
      leaf.state === 'known'
        ? leaf.raw
        : leaf.state === 'template'
          ? shapeOf(leaf)
          : leaf.state === 'reference'
            ? UNKNOWN_PIECE
            : undefined,
    ),
  );
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/** The resources of a statement; undefined if one has interpolated parts. */
function textsOf(resources: Value): readonly string[] | undefined {
  const shapes = shapesOf(resources);
  return shapes?.some((text) => text.includes(UNKNOWN_PIECE)) ? undefined : shapes;
}
