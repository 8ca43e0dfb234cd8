/** That the data of ownership is complete, cited and well written. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { memoizeName } from '../../server/src/base/memoize.ts';
import type { Mapping, MappingIndex } from '../../server/src/formats/terraform/mapping.ts';
import {
  cardOf,
  completedCard,
  composedCard,
  composedFor,
  isGeneralKey,
  type CitedCard,
} from '../../server/src/hover/composed-card.ts';
import { TYPE_PAGE } from '../../server/src/hover/general-lines.ts';
import { COMPUTED } from '../../server/src/hover/computed/index.ts';
import {
  serviceOf,
  type Citation,
  type Claim,
  type ConfigurationLine,
  type ResourceKind,
  type Kinds,
  type SystemLayer,
  type ServiceOwnership,
  type TypeCard,
  type OwnershipVerdict,
} from '../../server/src/hover/ownership.ts';
import type { TerraformTypes } from '../../server/src/hover/terraform-types.ts';
import { schemaOf } from '../../tools/resource-paths.ts';
import { pathsOf, type TypeSchema } from '../../tools/schemas/read.ts';
import { isAsExpected } from '../kit/accept.ts';

const SCHEMAS = new URL('../../schemas/', import.meta.url);
const dataAt = <T>(name: string): T => JSON.parse(readFileSync(new URL(`${name}.json`, SCHEMAS), 'utf8')) as T;
const typesOf = (service: string): Record<string, TypeSchema> =>
  dataAt<{ types: Record<string, TypeSchema> }>(`cloudformation/${service}`).types;
const FILES = readdirSync(new URL('ownership/', SCHEMAS))
  .map((file) => file.replace('.json', ''))
  .filter((name) => name !== 'kinds');
const KINDS = dataAt<Kinds>('ownership/kinds');
const dataOrNothing = memoizeName((name: string): unknown =>
  existsSync(new URL(`${name}.json`, SCHEMAS)) ? dataAt<unknown>(name) : undefined,
);

/** Whether the key of a citation is that of a page of the service, or about the type. */
const isOfService = (key: string): boolean => key === TYPE_PAGE || !isGeneralKey(key);

/** Pages about the shared responsibility model and all services. */
const ABOUT_ALL = /\/whitepapers\//;

/** The longest text of one claim, so that a line of several can be read. */
const LONGEST_CLAIM = 90;
const LONGEST = 200;

/** What runs a service is a claim of its kind, which names the service. */
const VAGUE =
  /^(?:the )?(?:service|its|the) infrastructure(?: and its network security)?$|infrastructure that runs the service|^access$/;

const ANNOUNCED = /closed to new|end of (?:support|life)|disabled since|discontinued/;

/** Layers that a card of a type names that holds data, runs code or accepts requests. Each is one of several. */
const EXPECTED: readonly (readonly SystemLayer[])[] = [
  ['hardware', 'platform'],
  ['identity'],
  ['network'],
  ['data', 'encryption', 'code', 'configuration'],
  ['logging'],
];
/** Layers about which the shared responsibility model alone supports no claim. */
const SPECIFIC: ReadonlySet<SystemLayer> = new Set(['network', 'identity', 'encryption', 'logging', 'backup']);

const KINDS_WITH_LAYERS: readonly ResourceKind[] = [
  'guest-compute',
  'container',
  'managed-compute',
  'data-store',
  'endpoint',
];

/** Types whose hardware is the customer's, always or with some settings. */
const ON_PREMISES: readonly string[] = [
  'AWS::BackupGateway::Hypervisor',
  'AWS::DataSync::Agent',
  'AWS::DataSync::LocationAzureBlob',
  'AWS::DataSync::LocationHDFS',
  'AWS::DataSync::LocationNFS',
  'AWS::DataSync::LocationObjectStorage',
  'AWS::DataSync::LocationSMB',
  'AWS::Deadline::Fleet',
  'AWS::Deadline::Worker',
  'AWS::EC2::LocalGatewayRoute',
  'AWS::EC2::LocalGatewayRouteTable',
  'AWS::ECS::Cluster',
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::ECS::TaskSet',
  'AWS::EKS::Cluster',
  'AWS::GameLift::Fleet',
  'AWS::Greengrass::ConnectorDefinitionVersion',
  'AWS::Greengrass::FunctionDefinition',
  'AWS::GreengrassV2::ComponentVersion',
  'AWS::GreengrassV2::Deployment',
  'AWS::IoTSiteWise::Gateway',
  'AWS::IoTWireless::WirelessGateway',
  'AWS::MediaLive::Channel',
  'AWS::MediaLive::Cluster',
  'AWS::MediaLive::Node',
  'AWS::Panorama::ApplicationInstance',
  'AWS::Panorama::Package',
  'AWS::Panorama::PackageVersion',
  'AWS::S3Outposts::Bucket',
];

