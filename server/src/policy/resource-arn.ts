/** Which kinds of resources an ARN of a policy can stand for. */
import { spend } from '../base/budget.ts';
import { table, type Table } from '../base/table.ts';
import type { Action, ResourceType, ServiceActions } from './action.ts';
import { HOLE } from './hole.ts';

/**
 * A step of a form of ARNs: one character, or with `any` one that is none of `but`, or any number of those with `many`.
 */
interface Step {
  readonly is?: string;
  readonly but?: string;
  readonly many?: boolean;
}

interface Form {
  readonly type: ResourceType;
  readonly steps: readonly Step[];
  /** The same where no name contains a colon, for a wildcard that stands for more than its own segment. */
  readonly crossed: readonly Step[];
  readonly arn: string;
  /** The same without its first five fields, and what these are: the service, the Region and the account. */
  readonly rest: readonly Step[];
  readonly service: string;
  readonly region: string;
  readonly account: string;
}

/** Which Regions and accounts the ARNs of a resource type give: nothing, one of many (`${Region}`), or one that is the same for all (`aws`). */
export interface ArnForm {
  readonly arn: string;
  readonly region: string;
  readonly account: string;
}

const forms = new WeakMap<ServiceActions, readonly Form[]>();

/** The resource types of a service that an ARN can stand for, with wildcards in it or not; `*` stands for all of them. */
export function typesOf(service: ServiceActions, arn: string): readonly ResourceType[] {
  spend(4);
  let types = typesByArn.get(service);
  if (!types) typesByArn.set(service, (types = new Map()));
  let found = types.get(arn);
  if (!found) {
    // A policy may list thousands, and is asked about each of them for each of its actions.
    if (types.size === MOST_REMEMBERED) types.clear();
    types.set(arn, (found = typesWith(service, arn)));
  }
  return found;
}

const MOST_REMEMBERED = 4096;
const typesByArn = new WeakMap<ServiceActions, Map<string, readonly ResourceType[]>>();

function typesWith(service: ServiceActions, arn: string): readonly ResourceType[] {
  if (/^\*+$/.test(arn)) return service.resourceTypes;
  const of = serviceIn(arn);
  const own = known(service).filter((form) => mayBe(of, form.service));
  const meant = own.filter(
    ({ type, steps }) => meet(arn, steps) || TOLERATED[`${service.service}:${type.name}`]?.test(arn) === true,
  );
  // A wildcard is meant for its own segment where that makes sense.
  const found =
    meant.length > 0 || !mayCross(arn, service) ? meant : own.filter(({ crossed }) => meet(arn, crossed, true));
  return [...new Set(found.map(({ type }) => type))];
}

/** The forms of a service's ARNs of which the part behind the first five fields of an ARN can be one. */
export function formsWith(service: ServiceActions, arnService: string, rest: string): readonly ArnForm[] {
  return known(service)
    .filter(
      ({ type, service: own, rest: steps }) =>
        own === arnService &&
        (meet(rest, steps) || TOLERATED[`${service.service}:${type.name}`]?.test(`:${rest}`) === true),
    )
    .map(({ arn, region, account }) => ({ arn, region, account }));
}

function known(service: ServiceActions): readonly Form[] {
  let found = forms.get(service);
  if (!found) forms.set(service, (found = formsOf(service.resourceTypes)));
  return found;
}

/** The service of an ARN, where it is written out. Most ARNs are of another service than a form, which is seen at once. */
function serviceIn(arn: string): string | undefined {
  return /^[^:]*:[^:]*:([a-z0-9-]+):/.exec(arn)?.[1];
}

function mayBe(written: string | undefined, form: string): boolean {
  return written === undefined || written === form || form.includes('$');
}

/** The resource types that an action takes, of those that an ARN can stand for. */
export function takenBy(service: ServiceActions, action: Action, arn: string): readonly ResourceType[] {
  return typesOf(service, arn).filter(({ name }) => action.resources.some(({ type }) => type === name));
}

/**
 * ARNs that the data does not describe although AWS takes them. What is done to a log group is allowed on its ARN with `:*` behind it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
const TOLERATED: Table<RegExp> = table({ 'logs:log-group': /^(?:[^:]*(?::[^:]*){4})?:log-group:.*:\*$/s });

/**
 * The forms of a service's ARNs. The name at the end of one has no character by which the form of another goes on behind it: a bucket has no
 * slash in its name, because behind that is the name of an object.
 */
