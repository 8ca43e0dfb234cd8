import { lettingEverybodyIn, type ResourceProfile } from '../public-policy.ts';
import { defineRule } from '../rule.ts';

const REPOSITORY: ResourceProfile = {
  what: 'repository policy of',
  who: 'every AWS account',
  actions: [
    ['ecr:batchgetimage', 'pull images'],
    ['ecr:putimage', 'push images'],
    ['ecr:batchdeleteimage', 'delete images'],
    ['ecr:setrepositorypolicy', 'change who may use the repository'],
    ['ecr:replicateimage', 'replicate images into the registry'],
  ],
  looks:
    /^ecr:(?:describe[\w*?]*|list[\w*?]*|getrepositorypolicy|getlifecyclepolicy(?:preview)?|batchchecklayeravailability)$/,
  narrow: 'aws:PrincipalOrgID',
};

export default defineRule({
  id: 'ecr-policy-public',
  on: 'policy',
  selfContained: true,
  kinds: ['resource'],
  topic: 'data-exposure',
  severity: 'high',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-27',
  title: 'ECR repository policies should not allow public access',
  why: 'A wildcard principal lets every AWS account pull the images, with the code and configuration in them, or push images that run as yours.',
  remedy:
    'Name the accounts or roles, or add a condition on aws:PrincipalOrgID. Put public images into a public repository.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/RepositoryPolicies.html',
      claim:
        'By default only the owner has access to a repository; its policy lets others in. To push or pull one needs ecr:GetAuthorizationToken too, which everybody can have in an account of their own.',
      seen: '2026-11-27',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
      claim: 'In resource-based policies a star with Allow stands for everybody; do not use it unless that is meant.',
      seen: '2026-11-27',
    },
  ],
  aliases: { checkov: ['CKV_AWS_32', 'CKV_AWS_283'], trivy: ['AWS-0032'] },
  controls: {},
  fix: 'suggestion',
  subsumes: ['iam-policy-not-principal'],
  *check(policy, { stack }) {
    if (policy.service !== 'ecr') return;
    yield* lettingEverybodyIn(
      policy,
      stack,
      policy.host.type === 'AWS::ECR::RegistryPolicy' ? { ...REPOSITORY, what: 'registry policy' } : REPOSITORY,
    );
  },
});
