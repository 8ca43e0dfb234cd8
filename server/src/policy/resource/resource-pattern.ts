/** Broad resource patterns of statements. */
import { MAYBE } from '../../base/guard.ts';
import { memoize, memoizeName, memoizeParts } from '../../base/memoize.ts';
import { all, any, is, NO, type Judgement, type Predicate } from '../../model/judgement.ts';
import { leaves, type Items } from '../../model/navigate.ts';
import { always, never } from '../../model/quantified.ts';
import type { Known, Value } from '../../model/value.ts';
import { actionPattern } from '../data/action.ts';
import { UNKNOWN_PIECE, shapeOf } from '../text/unknown-piece.ts';
import { arnFields } from '../text/arn-fields.ts';

/**
 * A single wildcard, or an ARN of wildcards (`arn:aws:*:*:*:*`, `arn:*`), which matches every resource with an ARN. A
 * reference is narrower, and so is a string that interpolates anything except the partition.
 */
export const EVERY_RESOURCE: Predicate = pattern(
  (arn) => /^(\*+|arn:\*+|arn:[^:]*(:\*+){1,5}([:/]\*+)*)$/.test(arn),
  ['*', 'arn:aws:*:*:*:*', 'arn:*:*:*:*:*', 'arn:aws:*', 'arn:*'],
);

/** The length of all services whose predicates are kept, which is that of several hundred. */
const MOST_SERVICES = 10_000;

/**
 * All resources of a service in all Regions: `*`, and `arn:aws:s3:::*` for S3. An ARN with an account or Region is
 * narrower.
 */
export const everythingOf = memoizeParts(
  (service): Predicate =>
    pattern((arn) => isEverythingOf(service, arn), ['*', `arn:aws:${service}:::*`, `arn:aws:${service}:*:*:*`]),
  MOST_SERVICES,
);

/** The same for a string. */
export function isEverythingOf(service: string, arn: string): boolean {
  if (/^\*+$/.test(arn)) return true;
  const fields = arnFields(arn);
  const open = (part: string): boolean => part === '' || /^\*+$/.test(part);
  // A trailing wildcard also matches missing fields.
  if (fields.length > 2 && fields.length < 6 && /^\*+$/.test(fields.at(-1)!))
    return fields[0] === 'arn' && [service, '*'].includes(fields[2]!) && fields.slice(3).every(open);
  const [, , of = '', region = UNKNOWN_PIECE, account = UNKNOWN_PIECE, rest = ''] = fields;
  return (
    arn.startsWith('arn:') &&
    (of === service || /^\*+$/.test(of)) &&
    open(region) &&
    open(account) &&
    /^\*+([:/]\*+)*$/.test(rest)
  );
}

/** The maximum number of broad resources of a statement that are compared. A single one can match everything. */
const MOST_WIDE = 64;

/**
 * The resources of a statement that can match all resources of some service. If there are too many, the remaining ones
 * are unknown.
 */
export function broadResources({ items, complete }: Items): Items {
  const wide = items.filter(({ value }) => !is(value, MAYBE_EVERYTHING).no.isAlways());
  return wide.length > MOST_WIDE ? { items: wide.slice(0, MOST_WIDE), complete: MAYBE } : { items: wide, complete };
}

const MAYBE_EVERYTHING: Predicate = pattern((arn) => arn.endsWith('*'));

/** Whether a resource of a statement matches all resources of the service of an action. */
export function coversAllOf(resource: Value, action: Value): Judgement {
  const { whole, ofService } = coverageOf(resource);
  if (!ofService) return whole;
  // Most actions are the same in every scenario.
  if (action.state === 'known') return any(whole, ofService(serviceOf(action)));
  const services = leaves(action).map(({ value }) => (value.state === 'known' ? serviceOf(value) : ''));
  return any(whole, ...[...new Set(services)].map((service) => all(is(action, actionOf(service)), ofService(service))));
}

/** What a resource matches as a whole. Memoized, because it is compared with each action. */
const coverageOf = memoize(
  (
    resource: Value,
  ): { readonly whole: Judgement; readonly ofService: ((service: string) => Judgement) | undefined } => {
    const whole = is(resource, EVERY_RESOURCE);
    return always(whole) || never(is(resource, EVERYTHING_OF_ITS_SERVICE))
      ? { whole, ofService: undefined }
      : {
          whole,
          ofService: memoizeName((service) =>
            service === '' || service === '*' ? NO : is(resource, everythingOf(service)),
          ),
        };
  },
);

/** The service of an action; empty for an invalid action. */
function serviceOf({ raw }: Known): string {
  return actionPattern(raw)?.service ?? '';
}

const EVERYTHING_OF_ITS_SERVICE: Predicate = pattern((arn) => isEverythingOf(arnFields(arn)[2] ?? '', arn));

function actionOf(service: string): Predicate {
  return { known: (action) => serviceOf(action) === service, collection: false };
}

/** All roles of an account. A role can only be passed within its account, so the account ID restricts nothing. */
export const EVERY_ROLE: Predicate = pattern(
  (arn) => /^\*+$/.test(arn) || /^arn:[^:]*:(iam|\*+):([^:]*:[^:]*:(\*+|role\/\*+|role\*+)|([^:]*:)?\*+)$/.test(arn),
  ['*', 'arn:aws:iam::*:role/*', 'arn:aws:iam::*:*', 'arn:aws:iam::123456789012:role/*'],
);

/** All service-linked roles of any service. */
export const EVERY_SERVICE_ROLE: Predicate = pattern(
  (arn) =>
    /^(\*+|arn:[^:]*:(iam|\*+):([^:]*:[^:]*:(\*+|role\/\*+|role\*+|role\/aws-service-role(\*+|\/\*+([^a-z].*)?))|([^:]*:)?\*+))$/.test(
      arn,
    ),
  ['*', 'arn:aws:iam::*:role/*', 'arn:aws:iam::*:role/aws-service-role/*'],
);

function pattern(holds: (arn: string) => boolean, texts?: readonly string[]): Predicate {
  return {
    ...(texts ? { texts } : {}),
    known: ({ raw }) => holds(raw),
    text: (text) => holds(shapeOf(text)),
    reference: () => false,
    collection: false,
  };
}
