import assert from 'node:assert/strict';
import { propertyAt } from '../../tools/schemas/read.ts';
import { canonicalType, data, type Header } from './data.ts';

interface Change {
  readonly impact: string;
  readonly terraform?: string;
  readonly text?: string;
  readonly sources: readonly { readonly url: string; readonly claim: string; readonly seen: string }[];
}

const IMPACTS = ['none', 'some', 'interrupt', 'may', 'replace', 'impossible-in-place'];

describe('change impact', () => {
  const { changes } = data<{ $: Header; changes: Record<string, Record<string, Change>> }>('change-impact');
  const entries = Object.entries(changes).flatMap(([type, paths]) =>
    Object.entries(paths).map(([path, change]) => ({ type, path, change })),
  );

  it('is about properties that exist', () => {
    const missing = entries.filter(({ type, path }) => {
      const schema = canonicalType(type);
      return !schema || !propertyAt(schema, path);
    });
    assert.deepEqual(missing, []);
  });

  it('says what happens in the words that are known, with a source that was read', () => {
    const wrong = entries.filter(
      ({ change: { impact, terraform = impact, text, sources } }) =>
        !IMPACTS.includes(impact) ||
        !IMPACTS.includes(terraform) ||
        text === '' ||
        sources.length === 0 ||
        sources.some(
          ({ url, claim, seen }) => !url.startsWith('https://') || claim === '' || !/^\d{4}-\d{2}-\d{2}$/.test(seen),
        ),
    );
    assert.deepEqual(wrong, []);
  });

  it('knows that an existing volume cannot be encrypted, which the resource specification does not', () => {
    assert.equal(changes['AWS::EC2::Volume']?.['Encrypted']?.impact, 'impossible-in-place');
    assert.equal(propertyAt(canonicalType('AWS::EC2::Volume')!, 'Encrypted')?.replaces, 'no');
  });

  // The resource specification has kept what was true before AWS changed it; the pages of CloudFormation say what is.
  const STALE = [
    ['AWS::DataSync::LocationFSxONTAP', 'Protocol.SMB.Password'],
    ['AWS::DataSync::LocationFSxWindows', 'Password'],
    ['AWS::EC2::VPNConnection', 'VpnTunnelOptionsSpecifications'],
    ['AWS::EC2::VPNConnection', 'VpnTunnelOptionsSpecifications[].PreSharedKey'],
    ['AWS::ElastiCache::ReplicationGroup', 'Engine'],
    ['AWS::S3::Bucket', 'ObjectLockEnabled'],
  ] as const;
  for (const [type, path] of STALE)
    it(`knows that changing ${path} of ${type} replaces nothing`, () => {
      assert.equal(changes[type]?.[path]?.impact, 'none');
      assert.equal(specified(type, path).includes('yes'), true);
    });

  // The resource specification does not know interruptions; the pages of CloudFormation state them of these properties.
  const INTERRUPTED = [
    ['AWS::DirectConnect::PrivateVirtualInterface', 'BgpPeers', 'interrupt'],
    ['AWS::DirectConnect::PublicVirtualInterface', 'BgpPeers', 'some'],
    ['AWS::DirectConnect::TransitVirtualInterface', 'BgpPeers', 'some'],
    ['AWS::DynamoDB::Table', 'SSESpecification', 'some'],
    ['AWS::EC2::SecurityGroup', 'SecurityGroupEgress', 'some'],
    ['AWS::EC2::SecurityGroup', 'SecurityGroupIngress', 'some'],
    ['AWS::ElasticLoadBalancing::LoadBalancer', 'Listeners', 'interrupt'],
    ['AWS::OpenSearchService::Domain', 'DomainEndpointOptions.EnforceHTTPS', 'some'],
    ['AWS::OpenSearchService::Domain', 'VPCOptions', 'may'],
    ['AWS::RDS::DBCluster', 'BackupRetentionPeriod', 'some'],
    ['AWS::S3::Bucket', 'VersioningConfiguration', 'some'],
  ] as const;
  for (const [type, path, impact] of INTERRUPTED)
    it(`knows that changing ${path} of ${type}, or a part of it, can interrupt it`, () => {
      const parts = Object.entries(changes[type]!).filter(
        ([other]) => other === path || (/^(?:\[\])?\./.test(other.slice(path.length)) && other.startsWith(path)),
      );
      assert.notDeepEqual(parts, []);
      assert.deepEqual(
        parts.filter(([, change]) => change.impact !== impact),
        [],
      );
      assert.deepEqual(
        specified(type, path),
        path.split('.').map(() => 'no'),
      );
    });

  const FIXED = [
    ['AWS::CodeStar::GitHubRepository', 'RepositoryAccessToken'],
    ['AWS::DevOpsAgent::Service', 'ServiceDetails'],
    ['AWS::EC2::Volume', 'SnapshotId'],
    ['AWS::Logs::LogGroup', 'LogGroupClass'],
  ] as const;
  for (const [type, path] of FIXED)
    it(`knows that ${path} of ${type} cannot be changed`, () => {
      assert.equal(changes[type]?.[path]?.impact, 'impossible-in-place');
      assert.deepEqual(specified(type, path), ['no']);
    });
});

/** What the resource specification says of a property and of those that contain it. */
function specified(type: string, path: string): readonly (string | undefined)[] {
  const names = path.split('.');
  return names.map((_, at) => propertyAt(canonicalType(type)!, names.slice(0, at + 1).join('.'))?.replaces);
}
