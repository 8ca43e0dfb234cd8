/**
 * The data of connections between resources is about types, properties and attributes that exist, and leaves none of
 * the plain cases out.
 */
import assert from 'node:assert/strict';
import { IDENTITIES } from '../../server/src/formats/relations/identity.ts';
import type { Link } from '../../server/src/formats/relations/link.ts';
import { LINKS } from '../../server/src/formats/relations/links.ts';
import {
  SERVICE_CONNECTIONS,
  serviceLink,
  type ServiceConnection,
  type ServiceLinks,
  type ServiceLinksIndex,
} from '../../server/src/formats/relations/service-links.ts';
import { propertyAt, type TypeSchema } from '../../tools/schemas/read.ts';
import { ALL_LINKS } from '../kit/all-links.ts';
import { canonicalType, data, names } from './data.ts';

const services = names('relations/').filter((name) => name !== 'relations/index');
const served = services.flatMap((name) =>
  Object.entries(data<ServiceLinks>(name).types).map(([type, links]) => ({ name, type, links })),
);
const ofServices = Object.fromEntries(
  SERVICE_CONNECTIONS.map((connection) => [
    connection,
    [
      serviceLink(
        connection,
        served.map(({ type }) => type),
        ALL_LINKS,
      ),
    ],
  ]),
) as unknown as Readonly<Record<ServiceConnection, readonly Link[]>>;
const LINKED = { ...LINKS, ...ofServices };

const links = Object.entries(LINKED).flatMap(([connection, all]) =>
  all.map((link) => ({
    connection,
    link: {
      ...link,
      from: Object.fromEntries(Object.entries(link.from).map(([type, paths]) => [type, paths.map(withoutKeys)])),
    },
  })),
);

/** A path without what tells the items of a list that are meant, and the values of a map as the map. */
function withoutKeys(path: string): string {
  return path.replaceAll('[*]', '').replace(/\[[^\]]+\]/g, '[]');
}

const schemas = new Map<string, TypeSchema | undefined>();

function schemaOf(type: string): TypeSchema | undefined {
  if (!schemas.has(type)) schemas.set(type, canonicalType(type));
  return schemas.get(type);
}

/** Whether a type has a property; what is below a property of free form is not in the schemas. */
function has(schema: TypeSchema, path: string): boolean {
  if (propertyAt(schema, path)) return true;
  const steps = path.split('.');
  return steps
    .slice(1)
    .some((_, index) => /json|\{\}/.test(propertyAt(schema, steps.slice(0, index + 1).join('.'))?.type ?? ''));
}

/** The paths of the texts and lists of texts of a type whose name fits, lists with their brackets. */
function textsNamed(schema: TypeSchema, name: RegExp): readonly string[] {
  const found: string[] = [];
  const enter = (properties: TypeSchema['properties'], base: string, inside: readonly string[]): void => {
    for (const [key, property] of Object.entries(properties)) {
      const type = (typeof property === 'string' ? property : property.type).replace(/[!*~]+$/, '');
      if ((type === 'string' || type === 'string[]') && name.test(key))
        found.push(`${base}${key}${type.endsWith('[]') ? '[]' : ''}`);
      const definition = /^#(\w+)(\[\])?$/.exec(type);
      if (definition && inside.length < 6 && !inside.includes(definition[1]!))
        enter(schema.definitions?.[definition[1]!] ?? {}, `${base}${key}${definition[2] ?? ''}.`, [
          ...inside,
          definition[1]!,
        ]);
    }
  };
  enter(schema.properties, '', []);
  return found;
}

