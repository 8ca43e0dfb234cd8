import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  sourceRange,
  type Expression,
  type TemplatePart,
  type Strip,
  type TextPart,
} from '../../server/src/formats/terraform/expression/ast.ts';
import { parseExpression, parseTemplate } from '../../server/src/formats/terraform/expression/parser.ts';
import { expressionsIn } from '../../server/src/formats/terraform/expression/references.ts';
import { anyText } from '../kit/any-text.ts';

/** An expression in brackets, so that a table can say what it is parsed to. Ranges are left out. */
function show(node: Expression): string {
  const all = (...nodes: readonly (Expression | undefined)[]): string =>
    nodes.map((n) => (n ? ` ${show(n)}` : ' -')).join('');
  switch (node.kind) {
    case 'literal':
      return node.raw;
    case 'template':
      return node.parts.length < 2 && node.parts.every((part) => part.kind === 'text') && node.form !== 'heredoc'
        ? JSON.stringify(node.parts.map((part) => (part.kind === 'text' ? part.value : '')).join(''))
        : `(${node.form}${showParts(node.parts)})`;
    case 'variable':
      return node.name;
    case 'attribute':
      return `(.${node.name}${all(node.of)})`;
    case 'index':
      return `(${node.legacy ? 'legacy' : 'index'}${all(node.of, node.key)})`;
    case 'splat':
      return `(${node.full ? '[*]' : '.*'}${all(node.of, node.each)})`;
    case 'splat-item':
      return '@';
    case 'call':
      return `(${node.name}()${all(...node.args)}${node.spread ? ' ...' : ''})`;
    case 'unary':
      return `(${node.operator}${all(node.operand)})`;
    case 'binary':
      return `(${node.operator}${all(node.left, node.right)})`;
    case 'conditional':
      return `(?${all(node.condition, node.then, node.otherwise)})`;
    case 'tuple':
      return `[${all(...node.items)} ]`;
    case 'object':
      return `{${node.items.map((item) => ` ${show(item.key)}=${show(item.value)}`).join('')} }`;
    case 'for':
      return `(for ${node.keyName ?? '-'} ${node.valueName}${all(node.collection, node.key, node.value, node.condition)}${node.group ? ' ...' : ''})`;
    case 'parentheses':
      return `(paren${all(node.inner)})`;
    case 'invalid':
      return '!';
  }
}

function showParts(parts: readonly TemplatePart[]): string {
  return parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return ` ${JSON.stringify(part.value)}`;
        case 'interpolation':
          return ` (\${}${showStrip(part.strip)} ${show(part.expression)})`;
        case 'if':
          return ` (if${part.strips.map(showStrip).join('')} ${show(part.condition)} [${showParts(part.then)} ]${part.otherwise ? ` [${showParts(part.otherwise)} ]` : ''})`;
        case 'for':
          return ` (for${part.strips.map(showStrip).join('')} ${part.key ?? '-'} ${part.value} ${show(part.collection)} [${showParts(part.body)} ])`;
      }
    })
    .join('');
}

function showStrip({ before, after }: Strip): string {
  return `${before ? '<' : ''}${after ? '>' : ''}`;
}

function startsAtSplatItem(node: Expression): boolean {
  return (
    node.kind === 'splat-item' ||
    ((node.kind === 'attribute' || node.kind === 'index' || node.kind === 'splat') && startsAtSplatItem(node.of))
  );
}

/** Whether every node's range, read alone, gives that node. */
function assertRanges(text: string, expression: Expression): void {
  for (const node of expressionsIn(expression)) {
    if (startsAtSplatItem(node) || (node.kind === 'template' && (node.form === 'name' || node.form === 'bare')))
      continue;
    assert.equal(
      show(parseExpression(text, node.start, node.end).expression),
      show(node),
      `${node.start}-${node.end} of ${text}`,
    );
  }
}

