/** Whether the resource patterns of policies match one resource, or all resources of a kind. */
import { memoizeParts } from '../../base/memoize.ts';
import { withPlaceholders } from '../../base/placeholders.ts';
import { table, type Table } from '../../base/table.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';
import { fits, includes, isDisjoint } from '../text/wildcard.ts';
import { arnFields } from '../text/arn-fields.ts';

/** Whether a resource pattern of a policy matches the resource to check; undefined if unknown. */
export type ResourceTest = (pattern: string) => boolean | undefined;

/** A literal character that is a wildcard elsewhere: `${*}` is an asterisk. */
const ESCAPED: Table<string> = table({ '*': '\uE001', '?': '\uE002', $: '$' });

/**
 * One resource by its ARN. Policy variables have the given values or their default, or are unknown. All parts of an ARN
 * are case-sensitive.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function arn(text: string, variable: (name: string) => string | undefined = () => undefined): ResourceTest {
  const escaped = text.replaceAll('*', ESCAPED['*']!).replaceAll('?', ESCAPED['?']!);
  return (pattern) => {
    const filled = withPlaceholders(pattern, ({ inside }) => {
      const escape = ESCAPED[inside.trim()];
      if (escape !== undefined) return escape;
      const comma = inside.indexOf(',');
      const otherwise = comma < 0 ? undefined : /^'([^']*)'$/.exec(inside.slice(comma + 1).trim())?.[1];
      // A placeholder that is neither a key nor a key with a default has an unknown value.
      return comma >= 0 && otherwise === undefined
        ? UNKNOWN_PIECE
        : (variable((comma < 0 ? inside : inside.slice(0, comma)).trim()) ?? otherwise ?? UNKNOWN_PIECE);
    });
    const open = filled.replaceAll(UNKNOWN_PIECE, '*');
    return !fits(escaped, open) ? false : open === filled ? true : undefined;
  };
}

/** A name that no policy contains. It represents all names, because only a single wildcard matches it. */
const ANY = '\uE003';

interface Probe {
  readonly service: string;
  /** Whether the format has a Region and an account. A format without them matches no pattern with them. */
  readonly hasRegion: boolean;
  readonly hasAccount: boolean;
  /** Everything after the fifth colon. */
  readonly rest: string;
}

/** The length of all formats whose probes are kept. The data of AWS has fewer. */
const MOST_FORMATS = 200_000;

const probeOf = memoizeParts((form: string): Probe => {
  const fields = arnFields(form);
  return {
    service: fields[2] ?? '',
    hasRegion: fields[3] !== '',
    hasAccount: fields[4] !== '',
    rest: withPlaceholders(fields[5] ?? '', () => ANY).replaceAll('*', ANY),
  };
}, MOST_FORMATS);

/**
 * Whether the pattern with some fields matches all resources of a format in at least one account and Region. The
 * account and Region are those of the policy, so naming them restricts nothing.
 */
function matchesEvery({ service, rest, hasRegion, hasAccount }: Probe, fields: readonly string[]): boolean {
  if (fields[0] !== 'arn' || fields.length < 3 || !fits(service, fields[2]!)) return false;
  const isWhole = fields.length >= 6;
  // A trailing wildcard also matches missing fields.
  const last = isWhole ? 5 : fields.length - 1;
  const region = last > 3 ? fields[3]! : '';
  const account = last > 4 ? fields[4]! : '';
  if ((!hasRegion && !canBeEmpty(region)) || (hasAccount ? account === OF_AWS : !canBeEmpty(account))) return false;
  return isWhole ? fits(rest, fields[5]!) : fields[last]!.endsWith('*');
}

/** The account in ARNs of resources that AWS manages, such as AWS managed policies, which customers cannot change. */
const OF_AWS = 'aws';

function canBeEmpty(field: string): boolean {
  return field.includes(UNKNOWN_PIECE) || fits('', field);
}

/**
 * All resources of one of several formats, such as `arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}`. Without
 * a format, the action does not support resource-level permissions, and only `*` matches.
 */
export function everyResource(forms: readonly string[]): ResourceTest {
  return (pattern) => {
    if (isWildcard(pattern)) return true;
    const fields = arnFields(pattern);
    return forms.some((form) => matchesEvery(probeOf(form), fields));
  };
}

/** All resources of each of several formats. */
export function everyResourceOfEach(forms: readonly string[]): ResourceTest {
  return (pattern) =>
    isWildcard(pattern) || (forms.length > 0 && coveredFormats(forms, pattern).length === forms.length);
}

/** The formats of which a pattern matches all resources. */
export function coveredFormats(forms: readonly string[], pattern: string): readonly string[] {
  if (isWildcard(pattern)) return forms;
  const fields = arnFields(pattern);
  return forms.filter((form) => matchesEvery(probeOf(form), fields));
}

function isWildcard(pattern: string): boolean {
  return /^\*+$/.test(pattern);
}

/** All resources that another pattern matches. */
export function everyMatchOf(narrow: string): ResourceTest {
  return (pattern) => includes(pattern, narrow);
}

/**
 * Some resource of one of several formats, or any resource if no format is known. An interpolated part can be anything.
 */
export function someResource(forms: readonly string[]): ResourceTest {
  const known = forms.map((form) => fieldsOf(withPlaceholders(form, () => '*')));
  return (pattern) => {
    if (known.length === 0) return true;
    const [, , service, , , rest] = fieldsOf(withPlaceholders(pattern.replaceAll(UNKNOWN_PIECE, '*'), () => '*'));
    return (
      service === undefined ||
      known.some(
        (form) => !isDisjoint(service, form[2] ?? '*') && (rest === undefined || !isDisjoint(rest, form[5] ?? '*')),
      )
    );
  };
}

/**
 * The fields of an ARN. The last one contains everything after the fifth colon; fields that a trailing wildcard matches
 * are omitted.
 */
function fieldsOf(arn: string): readonly string[] {
  const fields = arnFields(arn);
  return fields.length < 6 ? fields.slice(0, -1) : fields;
}
