import { all, any, is, YES, type Predicate } from '../../model/judgement.ts';
import { defineRule, type ReadsOf } from '../rule.ts';
import { groupUsers } from './group-users.ts';
import { openEnds, rulesOf, type IngressType } from './security-group-rules.ts';

const READS: ReadsOf<IngressType> = {
  'AWS::EC2::SecurityGroup': [
    'SecurityGroupIngress',
    'SecurityGroupIngress[].Description',
    'SecurityGroupIngress[].CidrIp',
    'SecurityGroupIngress[].CidrIpv6',
  ],
  'AWS::EC2::SecurityGroupIngress': ['Description', 'CidrIp', 'CidrIpv6'],
};

/**
 * Words by which authors say that a rule is not meant to stay. Descriptions are in English nearly everywhere, because AWS
 * takes letters without accents alone; of other languages there are the words that are no words of English.
 */
const TEMPORARY: ReadonlySet<string> = new Set([
  'debug',
  'debugging',
  'delete',
  'fixme',
  'remove',
  'temp',
  'temporarily',
  'temporary',
  'test',
  'testing',
  'tmp',
  'todo',
  'temporaer',
  'vorruebergehend',
  'provisorisch',
  'temporaire',
  'provisoire',
  'temporario',
  'provisorio',
  'temporaneo',
]);

/** A description with one of these words, as a whole word; a word may also be one of those of `camelCase` or `snake_case`. */
const SAYS_TEMPORARY: Predicate = {
  known: ({ raw }) => saysTemporary(raw),
  // What is put into a description is an address or a name, and not what its author says of the rule.
  text: ({ pieces }) => saysTemporary(pieces.map((piece) => (typeof piece === 'string' ? piece : 'x')).join('')),
  // Nobody has said anything of the rule then.
  unknown: false,
};

function saysTemporary(description: string): boolean {
  return wordsOf(description).some((word) => TEMPORARY.has(word));
}

function wordsOf(description: string): readonly string[] {
  return description
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
}

export default defineRule({
  id: 'sg-temporary-test-rule',
  on: 'resource',
  reads: READS,
  topic: 'network-exposure',
  severity: 'low',
  profile: 'strict',
  since: '0.1',
  judged: '2026-11-24',
  title: 'Security group has no temporary rule that is open to the world',
  why: 'A rule that was opened for a test and called so is easily forgotten. It stays open to the world long after anybody needs it.',
  remedy:
    'Remove the rule, limit it to the addresses that need it, or say in its description what it is for if it is to stay.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-create-security-group-request/description.html',
      claim:
        'Descriptions of security groups have up to 255 characters: the letters a to z, digits, spaces and some punctuation.',
      seen: '2026-11-24',
    },
  ],
  aliases: {},
  controls: {},
  fix: 'none',
  *check(resource) {
    for (const rule of rulesOf(resource, 'SecurityGroupIngress')) {
      const description = rule.properties.get('Description');
      yield {
        violations: [
          {
            wrong: all(is(description, SAYS_TEMPORARY), any(...openEnds(rule, () => YES).map(({ open }) => open))),
            at: description,
          },
        ],
        related: () => groupUsers(resource),
        message: (said) =>
          `The security group rule in ${resource.displayName} is open to the world and described as "${said}". Remove it if it was temporary, or limit its source.`,
      };
    }
  },
});