const EXPRESSIONS: Readonly<Record<string, readonly (readonly [source: string, shown: string])[]>> = {
  'literals and names': [
    ['12', '12'],
    ['1.50e+3', '1.50e+3'],
    ['true', 'true'],
    ['null', 'null'],
    ['var', 'var'],
    ['aws-x_1', 'aws-x_1'],
    ['größe', 'größe'],
    ['"a b"', '"a b"'],
    ['""', '""'],
    ['"\\n\\t\\"\\\\é\\U0001F600"', JSON.stringify('\n\t"\\é😀')],
    ['"$${a} %%{b} $ % $$ 5%"', '"${a} %{b} $ % $$ 5%"'],
  ],
  traversals: [
    ['a.b.c', '(.c (.b a))'],
    ['a . b', '(.b a)'],
    ['a["x"].b', '(.b (index a "x"))'],
    ['a[0]', '(index a 0)'],
    ['a.0.1.b', '(.b (legacy (legacy a 0) 1))'],
    ['a[*].b[0].c', '([*] a (.c (index (.b @) 0)))'],
    ['a.*.b.0[1].c', '(.c (index (.* a (legacy (.b @) 0)) 1))'],
    ['a[*].b[*].c', '([*] a ([*] (.b @) (.c @)))'],
    ['a.*', '(.* a @)'],
    ['f(x).y', '(.y (f() x))'],
    ['[1][0]', '(index [ 1 ] 0)'],
    ['a[b.c]', '(index a (.c b))'],
    ['a.for', '(.for a)'],
  ],
  calls: [
    ['f()', '(f())'],
    ['f(1, "b",)', '(f() 1 "b")'],
    ['f(a, b...)', '(f() a b ...)'],
    ['provider::aws::arn_parse(x)', '(provider::aws::arn_parse() x)'],
    ['f(\n  1,\n  2\n)', '(f() 1 2)'],
  ],
  operators: [
    ['a || b && c', '(|| a (&& b c))'],
    ['a && b == c', '(&& a (== b c))'],
    ['a == b < c', '(== a (< b c))'],
    ['a < b + c', '(< a (+ b c))'],
    ['a + b * c', '(+ a (* b c))'],
    ['a * b + c', '(+ (* a b) c)'],
    ['a - b - c', '(- (- a b) c)'],
    ['a / b % c', '(% (/ a b) c)'],
    ['!a == b', '(== (! a) b)'],
    ['-a.b', '(- (.b a))'],
    ['- -1', '(- (- 1))'],
    ['a >= b != c <= d', '(!= (>= a b) (<= c d))'],
    ['a > b', '(> a b)'],
    ['(a + b) * c', '(* (paren (+ a b)) c)'],
    ['!!a', '(! (! a))'],
    ['a-b', 'a-b'],
    ['a - b', '(- a b)'],
  ],
  conditionals: [
    ['a ? b : c', '(? a b c)'],
    ['a ? b : c ? d : e', '(? a b (? c d e))'],
    ['a ? b ? c : d : e', '(? a (? b c d) e)'],
    ['a || b ? c : d', '(? (|| a b) c d)'],
    ['a\n? b\n: c', '(? a b c)'],
  ],
  collections: [
    ['[]', '[ ]'],
    ['[1, [2],]', '[ 1 [ 2 ] ]'],
    ['[\n1,\n\n2\n]', '[ 1 2 ]'],
    ['{}', '{ }'],
    ['{a = 1, b: 2}', '{ "a"=1 "b"=2 }'],
    ['{\n  a = 1\n  "b" = 2\n\n  (c) = 3, "${d}-x" = 4\n}', '{ "a"=1 "b"=2 (paren c)=3 (quoted (${} d) "-x")=4 }'],
    ['{ a = f(\n1\n) }', '{ "a"=(f() 1) }'],
    ['{ true = 1, null: 2, 3 = 4 }', '{ "true"=1 "null"=2 3=4 }'],
    ['{ "${a}" = 1 }', '{ a=1 }'],
    ['{ a = [\n1,\n2]\nb = 3 }', '{ "a"=[ 1 2 ] "b"=3 }'],
    ['{ var.a = 1 }', '{ (.a var)=1 }'],
  ],
  'for expressions': [
    ['[for x in xs : x]', '(for - x xs - x -)'],
    ['[for i, x in xs : f(x) if x != ""]', '(for i x xs - (f() x) (!= x ""))'],
    ['{for k, v in m : k => v}', '(for k v m k v -)'],
    ['{\nfor x in xs :\n x.k => x...\n if x.on\n}', '(for - x xs (.k x) x (.on x) ...)'],
    ['[for x in a ? b : c : x]', '(for - x (? a b c) - x -)'],
    ['[format]', '[ format ]'],
    ['{ a = [\n  for x in xs : x\n] }', '{ "a"=(for - x xs - x -) }'],
    ['{ a = {\n\n for k, v in m : k => v } }', '{ "a"=(for k v m k v -) }'],
    [
      '{\n  a = [ # every one\n    for x in xs :\n    x\n    if x\n  ]\n  b = f([\n    for x in xs : x])\n}',
      '{ "a"=(for - x xs - x x) "b"=(f() (for - x xs - x -)) }',
    ],
    ['{ a = (\n1\n+ 2\n) }', '{ "a"=(paren (+ 1 2)) }'],
    ['{ a = b[\n0\n] }', '{ "a"=(index b 0) }'],
    ['f(\nxs\n...\n)', '(f() xs ...)'],
    ['{ a = "${\nb\n}" }', '{ "a"=b }'],
    ['{ a = {\n  format = 1\n  } }', '{ "a"={ "format"=1 } }'],
  ],
  'strings with holes': [
    ['"a${b}c"', '(quoted "a" (${} b) "c")'],
    ['"${a}"', 'a'],
    ['"${a}${b}"', '(quoted (${} a) (${} b))'],
    ['"${f("x${"y"}")}"', '(f() (quoted "x" (${} "y")))'],
    ['"${ {a = "}"} }"', '{ "a"="}" }'],
    ['"a ${~ b ~} c"', '(quoted "a" (${}<> b) "c")'],
    ['"\\n ${~ b ~} \\t c"', '(quoted (${}<> b) "c")'],
    ['"%{ if a }x%{ else }y%{ endif }"', '(quoted (if a [ "x" ] [ "y" ]))'],
    ['"%{if a} x %{~ endif ~} z"', '(quoted (if<> a [ " x" ]) "z")'],
    ['"%{ for k, v in m }${k}=${v};%{ endfor }"', '(quoted (for k v m [ (${} k) "=" (${} v) ";" ]))'],
    ['"%{ for v in m }%{ if v }1%{ endif }%{ endfor }"', '(quoted (for - v m [ (if v [ "1" ]) ]))'],
  ],
  heredocs: [
    ['<<EOT\na\n  ${b}\nEOT\n', '(heredoc "a\\n  " (${} b) "\\n")'],
    ['<<EOT\nEOT', '(heredoc)'],
    ['<<-EOT\n    a\n\n      b\n    EOT', '(heredoc "a\\n\\n  b\\n")'],
    ['<<-EOT\n  a\n${b}\n  EOT', '(heredoc "  a\\n" (${} b) "\\n")'],
    ['<<E\nx "q" \\n $${y}\n  E', '(heredoc "x \\"q\\" \\\\n ${y}\\n")'],
    ['f(<<A\nEOT\nA\n, 1)', '(f() (heredoc "EOT\\n") 1)'],
    ['<<EOT\n%{ for x in xs ~}\n  ${x}\n%{ endfor ~}\nEOT', '(heredoc (for>> - x xs [ "  " (${} x) "\\n" ]))'],
    ['<<EOT\r\na\r\nEOT\r\n', '(heredoc "a\\r\\n")'],
  ],
  comments: [
    ['a /* b */ + # c\n d // e', '(+ a d)'],
    ['{ a = 1 # one\n b = 2 }', '{ "a"=1 "b"=2 }'],
    ['"# no comment"', '"# no comment"'],
  ],
};

