/** The resource types that an ARN of a policy can match. */
import { spend } from '../../base/budget.ts';
import { flatMap } from '../../base/flat-map.ts';
import { memoize, memoizeText } from '../../base/memoize.ts';
import { table, type Table } from '../../base/table.ts';
import type { Action, IamResourceType, ServiceActions } from '../data/action.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';
import { arnFields } from '../text/arn-fields.ts';

/**
 * A step of an ARN format: a literal character; or, where that is empty, a character that is not in `but`, and with
 * `many` any number of those.
 */
interface Step {
  readonly is: string;
  readonly but: string;
  readonly many: boolean;
}

interface Form {
  readonly type: IamResourceType;
  readonly steps: readonly Step[];
  /** The same if names contain no colon, for a wildcard that matches beyond its own segment. */
  readonly crossed: readonly Step[];
  readonly arn: string;
  /** The same without its first five fields, and three of these fields: the service, the Region and the account. */
  readonly rest: readonly Step[];
  /** The literal beginning of that. */
  readonly prefix: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
}

/** The Regions and accounts in the ARNs of a resource type: none, any (`${Region}`), or a fixed one (`aws`). */
export interface ArnRegionAccount {
  readonly arn: string;
  readonly region: string;
  readonly account: string;
}

/** The resource types of a service that an ARN or ARN pattern can match; `*` matches all of them. */
export function typesOf(service: ServiceActions, arn: string): readonly IamResourceType[] {
  spend(4);
  return typesByArn(service, arn);
}

/** The number of cached ARNs of a service. A policy can list thousands, each compared with each of its actions. */
const MOST_ARNS = 4096;
const typesByArn = memoizeText(typesWith, MOST_ARNS);

function typesWith(service: ServiceActions, arn: string): readonly IamResourceType[] {
  if (/^\*+$/.test(arn)) return service.resourceTypes;
  const of = serviceIn(arn);
  const own = formsOf(service).filter((form) => mayBe(of, form.service));
  const end = endOfFields(arn);
  // A question mark in a field also matches a colon, so that the rest begins in another place.
  const rest = arn.slice(0, end).includes('?') ? '' : arn.slice(end + 1);
  const intended = own.filter(
    ({ type, steps, prefix }) =>
      ((rest === '' || mayBegin(rest, prefix)) && meet(arn, steps)) ||
      TOLERATED[`${service.service}:${type.name}`]?.test(arn) === true,
  );
  // A wildcard is assumed to match only its own segment if that gives a result.
  const found =
    intended.length > 0 || !mayCross(arn, service) ? intended : own.filter(({ crossed }) => meet(arn, crossed, true));
  return [...new Set(found.map(({ type }) => type))];
}

/** The formats of a service that the last field of an ARN can match. */
export function formsWith(service: ServiceActions, arnService: string, rest: string): readonly ArnRegionAccount[] {
  return formsOf(service)
    .filter(
      ({ type, service: own, rest: steps, prefix }) =>
        own === arnService &&
        ((mayBegin(rest, prefix) && meet(rest, steps)) ||
          TOLERATED[`${service.service}:${type.name}`]?.test(`:${rest}`) === true),
    )
    .map(({ arn, region, account }) => ({ arn, region, account }));
}

/** Whether the rest of an ARN can begin like a format. Most formats of a service are excluded by that. */
function mayBegin(rest: string, prefix: string): boolean {
  for (let at = 0; at < prefix.length; at++) {
    const char = rest[at];
    if (char === '*' || char === UNKNOWN_PIECE) return true;
    if (char !== '?' && char !== prefix[at]) return false;
  }
  return true;
}

/**
 * The service of an ARN, if it is literal. Most ARNs belong to another service than a format, so they are excluded
 * first.
 */
function serviceIn(arn: string): string | undefined {
  return /^[^:]*:[^:]*:([a-z0-9-]+):/.exec(arn)?.[1];
}

function mayBe(written: string | undefined, form: string): boolean {
  return written === undefined || written === form || form.includes('$');
}

/** Whether an ARN with a service can match no resource of another service, because the service is literal. */
export function namesOtherService(service: ServiceActions, written: string): boolean {
  if (written === service.service || !/^[a-z0-9-]+$/.test(written)) return false;
  const services = servicesOf(service);
  return services !== undefined && !services.has(written);
}

/** The services in the ARNs of the resources of a service; undefined if they can be any. */
const servicesOf = memoize((service: ServiceActions): ReadonlySet<string> | undefined => {
  const services = new Set(formsOf(service).map((form) => form.service));
  return [...services].some((one) => one.includes('$')) ? undefined : services;
});

/** The resource types that an action supports, among those that an ARN can match. */
export function supportedTypesOf(service: ServiceActions, action: Action, arn: string): readonly IamResourceType[] {
  return typesOf(service, arn).filter(({ name }) => action.resources.some(({ type }) => type === name));
}

/**
 * ARNs that AWS supports although the data lacks them. Actions on a log group also support its ARN with the suffix
 * `:*`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
const TOLERATED: Table<RegExp> = table({ 'logs:log-group': /^(?:[^:]*(?::[^:]*){4})?:log-group:.*:\*$/s });

/**
 * The ARN formats of a service. A name at the end of a format excludes the character with which another format
 * continues: a bucket name contains no slash, because an object key follows it.
 */
