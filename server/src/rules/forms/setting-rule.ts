import type { Fix } from '../../model/edit.ts';
import type { Profile, Severity } from '../../model/finding.ts';
import { all, any, isPresent, NO, not, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import type { Resource } from '../../model/resource.ts';
import { NOT_SET } from '../../model/shown.ts';
import { defineRule, type AnyRule, type Assumption, type Context, type Report, type RuleMetadata } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { metadataOf } from './metadata.ts';
import { goodValue, isBad, isUnset, meetsAll, meetsAny, pathsIn, type Bad, type Scalar, type Tests } from './test.ts';
import { messageOf, settingName, titleOf, type Words } from './words.ts';

/** What the absence of a setting means, and so what is reported. */
export type Absence<Path extends string = string> =
  /** A safe value applies: nothing is reported. */
  | 'safe'
  /** The same as with a wrong value. */
  | 'unsafe'
  | AbsenceOf<Path>;

export interface AbsenceOf<Path extends string = string> {
  /** What decides where AWS has no fixed default: `the account's EBS encryption default`. The finding is possible, unless `assume` says that the default is unsafe. */
  readonly decidedBy?: string;
  /** The account setting with which the absence is safe. */
  readonly assume?: Assumption;
  /** Set when something unknown decides too, so that the finding is never certain. */
  readonly neverCertain?: true;
  /** The problem, where it differs from that of a wrong value. */
  readonly problem?: string;
  readonly profile?: Profile;
  readonly severity?: Severity;
  /** Absence is not reported where one of these is met. */
  readonly unless?: Tests<Path>;
}

/** The path of a setting in one resource type, and where it counts. */
export interface SettingPlace<Path extends string = string> {
  readonly path: Path;
  /** The setting counts only where all of these are met. */
  readonly onlyIf?: Tests<Path>;
  /** The setting does not count where one of these is met. */
  readonly unless?: Tests<Path>;
  /** Where one of these is met, it is not known whether the setting counts. */
  readonly undecidedIf?: Tests<Path>;
  /** Properties that name the source of the resource, whose unknown setting it inherits. */
  readonly inheritedFrom?: readonly Path[];
  /** Replaces that of the rule. */
  readonly absent?: Absence<Path>;
  /** Replaces that of the rule. */
  readonly fixCost?: string;
}

/** A setting of one or several types that must, or must not, have some values. */
export type SettingRule<T extends ResourceType> = RuleMetadata &
  Words &
  Bad & {
    /** The path of the setting in each type. */
    readonly settings: { readonly [K in T]: ResourcePaths[K] | SettingPlace<ResourcePaths[K]> };
    readonly absent: Absence;
    /** Set when only Terraform has the forbidden value, and AWS rejects it. */
    readonly forbiddenIn?: 'terraform';
    /** The account setting that makes a wrong value have no effect. */
    readonly overriddenBy?: Assumption;
  };

/** Makes a rule from its data: the paths it reads, the judgement, the message, and the fix that sets the setting. */
export function settingRule<T extends ResourceType>(data: SettingRule<T>): AnyRule {
  const { settings, absent, overriddenBy, forbiddenIn } = data;
  const good = goodValue(data);
  const places = new Map(
    Object.entries<string | SettingPlace>(settings as never).map(([type, place]) => [
      type,
      typeof place === 'string' ? { path: place } : place,
    ]),
  );
  return defineRule<T>({
    ...metadataOf(data),
    on: 'resource',
    reads: Object.fromEntries([...places].map(([type, place]) => [type, readsOf(place, absent)])) as never,
    *check(subject, context) {
      const resource = subject as Resource;
      const place = places.get(resource.type)!;
      const value = resource.get(place.path);
      const missing = place.absent ?? absent;
      const counts = all(
        countsAt(resource, place),
        overriddenBy === undefined ? YES : not(context.assume(overriddenBy, false)),
      );
      const applies = forbiddenIn === undefined || !resource.nativeType.startsWith('AWS::');
      const wrong = applies ? all(isBad(value, data), counts) : NO;
      const unset = all(absenceAt(resource, missing, context), isUnset(value), counts);
      const report = (is: Judgement, message: Report['message']): Report => ({
        violations: [{ wrong: is, at: value }],
        message,
        fixes: () => fixesOf(resource, place, data, good),
      });
      const message = (shown: string): string =>
        said(data, good, resource, place, shown === NOT_SET ? missing : undefined);
      if (typeof missing === 'string' || (missing.profile === undefined && missing.severity === undefined)) {
        yield report(any(wrong, unset), message);
        return;
      }
      // Of two findings at one place the first is kept: where neither is certain, the one with the lower severity.
      yield {
        ...report(unset, message),
        ...(missing.profile ? { profile: missing.profile } : {}),
        ...(missing.severity ? { severity: missing.severity } : {}),
      };
      yield report(wrong, message);
    },
  });
}

function readsOf(place: SettingPlace, absent: Absence): readonly string[] {
  const missing = place.absent ?? absent;
  return [
    ...new Set([
      place.path,
      ...pathsIn(
        place.onlyIf,
        place.unless,
        place.undecidedIf,
        typeof missing === 'string' ? undefined : missing.unless,
      ),
      ...(place.inheritedFrom ?? []),
    ]),
  ];
}

/** Whether the setting counts. */
function countsAt(resource: Resource, { onlyIf, unless, undecidedIf, inheritedFrom = [] }: SettingPlace): Judgement {
  const get = (path: string): ReturnType<Resource['get']> => resource.get(path);
  return all(
    meetsAll(get, onlyIf),
    not(meetsAny(get, unless)),
    not(all(meetsAny(get, undecidedIf), UNKNOWABLE)),
    ...inheritedFrom.map((path) => not(all(isPresent(resource.get(path)), UNKNOWABLE))),
  );
}

/** Whether the absence of the setting is wrong. */
function absenceAt(resource: Resource, absent: Absence, context: Context): Judgement {
  if (absent === 'safe') return NO;
  if (absent === 'unsafe') return YES;
  const { assume, decidedBy, neverCertain, unless } = absent;
  const decided =
    assume !== undefined
      ? not(context.assume(assume, neverCertain ? false : undefined))
      : decidedBy === undefined
        ? YES
        : UNKNOWABLE;
  return all(decided, neverCertain ? UNKNOWABLE : YES, not(meetsAny((path) => resource.get(path), unless)));
}

function said(
  words: Words,
  value: Scalar | undefined,
  resource: Resource,
  { path }: SettingPlace,
  missing: Absence | undefined,
): string {
  const setting = settingName(resource, path);
  const { decidedBy, problem = words.problem } = typeof missing === 'object' ? missing : {};
  const advice = words.advice ?? `Set {setting} to ${String(value)}.`;
  const told =
    decidedBy === undefined
      ? { ...words, problem, advice }
      : { advice, problem: `does not set ${setting}, so ${decidedBy} decides` };
  return messageOf(resource.displayName, told, setting);
}

function fixesOf(
  resource: Resource,
  { path, fixCost }: SettingPlace,
  rule: RuleMetadata & Words,
  value: Scalar | undefined,
): readonly Fix[] {
  if (rule.fix === 'none' || value === undefined) return [];
  return [
    {
      title: titleOf(
        rule.fixTitle ?? `Set ${settingName(resource, path)} to ${String(value)}`,
        fixCost ?? rule.fixCost,
      ),
      safe: rule.fix === 'safe',
      edits: [{ op: 'set', resource, path, value }],
    },
  ];
}
