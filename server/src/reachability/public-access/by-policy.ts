/** Public access by resource policies. */
import { flatMap } from '../../base/flat-map.ts';
import { ownEntry, table, type Table } from '../../base/table.ts';
import { some } from '../../base/words.ts';
import { all, any, is, isPresent, judgement, NO, not, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import type { Statement } from '../../model/policy.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import { never } from '../../model/quantified.ts';
import type { Resource } from '../../model/resource.ts';
import { publicGrants } from '../../policy/principal/public-grant.ts';
import { PUBLIC_MEANINGS } from '../../policy/principal/public-meaning.ts';
import { namesAction } from '../../policy/resource/statement-names.ts';
import { textsOf } from '../../policy/statement/statement-edits.ts';
import type { Outside } from './outside.ts';
import { resourcePoliciesOf } from './policy-holders.ts';
import { accessThrough, type PublicAccess, type PublicBlock, type PublicCause } from './public-access.ts';

/**
 * The services that answer requests without credentials, if a policy allows these. Others authenticate the caller, who
 * can belong to any AWS account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
const ANONYMOUS: ReadonlySet<string> = new Set(['es', 's3', 'sns', 'sqs']);

/**
 * The services that reject a policy that grants public access; `policy/principal/public-meaning.ts` has the sources.
 */
const REJECTING: ReadonlySet<string> = new Set(['dsql', 'dynamodb', 's3express']);

/**
 * Settings of a resource with which a public policy does not make it public, and a sentence about each without its
 * subject.
 */
type Settings = readonly {
  readonly path: string;
  readonly holds: (resource: Resource) => Judgement;
  readonly text: string;
}[];

const set = (path: string, text: string): Settings[number] => ({
  path,
  holds: (resource) => isPresent(resource.get(path)),
  text,
});

const on = (path: string, text: string): Settings[number] => ({
  path,
  holds: (resource) => is(resource.get(path), isTrue),
  text,
});

const DOMAIN: Settings = [
  // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html
  on('AdvancedSecurityOptions.Enabled', 'authenticates users with fine-grained access control'),
  // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
  set('VPCOptions', 'has endpoints in a VPC only'),
];

const BLOCKING_SETTINGS: Table<Settings> = table({
  'AWS::Elasticsearch::Domain': DOMAIN,
  'AWS::OpenSearchService::Domain': DOMAIN,
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
  'AWS::SecretsManager::ResourcePolicy': [on('BlockPublicPolicy', 'rejects public policies')],
  // It blocks public access: `policy/principal/public-meaning.ts`.
  'AWS::FSx::S3AccessPointAttachment': [{ path: 'S3AccessPoint', holds: () => YES, text: 'blocks public access' }],
  'AWS::S3::MultiRegionAccessPointPolicy': [
    { path: 'Policy', holds: isBlocked, text: 'is rejected while it is public' },
  ],
});

/**
 * Whether a multi-Region access point rejects public policies. All settings are on by default, and cannot be changed
 * later. Without them, the policies of its buckets must allow the same, which is not evaluated.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/multi-region-access-point-block-public-access.html
 */
function isBlocked(policy: Resource): Judgement {
  const { edges } = policy.related('multi-region-access-point');
  const allows = edges.map(({ resource: point, when }) =>
    all(
      judgement(when),
      ...['BlockPublicPolicy', 'RestrictPublicBuckets'].map((name) =>
        is(point.get(`PublicAccessBlockConfiguration.${name}`), isFalse),
      ),
    ),
  );
  return edges.length === 0 ? UNKNOWABLE : not(all(any(...allows), UNKNOWABLE));
}

/** What makes a resource public by its policies, where nothing blocks it. */
export function policyCauses(
  resource: Resource,
): { readonly causes: readonly PublicCause[] } & Pick<ReturnType<typeof resourcePoliciesOf>, 'complete'> & {
    readonly blocks: readonly PublicBlock[];
  } {
  const { policies, complete } = resourcePoliciesOf(resource);
  const blocks: PublicBlock[] = [];
  const causes = flatMap(policies, ({ policy, when }): readonly PublicCause[] => {
    const { host, service = '' } = policy;
    const from: Outside = ANONYMOUS.has(service) ? 'internet' : 'other-accounts';
    const { only } = ownEntry(PUBLIC_MEANINGS, service) ?? {};
    const own = (ownEntry(BLOCKING_SETTINGS, host.type) ?? []).map(({ path, holds, text }): PublicBlock => ({
      text: `${host.displayName} ${text}`,
      at: host.get(path),
      blocks: holds(host),
    }));
    const grants = publicGrants(policy).filter(({ open }) => !never(open));
    if (grants.length > 0) blocks.push(...own.filter((block) => !never(block.blocks)));
    const blocked = any(REJECTING.has(service) ? YES : NO, ...own.map((block) => block.blocks));
    return grants.map(({ statement, at, open }) => ({
      resource: host,
      text: `${host.displayName} allows ${WHO[from]} to ${actionPhrase(statement)}`,
      at,
      from,
      open: all(judgement(when), open, not(blocked), only === undefined ? YES : namesAction(statement, only)),
    }));
  });
  return { causes, complete, blocks };
}

/** Public access to a resource that only its policies grant. */
export function accessByPolicy(resource: Resource): PublicAccess {
  const { causes, complete, blocks } = policyCauses(resource);
  return accessThrough(causes, complete, blocks);
}

/** The outside, in a sentence. */
export const WHO: Readonly<Record<Outside, string>> = { internet: 'anyone', 'other-accounts': 'any AWS account' };

/** The actions of a statement, in words: `call s3:GetObject and s3:PutObject`. */
export function actionPhrase({ actions }: Statement): string {
  return `call ${
    some(
      (textsOf(actions) ?? []).map(({ raw }) => raw),
      MOST_ACTIONS,
    ) || 'its actions'
  }`;
}

const MOST_ACTIONS = 2;
