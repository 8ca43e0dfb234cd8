import assert from 'node:assert/strict';
import { pathsOf, propertyAt, type TypeSchema } from '../../tools/schemas/read.ts';
import { canonicalType, data, names, type Header } from './data.ts';

interface Location {
  readonly type: string;
  readonly path: string;
  readonly kind: string;
  readonly service?: string;
  readonly when?: { readonly path: string; readonly is: string };
  readonly shape?: 'statement';
  readonly replaces?: true;
}

interface Locations {
  readonly $: Header;
  readonly locations: readonly Location[];
  readonly others: readonly { readonly type: string; readonly path: string; readonly why: string }[];
}

const KINDS = ['identity', 'trust', 'resource', 'boundary', 'permission-set', 'session', 'endpoint', 'scp', 'rcp'];

/** Names under which a document in text is carried. */
const CARRIED_AS_TEXT =
  /^(\w*PolicyDocument|PolicyText|Policy|ResourcePolicy|SessionPolicy|AccessPolicy|InlinePolicy)$/;

/** Properties of a type that may hold a policy document, to go by their name and type. */
function candidates(schema: TypeSchema): readonly string[] {
  return pathsOf(schema, 4).filter((path) => {
    const name = path.slice(path.lastIndexOf('.') + 1);
    const { type } = propertyAt(schema, path)!;
    return type.includes('json') ? /Polic(y|ies)/.test(name) : type === 'string' && CARRIED_AS_TEXT.test(name);
  });
}

describe('policy locations', () => {
  const { locations, others } = data<Locations>('iam/locations');
  const listed = [...locations, ...others];

  it('are properties that exist', () => {
    const paths = listed
      .flatMap(({ type, path }) => [{ type, path }])
      .concat(locations.flatMap(({ type, when }) => (when ? [{ type, path: when.path }] : [])));
    const missing = paths.filter(({ type, path }) => {
      const schema = canonicalType(type);
      // What is below a property that holds any JSON is in no schema.
      return !schema || !(propertyAt(schema, path) ?? propertyAt(schema, path.split('.')[0]!)?.type.includes('json'));
    });
    assert.deepEqual(missing, []);
  });

  it('tell which of them replace the resource', () => {
    const replacing = locations.filter(({ type, path }) => {
      const names = path.split('.');
      const along = names.map((_, at) => propertyAt(canonicalType(type)!, names.slice(0, at + 1).join('.'))?.replaces);
      // What is written of a SAM type becomes properties of other types.
      return along.includes('yes') && !type.startsWith('AWS::Serverless::');
    });
    assert.ok(replacing.length > 0);
    assert.deepEqual(
      locations.filter(({ replaces }) => replaces),
      replacing,
    );
  });

  it('name the service of a resource policy, and of nothing else', () => {
    const wrong = locations.filter(
      ({ kind, service }) => !KINDS.includes(kind) || (kind === 'resource') !== (service !== undefined),
    );
    assert.deepEqual(wrong, []);
  });

  it('tell several kinds at one place apart', () => {
    const key = (location: Location) => [location.type, location.path, location.when?.is ?? ''].join(' ');
    assert.equal(new Set(locations.map(key)).size, locations.length);
    const shared = locations.filter((one) =>
      locations.some((other) => other !== one && other.type === one.type && other.path === one.path),
    );
    assert.ok(shared.length > 0);
    assert.deepEqual(
      shared.filter(({ when }) => !when),
      [],
    );
  });

  it('cover every property that looks like a policy document', () => {
    const known = new Set(listed.map(({ type, path }) => `${type} ${path}`));
    const found = names('cloudformation/').flatMap((name) =>
      Object.entries(data<{ types: Record<string, TypeSchema> }>(name).types).flatMap(([type, schema]) =>
        candidates(schema).map((path) => `${type} ${path}`),
      ),
    );
    assert.ok(found.length > 80, `${found.length} candidates`);
    assert.deepEqual(
      found.filter((place) => !known.has(place)),
      [],
    );
  });
});