/** Names of services that AWS writes as one word. */
const ONE_WORD: ReadonlySet<string> = new Set([
  'CloudFormation',
  'CloudTrail',
  'CloudWatch',
  'CodeArtifact',
  'CodeDeploy',
  'DataSync',
  'ElastiCache',
  'EventBridge',
  'GuardDuty',
  'MediaLive',
  'MediaStore',
  'MediaTailor',
  'MemoryDB',
  // Its pages have no other name.
  'PricingPlanManager',
]);

/** The text of the claim of kinds about hardware. */
const KIND_HARDWARE = KINDS.kinds['data-store'].claims.find(({ layer }) => layer === 'hardware')!.text;

const BACKUPS = /^(?:Automated|Automatic|Preferred)?(?:Snapshot|Backup)(?:Retention(?:Limit|Period)?|Policy|Window)/;

/** Properties that say who has access, or that the internet has. */
const GRANTS =
  /^(?:(?:Resource|Repository|Destination|Access|\w+Group)Polic(?:y|ies)|AgentPermissions|PubliclyAccessible)$/;

/** Properties about a layer, of which the types that have them name what is the customer's. */
const CONFIGURED: readonly (readonly [layer: SystemLayer, property: RegExp, without: readonly string[]])[] = [
  [
    'encryption',
    /^(?:Kms|KMS)(?:Key)?(?:Arn|ARN|Id|Identifier)?$/,
    // No page describes the property.
    [
      'AWS::CleanRooms::IntermediateTable',
      'AWS::DevOpsAgent::AgentSpace',
      'AWS::DevOpsAgent::Service',
      'AWS::FSx::FileCache',
      'AWS::HealthLake::DataTransformationProfile',
      'AWS::NeptuneGraph::Graph',
      'AWS::OpenSearchService::Application',
      'AWS::StorageGateway::Volume',
      'AWS::WorkspacesInstances::Volume',
    ],
  ],
  [
    'network',
    /^(?:SecurityGroupIds|VpcConfig)$/,
    ['AWS::FSx::FileCache', 'AWS::OpsWorksCM::Server', 'AWS::SageMaker::EndpointConfig'],
  ],
];

/** The types of Terraform that no mapping has. */
const TERRAFORM = dataAt<TerraformTypes>('terraform-types').types;

/** Whether a type is one that only Terraform has, of the service of a file. */
function isOnlyOf(file: string, type: string): boolean {
  const entry = TERRAFORM[type];
  return typeof entry === 'object' && entry.service === file;
}

/** The card of every type of CloudFormation. */
const CARDS: readonly {
  readonly type: string;
  readonly kind: ResourceKind;
  readonly card: TypeCard;
  readonly operator: string | undefined;
}[] = FILES.flatMap((file) => {
  const ownership = dataAt<ServiceOwnership>(`ownership/${file}`);
  return Object.entries(ownership.service?.kinds ?? {}).map(([type, kind]) => {
    const own = ownership.types[type];
    const { card } = own
      ? completedCard(type, own, KINDS, ownership)
      : composedCard({ type, kind, ownership }, KINDS, undefined);
    return { type, kind, card, operator: ownership.service?.operator };
  });
});

