import type { Kinds, ServiceOwnership } from '../../server/src/hover/ownership.ts';

const CITATIONS = {
  one: { url: 'https://a.example/one', quote: 'One.', checked: '2026-11-24' },
  two: { url: 'https://a.example/two', quote: 'Two.', checked: '2026-11-24' },
};

/** Cards in which every part of the language occurs, for types of SQS, Lambda and EC2. */
export const TOYS: Readonly<Record<string, ServiceOwnership | Kinds>> = {
  'ownership/sqs': {
    citations: CITATIONS,
    types: {
      'AWS::SQS::Queue': {
        verdict: [
          { when: { FifoQueue: [true] }, text: 'in order', cite: ['two'] },
          { text: 'AWS keeps it', cite: ['one'] },
        ],
        claims: [
          { layer: 'hardware', owner: 'aws', text: 'machines', cite: ['one'] },
          { layer: 'data', owner: 'you', text: 'data', cite: ['one', 'two'] },
          { layer: 'identity', owner: 'you', when: { QueueName: ['main', null] }, text: 'the main queue', cite: [] },
          { layer: 'network', owner: 'you', when: { KmsMasterKeyId: 'set' }, text: 'a key', cite: ['one'] },
          { layer: 'logging', owner: 'shared', text: 'logs', cite: [] },
        ],
        here: [
          {
            label: 'encryption',
            path: 'SqsManagedSseEnabled',
            cases: [
              { is: [null], say: '{property} not set, so encrypted', cite: ['two'] },
              { is: [true], say: 'encrypted' },
              { is: [false], say: '{property} is {value}' },
            ],
          },
          {
            label: 'tags',
            path: 'Tags[].Key',
            cases: [
              { is: [null], say: 'none' },
              { is: ['a'], say: 'first' },
              { is: 'set', say: 'tag {value}' },
            ],
          },
          { label: 'order', path: 'FifoQueue', when: { FifoQueue: [true] }, cases: [{ is: 'set', say: 'kept' }] },
        ],
        properties: {
          SqsManagedSseEnabled: {
            verdict: [{ text: 'you choose', cite: ['one'] }],
            remarks: [
              { label: 'Default', text: 'on', cite: ['one'] },
              { label: 'In order', when: { FifoQueue: [true] }, text: 'the same', cite: [] },
            ],
            here: [{ label: 'value', path: 'SqsManagedSseEnabled', cases: [{ is: [false], say: 'off' }] }],
          },
          'Tags[].Key': { verdict: [{ text: 'a tag', cite: [] }], remarks: [], here: [] },
          FifoQueue: { verdict: [{ text: 'order', cite: [] }], remarks: [], here: [] },
        },
      },
    },
  },
  'ownership/lambda': {
    citations: CITATIONS,
    types: {
      'AWS::Lambda::Function': {
        verdict: [{ text: 'code', cite: [] }],
        claims: [],
        properties: {},
        remarks: [{ label: 'Besides', when: { Runtime: ['nodejs18.x'] }, text: 'time goes by', cite: ['two'] }],
        here: [
          { label: 'runtime', compute: 'runtime', cite: ['one'] },
          { label: 'invoke', compute: 'invokers', cite: [] },
        ],
      },
    },
  },
  'ownership/kms': {
    citations: CITATIONS,
    types: {
      'AWS::KMS::Key': {
        verdict: [{ text: 'a key', cite: [] }],
        claims: [],
        properties: {},
        here: [
          { label: 'rotation', path: 'EnableKeyRotation', cases: [{ is: [null], say: 'none' }] },
          { label: 'description', path: 'Description', cases: [{ is: [null], say: 'none' }] },
        ],
      },
      aws_kms_custom_key_store: {
        verdict: [{ text: 'a key store', cite: ['one'] }],
        claims: [{ layer: 'platform', owner: 'you', text: 'machines', cite: ['two'] }],
        here: [],
        properties: { key_store_password: { verdict: [{ text: 'a password', cite: ['one'] }], remarks: [], here: [] } },
      },
    },
  },
  'ownership/glue': {
    citations: CITATIONS,
    types: {
      'AWS::Glue::Job': { verdict: [{ text: 'a job', cite: [] }], claims: [], here: [], properties: {} },
      aws_glue_job: {
        verdict: [{ text: 'a repository', cite: [] }],
        claims: [],
        here: [],
        properties: {
          'source_control_details.auth_token': { verdict: [{ text: 'a token', cite: ['two'] }], remarks: [], here: [] },
        },
      },
    },
  },
  'ownership/dx': {
    citations: CITATIONS,
    types: { aws_dx_bgp_peer: { verdict: [{ text: 'a peer', cite: ['one'] }], claims: [], here: [], properties: {} } },
  },
  'ownership/iam': {
    citations: CITATIONS,
    types: {
      'AWS::IAM::Role': {
        verdict: [{ text: 'a role', cite: [] }],
        claims: [],
        properties: {},
        here: [{ label: 'trusts', compute: 'principals', cite: [] }],
      },
    },
  },
  'ownership/ecs': {
    citations: CITATIONS,
    types: {
      'AWS::ECS::TaskDefinition': {
        verdict: [
          { when: { RequiresCompatibilities: ['EC2'] }, text: 'machines of yours', cite: [] },
          { when: { RequiresCompatibilities: ['FARGATE'] }, text: 'no machines of yours', cite: [] },
          { text: 'containers', cite: [] },
        ],
        claims: [],
        here: [],
        properties: {},
      },
    },
  },
  'ownership/s3': {
    citations: CITATIONS,
    types: {
      'AWS::S3::Bucket': {
        verdict: [{ text: 'objects', cite: [] }],
        claims: [],
        properties: {},
        here: [{ label: 'public access', compute: 'publicAccess', cite: [] }],
      },
    },
  },
  'ownership/sns': {
    service: { name: 'SNS', cite: [], kinds: { 'AWS::SNS::Topic': 'managed' }, claims: [] },
    citations: {},
    types: {},
  },
  'ownership/ec2': {
    service: { name: 'EC2', cite: [], kinds: { 'AWS::EC2::VPC': 'plumbing' }, claims: [] },
    citations: CITATIONS,
    types: {
      'AWS::EC2::Instance': {
        verdict: [{ text: 'a machine', cite: [] }],
        claims: [],
        properties: {},
        here: [
          { label: 'patching', compute: 'patching', cite: [] },
          { label: 'reachable', compute: 'reachable', cite: [] },
          { label: 'nothing', compute: 'nobody-knows', cite: [] },
        ],
      },
      'AWS::EC2::SecurityGroup': {
        verdict: [{ text: 'a firewall', cite: [] }],
        claims: [],
        properties: {
          'SecurityGroupIngress[].Description': { verdict: [{ text: 'why', cite: [] }], remarks: [], here: [] },
        },
        here: [
          {
            label: 'description',
            path: 'GroupDescription',
            cases: [
              { is: [null], say: 'none' },
              { is: 'set', say: '{value}' },
            ],
          },
          { label: 'in', compute: 'openings', cite: [] },
        ],
      },
    },
  },
  'ownership/dynamodb': {
    service: {
      name: 'Amazon Toys',
      cite: ['two'],
      kinds: { 'AWS::DynamoDB::Table': 'data-store', 'AWS::DynamoDB::GlobalTable': 'plumbing' },
      claims: [
        { layer: 'logging', owner: 'you', text: 'trails', kinds: ['data-store'], cite: ['two'] },
        { layer: 'backup', owner: 'you', text: 'backups', types: ['AWS::DynamoDB::Table'], cite: ['one'] },
        { layer: 'code', owner: 'you', text: 'code', kinds: ['managed-compute'], cite: ['one'] },
        { layer: 'platform', owner: 'aws', text: 'servers', cite: ['two'] },
      ],
    },
    citations: { ...CITATIONS, one: { url: 'https://a.example/dynamodb', quote: 'One.', checked: '2026-11-24' } },
    types: {},
  },
  'ownership/kinds': {
    citations: CITATIONS,
    kinds: {
      'guest-compute': { verdict: { text: 'a machine', cite: [] }, claims: [], security: true },
      container: { verdict: { text: 'a container', cite: [] }, claims: [], security: true },
      'managed-compute': { verdict: { text: 'runs code', cite: [] }, claims: [], security: true },
      'data-store': {
        verdict: { text: '{service} stores the {resource}', cite: ['one'] },
        claims: [
          { layer: 'data', owner: 'you', text: 'data', cite: ['two'] },
          { layer: 'hardware', owner: 'aws', text: 'machines', cite: ['one'] },
          { layer: 'logging', owner: 'shared', text: 'logs', cite: [] },
        ],
        security: true,
      },
      endpoint: { verdict: { text: 'an endpoint', cite: [] }, claims: [], security: true },
      network: { verdict: { text: 'a network', cite: [] }, claims: [], security: true },
      identity: { verdict: { text: 'an identity', cite: [] }, claims: [], security: true },
      keys: { verdict: { text: 'a key', cite: [] }, claims: [], security: true },
      control: { verdict: { text: 'a control', cite: [] }, claims: [], security: false },
      plumbing: { verdict: { text: 'connects things', cite: [] }, claims: [], security: false },
      managed: {
        verdict: { text: 'AWS runs {service}; the {resource} is yours', cite: ['one'] },
        claims: [{ layer: 'data', owner: 'you', text: 'data', cite: ['two'] }],
        security: false,
      },
      'custom-resource': { verdict: { text: 'your code', cite: [] }, claims: [], security: true },
      'third-party': { verdict: { text: 'a type of others', cite: [] }, claims: [], security: true },
      module: { verdict: { text: 'a module', cite: [] }, claims: [], security: true },
      unknown: { verdict: { text: 'not known', cite: [] }, claims: [], security: true },
    },
  },
  'resource-state': { citations: {}, forms: {}, types: {} } as never,
  'lambda-runtimes': {
    deprecated: { 'nodejs18.x': '2025-09-01', 'nodejs22.x': '2027-04-30' },
    supported: ['nodejs24.x'],
  } as never,
};
