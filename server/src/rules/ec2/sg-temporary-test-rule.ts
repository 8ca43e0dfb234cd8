import type { Fix } from '../../model/edit.ts';
import { isTerraform } from '../../model/format.ts';
import { all, any, is, YES, type Predicate } from '../../model/judgement.ts';
import { defineRule, type ReadsOf } from '../rule.ts';
import { groupUsers } from './group-users.ts';
import { remoteAddresses } from '../../reachability/remote-addresses.ts';
import { rulesOf } from '../../reachability/security-group-rules.ts';
import type { IngressType } from './security-group-reports.ts';

const READS: ReadsOf<IngressType> = {
  'AWS::EC2::SecurityGroup': [
    'SecurityGroupIngress',
    'SecurityGroupIngress[].Description',
    'SecurityGroupIngress[].CidrIp',
    'SecurityGroupIngress[].SourcePrefixListId',
    'SecurityGroupIngress[].CidrIpv6',
  ],
  'AWS::EC2::SecurityGroupIngress': ['Description', 'CidrIp', 'CidrIpv6', 'SourcePrefixListId'],
};

/**
 * Words for a rule that is not permanent. Most descriptions are in English, because AWS supports only letters without
 * accents; the list has words of other languages that do not exist in English.
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

/** Whether a description contains one of these words, also as a part of `camelCase` or `snake_case`. */
const SAYS_TEMPORARY: Predicate = {
  known: ({ raw }) => saysTemporary(raw),
  // Interpolated values are addresses and names, and do not describe the rule.
  text: ({ pieces }) => saysTemporary(pieces.map((piece) => (typeof piece === 'string' ? piece : 'x')).join('')),
  // Nothing is known about the purpose of the rule.
  unknown: false,
};

/**
 * What a load balancer permanently has for blue/green deployments: CodeDeploy and ECS send test traffic through a test
 * listener. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html
 */
const OF_DEPLOYMENTS: ReadonlySet<string> = new Set(['listener', 'listeners', 'traffic']);

function saysTemporary(description: string): boolean {
  const words = wordsOf(description);
  return words.some(
    (word, index) => TEMPORARY.has(word) && !(word === 'test' && OF_DEPLOYMENTS.has(words[index + 1] ?? '')),
  );
}

/** The end of the name of an environment, such as `shop-test`. The rule is not for a test, but for the environment. */
const OF_ENVIRONMENT = /(?<=[\p{L}\p{N}]-)test(?![\p{L}\p{N}-])/giu;

function wordsOf(description: string): readonly string[] {
  return description
    .replace(OF_ENVIRONMENT, '')
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
  judged: '2026-11-24',
  title: 'Security groups should not have temporary test rules open to the world',
  keywords: ['0.0.0.0/0', '::/0', 'ingress', 'debug', 'TODO', 'cleanup'],
  why: 'A rule that was added for a test is easily forgotten, and stays open to the world long after the test.',
  remedy: 'Remove the rule, restrict it to the addresses that need it, or describe its purpose if it is permanent.',
  sources: {
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html':
      'Descriptions of security groups have up to 255 characters: letters from a to z, digits, spaces and some punctuation.',
  },
  fix: 'suggestion',
  *check(resource) {
    for (const rule of rulesOf(resource, 'SecurityGroupIngress')) {
      const description = rule.properties.get('Description');
      yield {
        violations: [
          {
            wrong: all(
              is(description, SAYS_TEMPORARY),
              any(...remoteAddresses(rule, () => YES).map(({ open }) => open)),
            ),
            at: description,
          },
        ],
        related: () => groupUsers(resource),
        fixes: (): readonly Fix[] =>
          // A block of Terraform is several rules, one for each list of addresses.
          rule.item && !isTerraform(resource.format)
            ? [
                {
                  title: 'Remove the rule (blocks its traffic)',
                  safe: false,
                  edits: [{ op: 'removeItem', resource, target: rule.item, unlessCommented: true }],
                },
              ]
            : [],
        message: (said) =>
          `${resource.displayName} ${resource.type === 'AWS::EC2::SecurityGroup' ? 'has' : 'is'} a temporary rule open to the world. Its description is "${said}"; remove it, or restrict its source.`,
      };
    }
  },
});
