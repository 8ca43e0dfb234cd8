/** Random documents as text: every layout that people write, with a comment in every place that can have one. */
import fc from 'fast-check';

/** What a document is made of, before it becomes text. */
type Block =
  | { readonly kind: 'scalar'; readonly text: string }
  | { readonly kind: 'lines'; readonly header: string; readonly lines: readonly string[] }
  | { readonly kind: 'flow'; readonly flow: Flow; readonly below: boolean }
  | { readonly kind: 'map' | 'list'; readonly head: string; readonly children: readonly Child[] };

interface Child {
  readonly key: string;
  readonly value: Block;
  readonly above: 'nothing' | 'comment' | 'blank';
  readonly behind: boolean;
  readonly deeper: boolean;
}

type Flow =
  | { readonly kind: 'scalar'; readonly text: string }
  | {
      readonly kind: 'map' | 'list';
      readonly children: readonly { readonly key: string; readonly value: Flow; readonly comment: boolean }[];
      readonly layout: 'line' | 'padded' | 'lines' | 'wrapped';
      readonly trailing: boolean;
    };

interface Layout {
  readonly step: number;
  readonly listStep: number;
  readonly lineEnd: string;
  readonly atEnd: boolean;
  readonly bom: boolean;
}

const layout: fc.Arbitrary<Layout> = fc.record({
  step: fc.constantFrom(2, 2, 4, 3),
  listStep: fc.constantFrom(0, 2),
  lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
  atEnd: fc.boolean(),
  bom: fc.constantFrom(false, false, false, true),
});

const KEYS = ['Type', 'Properties', 'Fn::If', 'A-b', '"quoted key"', "'it''s'", 'Ref', 'x.y', '"a: b"', 'L'];
const YAML_SCALARS = [
  'text',
  'true',
  '12',
  'arn:aws:s3:::b/*',
  "'it''s'",
  "'two words'",
  '"a\\"b # c"',
  '"false"',
  'null',
  '!Ref Name',
  '!Sub "${A}-x"',
  '~',
];
const YAML_FLOW_SCALARS = [...YAML_SCALARS, '!GetAtt [A, Arn]'];
const JSON_SCALARS = ['"text"', 'true', '12', '-1.5e3', '"a\\"b // c"', '"\\u00e9"', 'null', '"false"', '""'];

const layouts = fc.constantFrom<'line' | 'padded' | 'lines' | 'wrapped'>('line', 'line', 'padded', 'lines', 'wrapped');

function flowNode(keys: readonly string[], scalars: readonly string[]): fc.Arbitrary<Flow> {
  return fc.letrec<{ node: Flow }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'flow' },
      fc.constantFrom(...scalars).map((text): Flow => ({ kind: 'scalar', text })),
      fc.record({
        kind: fc.constantFrom('map', 'list'),
        children: children(keys, fc.record({ value: tie('node'), comment: fc.boolean() })),
        layout: layouts,
        trailing: fc.constantFrom(false, false, false, true),
      }) as fc.Arbitrary<Flow>,
    ),
  })).node;
}

/** Up to four children with different keys. */
function children<T>(keys: readonly string[], child: fc.Arbitrary<T>): fc.Arbitrary<(T & { readonly key: string })[]> {
  return fc
    .tuple(fc.shuffledSubarray([...keys], { maxLength: 4 }), fc.array(child, { minLength: 4, maxLength: 4 }))
    .map(([names, values]) => names.map((key, i) => ({ ...values[i]!, key })));
}

const blockNode: fc.Arbitrary<Block> = fc.letrec<{ node: Block }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'block' },
    fc.constantFrom('', 'one\n  two', ...YAML_SCALARS).map((text): Block => ({ kind: 'scalar', text })),
    fc.record({
      kind: fc.constant('lines'),
      header: fc.constantFrom('|', '>', '|-', '|+', '>+', '!Sub |', '|2'),
      lines: fc
        .array(fc.constantFrom('text', '{"a": 1}', '', '  more', '# no comment'), { minLength: 1, maxLength: 3 })
        .map((lines) => ['first', ...lines]),
    }) as fc.Arbitrary<Block>,
    fc.record({
      kind: fc.constant('flow'),
      flow: flowNode(KEYS, YAML_FLOW_SCALARS),
      below: fc.constantFrom(false, false, true),
    }) as fc.Arbitrary<Block>,
    fc.record({
      kind: fc.constantFrom('map', 'map', 'list'),
      head: fc.constantFrom('', '', '', '&anchor', '!Tag'),
      children: children(
        KEYS,
        fc.record({
          value: tie('node'),
          above: fc.constantFrom('nothing', 'nothing', 'comment', 'blank'),
          behind: fc.boolean(),
          deeper: fc.constantFrom(false, false, true),
        }),
      ),
    }) as fc.Arbitrary<Block>,
  ),
})).node;

const topMap = fc.record({
  kind: fc.constant('map'),
  head: fc.constant(''),
  children: children(
    KEYS,
    fc.record({
      value: blockNode,
      above: fc.constantFrom('nothing', 'comment', 'blank'),
      behind: fc.boolean(),
      deeper: fc.boolean(),
    }),
  ).filter((all) => all.length > 0),
}) as fc.Arbitrary<Block & { readonly kind: 'map' }>;

/** YAML with block collections at the top. */
export const yamlDocument: fc.Arbitrary<string> = fc
  .tuple(topMap, layout)
  .map(([top, style]) => new YamlText(style).write(top));