const TEMPLATES: readonly (readonly [source: string, shown: string])[] = [
  ['', '""'],
  ['plain', '"plain"'],
  ['${var.x}', '(.x var)'],
  ['${ "${a}" }', 'a'],
  ['a ${b}', '(bare "a " (${} b))'],
  ['$${a}', '"${a}"'],
  ['$$${a}', '"$${a}"'],
  ['%%{a}', '"%{a}"'],
  ['$ % $', '"$ % $"'],
  ['\\n is no escape: \\"', JSON.stringify('\\n is no escape: \\"')],
  ['two\nlines', '"two\\nlines"'],
  ['a\n  ${~ b ~}\n\n c', '(bare "a\\n" (${}<> b) "\\n c")'],
  ['${a}\n', '(bare (${} a) "\\n")'],
  ['%{ if a }${b}%{ endif }', '(bare (if a [ (${} b) ]))'],
  ['"${"x"}"', '(bare "\\"" (${} "x") "\\"")'],
];

describe('Terraform expressions: parsing', () => {
  for (const [group, rows] of Object.entries(EXPRESSIONS)) {
    it(`reads ${group}`, () => {
      for (const [source, shown] of rows) {
        const { expression, problems } = parseExpression(source);
        assert.deepEqual(problems, [], source);
        assert.equal(show(expression), shown, source);
        assertRanges(source, expression);
      }
    });
  }

  it('reads whole texts', () => {
    for (const [source, shown] of TEMPLATES) {
      const { expression, problems } = parseTemplate(source);
      assert.deepEqual(problems, [], source);
      assert.equal(show(expression), shown, source);
      assertRanges(source, expression);
    }
  });

  it('gives ranges in the whole text', () => {
    const text = 'x = ${a.b ? "c" : [d]} y';
    const { expression } = parseTemplate(text);
    assert.ok(expression.kind === 'template');
    const ranges = expressionsIn(expression).map((node) => text.slice(node.start, node.end));
    assert.deepEqual(ranges, [text, 'a.b ? "c" : [d]', 'a.b', 'a', '"c"', '[d]', 'd']);
    assert.deepEqual(
      expression.parts.map(({ start, end }) => text.slice(start, end)),
      ['x = ', '${a.b ? "c" : [d]}', ' y'],
    );
    assert.equal(show(parseExpression(text, 6, 9).expression), '(.b a)');
  });

  it('says where each character of a text is written', () => {
    const rows: readonly (readonly [source: string, value: string])[] = [
      ['a$${b}c', 'a|$${|$${|b|}|c'],
      ['${"x\\n\\u0041y${z}"}', 'x|\\n|\\u0041|y'],
      ['${<<-E\n  a\n  b\n  E\n}', 'a|\n|b|\n'],
    ];
    for (const [source, written] of rows) {
      const { expression } = parseTemplate(source);
      const part = expression.kind === 'template' ? expression.parts[0] : undefined;
      assert.ok(part?.kind === 'text');
      const places = [...part.value].map((_, i) => sourceRange(part, i, i + 1));
      assert.equal(places.map(({ start, end }) => source.slice(start, end)).join('|'), written);
      const whole = sourceRange(part, 0, part.value.length);
      assert.deepEqual(whole, { start: places[0]!.start, end: places.at(-1)!.end });
      assert.deepEqual(sourceRange(part, 1, 1), { start: places[1]!.start, end: places[1]!.start });
    }
  });
});