function formsOf(types: readonly ResourceType[]): readonly Form[] {
  const all = types.flatMap(({ arns }) => arns);
  return types.flatMap((type) =>
    type.arns.map((arn) => {
      const longer = all.filter((other) => other !== arn && other.startsWith(arn) && arn.endsWith('}'));
      const notAtTheEnd = longer.map((other) => other[arn.length]!).join('');
      const [, , service = '', region = '', account = '', ...rest] = arn.split(':');
      const steps = stepsOf(arn, notAtTheEnd);
      return {
        type,
        arn,
        steps,
        crossed: steps.map((step) => (step.is === undefined ? { ...step, but: `${step.but ?? ''}:` } : step)),
        rest: stepsOf(rest.join(':'), notAtTheEnd),
        service,
        region,
        account,
      };
    }),
  );
}

function stepsOf(form: string, notAtTheEnd: string): readonly Step[] {
  const parts = form.split(/(\$\{[^}]*\}|\*)/);
  const last = parts.findLastIndex((part) => part !== '');
  return parts.flatMap((part, index): readonly Step[] => {
    if (part === '*') return [{ many: true }];
    if (!part.startsWith('${')) return [...part].map((is) => ({ is }));
    // What separates a name from what comes after it is not in the name.
    const but = index === last ? notAtTheEnd : parts[index + 1]!.charAt(0);
    return [{ but }, { but, many: true }];
  });
}

/**
 * Whether an ARN has a wildcard at the end of one of its first five fields, which also matches beyond the colon. What begins with the word of a type
 * behind them, in whatever case, is meant for that type.
 */
function mayCross(arn: string, { resourceTypes }: ServiceActions): boolean {
  if (!/^(?:[^:]*:){0,4}[^:]*\*(?::|$)/.test(arn)) return false;
  const word = /^(?:[^:]*:){5}([A-Za-z-]+)[:/]/.exec(arn)?.[1]?.toLowerCase();
  return (
    word === undefined ||
    !resourceTypes.some(({ arns }) => arns.some((form) => new RegExp(`^(?:[^:]*:){5}${word}[:/]`, 'i').test(form)))
  );
}

/** Where the first five fields of an ARN end; the end of the text where it has fewer. */
function endOfFields(arn: string): number {
  let end = -1;
  for (let field = 0; field < 5; field++) {
    end = arn.indexOf(':', end + 1);
    if (end < 0) return arn.length;
  }
  return end;
}

/**
 * Whether some text fits both an ARN with wildcards and a form. Mostly a wildcard is meant for its own segment; one that is the last character of
 * a segment can also match beyond the colon, which `crosses` asks about.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * It is known which steps of the form have been reached at each character, so it takes the time of both lengths multiplied.
 */
function meet(arn: string, form: readonly Step[], crosses = false): boolean {
  const fields = endOfFields(arn);
  // What has fewer fields stands for an ARN only where something in it goes beyond a colon.
  const mayPass = (at: number): boolean =>
    arn[at] === HOLE
      ? fields === arn.length
      : (crosses || fields === arn.length) && /^(?::|$)/.test(arn.charAt(at + 1));
  let reached = new Uint8Array(form.length + 1);
  let behind = new Uint8Array(form.length + 1);
  reached[0] = 1;
  for (let at = 0; at <= arn.length; at++) {
    const char = arn[at];
    let alive = false;
    for (let next = 0; next <= form.length; next++) {
      if (reached[next] === 0) continue;
      alive = true;
      const step = form[next];
      if (char === '*' || char === HOLE) {
        behind[next] = 1;
        if (step !== undefined && (step.is !== ':' || at >= fields || mayPass(at))) reached[next + 1] = 1;
      } else if (step?.many) {
        reached[next + 1] = 1;
        if (char !== undefined && (char === '?' || !step.but?.includes(char))) behind[next] = 1;
      } else if (step !== undefined && char !== undefined) {
        if (char === '?' || (step.is !== undefined ? step.is === char : !step.but?.includes(char)))
          behind[next + 1] = 1;
      }
    }
    if (char === undefined) break;
    if (!alive) return false;
    [reached, behind] = [behind, reached.fill(0)];
  }
  return reached[form.length] === 1;
}
