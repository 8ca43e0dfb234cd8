/** The same Terraform configuration with dynamic blocks in the place of static ones. */
import { memoizeName } from '../../server/src/base/memoize.ts';
import { nestedOf, type BodySchema, type ProviderSchema } from '../../tools/schemas/read.ts';
import { nativeType } from '../schemas/data.ts';

type Json = Readonly<Record<string, unknown>>;

/** What the blocks of a body are, by their names, with those inside of them. */
interface Blocks {
  readonly [name: string]: Blocks;
}

/** Writes the blocks of one type as dynamic blocks. `inner` does the same to the blocks inside of one. */
type Way = (name: string, bodies: readonly Json[], inner: (body: Json) => Json, known: Blocks) => unknown;

const content = (known: Blocks, bodies: readonly Json[], of: string): Json => {
  const attributes = [...new Set(bodies.flatMap((body) => Object.keys(body)))];
  const dynamic = attributes
    .filter((attribute) => known[attribute])
    .map(
      (attribute) =>
        [
          attribute,
          {
            for_each: `\${flatten([try(${of}.${attribute}, [])])}`,
            content: content(
              known[attribute]!,
              bodies.flatMap((body) => [body[attribute] ?? []].flat() as unknown as readonly Json[]),
              `${attribute}.value`,
            ),
          },
        ] as const,
    );
  return {
    ...Object.fromEntries(
      attributes
        .filter((attribute) => !known[attribute] && attribute !== 'dynamic')
        .map((attribute) => [attribute, `\${try(${of}.${attribute}, null)}`]),
    ),
    ...(dynamic.length > 0 ? { dynamic: Object.fromEntries(dynamic) } : {}),
  };
};

/**
 * The way in which one text is several blocks, so that what is said of the lighter ones may go with what is said of the
 * gravest.
 */
export const FOLDED = 'one for all blocks, which it is given';

/** The ways to write blocks that make the same ones. */
export const WAYS: Readonly<Record<string, Way>> = {
  'one for each block': (_, bodies, inner) => bodies.map((body) => ({ for_each: [1], content: inner(body) })),
  'one for each block, over a map, with an iterator and what makes none': (_, bodies, inner) => [
    ...bodies.map((body) => ({ for_each: { k: true }, iterator: 'it', content: [inner(body)] })),
    { for_each: [], content: inner(bodies[0]!) },
  ],
  [FOLDED]: (name, bodies, _, known) => ({ for_each: bodies, content: content(known, bodies, `${name}.value`) }),
};

/**
 * A configuration with the blocks of its resources and of its policy documents written in another way; undefined where
 * it has none.
 */
export function withDynamicBlocks(configuration: Json, way: Way): Json | undefined {
  let found = 0;
  const rewrite = (body: Json, known: Blocks): Json => {
    const isStatic = ([name, value]: readonly [string, unknown]): boolean => {
      const bodies = [value].flat();
      return (
        known[name] !== undefined &&
        bodies.length > 0 &&
        bodies.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one) && !('dynamic' in one))
      );
    };
    const blocks = Object.entries(body).filter(isStatic);
    if (blocks.length === 0 || 'dynamic' in body) return body;
    found += blocks.length;
    return {
      ...Object.fromEntries(Object.entries(body).filter((entry) => !isStatic(entry))),
      dynamic: Object.fromEntries(
        blocks.map(([name, value]) => [
          name,
          way(name, [value].flat() as readonly Json[], (one) => rewrite(one, known[name]!), known[name]!),
        ]),
      ),
    };
  };
  const rewritten = (level: unknown, blocksOf: (type: string) => Blocks): unknown =>
    mapped(level, (types) =>
      Object.fromEntries(
        Object.entries(types).map(([type, named]) => [
          type,
          mapped(named, (bodies) =>
            Object.fromEntries(
              Object.entries(bodies).map(([name, one]) => [name, mapped(one, (body) => rewrite(body, blocksOf(type)))]),
            ),
          ),
        ]),
      ),
    );
  const { resource, data } = configuration;
  const written = {
    ...configuration,
    ...(resource === undefined ? {} : { resource: rewritten(resource, blocksOfResource) }),
    ...(data === undefined
      ? {}
      : { data: rewritten(data, (type) => (type === 'aws_iam_policy_document' ? DOCUMENT : {})) }),
  };
  return found > 0 ? written : undefined;
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document */
const DOCUMENT: Blocks = { statement: { principals: {}, not_principals: {}, condition: {} } };

/** An object, or each of a list of them. */
function mapped(level: unknown, change: (object: Json) => unknown): unknown {
  if (Array.isArray(level)) return level.map((one) => mapped(one, change));
  return typeof level === 'object' && level !== null ? change(level as Json) : level;
}

const blocksOfResource = memoizeName((type: string): Blocks => {
  const schema = type.startsWith('aws_') ? nativeType(type) : undefined;
  return schema ? blocksIn(schema.file, schema.body, 0) : {};
});

function blocksIn(file: ProviderSchema, body: BodySchema, depth: number): Blocks {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, node]) => {
      const nested = depth > 6 ? undefined : nestedOf(file, node);
      return nested ? [[name, blocksIn(file, nested.body, depth + 1)] as const] : [];
    }),
  );
}
