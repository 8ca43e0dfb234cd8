/**
 * Writes a configuration in Terraform JSON in the native syntax. What is a block and what an argument the provider
 * schema says, and for the blocks of the language itself the tables here.
 * https://developer.hashicorp.com/terraform/language/syntax/json
 */
import { labelsOf, objectsOf } from '../../server/src/formats/terraform/bodies.ts';
import {
  schemaShape,
  UNKNOWN_SHAPE,
  type SchemaShape,
  type TerraformSchema,
} from '../../server/src/formats/terraform-plan/shape.ts';
import { schemaData } from '../../server/src/host/schema-data.ts';
import type { MapNode, Node, Pair, Tree } from '../../server/src/syntax/tree.ts';
import { entryLines, type Entry } from './hcl-layout.ts';
import { identifier, quotedText, Unconvertible, valueLayout, type StringsAre } from './hcl-text.ts';
import { SCHEMAS } from './memory-reader.ts';

/** The blocks and arguments that a body can have. */
interface Body {
  /** A nested block; undefined for an argument. */
  readonly block: (name: string) => Nested | undefined;
  /** How the strings of an argument are read; templates if it is not given. */
  readonly strings?: (name: string) => StringsAre | undefined;
}

interface Nested {
  readonly labels: number;
  /** By the label, because that of a dynamic block is its type. */
  readonly body: (label: string | undefined) => Body;
}

const ARGUMENTS: Body = { block: () => undefined };

/** Blocks by name, with the number of labels and the body. */
function body(blocks: Readonly<Record<string, Nested>>, strings: Readonly<Record<string, StringsAre>> = {}): Body {
  const [nested, read] = [new Map(Object.entries(blocks)), new Map(Object.entries(strings))];
  return { block: (name) => nested.get(name), strings: (name) => read.get(name) };
}

const block = (of: Body = ARGUMENTS, labels = 0): Nested => ({ labels, body: () => of });

const CHECKED = body({ precondition: block(), postcondition: block() }, { depends_on: 'code' });
const LIFECYCLE = body(
  { precondition: block(), postcondition: block() },
  { ignore_changes: 'code', replace_triggered_by: 'code' },
);
const PROVISIONER = body({ connection: block() }, { when: 'code', on_failure: 'code' });
const CODE: Readonly<Record<string, StringsAre>> = { depends_on: 'code', provider: 'code' };

/** A resource, data source, or nested block of one. */
function bodyOf(shape: SchemaShape, isResource: boolean): Body {
  const meta = body({ lifecycle: block(LIFECYCLE), provisioner: block(PROVISIONER, 1), connection: block() });
  return {
    strings: (name) => (isResource ? CODE[name] : undefined),
    block: (name) => {
      if (name === 'dynamic') return { labels: 1, body: (type) => dynamicOf(shape.block(type!)?.shape) };
      const nested = shape.block(name);
      return nested ? block(bodyOf(nested.shape, false)) : isResource ? meta.block(name) : undefined;
    },
  };
}

function dynamicOf(content: SchemaShape = UNKNOWN_SHAPE): Body {
  return body({ content: block(bodyOf(content, false)) }, { iterator: 'code' });
}

/** The provider schema of a resource or data source. */
function typed(mode: 'resources' | 'data'): Nested {
  return {
    labels: 2,
    body: (type) => {
      const schema = schemaData(SCHEMAS, `terraform/${type!.split('_')[1] ?? ''}`) as TerraformSchema | null;
      return bodyOf(schemaShape(schema, mode, type!), true);
    },
  };
}