describe('links between resources', () => {
  it('that are data stand in the file of their service, which the index lists', () => {
    assert.deepEqual(
      data<ServiceLinksIndex>('relations/index').services.map((service) => `relations/${service}`),
      services,
    );
    assert.deepEqual(
      served.filter(({ name, type }) => name !== `relations/${type.split('::')[1]!.toLowerCase()}`),
      [],
    );
  });

  it('that are data are those of known connections, and name the page of their type in the reference', () => {
    const known = new Set<string>(['page', ...SERVICE_CONNECTIONS]);
    const wrong = served.filter(({ type, links: { page, ...paths } }) => {
      const [vendor, service, name] = type.toLowerCase().split('::');
      return (
        page !==
          `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/${vendor}-resource-${service}-${name}.html` ||
        Object.keys(paths).length === 0 ||
        !Object.keys(paths).every((connection) => known.has(connection))
      );
    });
    assert.deepEqual(wrong, []);
    assert.ok(served.length > 500);
  });

  it('are made by properties that exist', () => {
    const missing = links.flatMap(({ connection, link }) =>
      Object.entries(link.from).flatMap(([type, paths]) => {
        const schema = schemaOf(type);
        return paths.filter((path) => !schema || !has(schema, path)).map((path) => `${connection}: ${type} ${path}`);
      }),
    );
    assert.deepEqual(missing, []);
  });

  it('enter every list that is on the way', () => {
    const wrong = links.flatMap(({ connection, link }) =>
      Object.entries(link.from).flatMap(([type, paths]) =>
        paths
          .filter((path) => {
            const steps = path.split('.');
            return steps.some((step, index) => {
              const property = propertyAt(schemaOf(type)!, steps.slice(0, index + 1).join('.'));
              return property !== undefined && property.type.endsWith('[]') !== step.endsWith('[]');
            });
          })
          .map((path) => `${connection}: ${type} ${path}`),
      ),
    );
    assert.deepEqual(wrong, []);
  });

  it('lead to types of which it is known how they are named', () => {
    assert.deepEqual(
      [...new Set(links.flatMap(({ link }) => link.to))].filter((type) => !IDENTITIES[type] || !schemaOf(type)),
      [],
    );
  });

  it('name each path of a type once for a connection', () => {
    const lines = Object.entries(LINKED)
      .flatMap(([connection, all]) => all.map((link) => ({ connection, link })))
      .flatMap(({ connection, link }) =>
        Object.entries(link.from).flatMap(([type, paths]) =>
          paths.map((path) => `${connection} ${type} ${path} ${link.to.join()}`),
        ),
      );
    assert.equal(new Set(lines).size, lines.length);
  });

  it('know resources by attributes and names that exist', () => {
    const wrong = Object.entries(IDENTITIES).flatMap(([type, identity]) => {
      const schema = schemaOf(type);
      return [
        ...identity!.attributes.filter((attribute) => !schema?.attributes?.includes(attribute)),
        ...(identity!.name !== undefined && !(schema && propertyAt(schema, identity!.name)) ? [identity!.name] : []),
        ...(identity!.arn !== undefined && !/^[a-z0-9-]+:([A-Za-z-]+[:/])?$/.test(identity!.arn)
          ? [identity!.arn]
          : []),
      ].map((name) => `${type} ${name}`);
    });
    assert.deepEqual(wrong, []);
  });

  it('know the form of ARNs as the services that authorise by them do', () => {
    const wrong = Object.entries(IDENTITIES).filter(([, identity]) => {
      const [, service, type] = /^([a-z0-9-]+):(?:([A-Za-z-]+)[:/])?$/.exec(identity?.arn ?? '') ?? [];
      if (service === undefined) return false;
      const forms = Object.values(data<{ resources: Record<string, string> }>(`iam/services/${service}`).resources).map(
        (form) => form.split(':').slice(5).join(':'),
      );
      return !forms.some((form) =>
        type === undefined ? /^(\$\{|alias\/)/.test(form) : new RegExp(`^${type}[:/]`).test(form),
      );
    });
    assert.deepEqual(
      wrong.map(([type]) => type),
      [],
    );
  });

  /** What is named like such a property and is none, by the reason. */
  const OTHERS: readonly (readonly [RegExp, string])[] = [
    [/^AWS::Serverless::/, 'what SAM makes of it is linked'],
    [
      /^AWS::(EC2::SecurityGroup(Ingress|Egress)?|RDS::DBSecurityGroup(Ingress)?|Redshift::ClusterSecurityGroupIngress|ElastiCache::SecurityGroupIngress) /,
      'a rule, which is another connection',
    ],
    [
      / (CacheSecurityGroupNames|DBSecurityGroups|ClusterSecurityGroups|ClassicLinkVPCSecurityGroups|ChannelSecurityGroups|InputSecurityGroups)\[\]$/,
      'groups of a service of its own',
    ],
    [/ RemoteAccess\.SourceSecurityGroups\[\]$/, 'groups that may connect'],
    [
      /^AWS::EC2::Subnet(NetworkAclAssociation|RouteTableAssociation|CidrBlock|CidrReservation) |^AWS::EC2::VPCBlockPublicAccessExclusion | RemoveSubnetIds\[\]$|EdnsClientSubnet$|ApplicationStatusCheck|Workgroup\.(Endpoint|SubnetIds|SecurityGroupIds)/,
      'says something of a subnet and is not in it',
    ],
    [/^AWS::IAM::(Role|RolePolicy|Policy|ManagedPolicy) /, 'the role has the policy, which is another connection'],
    [
      /^AWS::QuickSight::(Analysis|Dashboard|Template|Topic) |ParticipantRole$|GlobalReplicationGroup|^AWS::MediaLive::Node |SamlConfiguration|OrganizationRoleName|RbacRoleMappings|MasterBackendRole|DBProxyEndpoint TargetRole/,
      'no role of IAM',
    ],
    // https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_Message.html
    // https://docs.aws.amazon.com/emr/latest/APIReference/API_PlacementGroupConfig.html
    // https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html
    // https://docs.aws.amazon.com/firehose/latest/APIReference/API_SnowflakeRoleConfiguration.html
    [
      /^AWS::Bedrock::Prompt .*Messages\[\]\.Role$|^AWS::EMR::\w+ .*\bInstanceRole$|LdapServerMetadata\.|SnowflakeRole$|DatabaseAccessControlRole$/,
      'who speaks, what a node is for, or a role of a directory or database',
    ],
    [/^AWS::Budgets::BudgetsAction .*Roles\[\]$/, 'roles that get a policy once money is spent'],
    [/ServiceLinked|PeerRoleArn|Organizations::Account RoleName/, 'a role of AWS or of another account'],
    [/ (JobFlowRole|ComputeResources\.InstanceRole)$/, 'an instance profile'],
    [/^AWS::KMS::|KmsKeyProviderUri|RotateEncryptionKey|KmsKeyEnableGeospatialQueries/, 'no key that encrypts'],
  ];
  const FAMILIES: readonly (readonly [connection: ServiceConnection, name: RegExp, atLeast: number])[] = [
    ['security-groups', /[sS]ecurityGroup(s|Id|Ids|Names?|IdList)?$|^GroupSet$/, 120],
    ['subnets', /^[sS]ubnets?$|Subnet(Id|Ids|IdList)?$|^VPCZoneIdentifier$|^ClientSubnets$/, 140],
    ['roles', /Role(Arn|ARN|Name)?$|^Roles$|RoleA(rn|RN)s$/, 500],
    ['keys', /^([kK]ms|KMS|.*Kms|.*KMS)(Master)?Key(Arn|ID|Id|Identifier)?$|EncryptionKey(Arn|Id)?$/, 250],
  ];
  for (const [connection, name, atLeast] of FAMILIES) {
    it(`of the kind ${connection} are made by every property that is named like one`, () => {
      const linked = new Set(
        LINKED[connection].flatMap(({ from }) =>
          Object.entries(from).flatMap(([type, paths]) => paths.map((path) => `${type} ${path}`)),
        ),
      );
      const found = names('cloudformation/').flatMap((file) =>
        Object.entries(data<{ types: Record<string, TypeSchema> }>(file).types).flatMap(([type, schema]) =>
          textsNamed(schema, name).map((path) => `${type} ${path}`),
        ),
      );
      assert.ok(found.length > atLeast, `${found.length} found`);
      assert.deepEqual(
        found.filter((line) => !linked.has(line) && !OTHERS.some(([pattern]) => pattern.test(line))),
        [],
      );
    });
  }
});
