/** Configurations with what is read from them, and their problems. */
import { ASSUMPTIONS, KINDS } from '../../server/src/config/configuration.ts';
import { QUOTAS } from '../../server/src/model/quota.ts';

const KNOWN = `Supported: accounts, ${Object.keys(ASSUMPTIONS).join(', ')}.`;

const ELSEWHERE = 'Expected a path relative to the directory of this configuration file, with forward slashes.';
const QUOTAS_KNOWN = `Supported: ${Object.keys(QUOTAS).join(', ')}.`;
const KINDS_KNOWN = `Supported: ${KINDS.join(', ')}.`;

export interface Case {
  readonly name: string;
  readonly text: string;
  readonly assume?: Record<string, boolean>;
  readonly accounts?: readonly string[];
  readonly policies?: readonly object[];
  /** Each value as NAME=TEXT and its source text. */
  readonly parameters?: readonly object[];
  readonly quotas?: Record<string, number>;
  /** Each problem as the text at its place and its message. */
  readonly problems?: readonly (readonly [string, string])[];
}

export const CASES: readonly Case[] = [
  { name: 'an empty file', text: '' },
  { name: 'a file with nothing but a comment', text: '# nothing yet\n' },
  { name: 'a setting without a value', text: 'assume:\n' },
  {
    name: 'all that can be assumed',
    text: 'assume:\n  s3.accountBlock: true\n  ebs.defaultEncryption: False\n',
    assume: { 's3.accountBlock': true, 'ebs.defaultEncryption': false },
  },
  {
    name: 'flow style and an anchor',
    text: 'assume: {s3.accountBlock: &on true, ebs.defaultEncryption: *on}',
    assume: { 's3.accountBlock': true, 'ebs.defaultEncryption': true },
  },
  {
    name: "accounts of one's own, quoted or not",
    text: 'assume:\n  accounts: [111122223333, "012345678901"]\n',
    accounts: ['111122223333', '012345678901'],
  },
  {
    name: 'accounts that are none',
    text: "assume:\n  accounts: [1234, prod, '444455556666']\n",
    accounts: ['444455556666'],
    problems: [
      ['1234', 'Expected an AWS account ID of 12 digits, such as "111122223333".'],
      ['prod', 'Expected an AWS account ID of 12 digits, such as "111122223333".'],
    ],
  },
  {
    name: 'accounts that are not a list',
    text: 'assume:\n  accounts: true\n',
    problems: [['true', 'Expected "accounts" to be a list.']],
  },
  {
    name: 'a misspelt setting',
    text: 'asume:\n  s3.accountBlock: true\n',
    problems: [['asume', 'Unknown setting "asume". Did you mean "assume"?']],
  },
  {
    name: 'a setting that is like no other',
    text: 'colors: {}\n',
    problems: [['colors', 'Unknown setting "colors".']],
  },
  {
    name: 'a misspelt assumption beside a good one',
    text: 'assume:\n  s3.acountblock: true\n  ebs.defaultEncryption: true\n',
    assume: { 'ebs.defaultEncryption': true },
    problems: [['s3.acountblock', `Unknown assumption "s3.acountblock". Did you mean "s3.accountBlock"? ${KNOWN}`]],
  },
  {
    name: 'an assumption about something else',
    text: 'assume: {__proto__: true}',
    problems: [['__proto__', `Unknown assumption "__proto__". ${KNOWN}`]],
  },
  {
    name: 'a value that is neither true nor false',
    text: 'assume:\n  s3.accountBlock: maybe\n',
    problems: [['maybe', 'Expected "s3.accountBlock" to be true or false.']],
  },
  {
    name: 'a quoted value',
    text: 'assume:\n  s3.accountBlock: "true"\n',
    problems: [['"true"', 'Expected "s3.accountBlock" to be true or false.']],
  },
  {
    name: 'a missing value',
    text: 'assume:\n  s3.accountBlock:\n',
    problems: [['s3.accountBlock', 'Expected "s3.accountBlock" to be true or false.']],
  },
  {
    name: 'a list of assumptions',
    text: 'assume:\n  - s3.accountBlock\n',
    problems: [['- s3.accountBlock', 'Expected "assume" to be a mapping, such as "name: value".']],
  },
  {
    name: 'a list as a whole',
    text: '- assume\n',
    problems: [['- assume', 'Expected the configuration to be a mapping, such as "name: value".']],
  },
  {
    name: 'a name that is written twice',
    text: 'assume:\n  s3.accountBlock: false\n  s3.accountBlock: true\n',
    assume: { 's3.accountBlock': true },
    problems: [['s3.accountBlock', 'Duplicate key "s3.accountBlock". The last one is used.']],
  },
  { name: 'policies without entries', text: 'policies:\n' },
  {
    name: 'what policies are attached to',
    text: 'policies:\n  - files: policies/scp/*.json\n    kind: scp\n  - {files: "*-bucket.json", kind: resource, service: S3}\n',
    policies: [
      { folder: 'file:///w', files: 'policies/scp/*.json', kind: 'scp' },
      { folder: 'file:///w', files: '*-bucket.json', kind: 'resource', service: 's3' },
    ],
  },
  {
    name: 'a misspelt kind beside a good one',
    text: 'policies:\n  - {files: a.json, kind: boundry}\n  - {files: b.json, kind: boundary}\n',
    policies: [{ folder: 'file:///w', files: 'b.json', kind: 'boundary' }],
    problems: [['boundry', `Unknown policy kind "boundry". Did you mean "boundary"? ${KINDS_KNOWN}`]],
  },
  {
    name: 'a kind that only the program uses',
    text: 'policies: [{files: a.json, kind: unclear}]',
    problems: [['unclear', `Unknown policy kind "unclear". ${KINDS_KNOWN}`]],
  },
  { name: 'an entry without a kind', text: 'policies:\n  - files: a.json\n', problems: [['files', 'Missing "kind".']] },
  {
    name: 'an entry without either',
    text: 'policies:\n  - service: s3\n',
    problems: [['service', 'Missing "files" and "kind".']],
  },
  { name: 'an empty entry', text: 'policies:\n  -\n', problems: [['-', 'Missing "files" and "kind".']] },
  {
    name: 'an entry that is a text',
    text: 'policies: [scp]',
    problems: [['scp', 'Expected an entry of "policies" to be a mapping, such as "name: value".']],
  },
  {
    name: 'policies that are not a list',
    text: 'policies: {files: a, kind: scp}',
    problems: [['{files: a, kind: scp}', 'Expected "policies" to be a list.']],
  },
  {
    name: 'a name that an entry does not have',
    text: 'policies: [{file: a.json, files: a.json, kind: scp}]',
    policies: [{ folder: 'file:///w', files: 'a.json', kind: 'scp' }],
    problems: [['file', 'Unknown key "file" in an entry of "policies". Did you mean "files"?']],
  },
  {
    name: 'files without a pattern',
    text: 'policies:\n  - files:\n    kind: scp\n',
    problems: [['files', 'Expected "files" to be a path pattern.']],
  },
  {
    name: 'a list of patterns',
    text: 'policies: [{files: [a, b], kind: scp}]',
    problems: [['[a, b]', 'Expected "files" to be a path pattern.']],
  },
  {
    name: 'a service where there is none',
    text: 'policies: [{files: a.json, kind: scp, service: s3}]',
    policies: [{ folder: 'file:///w', files: 'a.json', kind: 'scp' }],
    problems: [['service', '"service" applies only to policies of kind "resource".']],
  },
  { name: 'parameters without entries', text: 'parameters:\n' },
  {
    name: 'what parameters are given',
    text: 'parameters:\n  - templates: stacks/*.yaml\n    files: [params/dev.json, ../b c.yaml]\n  - {templates: "*.yaml", files: [], values: {Stage: prod, Size: 010, On: TRUE, List: [a, b], None: ""}}\n',
    parameters: [
      {
        folder: 'file:///w',
        templates: 'stacks/*.yaml',
        files: [
          { name: 'params/dev.json', uri: 'file:///w/params/dev.json' },
          { name: '../b c.yaml', uri: 'file:///b%20c.yaml' },
        ],
        values: [],
      },
      {
        folder: 'file:///w',
        templates: '*.yaml',
        files: [],
        values: ['Stage=prod prod', 'Size=010 010', 'On=true TRUE', 'List=a,b [a, b]', 'None= ""'],
      },
    ],
  },
  {
    name: 'one file',
    text: 'parameters: [{templates: a.yaml, files: p.json}]',
    parameters: [
      { folder: 'file:///w', templates: 'a.yaml', files: [{ name: 'p.json', uri: 'file:///w/p.json' }], values: [] },
    ],
  },
  {
    name: 'parameters of no templates',
    text: 'parameters:\n  - files: p.json\n',
    problems: [['files', 'Missing "templates".']],
  },
  {
    name: 'templates without parameters',
    text: 'parameters:\n  - templates: a.yaml\n',
    problems: [['templates', 'Missing "files" or "values".']],
  },
  {
    name: 'an empty entry of parameters',
    text: 'parameters:\n  -\n',
    problems: [['-', 'Missing "templates", and "files" or "values".']],
  },
  {
    name: 'parameters that are not a list',
    text: 'parameters: off',
    problems: [['off', 'Expected "parameters" to be a list.']],
  },
  {
    name: 'a misspelt name in an entry of parameters',
    text: 'parameters: [{template: a.yaml, templates: b.yaml, values: {A: a}}]',
    parameters: [{ folder: 'file:///w', templates: 'b.yaml', values: ['A=a a'] }],
    problems: [['template', 'Unknown key "template" in an entry of "parameters". Did you mean "templates"?']],
  },
  {
    name: 'paths that start elsewhere beside a good one',
    text: 'parameters: [{templates: a.yaml, files: [/etc/p.json, "C:/p.json", p.json, {}]}]',
    parameters: [
      { folder: 'file:///w', templates: 'a.yaml', files: [{ name: 'p.json', uri: 'file:///w/p.json' }], values: [] },
    ],
    problems: [
      ['/etc/p.json', ELSEWHERE],
      ['"C:/p.json"', ELSEWHERE],
      ['{}', 'Expected "files" to be a list of paths.'],
    ],
  },
  {
    name: 'files of which nothing can be read',
    text: 'parameters: [{templates: a.yaml, files: [/p.json]}]',
    problems: [['/p.json', ELSEWHERE]],
  },
  {
    name: 'a value that is none beside a good one',
    text: 'parameters: [{templates: a.yaml, values: {A: {b: c}, B: , C: c}}]',
    parameters: [{ folder: 'file:///w', templates: 'a.yaml', values: ['C=c c'] }],
    problems: [
      ['{b: c}', 'Expected "A" to be a string, number, boolean or list of these.'],
      ['B', 'Expected "B" to be a string, number, boolean or list of these.'],
    ],
  },
  { name: 'quotas without entries', text: 'quotas:\n' },
  {
    name: 'what an account may have',
    text: 'quotas:\n  iam.trustPolicy: 4096\n  organizations.scp: 5120\n',
    quotas: { 'iam.trustPolicy': 4096, 'organizations.scp': 5120 },
  },
  {
    name: 'a misspelt quota beside a good one',
    text: 'quotas:\n  iam.trustpolicies: 4096\n  iam.managedPolicy: 6000\n',
    quotas: { 'iam.managedPolicy': 6000 },
    problems: [
      ['iam.trustpolicies', `Unknown quota "iam.trustpolicies". Did you mean "iam.trustPolicy"? ${QUOTAS_KNOWN}`],
    ],
  },
  {
    name: 'a quota that is not a number',
    text: 'quotas: {iam.trustPolicy: many}',
    problems: [['many', 'Expected "iam.trustPolicy" to be a number of characters, such as 2048.']],
  },
  {
    name: 'a quota of nothing',
    text: 'quotas: {s3.bucketPolicy: 0}',
    problems: [['0', 'Expected "s3.bucketPolicy" to be a number of bytes, such as 20480.']],
  },
  {
    name: 'a quota without a value',
    text: 'quotas:\n  iam.trustPolicy:\n',
    problems: [['iam.trustPolicy', 'Expected "iam.trustPolicy" to be a number of characters, such as 2048.']],
  },
  {
    name: 'quotas that are a list',
    text: 'quotas: [iam.trustPolicy]',
    problems: [['[iam.trustPolicy]', 'Expected "quotas" to be a mapping, such as "name: value".']],
  },
  {
    name: 'two documents',
    text: 'assume: {s3.accountBlock: true}\n---\nassume: {}\n',
    assume: { 's3.accountBlock': true },
    problems: [['assume: {}', 'Expected one YAML document. This one is ignored.']],
  },
];
