import { publicPolicyRule } from '../forms/public-policy-rule.ts';

export default publicPolicyRule({
  id: 'ecr-policy-public',
  severity: 'high',
  judged: '2026-11-27',
  title: 'ECR repository policies should not allow public access',
  keywords: ['wildcard principal', 'cross-account', 'container images', 'registry policy', 'open to the world'],
  why: 'A wildcard principal allows any AWS account to pull the images, with the code and configuration in them, or to push images that your workloads run.',
  remedy:
    'Specify the accounts or roles, or add a condition on aws:PrincipalOrgID. Publish public images in a public repository.',
  sources: {
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/RepositoryPolicies.html':
      'By default, only the owner has access to a repository; its policy grants access to others. Pushing and pulling also require ecr:GetAuthorizationToken, which any user can have in their own account.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html':
      'In resource-based policies, a wildcard principal with Allow grants access to all users; do not use it unless public access is intended.',
  },
  aliases: ['CKV_AWS_32', 'CKV_AWS_283', 'AWS-0032'],
  service: 'ecr',
  policy: { 'AWS::ECR::RegistryPolicy': 'registry policy', otherwise: 'repository policy of' },
  who: 'any AWS account',
  actions: [
    ['ecr:batchgetimage', 'pull', 'images'],
    ['ecr:putimage', 'push', 'images'],
    ['ecr:batchdeleteimage', 'delete', 'images'],
    ['ecr:setrepositorypolicy', 'change', 'the policy'],
    ['ecr:replicateimage', 'replicate', 'images'],
  ],
  control: true,
  readsSettings:
    /^ecr:(?:describe[\w*?]*|list[\w*?]*|getrepositorypolicy|getlifecyclepolicy(?:preview)?|batchchecklayeravailability)$/,
  narrow: 'aws:PrincipalOrgID',
});