/** JSON; with comments and trailing commas if `lenient`. */
export function jsonDocument(lenient: boolean): fc.Arbitrary<string> {
  const keys = KEYS.map((key) => JSON.stringify(key.replaceAll(/["']/g, '')));
  return fc
    .tuple(flowNode(keys, JSON_SCALARS), layout, fc.constantFrom('  ', '    ', '\t'), fc.constantFrom(': ', ':', ' : '))
    .filter(([top]) => top.kind !== 'scalar')
    .map(([top, { lineEnd, bom, atEnd }, unit, colon]) => {
      const text = new FlowText({ unit, colon, lineEnd, comment: lenient ? '//' : undefined, trailing: lenient }).write(
        top,
        '',
      );
      return (bom ? '\uFEFF' : '') + text + (atEnd ? lineEnd : '');
    });
}

interface FlowOptions {
  readonly unit: string;
  readonly colon: string;
  readonly lineEnd: string;
  /** The marker of comments, if there are to be any. */
  readonly comment: string | undefined;
  readonly trailing: boolean;
}

class FlowText {
  readonly #options: FlowOptions;
  #comments = 0;

  constructor(options: FlowOptions) {
    this.#options = options;
  }

  write(node: Flow, indent: string): string {
    if (node.kind === 'scalar') return node.text;
    const { unit, colon, lineEnd, comment, trailing } = this.#options;
    const [open, close] = node.kind === 'map' ? ['{', '}'] : ['[', ']'];
    const onLines = node.layout === 'lines';
    const inner = onLines ? indent + unit : indent;
    const parts = node.children.map(
      ({ key, value }) => (node.kind === 'map' ? `${key}${colon}` : '') + this.write(value, inner),
    );
    if (onLines && parts.length > 0) {
      const lines = parts.map((part, i) => {
        const comma = i + 1 < parts.length || (trailing && node.trailing) ? ',' : '';
        const remark = comment && node.children[i]!.comment ? `  ${comment} f${this.#comments++}` : '';
        return `${inner}${part}${comma}${remark}`;
      });
      return [open, ...lines, indent + close].join(lineEnd);
    }
    const padding = node.layout === 'padded' ? ' ' : '';
    const separator = node.layout === 'wrapped' ? `,${lineEnd}${indent}${unit}` : ', ';
    const last = trailing && node.trailing && parts.length > 0 ? ',' : '';
    return open + padding + parts.join(separator) + last + padding + close;
  }
}

class YamlText {
  readonly #layout: Layout;
  readonly #flow: FlowText;
  readonly #lines: string[] = [];
  #comments = 0;
  #anchors = 0;

  constructor(style: Layout) {
    this.#layout = style;
    this.#flow = new FlowText({ unit: '  ', colon: ': ', lineEnd: '\n', comment: '#', trailing: true });
  }

  write(top: Block & { readonly kind: 'map' | 'list' }): string {
    this.#children(top, 0);
    const text = this.#lines.join('\n').replaceAll('\n', this.#layout.lineEnd);
    return (this.#layout.bom ? '\uFEFF' : '') + text + (this.#layout.atEnd ? this.#layout.lineEnd : '');
  }

  #comment(indent: number): string {
    return `${' '.repeat(indent)}# c${this.#comments++}`;
  }

  #children(node: Block & { readonly kind: 'map' | 'list' }, indent: number): void {
    for (const child of node.children) {
      if (child.above === 'comment') this.#lines.push(this.#comment(indent));
      if (child.above === 'blank') this.#lines.push('');
      this.#child(node.kind, child, indent);
    }
  }

  #child(kind: 'map' | 'list', { key, value, behind, deeper }: Child, indent: number): void {
    const remark = behind ? this.#comment(2) : '';
    const start = ' '.repeat(indent) + (kind === 'map' ? `${key}:` : '-');
    const after = (text: string): string => (text === '' ? start : `${start} ${text}`);
    switch (value.kind) {
      case 'scalar':
        this.#lines.push(after(value.text.replace('\n', `\n${' '.repeat(indent)}`)) + remark);
        break;
      case 'lines': {
        const content = ' '.repeat(indent + 2);
        this.#lines.push(
          after(value.header) + remark,
          ...value.lines.map((line) => (line === '' ? '' : content + line)),
        );
        return;
      }
      case 'flow': {
        const text = this.#flow.write(value.flow, ' '.repeat(indent + 2));
        if (value.below && kind === 'map') this.#lines.push(start, `${' '.repeat(indent + 2)}${text}${remark}`);
        else this.#lines.push(after(text) + remark);
        break;
      }
      default:
        this.#collection(kind, value, indent, start, remark);
    }
    if (deeper) this.#lines.push(this.#comment(indent + 2));
  }

  #collection(
    around: 'map' | 'list',
    value: Block & { readonly kind: 'map' | 'list' },
    indent: number,
    start: string,
    remark: string,
  ): void {
    const head = value.head === '&anchor' ? ` &a${this.#anchors++}` : value.head && ` ${value.head}`;
    if (value.children.length === 0) {
      this.#lines.push(`${start}${head} ${value.kind === 'map' ? '{}' : '[]'}${remark}`);
      return;
    }
    const { step, listStep } = this.#layout;
    if (around === 'map' || head !== '') {
      this.#lines.push(start + head + remark);
      this.#children(value, indent + (around === 'list' ? 2 : value.kind === 'list' ? listStep : step));
      return;
    }
    // The first child stands on the line of the dash.
    const first = this.#lines.length;
    this.#children(
      { ...value, children: value.children.map((child, i) => (i === 0 ? { ...child, above: 'nothing' } : child)) },
      indent + 2,
    );
    this.#lines[first] = `${start} ${this.#lines[first]!.slice(indent + 2)}`;
  }
}