const formsOf = memoize(({ resourceTypes: types }: ServiceActions): readonly Form[] => {
  const all = flatMap(types, ({ arns }) => arns);
  return flatMap(types, (type) =>
    type.arns.map((arn) => {
      const longer = all.filter((other) => other !== arn && other.startsWith(arn) && arn.endsWith('}'));
      const notAtTheEnd = longer.map((other) => other[arn.length]!).join('');
      const [, , service = '', region = '', account = '', rest = ''] = arnFields(arn);
      const steps = stepsOf(arn, notAtTheEnd);
      return {
        type,
        arn,
        steps,
        crossed: steps.map((step) => (step.is === '' ? { ...step, but: `${step.but}:` } : step)),
        rest: stepsOf(rest, notAtTheEnd),
        // Where a field is not one name or one text, the rest of an ARN can also be that of a field.
        prefix: FIELDS.test(arn) ? /^[^$*]*/.exec(rest)![0] : '',
        service,
        region,
        account,
      };
    }),
  );
});

/** The first five fields of a format, each of which is a literal or a name. */
const FIELDS = /^(?:(?:[^$*:]*|\$\{[^}:]*\}):){5}/;

function stepsOf(form: string, notAtTheEnd: string): readonly Step[] {
  const parts = form.split(/(\$\{[^}]*\}|\*)/);
  const last = parts.findLastIndex((part) => part !== '');
  return flatMap(parts, (part, index): readonly Step[] => {
    if (part === '*') return [{ is: '', but: '', many: true }];
    if (!part.startsWith('${')) return [...part].map((is) => ({ is, but: '', many: false }));
    // The separator after a name is not part of the name.
    const but = index === last ? notAtTheEnd : parts[index + 1]!.charAt(0);
    return [false, true].map((many) => ({ is: '', but, many }));
  });
}

/**
 * Whether an ARN has a wildcard at the end of one of its first five fields, which can also match beyond the colon. A
 * rest that begins with the name of a resource type, case-insensitively, is assumed to be of that type.
 */
function mayCross(arn: string, { resourceTypes }: ServiceActions): boolean {
  if (!/^(?:[^:]*:){0,4}[^:]*\*(?::|$)/.test(arn)) return false;
  const word = /^(?:[^:]*:){5}([A-Za-z-]+)[:/]/.exec(arn)?.[1]?.toLowerCase();
  return (
    word === undefined ||
    !resourceTypes.some(({ arns }) => arns.some((form) => new RegExp(`^(?:[^:]*:){5}${word}[:/]`, 'i').test(form)))
  );
}

/** The end of the first five fields of an ARN; the length of the string if it has fewer. */
function endOfFields(arn: string): number {
  let end = -1;
  for (let field = 0; field < 5; field++) {
    end = arn.indexOf(':', end + 1);
    if (end < 0) return arn.length;
  }
  return end;
}

/**
 * Whether some string matches both an ARN pattern and a format. A wildcard usually matches only its own segment; at the
 * end of a segment it can also match beyond the colon, which `crosses` controls. The algorithm tracks the reachable
 * steps of the format at each character, so the time is at most proportional to the product of both lengths.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function meet(arn: string, form: readonly Step[], crosses = false): boolean {
  const fields = endOfFields(arn);
  // A string with fewer fields matches an ARN only if a wildcard matches beyond a colon.
  const mayPass = (at: number): boolean =>
    arn[at] === UNKNOWN_PIECE
      ? fields === arn.length
      : (crosses || fields === arn.length) && /^(?::|$)/.test(arn.charAt(at + 1));
  if (buffers.some((buffer) => buffer.length < form.length + 2)) buffers = buffersFor(form.length + 2);
  let [reached, behind] = buffers;
  reached.fill(0);
  behind.fill(0);
  reached[0] = 1;
  // The first and the last reached step. Few are between them, because most ARNs follow a format step by step.
  let first = 0;
  let last = 0;
  for (let at = 0; at <= arn.length; at++) {
    const char = arn[at];
    for (let next = first; next <= last; next++) {
      if (reached[next] === 0) continue;
      const step = form[next];
      if (char === '*' || char === UNKNOWN_PIECE) {
        behind[next] = 1;
        if (step !== undefined && (step.is !== ':' || at >= fields || mayPass(at))) reached[next + 1] = 1;
      } else if (step?.many) {
        reached[next + 1] = 1;
        if (char !== undefined && (char === '?' || !step.but.includes(char))) behind[next] = 1;
      } else if (step !== undefined && char !== undefined) {
        if (char === '?' || (step.is !== '' ? step.is === char : !step.but.includes(char))) behind[next + 1] = 1;
      }
      if (next === last && reached[next + 1] === 1) last++;
    }
    if (char === undefined) break;
    [reached, behind] = [behind, reached.fill(0, first, last + 1)];
    last++;
    while (first <= last && reached[first] === 0) first++;
    while (first <= last && reached[last] === 0) last--;
    if (first > last) return false;
  }
  return reached[form.length] === 1;
}

/** The steps that are reached before and behind a character. Kept, because there are many calls. */
let buffers = buffersFor(256);

function buffersFor(length: number): readonly [Uint8Array, Uint8Array] {
  return [new Uint8Array(length), new Uint8Array(length)];
}