/** A text, its expression, and each problem: the marked text, the offset where it starts, and the message. */
type Broken = readonly [
  source: string,
  shown: string,
  ...problems: readonly (readonly [marked: string, start: number, message: string])[],
];

const BROKEN: readonly Broken[] = [
  ['a ${b', '(bare "a " (${} !))', ['${', 2, '${ is not closed.']],
  ['${~ ', '!', ['${~', 0, '${~ is not closed.']],
  ['${a ${b} c', '(bare (${} !) (${} b) " c")', ['$', 4, 'Expected } to close ${.']],
  ['${f([a ${b}', '(bare (${} !) (${} b))', ['$', 7, 'Expected a comma or ].']],
  ['${}', '!', ['}', 2, 'Expected an expression.']],
  ['${a b} ${c}', '(bare (${} !) " " (${} c))', ['b', 4, 'Expected } to close ${.']],
  [
    '${aws:username}',
    '!',
    [
      '${aws:username}',
      0,
      'Terraform rejects ${aws:username} as an expression; write $${aws:username} for an IAM policy variable, or &{aws:username} in aws_iam_policy_document.',
    ],
  ],
  [
    "a/${ www.amazon.com:user_id }/${aws:PrincipalTag/team, 'none'}/${b}",
    '(bare "a/" (${} !) "/" (${} !) "/" (${} b))',
    [
      '${ www.amazon.com:user_id }',
      2,
      'Terraform rejects ${www.amazon.com:user_id} as an expression; write $${www.amazon.com:user_id} for an IAM policy variable, or &{www.amazon.com:user_id} in aws_iam_policy_document.',
    ],
    [
      "${aws:PrincipalTag/team, 'none'}",
      30,
      'Terraform rejects ${aws:PrincipalTag/team} as an expression; write $${aws:PrincipalTag/team} for an IAM policy variable, or &{aws:PrincipalTag/team} in aws_iam_policy_document.',
    ],
  ],
  [
    '${["${aws:userid}", a]}',
    '[ ! a ]',
    [
      '${aws:userid}',
      4,
      'Terraform rejects ${aws:userid} as an expression; write $${aws:userid} for an IAM policy variable, or &{aws:userid} in aws_iam_policy_document.',
    ],
  ],
  ['${a:b c}', '!', [':', 3, 'Expected } to close ${.']],
  ['${f(a} ${c}', '(bare (${} !) " " (${} c))', ['}', 5, 'Expected a comma or ).']],
  ['${f(a', '!', ['(', 3, '( is not closed.']],
  ['${f(a +, b)}', '(f() ! b)', [',', 7, 'Expected an expression.']],
  ['${f(a... , b)}', '(f() a b ...)', [',', 9, 'Expected ).']],
  ['${[a b, c]}', '[ a c ]', ['b', 5, 'Expected a comma or ].']],
  ['${{a = , b = 2}}', '{ "a"=! "b"=2 }', [',', 7, 'Expected an expression.']],
  ['${{a = 1 b = 2\n c = 3}}', '{ "a"=1 "c"=3 }', ['b', 9, 'Expected a comma, a new line or }.']],
  ['${{a 1, b = 2}}', '{ "a"=! "b"=2 }', ['1', 5, 'Expected = or :.']],
  [
    '${{a = ")", b = "x${"}"}" ) }}',
    '{ "a"=")" "b"=(quoted "x" (${} "}")) }',
    [')', 26, 'Expected a comma, a new line or }.'],
  ],
  ['${f(a b "x${"}"}" ) } ${c}', '(bare (${} (f() a)) " " (${} c))', ['b', 6, 'Expected a comma or ).']],
  ['${(a [b) + c}', '(+ (paren !) c)', [')', 7, 'Expected ] to close [.']],
  ['${[a, (b] + c}', '(+ [ a ! ] c)', [']', 8, 'Expected ) to close (.']],
  ['${a ? b}', '!', ['}', 7, 'Expected :.']],
  ['${a.}', '!', ['}', 4, 'Expected an attribute name.']],
  ['${a[}', '!', ['}', 4, 'Expected an expression.']],
  ["${'a'}", '!', ["'", 2, 'Expected an expression.']],
  ['${a & b}', '!', ['&', 4, 'Expected } to close ${.']],
  ['${a::b}', '!', ['}', 6, 'Expected (.']],
  ['${"a} b', '!', ['"', 2, 'Unterminated string.']],
  ['${["a,\n b]} ${c}', '(bare (${} [ ! ]) " " (${} c))', ['"', 3, 'Unterminated string.']],
  ['${"\\q"}', '"\\\\q"', ['\\q', 3, 'Invalid escape sequence.']],
  ['${<<EOT\na\n}', '!', ['<<EOT', 2, 'Unterminated heredoc: missing line with EOT.']],
  ['${[for x y : x]}', '!', ['y', 9, 'Expected the keyword in.']],
  ['${{for x in y : x}}', '!', ['}', 17, 'Expected =>.']],
  ['%{ if a }b', '!', ['%{ if a }', 0, 'Missing endif.']],
  ['%{ for a in b }${a}', '!', ['%{ for a in b }', 0, 'Missing endfor.']],
  ['a%{ endif }b', '"ab"', ['%{ endif }', 1, 'This has no matching if.']],
  ['%{ if a }%{ endfor }%{ endif }', '(bare (if a [ ]))', ['%{ endfor }', 9, 'This has no matching for.']],
  [
    '%{ if a }1%{ else }2%{ else }3%{ endif }',
    '(bare (if a [ "1" ] [ "23" ]))',
    ['%{ else }', 20, 'This has no matching if.'],
  ],
  [
    '%{ User-Agent }i ${b}',
    '(bare (${} !) "i " (${} b))',
    ['User-Agent', 3, 'Expected if, else, endif, for or endfor.'],
  ],
  [
    '${a b} ${c d}',
    '(bare (${} !) " " (${} !))',
    ['b', 4, 'Expected } to close ${.'],
    ['d', 11, 'Expected } to close ${.'],
  ],
  [
    '${"a${b c}d" + {e = }}',
    '(+ (quoted "a" (${} !) "d") { "e"=! })',
    ['c', 8, 'Expected } to close ${.'],
    ['}', 20, 'Expected an expression.'],
  ],
];