describe('ownership data', () => {
  it('has a kind for every resource type', () => {
    for (const service of readdirSync(new URL('cloudformation/', SCHEMAS)).map((file) => file.replace('.json', ''))) {
      const stated = dataAt<ServiceOwnership>(`ownership/${service}`).service?.kinds ?? {};
      assert.deepEqual(Object.keys(stated), Object.keys(typesOf(service)).sort(), service);
      for (const kind of Object.values(stated)) assert.ok(kind in KINDS.kinds, kind);
    }
  });

  it('has the kind of every type of Terraform that no mapping leads to a type of CloudFormation', () => {
    const known = readdirSync(new URL('terraform/', SCHEMAS)).flatMap((file) =>
      Object.keys(dataAt<{ resources?: object }>(`terraform/${file.replace('.json', '')}`).resources ?? {}),
    );
    const mapped = new Map(
      Object.entries(dataAt<MappingIndex>('mappings/index').types).map(([type, files]) => [
        type,
        files.flatMap((file) => Object.keys(dataAt<Mapping>(`mappings/${file}`).types)),
      ]),
    );
    const own = new Set(FILES.flatMap((file) => Object.keys(dataAt<ServiceOwnership>(`ownership/${file}`).types)));
    assert.deepEqual(
      known.filter((type) => !TERRAFORM[type] && !own.has(type) && (mapped.get(type)?.includes(type) ?? true)),
      [],
    );
    const kinds = Object.assign(
      {},
      ...FILES.map((file) => dataAt<ServiceOwnership>(`ownership/${file}`).service?.kinds),
    );
    for (const [type, entry] of Object.entries(TERRAFORM)) {
      assert.ok(known.includes(type), `${type} exists`);
      if (typeof entry === 'string') assert.ok(kinds[entry], `${entry} exists`);
      else {
        assert.ok(FILES.includes(entry.service), `${type}: ${entry.service}`);
        assert.ok(entry.kind in KINDS.kinds, `${type}: ${entry.kind}`);
      }
    }
  });

  it('has a page of the service for types of Terraform that hold data, run code or grant access', () => {
    const lacking = Object.keys(TERRAFORM).filter((type) => {
      const { card, citations, isSecurity } = composedFor(type, dataOrNothing)!;
      const keys = [...card.verdict, ...card.claims].flatMap(({ cite }) => cite);
      for (const key of keys) assert.ok(citations[key], `${type}: ${key}`);
      return isSecurity && !keys.some((key) => isOfService(key) && !ABOUT_ALL.test(citations[key]!.url));
    });
    // It can make a resource of any type.
    assert.deepEqual(lacking, ['aws_cloudcontrolapi_resource']);
  });

  it('cites no page about another type of the service for the sentence about a type', () => {
    const cited = (type: string): readonly string[] => {
      const { card, citations } = composedFor(type, dataOrNothing)!;
      return card.verdict.flatMap(({ cite }) => cite.map((key) => citations[key]!.url));
    };
    assert.ok(cited('AWS::Lightsail::Bucket').some((url) => url.endsWith('/API_SetResourceAccessForBucket.html')));
    assert.ok(cited('AWS::Lightsail::Disk').some((url) => url.endsWith('/aws-resource-lightsail-disk.html')));
    assert.deepEqual(
      cited('AWS::Lightsail::Disk').filter((url) => /API_|instance/.test(url)),
      [],
    );
    for (const [type, other] of [
      ['AWS::S3::AccessGrant', /MultiRegion/],
      ['AWS::MediaLive::Channel', /input-security-groups/],
      ['AWS::MediaTailor::Channel', /origin/],
      ['AWS::Route53Resolver::ResolverEndpoint', /dns-firewall/],
      ['AWS::AppMesh::VirtualGateway', /virtual_nodes/],
    ] as const)
      assert.deepEqual(
        cited(type).filter((url) => other.test(url)),
        [],
        type,
      );
    assert.ok(cited('AWS::StepFunctions::Activity').some((url) => url.endsWith('/API_EncryptionConfiguration.html')));
  });

  it('says what is the responsibility of whom of every type that holds data, runs code or grants access', () => {
    const types = [...Object.keys(TERRAFORM), ...CARDS.map(({ type }) => type)];
    const lacking = types.filter((type) => {
      const { card, isSecurity } = composedFor(type, dataOrNothing)!;
      const own = cardOf(type, dataOrNothing)?.card ?? card;
      return isSecurity && own.claims.every(({ owner }) => owner === 'aws');
    });
    assert.deepEqual(lacking, ['aws_cloudcontrolapi_resource']);
  });

  it('calls what types of Terraform make by name', () => {
    for (const type of Object.keys(TERRAFORM)) {
      const { card } = composedFor(type, dataOrNothing)!;
      for (const { text } of card.verdict) {
        assert.doesNotMatch(text, /aws_|accepter|exclusive|association authorization|\b(\w+) \1\b/, type);
        assert.doesNotMatch(
          text,
          /[a-z][A-Z][a-z]+(?:Id|Type|Arn|Configuration)\b/,
          `${type}: no property of CloudFormation`,
        );
      }
    }
  });

  it('calls services what AWS calls them, not what their types are called', () => {
    const names = FILES.map((file) => dataAt<ServiceOwnership>(`ownership/${file}`).service?.name ?? '');
    assert.deepEqual(
      names.filter((name) => /^\w*(?:[a-z][A-Z]|[A-Z]{2}[a-z])\w*$/.test(name) && !ONE_WORD.has(name)),
      [],
    );
  });

  it('has one colon in a line, behind its label', () => {
    const texts = (value: unknown): readonly string[] =>
      value === null || typeof value !== 'object'
        ? []
        : Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
            typeof inner === 'string' ? (['say', 'text', 'unset'].includes(key) ? [inner] : []) : texts(inner),
          );
    const files = [...FILES.map((file) => `ownership/${file}`), 'ownership/kinds', 'resource-state'];
    assert.deepEqual(
      files.flatMap((file) => texts(dataAt(file))).filter((text) => text.includes(': ')),
      [],
    );
  });

  it('says one line of plumbing', () => {
    assert.deepEqual(KINDS.kinds.plumbing.claims, []);
  });

  it('cites what it says of kinds', () => {
    checkCitations(KINDS.citations);
    for (const { verdict, claims } of Object.values(KINDS.kinds)) {
      checkCited(verdict, KINDS.citations);
      for (const claim of claims) checkClaim(claim, KINDS.citations);
    }
  });

  for (const file of FILES)
    describe(file, () => {
      const ownership = dataAt<ServiceOwnership>(`ownership/${file}`);
      const { citations, types, service } = ownership;

      it('quotes pages of AWS, each of them used', () => {
        checkCitations(citations);
        const text = JSON.stringify([types, service, ownership.terraform]);
        for (const key of Object.keys(citations)) assert.ok(text.includes(JSON.stringify(key)), `${key} is cited`);
      });

      for (const announcement of (service ?? ownership.terraform)?.lifecycle ?? [])
        it(announcement.text, () => {
          checkCited(announcement, citations);
          assert.match(announcement.text, ANNOUNCED, 'names the end, in words that hold before and after it');
          for (const type of announcement.types ?? [])
            assert.ok(service?.kinds[type], `${type} is a type of the service`);
        });

      if (service)
        it('makes claims about types and kinds of the service', () => {
          for (const key of service.cite) assert.ok(citations[key], `${key} is a citation`);
          for (const claim of service.claims) {
            checkClaim(claim, citations);
            assert.equal(claim.when, undefined, 'a claim about a service has no conditions');
            assert.doesNotMatch(claim.text, VAGUE, 'says of what');
            for (const kind of claim.kinds ?? [])
              assert.ok(Object.values(service.kinds).includes(kind), `a type of the service is of the kind ${kind}`);
            for (const type of claim.types ?? [])
              assert.ok(service.kinds[type] ?? isOnlyOf(file, type), `${type} is a type of the service`);
          }
        });

      it('cites what a page says of access, networks, keys, logs and backups for what it says of them', () => {
        const isGeneral = (key: string): boolean => /navigating-gdpr-compliance/.test(citations[key]?.url ?? '');
        const own = Object.entries(types).flatMap(([type, { claims }]) => (type.includes('::') ? claims : []));
        assert.deepEqual(
          [...(service?.claims ?? []), ...own]
            .filter(({ owner, layer, cite }) => owner !== 'aws' && SPECIFIC.has(layer) && cite.every(isGeneral))
            .map(({ text }) => text),
          [],
        );
      });

      for (const [type, card] of Object.entries(types))
        it(type, () => {
          assert.equal(serviceOf(type), file, 'is in the file of its service');
          const paths = new Set<string>(pathsOf(schemaOf(type), 8));
          const checkPaths = (conditions: Readonly<Record<string, unknown>> | undefined): void => {
            for (const path of Object.keys(conditions ?? {})) assert.ok(paths.has(path), `${path} exists`);
          };
          const checkVerdicts = (verdicts: readonly OwnershipVerdict[]): void => {
            for (const verdict of verdicts) {
              checkCited(verdict, citations);
              checkPaths(verdict.when);
            }
            assert.equal(verdicts.at(-1)?.when, undefined, 'the last verdict holds always');
          };
          const checkLines = (lines: readonly ConfigurationLine[]): void => {
            // Lines of one label are shown as one, or exclude each other.
            assert.ok(new Set(lines.map(({ label }) => label)).size <= 8, 'few lines');
            for (const line of lines) {
              checkPaths(line.when);
              if ('compute' in line) assert.ok(COMPUTED[line.compute], `${line.compute} is computed`);
              else {
                assert.ok(paths.has(line.path.replace(/\[\]$/, '')), `${line.path} exists`);
                for (const { say, cite } of line.cases) {
                  checkText(say);
                  for (const key of cite ?? []) assert.ok(citations[key], `${key} is a citation`);
                }
              }
            }
          };
          checkVerdicts(card.verdict);
          for (const claim of card.claims) {
            checkClaim(claim, citations);
            checkPaths(claim.when);
            assert.doesNotMatch(claim.text, VAGUE, 'says of what');
          }
          for (const remark of card.remarks ?? []) {
            checkCited(remark, citations);
            checkPaths(remark.when);
          }
          const complete = completedCard(type, card, KINDS, ownership);
          for (const owner of service?.operator === undefined ? ['aws', 'you'] : ['you'])
            assert.ok(
              complete.card.claims.some((claim) => claim.owner === owner),
              `says what is ${owner === 'aws' ? "AWS's" : 'yours'}`,
            );
          checkLines(card.here);
          for (const [path, property] of Object.entries(card.properties)) {
            assert.ok(paths.has(path), `${path} exists`);
            checkVerdicts(property.verdict);
            for (const remark of property.remarks) {
              checkCited(remark, citations);
              checkPaths(remark.when);
            }
            checkLines(property.here);
            assert.ok(property.remarks.length + property.here.length <= 9, 'a card of twelve lines');
          }
        });
    });

  it('has the numbers of types that docs/ownership.md states', () => {
    const file = new URL('../../docs/ownership.md', import.meta.url);
    const counts = { own: 0, service: 0, general: 0 };
    for (const name of FILES) {
      const ownership = dataAt<ServiceOwnership>(`ownership/${name}`);
      for (const [type, kind] of Object.entries(ownership.service?.kinds ?? {})) {
        const source = hasPageOfService(composedCard({ type, kind, ownership }, KINDS, undefined))
          ? 'service'
          : 'general';
        counts[ownership.types[type] ? 'own' : source]++;
      }
    }
    const [, after, rows] = /(\| types of CloudFormation \|.*\n\|[-| :]+\n)((?:\|.*\n)+)/.exec(
      readFileSync(file, 'utf8'),
    )!;
    const numbers = Object.values(counts).map((count) => count.toLocaleString('en'));
    let row = 0;
    isAsExpected(
      rows!.replaceAll(/\| [\d,]+ \|$/gm, () => `| ${numbers[row++]} |`),
      rows!,
      { file, after: after! },
    );
    assert.equal(row, numbers.length);
  });

  it('names what AWS operates, access, network, data and logs for what holds data, runs code or accepts requests', () => {
    const lacking = CARDS.flatMap(({ type, kind, card, operator }) => {
      if (!KINDS_WITH_LAYERS.includes(kind) || operator !== undefined) return [];
      const named = new Set(card.claims.map(({ layer }) => layer));
      const missing = EXPECTED.filter((layers) => !layers.some((layer) => named.has(layer)));
      return missing.length > 0 ? [`${type}: ${missing.map((layers) => layers.join(' or ')).join(', ')}`] : [];
    });
    assert.deepEqual(lacking, []);
  });

  it('names backups of data stores that have settings for them', () => {
    const lacking = CARDS.flatMap(({ type, kind, card }) =>
      kind === 'data-store' &&
      pathsOf(schemaOf(type), 1).some((path) => BACKUPS.test(path)) &&
      !card.claims.some(({ layer }) => layer === 'backup')
        ? [type]
        : [],
    );
    assert.deepEqual(lacking, []);
  });

  for (const [layer, property, without] of CONFIGURED)
    it(`names ${layer} of types that have a property for it`, () => {
      const lacking = CARDS.flatMap(({ type, kind, card }) =>
        KINDS.kinds[kind].security &&
        !type.startsWith('AWS::Serverless::') &&
        pathsOf(schemaOf(type), 1).some((path) => property.test(path)) &&
        !card.claims.some((claim) => claim.layer === layer && (layer === 'encryption' || claim.owner !== 'aws'))
          ? [type]
          : [],
      );
      assert.deepEqual(lacking, without);
    });

  it('has a kind with cards by default for types that grant access or have public addresses', () => {
    const hidden = CARDS.flatMap(({ type, kind }) =>
      !KINDS.kinds[kind].security && pathsOf(schemaOf(type), 1).some((path) => GRANTS.test(path)) ? [type] : [],
    );
    assert.deepEqual(hidden, []);
  });

  it('says in claims of what, as a list of them is read without the type', () => {
    const lost = CARDS.flatMap(({ type, card }) =>
      card.claims
        .filter(({ text }) => /^(?:its|the account|the client) /.test(text))
        .map(({ text }) => `${type}: ${text}`),
    );
    assert.deepEqual(lost, []);
  });

  it('names who patches the operating system of customers and of the hosts of their containers', () => {
    const lacking = CARDS.filter(
      ({ kind, card }) =>
        (kind === 'guest-compute' || kind === 'container') &&
        // AWS's part, such as a default image, does not say who patches what runs.
        !card.claims.some(
          ({ owner, layer }) => owner !== 'aws' && (layer === 'operating-system' || layer === 'patching'),
        ),
    );
    assert.deepEqual(
      lacking.map(({ type }) => type),
      [],
    );
  });

  it('does not say that AWS operates the hardware of customers', () => {
    const cards = new Map(CARDS.map(({ type, card }) => [type, card]));
    for (const type of ON_PREMISES) {
      const hosts = (cards.get(type)?.claims ?? []).filter(
        ({ layer }) => layer === 'hardware' || layer === 'facilities',
      );
      assert.ok(
        hosts.some(({ owner }) => owner !== 'aws'),
        `${type}: says what is the customer's`,
      );
      assert.deepEqual(
        hosts.filter(({ owner, when, text }) => owner === 'aws' && when === undefined && text === KIND_HARDWARE),
        [],
        type,
      );
    }
  });

  it('does not say of services of others what holds for those of AWS', () => {
    for (const { type, card, operator } of CARDS)
      if (operator !== undefined)
        for (const { layer, owner } of card.claims)
          assert.ok(owner !== 'aws' || !['hardware', 'network', 'logging'].includes(layer), `${type}: ${layer}`);
  });

  it('states in the first sentence what AWS operates', () => {
    for (const { type, card } of CARDS)
      for (const { text } of card.verdict) {
        assert.doesNotMatch(
          text,
          /AWS operates AWS SAM|and its hosts|operates aws_|the network; the traffic|config configuration/,
          type,
        );
        assert.ok(text.length <= 240, `${type}: ${text}`);
      }
  });

  it('has a page of the service for types that hold data, run code or grant access', () => {
    const without = FILES.flatMap((file) => {
      const ownership = dataAt<ServiceOwnership>(`ownership/${file}`);
      return Object.entries(ownership.service?.kinds ?? {}).flatMap(([type, kind]) => {
        const cited = cardOf(type, dataOrNothing) ?? composedCard({ type, kind, ownership }, KINDS, undefined);
        return KINDS.kinds[kind].security && !hasPageOfService(cited) ? [type] : [];
      });
    });
    assert.deepEqual(without, []);
  });
});

