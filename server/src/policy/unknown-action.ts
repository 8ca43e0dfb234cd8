/** Actions of policies that do not exist, and what was most likely meant. */
import { actionPattern, isEverything, type ServiceActions } from './action.ts';
import type { IamData } from './iam-data.ts';
import { nearest } from './nearest.ts';
import { CLIENTS, MISNAMED, permissionOf, permissionsOf } from './renamed-actions.ts';
import { fits } from './wildcard.ts';

/** Why an action is none: it has not the form of one, its service does not exist, or its service has no such action. */
export interface UnknownAction {
  readonly why: 'form' | 'service' | 'action';
  readonly written: string;
  /** The service before the colon as it is written. */
  readonly prefix: string;
  /** What was meant, where that is clear. */
  readonly meant?: string;
  /** Whether what was meant is the permission for an operation of the same name, or for one of an older name. */
  readonly renamed?: true;
  /** Of an operation that asks for some of several permissions by what it is given: these. */
  readonly depending?: readonly string[];
}

/**
 * Actions, in lower case, that no list of AWS has and that policies in its documentation allow: AWS RAM shares by this what belongs to a catalog.
 * https://docs.aws.amazon.com/lake-formation/latest/dg/hybrid-cross-account.html
 */
const UNLISTED: ReadonlySet<string> = new Set(['glue:shareresource']);

/** Looks up a service by its prefix, as rules do. */
export type Services = (prefix: string) => ServiceActions | undefined;

/**
 * What is wrong with an action; undefined where nothing is, or where the data of its service was not loaded. Case does not matter.
 * `others` are services that the same policy names, among which an action may be that was written under another one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function unknownAction(written: string, iam: IamData, services: Services, others: () => readonly string[]): UnknownAction | undefined {
  const pattern = actionPattern(written);
  if (!pattern) return { why: 'form', written, prefix: '' };
  if (isEverything(pattern) || UNLISTED.has(written.toLowerCase())) return undefined;
  const [prefix = '', name = ''] = written.split(':');
  if (/[*?]/.test(pattern.service)) {
    for (const service of iam.services.keys()) if (fits(service, pattern.service)) return undefined;
    return { why: 'service', written, prefix };
  }
  if (!iam.services.has(pattern.service)) {
    const near = CLIENTS.get(pattern.service) ?? nearest(pattern.service, iam.services.keys());
    const known = near === undefined ? undefined : services(near);
    if (!near) return { why: 'service', written, prefix };
    if (known && known.matching(name).length === 0) {
      const asked = permissionOf(`${near}:${name}`);
      return asked === undefined ? { why: 'service', written, prefix } : { why: 'service', written, prefix, meant: asked };
    }
    return { why: 'service', written, prefix, meant: `${near}:${name}` };
  }
  const actions = services(pattern.service);
  if (!actions || actions.matching(pattern.name).length > 0) return undefined;
  const found = { why: 'action', written, prefix } as const;
  const renamed = permissionOf(written);
  if (renamed !== undefined) return { ...found, meant: renamed, renamed: true };
  const depending = permissionsOf(written);
  if (depending !== undefined) return { ...found, depending };
  const meant = MISNAMED.has(written.toLowerCase()) ? MISNAMED.get(written.toLowerCase())!.split(':')[1] : /[*?]/.test(name) ? nearestPattern(name, actions) : nearest(name, actions.actions.map((action) => action.name));
  if (meant !== undefined) return { ...found, meant: `${prefix}:${meant}` };
  const elsewhere = others().flatMap((other) => other === pattern.service ? [] : services(other)?.named(name) ? [`${other}:${services(other)!.named(name)!.name}`] : []);
  return elsewhere.length === 1 && !/[*?]/.test(name) ? { ...found, meant: elsewhere[0]! } : found;
}

/** A common beginning of some actions that is near to one with a star behind it. */
function nearestPattern(name: string, { actions }: ServiceActions): string | undefined {
  const [, beginning] = /^([A-Za-z0-9]{4,})\*$/.exec(name) ?? [];
  if (beginning === undefined) return undefined;
  const beginnings = new Set(actions.flatMap((action) => wordsOf(action.name)));
  const meant = nearest(beginning, beginnings);
  return meant === undefined ? undefined : `${meant}*`;
}

/** The beginnings of a name that end where a word does: Get, GetBucket, GetBucketPolicy. */
function wordsOf(name: string): readonly string[] {
  const found: string[] = [];
  for (let at = 1; at <= name.length; at++) if (at === name.length || /[A-Z]/.test(name[at]!)) found.push(name.slice(0, at));
  return found;
}