describe('Terraform expressions: problems', () => {
  for (const [source, shown, ...problems] of BROKEN) {
    it(`says what is wrong with ${JSON.stringify(source)}`, () => {
      const parsed = parseTemplate(source);
      assert.deepEqual(
        parsed.problems.map(({ start, end, message }) => [source.slice(start, end), start, message]),
        problems,
      );
      assert.equal(show(parsed.expression), shown);
    });
  }

  it('takes no more than one expression', () => {
    const { expression, problems } = parseExpression('[a b] c', 1, 4);
    assert.deepEqual(problems, [{ start: 3, end: 4, message: 'Expected the end of the expression.' }]);
    assert.equal(show(expression), '!');
    const comma = parseExpression('["a"],');
    assert.deepEqual(comma.problems, [{ start: 5, end: 6, message: 'Expected the end of the expression.' }]);
    assert.equal(show(comma.expression), '[ "a" ]');
    assert.deepEqual(parseExpression('a +').problems, [{ start: 3, end: 3, message: 'Expected an expression.' }]);
  });
});

describe('Terraform expressions: hostile input', () => {
  const N = 100_000;
  const inputs: Readonly<Record<string, string>> = {
    'open parentheses': `\${${'('.repeat(N)}`,
    'matched parentheses': `\${${'('.repeat(N)}a${')'.repeat(N)}}`,
    signs: `\${${'!-'.repeat(N)}a}`,
    operators: `\${a${'+a'.repeat(N)}}`,
    conditionals: `\${${'a?a:'.repeat(N)}a}`,
    attributes: `\${a${'.a'.repeat(N)}}`,
    indexes: `\${a${'[a'.repeat(N)}${']'.repeat(N)}}`,
    splats: `\${a${'[*]'.repeat(N)}}`,
    lists: `\${${'['.repeat(N)}${']'.repeat(N)}}`,
    objects: `\${${'{a='.repeat(N)}`,
    calls: `\${${'f('.repeat(N)}`,
    'open holes': '${a '.repeat(N),
    'strings in strings': '${"'.repeat(N),
    loops: `\${${'[for a in '.repeat(N)}`,
    directives: `${'%{if a}'.repeat(N)}${'%{endif}'.repeat(N)}`,
    'open directives': '%{if a}'.repeat(N),
    ends: '%{endif}'.repeat(N),
    closers: `\${${')]}'.repeat(N)}`,
    heredocs: '${<<A\n'.repeat(N),
    'white space': `\${${'('.repeat(150)}a${' \n'.repeat(N)}`,
    comments: `\${a ${'/**/'.repeat(N)}}`,
    escapes: '$${'.repeat(N),
    lines: '${<<A\n' + 'x\n'.repeat(N),
  };
  for (const [name, text] of Object.entries(inputs)) {
    it(`survives ${name}`, () => {
      const { expression, problems } = parseTemplate(text);
      assert.ok(expression.start >= 0 && expression.end <= text.length);
      for (const { start, end } of problems) assert.ok(start <= end && end <= text.length);
      // The tree is safe to walk.
      assert.ok(show(expression).length > 0);
    });
  }

  it('marks what is nested too deeply, once', () => {
    const { problems } = parseTemplate(`\${[${'('.repeat(300)}a${')'.repeat(300)}, b]}`);
    assert.deepEqual(
      problems.map((problem) => problem.message),
      ['Nesting exceeds 200 levels.'],
    );
  });
});