/** Whether a card cites a page of its service, not only one about all services. */
function hasPageOfService({ card, citations }: CitedCard): boolean {
  return [...card.verdict, ...card.claims].some(({ cite }) =>
    cite.some((key) => isOfService(key) && citations[key] !== undefined && !ABOUT_ALL.test(citations[key].url)),
  );
}

function checkCitations(citations: Readonly<Record<string, Citation>>): void {
  for (const [key, { url, quote, checked }] of Object.entries(citations)) {
    // The documentation of services that have ended has ended too; the SDKs of AWS say so in their source.
    assert.match(
      url,
      /^https:\/\/(?:(?:docs\.)?aws\.amazon\.com|github\.com\/aws\/aws-sdk-go-v2)\//,
      `${key} is a page of AWS`,
    );
    assert.match(quote ?? '', /^\S.{15,}\S$/s, `${key} quotes it`);
    assert.match(checked, /^2\d{3}-\d\d-\d\d$/, `${key} says when`);
  }
}

function checkClaim(claim: Claim, citations: Readonly<Record<string, Citation>>): void {
  checkCited(claim, citations);
  assert.ok(claim.text.length <= LONGEST_CLAIM, `${claim.text}: a few words`);
}

function checkCited(
  { text, cite }: { readonly text: string; readonly cite: readonly string[] },
  citations: Readonly<Record<string, Citation>>,
): void {
  checkText(text);
  assert.ok(cite.length > 0, `${text}: a citation`);
  for (const key of cite) assert.ok(citations[key], `${text}: ${key} is a citation`);
}

function checkText(text: string): void {
  assert.ok(text.length <= LONGEST, `${text}: short`);
  assert.doesNotMatch(text, /[.!]$|\n|\s\s/, `${text}: no full stop, one line`);
}
