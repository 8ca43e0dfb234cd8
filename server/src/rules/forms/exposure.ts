/** Reports about public access. Those about one resource become one finding. */
import { addTo } from '../../base/groups.ts';
import { capital, some } from '../../base/words.ts';
import { stableNameOf, type Resource } from '../../model/resource.ts';
import { exposedBy } from '../../reachability/public-access/exposed-resource.ts';
import type { Cause } from '../rule.ts';

/** Verbs with their objects in a row: `to send messages and receive messages`. */
export function verbsOf(names: readonly string[]): string {
  return `to ${some(
    names.map((one) => one.replace(/^to /, '')),
    MOST_NAMES,
  )}`;
}

/** The maximum number of names in a message. */
const MOST_NAMES = 3;

/** One cause that makes a resource public. */
export interface ExposedThrough {
  /** Its part in the message for several: `to send messages`, `the bucket policy FilesPolicy`. */
  readonly name: string;
  /** The sentence about its place, where the finding is at another one. */
  readonly also: string;
  /** The message for several, by the resource that is exposed and their names. */
  readonly message: (exposed: string, names: readonly string[]) => string;
  /** Set where reports are about less than public access, to keep these separate: `blocked`, `settings`. */
  readonly degree?: string;
}

/** The cause of reports about all that makes one resource public: its policies, permissions and access lists. */
export function exposureBy(resource: Resource, { name, also, message, degree = 'open' }: ExposedThrough): Cause {
  const exposed = exposedBy(resource);
  return {
    of: exposed.self,
    across: true,
    what: `${degree} ${stableNameOf(exposed)}`,
    name,
    also,
    message: (names) => message(exposed.displayName, names),
  };
}

/**
 * How far a grant makes a bucket public: certainly, unless S3 rejects it by default, or only without the settings that
 * block it.
 */
type BucketDegree = 'open' | 'requested' | 'blocked';

const BUCKET_MESSAGES: Readonly<Record<BucketDegree, (bucket: string, names: string) => string>> = {
  open: (bucket, names) =>
    `${bucket} is public through ${names}, and Block Public Access is off. Remove the public grants, and turn on Block Public Access.`,
  requested: (bucket, names) =>
    `${bucket} allows public access through ${names}. New buckets reject it and older ones become public; remove the public grants.`,
  blocked: (bucket, names) =>
    `${bucket} allows public access through ${names} that only other settings prevent. Remove the public grants.`,
};

/**
 * The cause of reports about all that makes one bucket public.
 * @param through What does: `its ACL`, `the access point Readers`.
 */
export function bucketExposure(resource: Resource, through: string, degree: BucketDegree = 'open'): Cause {
  const message = BUCKET_MESSAGES[degree];
  return exposureBy(resource, {
    degree,
    name: through,
    also: `${capital(through)} also allows public access.`,
    message: (bucket, names) => message(bucket, some(names, MOST_NAMES)),
  });
}

/**
 * The cause of reports about all that makes one function public: its URLs and permissions.
 * @param who The principals that it allows: `any AWS account`.
 * @param does What it allows: `to invoke the function`.
 */
export function functionExposure(
  resource: Resource,
  { who, does, also }: { readonly who: string; readonly does: string; readonly also: string },
): Cause {
  return exposureBy(resource, {
    name: `${who} ${does}`,
    also,
    message: (exposed, names) =>
      `${exposed} allows ${allowed(names)}. Require authentication for URLs, and specify the accounts or services in permissions.`,
  });
}

/** Which principals can do what, each principal once: `anyone to send events, and any AWS account to read it`. */
function allowed(names: readonly string[]): string {
  const verbs = new Map<string, string[]>();
  for (const name of names) {
    const at = name.indexOf(' to ');
    addTo(verbs, name.slice(0, at), name.slice(at + 1));
  }
  return some([...verbs].map(([who, actions]) => `${who} ${verbsOf(actions)}`));
}