/* Expressions made at random, without places. */
const AT = { start: 0, end: 0 };
const NAME = fc.constantFrom('a', 'b1', 'foo-bar', 'x_y', 'ünï');
const TEXT = fc.string({
  unit: fc.constantFrom('a', ' ', '"', '\\', '$', '%', '{', '}', '~', '\n', '\t', '😀', '#'),
  minLength: 1,
  maxLength: 6,
});
const PRECEDENCE = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
} as const;

function textPart(value: string): TextPart {
  return { kind: 'text', ...AT, value, escapes: [] };
}

/** Texts next to each other are one, and a lone hole is no string. */
function template(parts: readonly TemplatePart[]): Expression {
  const joined = parts.reduce<readonly TemplatePart[]>((all, part) => {
    const last = all.at(-1);
    return part.kind === 'text' && last?.kind === 'text'
      ? [...all.slice(0, -1), textPart(last.value + part.value)]
      : [...all, part];
  }, []);
  return joined.length === 1 && joined[0]!.kind === 'interpolation'
    ? joined[0]!.expression
    : { kind: 'template', form: 'quoted', ...AT, parts: joined };
}

/** How tightly an expression holds together when it is printed. */
function strength(node: Expression): number {
  switch (node.kind) {
    case 'conditional':
      return 0;
    case 'binary':
      return PRECEDENCE[node.operator];
    case 'unary':
      return 7;
    // A number before a dot would be another number.
    case 'literal':
      return typeof node.value === 'number' ? 8 : 9;
    case 'splat':
      return 8;
    default:
      return 9;
  }
}

