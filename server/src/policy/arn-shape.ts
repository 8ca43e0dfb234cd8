/** What the resources of policies stand for, of one ARN or of all of a kind. */
import { withPlaceholders } from '../base/placeholders.ts';
import { table, type Table } from '../base/table.ts';
import { HOLE } from './hole.ts';
import { fits, includes, isDisjoint } from './wildcard.ts';

/** Whether a resource, as a policy writes it with its wildcards, stands for what is asked about; undefined where that is not known. */
export type Taken = (pattern: string) => boolean | undefined;

/** A text that a policy means as it is although it is a wildcard elsewhere: `${*}` is a star. */
const ESCAPED: Table<string> = table({ '*': '\uE001', '?': '\uE002', $: '$' });

/**
 * One resource by its ARN. Policy variables have the values that are given for them, the default that is written with them, or are not known.
 * Case counts in all parts of an ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function arn(text: string, variable: (name: string) => string | undefined = () => undefined): Taken {
  const escaped = text.replaceAll('*', ESCAPED['*']!).replaceAll('?', ESCAPED['?']!);
  return (pattern) => {
    const filled = withPlaceholders(pattern, ({ inside }) => {
      const escape = ESCAPED[inside.trim()];
      if (escape !== undefined) return escape;
      const comma = inside.indexOf(',');
      const otherwise = comma < 0 ? undefined : /^'([^']*)'$/.exec(inside.slice(comma + 1).trim())?.[1];
      // What is neither a name nor a name with its default stands for nothing that is known.
      return comma >= 0 && otherwise === undefined
        ? HOLE
        : (variable((comma < 0 ? inside : inside.slice(0, comma)).trim()) ?? otherwise ?? HOLE);
    });
    const open = filled.replaceAll(HOLE, '*');
    return !fits(escaped, open) ? false : open === filled ? true : undefined;
  };
}

/** What no policy names: whatever is called so is one of all, and fits a wildcard alone. */
const ANY = '\uE003';

interface Probe {
  readonly service: string;
  /** Whether the form has a Region and an account; one that has none matches no pattern that names one. */
  readonly hasRegion: boolean;
  readonly hasAccount: boolean;
  /** What stands behind the fifth colon. */
  readonly rest: string;
}

function probeOf(form: string): Probe {
  const fields = form.split(':');
  return {
    service: fields[2] ?? '',
    hasRegion: fields[3] !== '',
    hasAccount: fields[4] !== '',
    rest: withPlaceholders(fields.slice(5).join(':'), () => ANY).replaceAll('*', ANY),
  };
}

/** Whether a pattern stands for every resource of a form in one account and Region at least. That these are given limits nothing: they are whose policy it is. */
function standsForEvery({ service, rest, hasRegion, hasAccount }: Probe, pattern: string): boolean {
  const fields = pattern.split(':');
  if (fields[0] !== 'arn' || fields.length < 3) return false;
  const [, , , region = '', account = ''] = fields.length < 6 ? fields.slice(0, -1) : fields;
  if ((!hasRegion && !canBeEmpty(region)) || (hasAccount ? account === OF_AWS : !canBeEmpty(account))) return false;
  // A star at the end of fewer fields stands for those that are missing as well.
  const last = fields.at(-1)!;
  if (fields.length < 6) return last.endsWith('*') && fits(service, fields[2]!);
  return fits(service, fields[2]!) && fits(rest, fields.slice(5).join(':'));
}

/** Stands for an account in the ARNs of what AWS manages, such as its policies, and which nobody else can change. */
const OF_AWS = 'aws';

function canBeEmpty(field: string): boolean {
  return field.includes(HOLE) || fits('', field);
}

/**
 * All resources of one of several forms, such as `arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}`. Without a form it is what cannot be
 * limited, for which there is a star alone.
 */
export function every(forms: readonly string[]): Taken {
  const probes = forms.map(probeOf);
  return (pattern) => /^\*+$/.test(pattern) || probes.some((probe) => standsForEvery(probe, pattern));
}

/** All resources of every one of several forms. */
export function everyOfAll(forms: readonly string[]): Taken {
  const probes = forms.map(probeOf);
  return (pattern) =>
    /^\*+$/.test(pattern) || (probes.length > 0 && probes.every((probe) => standsForEvery(probe, pattern)));
}

/** All that another pattern stands for. */
export function allOf(narrow: string): Taken {
  return (pattern) => includes(pattern, narrow);
}

/** Some resource of one of several forms; any at all where no form is known. What is put in can be anything. */
export function oneOf(forms: readonly string[]): Taken {
  const known = forms.map((form) => fieldsOf(withPlaceholders(form, () => '*')));
  return (pattern) => {
    if (known.length === 0) return true;
    const [, , service, , , rest] = fieldsOf(withPlaceholders(pattern.replaceAll(HOLE, '*'), () => '*'));
    return (
      service === undefined ||
      known.some(
        (form) => !isDisjoint(service, form[2] ?? '*') && (rest === undefined || !isDisjoint(rest, form[5] ?? '*')),
      )
    );
  };
}

/** The fields of an ARN, the last of which has all that stands behind the fifth colon; what a star at the end of fewer stands for is left out. */
function fieldsOf(arn: string): readonly string[] {
  const fields = arn.split(':');
  return fields.length < 6 ? fields.slice(0, -1) : [...fields.slice(0, 5), fields.slice(5).join(':')];
}
