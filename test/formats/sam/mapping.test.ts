/** The data of the transform names what CloudFormation has. */
import assert from 'node:assert/strict';
import type {
  SamBinding,
  SamBindings,
  Creation,
  SamPolicies,
  SamType,
} from '../../../server/src/formats/sam/mapping.ts';
import { propertyAt, type TypeSchema } from '../../../tools/schemas/read.ts';
import { canonicalType, data } from '../../schemas/data.ts';
import { MAPPING } from './made.ts';

const TYPES = Object.entries(MAPPING.types);

function creationsOf({ makes, events = {} }: SamType): readonly Creation[] {
  return [...makes, ...Object.values(events).flatMap((event) => event.makes)];
}

/** The canonical paths that bindings name; what they hold in lists is below `[]`. */
function pathsIn(bindings: SamBindings, base = ''): readonly string[] {
  return Object.entries(bindings).flatMap(([name, binding]) => [
    `${base}${name}`,
    ...pathsBelow(binding, `${base}${name}`),
  ]);
}

function pathsBelow(binding: SamBinding, path: string): readonly string[] {
  if (typeof binding === 'string') return [];
  if ('object' in binding) return pathsIn(binding.object, `${path}.`);
  if ('first' in binding) return binding.first.flatMap((one) => pathsBelow(one, path));
  if ('given' in binding)
    return [binding.then, ...(binding.else === undefined ? [] : [binding.else])].flatMap((one) =>
      pathsBelow(one, path),
    );
  if ('items' in binding) return pathsIn(binding.each, `${path}[].`);
  if ('list' in binding) return binding.list.flatMap((one) => pathsBelow(one, `${path}[]`));
  return 'only' in binding ? pathsBelow(binding.only, `${path}[]`) : [];
}

/** A policy document is of any shape, and a map has any keys. */
function isProperty(schema: TypeSchema, path: string): boolean {
  const above = path.split('.').map((_, index, steps) => steps.slice(0, index).join('.'));
  return (
    propertyAt(schema, path) !== undefined ||
    above.some((one) => one !== '' && /json|\{\}/.test(propertyAt(schema, one)?.type ?? ''))
  );
}

describe('the mapping of SAM', () => {
  it('leads to types that exist', () => {
    const missing = TYPES.flatMap(([, type]) => creationsOf(type))
      .map(({ type }) => type)
      .filter((type) => !canonicalType(type));
    assert.deepEqual([...new Set(missing)], []);
  });

  it('leads to properties that exist', () => {
    const missing = TYPES.flatMap(([sam, type]) =>
      creationsOf(type).flatMap((creation) => {
        const schema = canonicalType(creation.type);
        const paths = [...pathsIn(creation.properties), ...(creation.same ?? [])];
        return schema
          ? paths.filter((path) => !isProperty(schema, path)).map((path) => `${sam}: ${creation.type} ${path}`)
          : [];
      }),
    );
    assert.deepEqual(missing, []);
  });

  it('says of a property once where it comes from', () => {
    const twice = TYPES.flatMap(([, type]) => creationsOf(type)).flatMap(({ type, id, properties, same = [] }) =>
      [
        ...same.filter((name) => Object.hasOwn(properties, name)),
        ...same.filter((name, index) => same.indexOf(name) !== index),
      ].map((name) => `${type} ${id} ${name}`),
    );
    assert.deepEqual(twice, []);
  });

  it('begins with the resource itself', () => {
    assert.deepEqual(
      TYPES.filter(([, { makes }]) => makes[0]!.id !== '{id}' || makes.slice(1).some(({ id }) => id === '{id}')).map(
        ([type]) => type,
      ),
      [],
    );
  });

  it('names references that it makes', () => {
    const wrong = TYPES.flatMap(([sam, type]) => {
      const ids = creationsOf(type).map(({ id }) => id);
      const named = [...JSON.stringify(type).matchAll(/"made":"([^"]*)"/g)]
        .map((match) => match[1]!)
        .filter((id) => !['{target}', 'ServerlessRestApi', 'ServerlessHttpApi'].includes(id));
      return named.filter((id) => !ids.includes(id)).map((id) => `${sam} ${id}`);
    });
    assert.deepEqual(wrong, []);
  });
});

describe('the policies of SAM', () => {
  const { templates, paths } = data<SamPolicies>('sam/policies');

  it('are listed in order', () => assert.deepEqual(Object.keys(templates), Object.keys(templates).sort()));

  it('have templates that allow actions on something', () => {
    const wrong = Object.entries(templates).filter(
      ([, statements]) =>
        statements.length === 0 ||
        statements.some(
          (statement) =>
            Object.keys(statement).some((key) => !['Action', 'Resource', 'Condition'].includes(key)) ||
            !statement['Action'] ||
            !statement['Resource'],
        ),
    );
    assert.deepEqual(
      wrong.map(([name]) => name),
      [],
    );
  });

  it('have paths that are paths', () => {
    assert.deepEqual(
      Object.values(paths).filter((path) => !/^[a-z-]+\/$/.test(path)),
      [],
    );
  });
});