function atLeast(least: number, node: Expression): Expression {
  return strength(node) >= least ? node : { kind: 'parentheses', ...AT, inner: node };
}

const { expression: EXPRESSION } = fc.letrec<{
  expression: Expression;
  parts: readonly TemplatePart[];
  simple: Expression;
}>((tie) => ({
  simple: fc.oneof(
    fc
      .constantFrom('1', '20.5', 'true', 'false', 'null')
      .map((raw): Expression => ({ kind: 'literal', ...AT, raw, value: JSON.parse(raw) })),
    NAME.map((name): Expression => ({ kind: 'variable', ...AT, name })),
    TEXT.map((value) => template([textPart(value)])),
  ),
  parts: fc.array(
    fc.oneof(
      TEXT.map(textPart),
      tie('expression').map((expression): TemplatePart => ({
        kind: 'interpolation',
        ...AT,
        expression,
        strip: { before: false, after: false },
      })),
    ),
    { maxLength: 3 },
  ),
  expression: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    tie('simple'),
    tie('parts').map(template),
    fc
      .tuple(tie('expression'), NAME)
      .map(([of, name]): Expression => ({ kind: 'attribute', ...AT, of: atLeast(9, of), name, nameAt: AT })),
    fc
      .tuple(tie('expression'), tie('expression'))
      .map(([of, key]): Expression => ({ kind: 'index', ...AT, of: atLeast(9, of), key, legacy: false })),
    fc
      .tuple(tie('expression'), NAME, fc.boolean())
      .map(([of, name, full]): Expression => ({
        kind: 'splat',
        ...AT,
        of: atLeast(9, of),
        full,
        each: { kind: 'attribute', ...AT, of: { kind: 'splat-item', ...AT }, name, nameAt: AT },
      })),
    fc
      .tuple(NAME, fc.array(tie('expression'), { maxLength: 3 }), fc.boolean())
      .map(([name, args, spread]): Expression => ({
        kind: 'call',
        ...AT,
        name,
        nameAt: AT,
        args,
        spread: spread && args.length > 0,
      })),
    fc
      .tuple(fc.constantFrom('-' as const, '!' as const), tie('expression'))
      .map(([operator, operand]): Expression => ({ kind: 'unary', ...AT, operator, operand: atLeast(7, operand) })),
    fc
      .tuple(
        fc.constantFrom(...(Object.keys(PRECEDENCE) as (keyof typeof PRECEDENCE)[])),
        tie('expression'),
        tie('expression'),
      )
      .map(([operator, left, right]): Expression => ({
        kind: 'binary',
        ...AT,
        operator,
        left: atLeast(PRECEDENCE[operator], left),
        right: atLeast(PRECEDENCE[operator] + 1, right),
      })),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([condition, then, otherwise]): Expression => ({
        kind: 'conditional',
        ...AT,
        condition: atLeast(1, condition),
        then,
        otherwise,
      })),
    fc.array(tie('expression'), { maxLength: 3 }).map((items): Expression => ({ kind: 'tuple', ...AT, items })),
    fc
      .array(fc.tuple(tie('expression'), tie('expression')), { maxLength: 3 })
      .map((items): Expression => ({
        kind: 'object',
        ...AT,
        items: items.map(([key, value]) => ({ ...AT, key: { kind: 'parentheses', ...AT, inner: key }, value })),
      })),
    fc
      .tuple(
        NAME,
        fc.option(NAME, { nil: undefined }),
        tie('expression'),
        tie('expression'),
        fc.option(tie('expression'), { nil: undefined }),
        fc.option(tie('expression'), { nil: undefined }),
        fc.boolean(),
      )
      .map(([valueName, keyName, collection, value, key, condition, group]): Expression => ({
        kind: 'for',
        ...AT,
        valueName,
        keyName,
        collection,
        key,
        value,
        condition,
        group: group && key !== undefined,
      })),
  ),
}));