const SECTIONS = body({
  resource: typed('resources'),
  data: typed('data'),
  ephemeral: typed('resources'),
  module: block(body({}, { ...CODE, providers: 'code' }), 1),
  provider: block(
    body({
      assume_role: block(),
      assume_role_with_web_identity: block(),
      default_tags: block(),
      ignore_tags: block(),
      endpoints: block(),
    }),
    1,
  ),
  variable: block(body({ validation: block() }, { type: 'code', default: 'literal', description: 'literal' }), 1),
  output: block(CHECKED, 1),
  locals: block(),
  terraform: block(
    body({ required_providers: block(), backend: block(ARGUMENTS, 1), cloud: block(body({ workspaces: block() })) }),
  ),
  moved: block(body({}, { from: 'code', to: 'code' })),
  import: block(body({}, { to: 'code', provider: 'code' })),
  removed: block(
    body({ lifecycle: block(), provisioner: block(PROVISIONER, 1), connection: block() }, { from: 'code' }),
  ),
  check: block(body({ assert: block(), data: typed('data') }), 1),
});

/**
 * The text of a configuration; throws `Unconvertible` if the native syntax cannot express it. An idiomatic one has
 * `jsonencode` instead of JSON strings; otherwise, strings stay strings.
 */
export function hclOfJson(tree: Tree, idiomatic = false): string {
  if (tree.problems.length > 0) throw new Unconvertible('the document has syntax errors');
  return objectsOf(tree.roots[0])
    .flatMap(({ pairs }) => pairs)
    .flatMap(({ name, value }) =>
      name === '//'
        ? [commentText(value, '')]
        : blockTexts(name, value, '', SECTIONS.block(name) ?? unknownSection(name), idiomatic),
    )
    .join('\n');
}

function unknownSection(name: string): never {
  throw new Unconvertible(`${name} is not a block of a configuration`);
}

/** The text in a `//` property, which Terraform ignores. */
function commentText(node: Node, indent: string): string {
  return node.kind === 'scalar'
    ? node.value
        .split('\n')
        .map((line) => `${indent}# ${line}\n`)
        .join('')
    : '';
}

/** All blocks of a type. */
function blockTexts(
  type: string,
  node: Node,
  indent: string,
  { labels, body: bodyFor }: Nested,
  idiomatic: boolean,
): readonly string[] {
  const visit = (value: Node, names: readonly string[]): readonly string[] => {
    if (names.length < labels) return labelsOf(value).flatMap((pair: Pair) => visit(pair.value, [...names, pair.name]));
    return objectsOf(value).map((map) => {
      const header = `${indent}${[identifier(type), ...names.map(quotedText)].join(' ')}`;
      const text = bodyText(map, `${indent}  `, bodyFor(names[0]), idiomatic);
      return text === '' ? `${header} {}\n` : `${header} {\n${text}${indent}}\n`;
    });
  };
  return visit(node, []);
}

/** Adjacent arguments, a block, or a comment on what follows. */
interface Piece {
  readonly kind: 'arguments' | 'block' | 'comment';
  readonly text: string;
}

/** The arguments and blocks of a body in order, with a blank line around each block. */
function bodyText(map: MapNode, indent: string, body: Body, idiomatic: boolean): string {
  let text = '';
  let before: Piece['kind'] | undefined;
  for (const piece of piecesOf(map, indent, body, idiomatic)) {
    const isApart = before === 'block' || (before === 'arguments' && piece.kind !== 'arguments');
    text += (isApart ? '\n' : '') + piece.text;
    before = piece.kind;
  }
  return text;
}

function piecesOf({ pairs }: MapNode, indent: string, body: Body, idiomatic: boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  let run: Entry[] = [];
  const endRun = (): void => {
    if (run.length > 0) pieces.push({ kind: 'arguments', text: entryLines(run, indent).join('') });
    run = [];
  };
  for (const { name, value } of pairs) {
    const nested = body.block(name);
    if (name === '//') {
      endRun();
      pieces.push({ kind: 'comment', text: commentText(value, indent) });
    } else if (nested && value.kind !== 'scalar') {
      endRun();
      for (const text of blockTexts(name, value, indent, nested, idiomatic)) pieces.push({ kind: 'block', text });
    } else if (!nested || (value.kind === 'scalar' && value.style === 'double')) {
      // A block that is null is none.
      const strings = body.strings?.(name) ?? 'templates';
      run.push({ key: identifier(name), value: valueLayout(value, { strings, idiomatic }) });
    }
  }
  endRun();
  return pieces;
}
