/**
 * Writes `schemas/cloudformation/` from the resource specification; `schemas/README.md` describes the form. Lists the
 * properties that the specification marks as policy documents and `schemas/iam/locations.json` does not name.
 */
import { readFileSync } from 'node:fs';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { header, sorted, writeFolder } from './write.mjs';

const HEADER = header({
  name: '@aws-cdk/aws-service-spec',
  version: '0.1.216',
  published: '2026-09-29',
  licence: 'Apache-2.0',
});

const db = loadAwsServiceSpecSync();

/** The old tag type of the specification, which has no definition there. */
const TAG = { Key: 'string!', Value: 'string!' };

function typeText(type, used) {
  switch (type.type) {
    case 'array':
      return `${typeText(type.element, used)}[]`;
    case 'map':
      return `${typeText(type.element, used)}{}`;
    case 'union':
      return `(${[...new Set(type.types.map((each) => typeText(each, used)))].join('|')})`;
    case 'tag':
      used.add('Tag');
      return '#Tag';
    case 'ref':
      return `#${db.get('typeDefinition', type.reference.$ref).name}`;
    default:
      return type.type;
  }
}

/** The values that a type, or the items of a list, may have. */
function allowed(type) {
  if (type.type === 'array' || type.type === 'map') return allowed(type.element);
  if (type.type !== 'union') return type.allowedValues;
  return type.types.some((each) => allowed(each) === undefined) ? undefined : type.types.flatMap(allowed);
}

const REPLACES = { yes: '*', maybe: '~' };

function property(spec, used) {
  const type = typeText(spec.type, used) + (spec.required ? '!' : '') + (REPLACES[spec.causesReplacement] ?? '');
  const values = allowed(spec.type);
  if (values === undefined && spec.defaultValue === undefined) return type;
  return {
    type,
    ...(values && { values }),
    ...(spec.defaultValue !== undefined && { default: JSON.parse(spec.defaultValue) }),
  };
}

function properties(spec, used) {
  return sorted(Object.entries(spec).map(([name, each]) => [name, property(each, used)]));
}

function resource(spec) {
  const used = new Set();
  const own = properties(spec.properties, used);
  const definitions = new Map(
    [...db.follow('usesType', spec)].map(({ entity }) => [entity.name, properties(entity.properties, used)]),
  );
  if (used.has('Tag') && !definitions.has('Tag')) definitions.set('Tag', TAG);
  const attributes = Object.keys(spec.attributes).sort();
  return {
    properties: own,
    ...(definitions.size > 0 && { definitions: sorted(definitions) }),
    ...(attributes.length > 0 && { attributes }),
    ...(spec.primaryIdentifier && { identifier: spec.primaryIdentifier }),
    ...(spec.additionalReplacementProperties && {
      replaces: [...new Set(spec.additionalReplacementProperties.map((path) => path.join('.')))].sort(),
    }),
  };
}

const services = new Map();
for (const spec of db.all('resource')) {
  const service = spec.cloudFormationType.split('::')[1].toLowerCase();
  if (!services.has(service)) services.set(service, []);
  services.get(service).push([spec.cloudFormationType, resource(spec)]);
}
const written = writeFolder(
  'cloudformation',
  sorted([...services].map(([service, types]) => [service, { $: HEADER, types: sorted(types) }])),
);
console.log(`schemas/cloudformation: ${written.files} files, ${written.bytes} bytes`);

const MARKS = ['InlineResourcePolicy', 'InlineIdentityPolicies'];
const { locations, others } = JSON.parse(
  readFileSync(new URL('../../schemas/iam/locations.json', import.meta.url), 'utf8'),
);
const places = [...locations, ...others];
for (const spec of db.all('resource')) {
  const named = places.filter(({ type }) => type === spec.cloudFormationType).map(({ path }) => path);
  if (spec.scrutinizable?.endsWith('PolicyResource') && named.length === 0)
    console.log(`${spec.cloudFormationType} is a policy without location`);
  for (const [name, { scrutinizable }] of Object.entries(spec.properties)) {
    if (MARKS.includes(scrutinizable) && !named.some((path) => path.split(/[.[]/)[0] === name))
      console.log(`${spec.cloudFormationType} ${name} is not a location`);
  }
}
