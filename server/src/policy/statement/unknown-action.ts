/** Actions in policies that do not exist, and the likely intended ones. */
import { flatMap } from '../../base/flat-map.ts';
import { actionPattern, isEverything, type ActionPattern, type ServiceActions } from '../data/action.ts';
import type { IamData } from '../data/iam-data.ts';
import { nearest } from '../text/nearest.ts';
import { CLIENTS } from '../data/client-names.ts';
import { MISNAMED, permissionOf, permissionsOf } from '../data/renamed-actions.ts';
import { retiredService, type RetiredService } from '../data/retired-services.ts';
import { fits } from '../text/wildcard.ts';

/** The violation: an invalid format, an unknown service, or an unknown action of a known service. */
export interface UnknownAction {
  readonly why: 'form' | 'service' | 'action';
  readonly written: string;
  /** The service before the colon, as written. */
  readonly prefix: string;
  /** The likely intended action, if unambiguous. */
  readonly intended?: string;
  /** Whether the intended action is the permission for an API operation with this name, or replaces an older name. */
  readonly renamed?: true;
  /** The service, if AWS has retired it. */
  readonly retired?: RetiredService;
  /** The possible permissions for an operation whose permissions depend on its input. */
  readonly depending?: readonly string[];
}

/**
 * Actions, in lower case, that are missing in the lists of AWS but used in policies of its documentation: AWS RAM uses
 * one to share catalog resources.
 * https://docs.aws.amazon.com/lake-formation/latest/dg/hybrid-cross-account.html
 */
const UNLISTED: ReadonlySet<string> = new Set(['glue:shareresource']);

/** Looks up a service by its prefix, as rules do. */
export type Services = (prefix: string) => ServiceActions | undefined;

/**
 * The violation of an action, case-insensitively; undefined for a valid one, or if the data of its service is not
 * loaded. `others` are the services of the same policy, which can define an action with a wrong prefix.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function unknownAction(
  written: string,
  iam: IamData,
  services: Services,
  others: () => readonly string[],
): UnknownAction | undefined {
  const pattern = actionPattern(written);
  if (!pattern) return { why: 'form', written, prefix: '', ...trimmed(written, iam, services) };
  if (isEverything(pattern)) return undefined;
  // Most actions exist.
  const actions = iam.services.has(pattern.service) ? services(pattern.service) : undefined;
  if (actions && actions.matching(pattern.name).length > 0) return undefined;
  if (UNLISTED.has(written.toLowerCase())) return undefined;
  const [prefix = '', name = ''] = written.split(':');
  if (/[*?]/.test(pattern.service)) {
    for (const service of iam.services.keys()) if (fits(service, pattern.service)) return undefined;
    return { why: 'service', written, prefix };
  }
  if (!iam.services.has(pattern.service)) {
    const retired = retiredService(pattern.service);
    if (retired) {
      const successor = retired.successor === undefined ? undefined : services(retired.successor);
      return {
        why: 'service',
        written,
        prefix,
        retired,
        ...(successor && successor.matching(name).length > 0 ? { intended: `${successor.service}:${name}` } : {}),
      };
    }
    const client = CLIENTS.get(pattern.service);
    const near = client?.prefix ?? similarService(pattern, iam);
    // All of EC2 is more than the VPC actions that are meant.
    if (client?.isPart && isAnyName(pattern.name)) return { why: 'service', written, prefix };
    const known = near === undefined ? undefined : services(near);
    if (!near) return { why: 'service', written, prefix };
    if (known && known.matching(name).length === 0) {
      const required = permissionOf(`${near}:${name}`);
      return required === undefined
        ? { why: 'service', written, prefix }
        : { why: 'service', written, prefix, intended: required };
    }
    return { why: 'service', written, prefix, intended: `${near}:${name}` };
  }
  if (!actions) return undefined;
  const found = { why: 'action', written, prefix } as const;
  const renamed = permissionOf(written);
  if (renamed !== undefined) return { ...found, intended: renamed, renamed: true };
  const depending = permissionsOf(written);
  if (depending !== undefined) return { ...found, depending };
  const intended = MISNAMED.has(written.toLowerCase())
    ? MISNAMED.get(written.toLowerCase())!.split(':')[1]
    : /[*?]/.test(name)
      ? nearestPattern(name, actions)
      : nearest(name, namesLike(name, actions));
  if (intended !== undefined) return { ...found, intended: `${prefix}:${intended}` };
  const elsewhere = flatMap(others(), (other) =>
    other === pattern.service
      ? []
      : services(other)?.named(name)
        ? [`${other}:${services(other)!.named(name)!.name}`]
        : [],
  );
  return elsewhere.length === 1 && !/[*?]/.test(name) ? { ...found, intended: elsewhere[0]! } : found;
}

/**
 * The only service with a similar prefix. Many short prefixes differ in one letter, so there the name of an action has
 * to confirm it, which `*` does not.
 */
function similarService({ service, name }: ActionPattern, { services }: IamData): string | undefined {
  return service.length <= SHORT && isAnyName(name) ? undefined : nearest(service, services.keys());
}

function isAnyName(name: string): boolean {
  return /^\*+$/.test(name);
}

/** The length of a prefix up to which a similar one is a coincidence. */
const SHORT = 3;

/**
 * The possible intended names for an unknown one. They must have the same verb if the service uses it: PutObjectVersion
 * is meant to write, but GetObjectVersion would allow reading.
 */
function namesLike(name: string, { actions }: ServiceActions): readonly string[] {
  const verb = verbOf(name);
  const same = verb === undefined ? [] : actions.filter((action) => verbOf(action.name) === verb);
  return (same.length > 0 ? same : actions).map((action) => action.name);
}

/** The first word of a name, in lower case: `put`. */
function verbOf(name: string): string | undefined {
  return /^(?:[A-Z][a-z]+|[a-z]+)/.exec(name)?.[0].toLowerCase();
}

/** A string without leading and trailing characters that actions cannot contain. */
function between(text: string, before: RegExp, behind: RegExp): string {
  let [start, end] = [0, text.length];
  while (start < end && before.test(text[start]!)) start++;
  while (end > start && behind.test(text[end - 1]!)) end--;
  return text.slice(start, end);
}

/** The action in a string with extra characters around it, such as the comma of a list. */
function trimmed(written: string, iam: IamData, services: Services): { readonly intended?: string } {
  const intended = between(written, /[\s"']/, /[\s"',;.]/);
  const pattern = intended === written ? undefined : actionPattern(intended);
  if (!pattern) return {};
  const known =
    isEverything(pattern) ||
    (iam.services.has(pattern.service) && (services(pattern.service)?.matching(pattern.name).length ?? 0) > 0);
  return known ? { intended } : {};
}

/** A common prefix of some actions that is similar to a prefix with a wildcard. */
function nearestPattern(name: string, { actions }: ServiceActions): string | undefined {
  const [, beginning] = /^([A-Za-z0-9]{4,})\*$/.exec(name) ?? [];
  if (beginning === undefined) return undefined;
  const beginnings = new Set(flatMap(actions, (action) => wordsOf(action.name)));
  const intended = nearest(beginning, beginnings);
  return intended === undefined ? undefined : `${intended}*`;
}

/** The prefixes of a name at word boundaries: Get, GetBucket, GetBucketPolicy. */
function wordsOf(name: string): readonly string[] {
  const found: string[] = [];
  for (let at = 1; at <= name.length; at++)
    if (at === name.length || /[A-Z]/.test(name[at]!)) found.push(name.slice(0, at));
  return found;
}