/** An expression as an author may write it, in one line or with line ends where they mean nothing. */
function print(node: Expression): string {
  switch (node.kind) {
    case 'literal':
      return node.raw;
    case 'template':
      return `"${node.parts.map((part) => (part.kind === 'text' ? printText(part.value) : part.kind === 'interpolation' ? `\${${print(part.expression)}}` : '')).join('')}"`;
    case 'variable':
      return node.name;
    case 'attribute':
      return `${print(node.of)}.${node.name}`;
    case 'index':
      return `${print(node.of)}[ ${print(node.key)} ]`;
    case 'splat':
      return `${print(node.of)}${node.full ? '[*]' : '.*'}${print(node.each)}`;
    case 'splat-item':
    case 'invalid':
      return '';
    case 'call':
      return `${node.name}(${node.args.map(print).join(',\n')}${node.spread ? '...' : ''})`;
    case 'unary':
      return `${node.operator}${print(node.operand)}`;
    case 'binary':
      return `${print(node.left)} ${node.operator} ${print(node.right)}`;
    case 'conditional':
      return `${print(node.condition)} ? ${print(node.then)} : ${print(node.otherwise)}`;
    case 'tuple':
      return `[${node.items.map(print).join(', # and\n')}]`;
    case 'object':
      return `{ ${node.items.map((item) => `${print(item.key)} = ${print(item.value)}`).join('\n')} }`;
    case 'for': {
      const body = `for ${node.keyName === undefined ? '' : `${node.keyName}, `}${node.valueName} in ${print(node.collection)} :\n${node.key ? `${print(node.key)} => ` : ''}${print(node.value)}${node.group ? '...' : ''}${node.condition ? ` if ${print(node.condition)}` : ''}`;
      return node.key ? `{${body}}` : `[${body}]`;
    }
    case 'parentheses':
      return `(${print(node.inner)})`;
  }
}

function printText(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll(/[$%]\{/g, (mark) => mark[0]! + mark)
    .replace(/[$%]$/, (mark) => (mark === '$' ? '\\u0024' : '\\u0025'));
}

describe('Terraform expressions: any input', () => {
  it('reads back what is printed', () => {
    fc.assert(
      fc.property(EXPRESSION, (made) => {
        const source = print(made);
        const { expression, problems } = parseExpression(source);
        assert.deepEqual(problems, []);
        assert.equal(show(expression), show(made));
        assertRanges(source, expression);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, marks places within the text, and has a problem for what is invalid', () => {
    const fragment = fc.constantFrom(
      '${',
      '%{',
      '}',
      '~}',
      '"',
      '(',
      ')',
      '[',
      ']',
      '{',
      'for',
      ' in ',
      'if ',
      'else',
      'endif',
      'a',
      '.',
      '*',
      ',',
      ':',
      '=',
      '=>',
      '?',
      '...',
      '<<A\n',
      'A',
      '\n',
      '\\',
      '$',
      '1',
      '::',
      '!',
      '-',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anyText(),
          fc.array(fragment, { maxLength: 60 }).map((all) => all.join('')),
        ),
        (text) => {
          const { expression, problems } = parseTemplate(text);
          for (const node of expressionsIn(expression))
            assert.ok(0 <= node.start && node.start <= node.end && node.end <= text.length, node.kind);
          for (const { start, end } of problems) assert.ok(0 <= start && start <= end && end <= text.length);
          if (expressionsIn(expression).some((node) => node.kind === 'invalid')) assert.ok(problems.length > 0);
          parseExpression(text);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('loses no more than one hole to one wrong character', () => {
    const text = '${a.b} ${jsonencode({ x = [c, "${d}"] })} ${e}';
    for (let at = 0; at < text.length; at++) {
      const { expression } = parseTemplate(`${text.slice(0, at)};${text.slice(at + 1)}`);
      const holes =
        expression.kind === 'template'
          ? expression.parts.filter((part) => part.kind === 'interpolation' && part.expression.kind !== 'invalid')
          : [];
      // Without the end of a string, or of a hole in it, the rest of the text may be in the string.
      const isEnd = text[at] === '"' || text.startsWith('}"', at);
      assert.ok(holes.length >= (isEnd ? 1 : 2), `${at}: ${show(expression)}`);
    }
  });
});
