import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Truth } from '../../server/src/base/guard.ts';
import type { Leaf, Step, Value } from '../../server/src/model/value.ts';
import { evaluate, truthOf } from '../../server/src/formats/terraform/evaluate.ts';
import { parseExpression, parseTemplate } from '../../server/src/formats/terraform/expression/parser.ts';
import { addressesIn, addressOf, referencesOf } from '../../server/src/formats/terraform/expression/references.ts';
import { Configuration, LOCALS, show, valueOf } from './terraform-expression.ts';

const VALUES: Readonly<Record<string, readonly (readonly [source: string, shown: string])[]>> = {
  literals: [
    ['1.50', '1.50'],
    ['-1', '-1'],
    ['true', 'true'],
    ['null', 'null'],
    ['"a"', '"a"'],
    ['"$${aws:username}"', '"${aws:username}"'],
    ['(("a"))', '"a"'],
    ['[1, "b", [true]]', '[1, "b", [true]]'],
    ['{ a = 1, "b" = { c = [] } }', '{a: 1, b: {c: []}}'],
    ['{ 1 = 2 }', '{1: 2}'],
  ],
  texts: [
    ['"a${1}${true}b${"c"}"', '"a1truebc"'],
    ['"${var.pinned}-x"', '"fixed-x"'],
    ['"${aws_s3_bucket.b.arn}/*"', '"<&aws_s3_bucket.b.arn>/*"'],
    ['"a${local.arn}b"', '"aarn:<?parameter>:xb"'],
    ['"${null}x"', '"<?syntax>x"'],
    ['"${[]}x"', '"<?function>x"'],
    ['"x-${var.env}"', '*env=dev -> "x-dev" | env=prod -> "x-prod" | env=another value -> "x-<?parameter>"'],
    [
      '"${var.env}/${var.env}"',
      '*env=dev -> "dev/dev" | env=prod -> "prod/prod" | env=another value -> "<?parameter>/<?parameter>"',
    ],
    ['"%{ if var.on }a%{ else }b%{ endif }c"', '*on=true -> "ac" | on=false -> "bc"'],
    ['"%{ if true }a%{ endif }"', '"a"'],
    ['"%{ if false }a%{ endif }"', '""'],
    ['"%{ for x in var.names }${x},%{ endfor }"', '"x,y,"'],
    ['"%{ for x in var.name }${x}%{ endfor }"', '?function'],
    ['"%{ for x in concat(["a"], var.name) }${x}%{ endfor }"', '?function'],
    ['"%{ for x in var.on ? ["a"] : [] }${x}%{ endfor }"', '*var.on=true -> "a" | var.on=false -> ""'],
    ['<<E\na${1}\nE', '"a1\\n"'],
  ],
  'variables, locals and what is bound': [
    ['var.pinned', '"fixed"'],
    ['var.name', '?parameter'],
    ['var.env', '*env=dev -> "dev" | env=prod -> "prod" | env=another value -> ?parameter'],
    ['local.tags', '{Owner: "me", Env: *env=dev -> "dev" | env=prod -> "prod" | env=another value -> ?parameter}'],
    ['local.tags.Owner', '"me"'],
    ['local.tags["Owner"]', '"me"'],
    ['local.tags.Missing', '?syntax'],
    ['local.nothing', '?syntax'],
    ['local.circular', '?syntax'],
    ['each.key', '"k"'],
    ['each.value.on', 'false'],
    ['local.maybe.key', 'var.env == "prod"=true -> "k" | *var.env == "prod"=false -> ?syntax'],
    ['local.buckets[1]', '"b"'],
    ['local.buckets.0', '"a"'],
    ['local.buckets[2]', '?syntax'],
    ['local.buckets[var.name]', '?function'],
    ['concat(var.name, ["a"])[0]', '?function'],
    ['"a"[0]', '?syntax'],
    ['var.name[0]', '?function'],
    ['var', '?syntax'],
    ['var.names[0]', '"x"'],
    ['var.names[var.on ? 0 : 1]', '*var.on=true -> "x" | var.on=false -> "y"'],
  ],
  references: [
    ['aws_s3_bucket.b.id', '&aws_s3_bucket.b.id'],
    ['aws_s3_bucket.b[0].id', '&aws_s3_bucket.b.id'],
    ['aws_s3_bucket.b["k"].versioning[0].enabled', '&aws_s3_bucket.b.versioning.enabled'],
    ['data.aws_iam_policy_document.d.json', '&data.aws_iam_policy_document.d.json'],
    ['module.m.out', '&module.m.out'],
    ['local.bucket.arn', '&aws_s3_bucket.b.arn'],
    ['local.bucket[0].arn', '&aws_s3_bucket.b.arn'],
    ['aws_s3_bucket.b[*].id', '&aws_s3_bucket.b.id'],
    ['count.index', '?computed'],
    ['path.module', '?computed'],
    ['nothing', '?computed'],
  ],
  operators: [
    ['1 + 2 * 3', '7'],
    ['7 / 2', '3.5'],
    ['7 % 4', '3'],
    ['1 - 5', '-4'],
    ['-(1 + 1)', '-2'],
    ['1 / 0', '?function'],
    ['"2" + 1', '3'],
    ['aws_x.y.z + 1', '?function aws_x.y'],
    ['-true', '?function'],
    ['!true', 'false'],
    ['true && var.on', '*on=true -> true | on=false -> false'],
    ['false && var.name', 'false'],
    ['true || var.name', 'true'],
    ['var.name || aws_x.y.z', '?function aws_x.y'],
    ['1 < 2', 'true'],
    ['2 <= 1', 'false'],
    ['2 > 1', 'true'],
    ['1 >= 2', 'false'],
    ['"10" > 9', 'true'],
    ['"a" < 1', '?function'],
    ['var.size * 2', 'size=1 -> 2 | size=20 -> 40'],
  ],
  equality: [
    ['"a" == "a"', 'true'],
    ['"a" != "a"', 'false'],
    ['"a" == "b"', 'false'],
    ['1 == 1.0', 'true'],
    ['true == "true"', '?function'],
    ['"1" == 1', '?function'],
    ['"1" == true', 'false'],
    ['null == null', 'true'],
    ['"a" == null', 'false'],
    ['[] == null', 'false'],
    ['[] == []', '?function'],
    ['aws_x.y.z == null', '?function aws_x.y'],
    ['"x-${var.name}" == "y-a"', 'false'],
    ['"${var.name}-x" == "a-y"', 'false'],
    ['"x-${var.name}" == "x-a"', '?function'],
    ['"x-${var.name}" != null', 'true'],
    ['var.env == "prod"', 'env=prod -> true | *env=dev -> false'],
    ['var.none == null', '*none=null -> true | none=another value -> false'],
  ],
  conditionals: [
    ['true ? 1 : 2', '1'],
    ['1 > 2 ? 1 : 2', '2'],
    ['var.on ? "a" : "b"', '*var.on=true -> "a" | var.on=false -> "b"'],
    ['!var.on ? "a" : "b"', '!var.on=true -> "a" | *!var.on=false -> "b"'],
    ['var.off ? "a" : "b"', 'var.off=true -> "a" | *var.off=false -> "b"'],
    ['var.env == "prod" ? "a" : "b"', 'var.env == "prod"=true -> "a" | *var.env == "prod"=false -> "b"'],
    [
      'var.env == "prod" && var.on ? "a" : "b"',
      'var.env == "prod" && var.on=true -> "a" | *var.env == "prod" && var.on=false -> "b"',
    ],
    ['local.is_prod ? "a" : "b"', 'local.is_prod=true -> "a" | *local.is_prod=false -> "b"'],
    ['aws_x.y.z ? "a" : "b"', 'aws_x.y.z=true -> "a" | aws_x.y.z=false -> "b"'],
    ['var.on ? var.on ? 1 : 2 : 3', '*var.on=true -> 1 | var.on=false -> 3'],
    [
      'aws_x.y.z == "" ? aws_x.y.z != "" ? 1 : 2 : 3',
      'aws_x.y.z == ""=true,aws_x.y.z != ""=false -> 2 | aws_x.y.z == ""=false -> 3',
    ],
    ['var.on ? { a = 1 } : null', '*var.on=true -> {a: 1} | var.on=false -> null'],
    ['(var.on ? { a = 1 } : { a = 2 }).a', '*var.on=true -> 1 | var.on=false -> 2'],
  ],
  'objects with keys that are worked out': [
    ['{ (var.pinned) = 1 }', '{fixed: 1}'],
    ['{ "${var.pinned}:x" = 1 }', '{fixed:x: 1}'],
    ['{ "${aws_x.y.url}:sub" = 1, b = 2 }', '{${aws_x.y.url}:sub: 1, b: 2, …}'],
    ['{ (var.name) = 1 }', '{${var.name}: 1, …}'],
  ],
  'for expressions': [
    ['[for x in local.buckets : "arn:${x}"]', '["arn:a", "arn:b"]'],
    ['[for x in var.names : x if x != "x"]', '["y"]'],
    ['{ for x in var.names : x => upper(x) }', '{x: "X", y: "Y"}'],
    ['[for k, v in { a = 1 } : "${k}${v}"]', '["a1"]'],
    ['[for x in concat(["a"], var.name) : x]', '["a", …]'],
    ['{ for k, v in merge({ a = 1 }, var.name) : k => v }', '{a: ?function, …}'],
    ['[for x in var.on ? ["a"] : [] : x]', '*var.on=true -> ["a"] | var.on=false -> []'],
    ['[for i, x in local.buckets : i]', '[0, 1]'],
    ['[for x in aws_x.y.list : x]', '[?computed aws_x.y if ?]'],
    ['[for x in aws_x.y.list : "arn:${x.id}"]', '["arn:<?computed aws_x.y>" if ?]'],
    ['[for x in aws_x.y[*].arn : "${x}/*"]', '["<&aws_x.y.arn>/*" if ?]'],
    ['[for x in local.buckets : x if var.env == "prod"]', '["a" if env=prod, "b" if env=prod]'],
    ['{ for x in local.buckets : x => 1... }', '{a: [1], b: [1]}'],
    ['[for var in local.buckets : var.x]', '[?syntax, ?syntax]'],
    ['[for x in local.buckets : [for y in local.buckets : "${x}${y}"]]', '[["aa", "ab"], ["ba", "bb"]]'],
    ['{ for x in local.buckets : aws_x.y.z => x }', '{…}'],
  ],
  splats: [
    ['local.blocks[*].cidr', '["10.0.0.0/8", "0.0.0.0/0"]'],
    ['local.blocks[*].ports[0]', '[22, 443]'],
    ['local.blocks.*.ports[0]', '[22, 80]'],
    ['local.blocks[*].ports[*]', '[[22, 80], [443]]'],
    ['null[*]', '[]'],
    ['"a"[*]', '["a"]'],
    ['local.tags[*].Owner', '["me"]'],
    ['var.name[*].x', '?computed'],
  ],
};

describe('Terraform expressions: values', () => {
  for (const [group, rows] of Object.entries(VALUES)) {
    it(`works out ${group}`, () => {
      for (const [source, shown] of rows) assert.equal(show(valueOf(source)), shown, source);
    });
  }

  it('gives what cannot be read as unknown', () => {
    const source = 'a ${b c} d';
    assert.equal(
      show(evaluate(parseTemplate(source).expression, new Configuration().scope(source))),
      '"a <?syntax> d"',
    );
  });

  it('decides statements', () => {
    const rows: readonly (readonly [source: string, yes: string, no: string])[] = [
      ['true', 'always', 'never'],
      ['var.on', 'on=true', 'on=false'],
      ['!(var.on)', 'on=false', 'on=true'],
      ['aws_x.y.z', 'never', 'never'],
      ['"yes"', 'never', 'never'],
      ['1', 'never', 'never'],
      ['var.on || aws_x.y.z', 'on=true', 'never'],
      ['var.on && aws_x.y.z', 'never', 'on=false'],
      ['var.env != "prod"', 'env=dev', 'env=prod'],
      ['1 + 1', 'never', 'never'],
      ['-1', 'never', 'never'],
      ['length(var.names) > 1', 'always', 'never'],
      ['var.size >= 20', 'size=20', 'size=1'],
      ['var.env == local.tags.Owner', 'never', 'env=dev'],
    ];
    for (const [source, yes, no] of rows) {
      const truth = truthOf(parseExpression(source).expression, new Configuration().scope(source));
      const shown = (guard: Truth['yes']): string =>
        guard.isAlways()
          ? 'always'
          : guard.satisfiable()
            ? guard
                .describe()
                .map((term) => `${term.name}=${term.value}`)
                .join(',')
            : 'never';
      assert.deepEqual([shown(truth.yes), shown(truth.no)], [yes, no], source);
    }
  });

  it('names what it cannot decide for conditionals, the same way each time', () => {
    const configuration = new Configuration();
    const [a, b] = ['aws_x.y.z == "" ? 1 : 2', 'aws_x.y.z != "" ? 1 : 2'].map((source) =>
      valueOf(source, {}, configuration),
    );
    assert.ok(a?.state === 'choice' && b?.state === 'choice');
    assert.ok(!a.branches[0]!.guard.and(b.branches[0]!.guard).satisfiable());
    assert.ok(a.branches[0]!.guard.and(b.branches[1]!.guard).satisfiable());
  });

  it('takes what a condition compares for selected, not for assumed', () => {
    const compared = valueOf('var.env == "prod" ? 1 : 2');
    const plain = valueOf('var.env');
    assert.ok(compared.state === 'choice' && plain.state === 'choice');
    assert.deepEqual(
      compared.branches.map((branch) => branch.guard.reached().satisfiable()),
      [true, true],
    );
    assert.deepEqual(
      plain.branches.map((branch) => branch.guard.reached().satisfiable()),
      [true, false, false],
    );
  });
});

/** A place, as the text that it marks. */
function placed(
  source: string,
  at: { readonly doc: string; readonly start: number; readonly end: number } | undefined,
): string | undefined {
  if (!at) return undefined;
  const text = at.doc === 'main' ? source : at.doc.startsWith('local.') ? LOCALS[at.doc.slice(6)]! : '';
  return `${at.doc === 'main' ? '' : `${at.doc}: `}${text.slice(at.start, at.end)}`;
}

function step({ what, name, at }: Step): string {
  return `${what} ${name}${at?.doc === 'main' ? ` at ${at.start}` : ''}`;
}

/** What a value says of its origin: where it is used and written, how it came, and where it can be changed. */
function originOf(source: string, { origin }: Leaf): readonly (string | undefined)[] {
  return [
    placed(source, origin.use),
    placed(source, origin.def),
    placed(source, origin.key),
    origin.steps.map(step).join(', '),
    origin.edit,
  ];
}

/** Goes to a value inside another by keys and indexes; `?n` is the n-th branch of a choice. */
function inside(value: Value, path: readonly (string | number)[]): Leaf {
  let at = value;
  for (const one of path) {
    if (typeof one === 'string' && one.startsWith('?'))
      at = at.state === 'choice' ? at.branches[Number(one.slice(1))]!.value : assert.fail(at.state);
    else if (at.state === 'object') at = at.entries.find((entry) => entry.key === one)!.value;
    else if (at.state === 'list') at = at.items[Number(one)]!.value;
    else assert.fail(at.state);
  }
  assert.ok(at.state !== 'choice');
  return at;
}

const ORIGINS: readonly (readonly [
  source: string,
  path: readonly (string | number)[],
  ...origin: readonly (string | undefined)[],
])[] = [
  // source, path, use, def, key, steps, edit
  ['"a"', [], '"a"', undefined, undefined, '', 'here'],
  ['-1', [], '-1', undefined, undefined, '', 'here'],
  ['-(1)', [], '-(1)', undefined, undefined, '', 'none'],
  ['1 + 2', [], '1 + 2', undefined, undefined, '', 'none'],
  ['"a${1}"', [], '"a${1}"', undefined, undefined, '', 'none'],
  ['[1, "b"]', [1], '"b"', undefined, undefined, '', 'here'],
  ['{ k = { l = [true] } }', ['k'], '{ l = [true] }', undefined, 'k', '', 'here'],
  ['{ k = { l = [true] } }', ['k', 'l', 0], 'true', undefined, undefined, '', 'here'],
  ['{ "k" = var.pinned }', ['k'], 'var.pinned', 'var.pinned: ', '"k"', 'variable pinned', 'shared'],
  ['var.on ? false : "x"', ['?0'], 'false', undefined, undefined, 'condition var.on at 0', 'here'],
  [
    '{ a = var.on ? false : local.tags.Owner }',
    ['a', '?1'],
    'local.tags.Owner',
    'local.tags: "me"',
    'a',
    'condition var.on at 6, local local.tags',
    'shared',
  ],
  [
    'local.tags',
    [],
    'local.tags',
    'local.tags: { Owner = "me", Env = var.env }',
    undefined,
    'local local.tags',
    'shared',
  ],
  ['local.tags', ['Owner'], 'local.tags: "me"', undefined, 'local.tags: Owner', '', 'shared'],
  ['local.buckets[0]', [], 'local.buckets[0]', 'local.buckets: "a"', undefined, 'local local.buckets', 'shared'],
  ['local.blocks[*].cidr', [1], 'local.blocks: "0.0.0.0/0"', undefined, 'local.blocks: cidr', '', 'shared'],
  ['[for x in local.buckets : x]', [1], 'x', 'local.buckets: "b"', undefined, '', 'shared'],
  ['[for x in local.buckets : "${x}!"]', [1], '"${x}!"', undefined, undefined, '', 'none'],
  ['aws_x.y.z', [], 'aws_x.y.z', undefined, undefined, '', 'none'],
  [
    'local.bucket.arn',
    [],
    'local.bucket.arn',
    'local.bucket: aws_s3_bucket.b',
    undefined,
    'local local.bucket',
    'shared',
  ],
  ['jsonencode({ a = "b" })', [], '{ a = "b" }', undefined, undefined, 'function jsonencode', 'here'],
  ['jsonencode({ a = "b" })', ['a'], '"b"', undefined, 'a', '', 'here'],
  ['upper(local.tags.Owner)', [], 'upper(local.tags.Owner)', 'local.tags: "me"', undefined, 'local local.tags', 'none'],
  [
    'format("%s%s", local.tags.Owner, local.buckets[0])',
    [],
    'format("%s%s", local.tags.Owner, local.buckets[0])',
    undefined,
    undefined,
    'local local.tags, local local.buckets',
    'none',
  ],
  ['try(local.tags.Nope, "d")', [], '"d"', undefined, undefined, '', 'here'],
  ['coalesce(local.tags.Owner)', [], 'local.tags.Owner', 'local.tags: "me"', undefined, 'local local.tags', 'shared'],
  ['concat(["a"], local.buckets)', [0], '"a"', undefined, undefined, '', 'here'],
  ['concat(["a"], local.buckets)', [1], 'local.buckets: "a"', undefined, undefined, '', 'shared'],
  ['merge({ a = 1 }, local.tags)', ['Owner'], 'local.tags: "me"', undefined, 'local.tags: Owner', '', 'shared'],
];

describe('Terraform expressions: origins', () => {
  for (const [source, path, ...origin] of ORIGINS) {
    it(`says where ${[source, ...path].join(' / ')} comes from`, () => {
      const value = inside(valueOf(source), path);
      assert.deepEqual(originOf(source, value), origin);
    });
  }

  it('stands at the place that is given, with its key', () => {
    const use = { doc: 'main', start: 100, end: 110 };
    const key = { doc: 'main', start: 90, end: 95 };
    for (const source of ['"a"', 'var.pinned', 'local.tags.Owner', 'aws_x.y.z', '1 + 1', '("a")']) {
      const { origin } = valueOf(source, { use, key });
      assert.deepEqual([origin.use, origin.key], [use, key], source);
    }
    const choice = valueOf('var.on ? "a" : "b"', { use, key });
    assert.ok(choice.state === 'choice');
    assert.deepEqual(choice.origin.use, use);
    assert.deepEqual(
      choice.branches.map(({ value }) => [value.origin.use.start, value.origin.key]),
      [
        [9, key],
        [15, key],
      ],
    );
    assert.equal(valueOf('"a"', { edit: 'shared' }).origin.edit, 'shared');
  });

  it('keeps secrets secret', () => {
    for (const source of [
      'local.secret',
      '"x${local.secret}"',
      'upper(local.secret)',
      'format("%s", local.secret)',
      'var.on ? local.secret : local.secret',
    ]) {
      const value = valueOf(source);
      const all = value.state === 'choice' ? value.branches.map((branch) => branch.value) : [value];
      assert.ok(
        all.every(({ origin }) => origin.secret),
        source,
      );
    }
  });
});

describe('Terraform expressions: references', () => {
  const rows: readonly (readonly [source: string, ...found: readonly string[]])[] = [
    ['aws_s3_bucket.b.id', 'aws_s3_bucket.b.id -> aws_s3_bucket.b|id'],
    ['aws_x.y[0].z[*].w', 'aws_x.y[0].z[*].w -> aws_x.y|z.w'],
    [
      'data.aws_iam_policy_document.x.json',
      'data.aws_iam_policy_document.x.json -> data.aws_iam_policy_document.x|json',
    ],
    ['data.a.x[each.key].json', 'data.a.x[each.key].json -> data.a.x|json', 'each.key -> -'],
    ['module.m["k"].out', 'module.m["k"].out -> module.m|out'],
    ['resource.aws_x.y.z', 'resource.aws_x.y.z -> aws_x.y|z'],
    ['ephemeral.a.b.c', 'ephemeral.a.b.c -> ephemeral.a.b|c'],
    ['aws_x.y', 'aws_x.y -> aws_x.y|-'],
    ['var.x', 'var.x -> -'],
    ['data.x', 'data.x -> -'],
    ['aws_x', 'aws_x -> -'],
    ['data.x[0].y', 'data.x[0].y -> -'],
    ['"${local.a}-${f(count.index, path.module)}"', 'local.a -> -', 'count.index -> -', 'path.module -> -'],
    ['[for x in aws_x.y : x.z + var.v if self.w]', 'aws_x.y -> aws_x.y|-', 'var.v -> -', 'self.w -> -'],
    ['{ (a.b.c) = d.e.f ? -g.h.i : [j.k.l] }', 'a.b.c -> a.b|c', 'd.e.f -> d.e|f', 'g.h.i -> g.h|i', 'j.k.l -> j.k|l'],
    [
      '"%{ if a.b.c }${d.e.f}%{ else }${g.h.i}%{ endif }%{ for x in j.k.l }${x.y.z}%{ endfor }"',
      'a.b.c -> a.b|c',
      'd.e.f -> d.e|f',
      'g.h.i -> g.h|i',
      'j.k.l -> j.k|l',
    ],
    ['f(a.b.c).d.e', 'a.b.c -> a.b|c'],
    ['(a.b).c[d.e.f]', 'a.b -> a.b|-', 'd.e.f -> d.e|f'],
    ['a.b[*].c[d.e.f]', 'a.b[*].c[d.e.f] -> a.b|c', 'd.e.f -> d.e|f'],
  ];
  for (const [source, ...found] of rows) {
    it(`finds those of ${source}`, () => {
      const { expression, problems } = parseExpression(source);
      assert.deepEqual(problems, []);
      assert.deepEqual(
        referencesOf(expression).map((traversal) => {
          const target = addressOf(traversal);
          return `${source.slice(traversal.start, traversal.end)} -> ${target ? `${target.address}|${target.attribute ?? '-'}` : '-'}`;
        }),
        found,
      );
    });
  }

  it('gives the steps with their places', () => {
    const source = 'a.b[0]["k"][c].d[*].0.e';
    const [traversal] = referencesOf(parseExpression(source).expression);
    assert.equal(traversal!.root, 'a');
    assert.deepEqual(
      traversal!.steps.map((one) => [
        one.kind,
        one.kind === 'attribute' ? one.name : one.kind === 'index' ? one.key : '',
        source.slice(one.start, one.end),
      ]),
      [
        ['attribute', 'b', 'b'],
        ['index', 0, '[0]'],
        ['index', 'k', '["k"]'],
        ['index', undefined, '[c]'],
        ['attribute', 'd', 'd'],
        ['splat', '', '[*]'],
        ['index', 0, '.0'],
        ['attribute', 'e', 'e'],
      ],
    );
    assert.deepEqual(addressesIn(parseExpression('[a.b.c, a.b.d, var.x, e.f]').expression, { within: 'module.m.' }), [
      'module.m.a.b',
      'module.m.e.f',
    ]);
  });
});

describe('Terraform expressions: bounds of evaluation', () => {
  /** Locals each of which is made from the one before. */
  function chain(length: number, first: string, next: (before: string) => string): Configuration {
    return new Configuration(
      Object.fromEntries(Array.from({ length }, (_, i) => [`l${i}`, i === 0 ? first : next(`local.l${i - 1}`)])),
    );
  }

  it('stops at chains of locals that are too long', () => {
    assert.equal(
      show(
        valueOf(
          'local.l50',
          {},
          chain(51, '"x"', (before) => `(((${before})))`),
        ),
      ),
      '"x"',
    );
    assert.equal(
      show(
        valueOf(
          'local.l9999',
          {},
          chain(10_000, '"x"', (before) => `(((${before})))`),
        ),
      ),
      '?budget',
    );
    const deep = `${'['.repeat(150)}@${']'.repeat(150)}`;
    assert.match(
      show(
        valueOf(
          'local.l99',
          {},
          chain(100, '"x"', (before) => deep.replace('@', before)),
        ),
      ),
      /\?budget/,
    );
  });

  it('does not put together what grows without end', () => {
    assert.equal(
      show(
        valueOf(
          'local.l40',
          {},
          chain(41, '"x"', (before) => `"\${${before}}\${${before}}"`),
        ),
      ),
      '?budget',
    );
    assert.equal(
      show(
        valueOf(
          'local.l40',
          {},
          chain(41, 'format("%s-", var.name)', (before) => `"\${${before}}\${${before}}"`),
        ),
      ),
      '?budget',
    );
    assert.equal(
      show(
        valueOf(
          'local.l40',
          {},
          chain(41, '["x"]', (before) => `concat(${before}, ${before})`),
        ),
      ),
      '?function',
    );
    const loops = `${'[for x in local.l5 : '.repeat(12)}x${']'.repeat(12)}`;
    assert.match(
      JSON.stringify(
        valueOf(
          loops,
          {},
          chain(6, '["a", "b"]', (before) => `concat(${before}, ${before})`),
        ),
      ).slice(-3000),
      /budget/,
    );
    const steps = valueOf(
      'local.l16',
      {},
      chain(17, '""', (before) => `format("%s%s", ${before}, ${before})`),
    );
    assert.ok(steps.origin.steps.length <= 21, `${steps.origin.steps.length} steps`);
    const splats = `local.l40${'[*]'.repeat(40)}`;
    assert.ok(
      valueOf(
        splats,
        {},
        chain(41, '"x"', (before) => `[${before}, ${before}]`),
      ).state !== 'absent',
    );
  });

  it('does not multiply more choices than a value may have', () => {
    const source = `"${Array.from({ length: 8 }, (_, i) => `\${aws_x.y${i}.z ? "a" : "b"}`).join('')}"`;
    const value = valueOf(source);
    assert.ok(value.state === 'choice' && value.branches.length === 64);
    assert.match(show(value.branches[0]!.value), /budget/);
    assert.match(
      show(valueOf(`concat(${Array.from({ length: 8 }, (_, i) => `[aws_x.y${i}.z ? "a" : "b"]`).join(', ')})`)),
      /^\[.*\]$/,
    );
    assert.equal(show(valueOf(`concat(${'["a"], '.repeat(2000)})`)), '?budget');
    assert.match(
      show(valueOf(`concat(${Array.from({ length: 8 }, (_, i) => `aws_x.y${i}.z ? ["a"] : ["b"]`).join(', ')})`)),
      /^\?budget/,
    );
  });

  it('never throws', () => {
    const fragment = fc.constantFrom(
      '${',
      '}',
      '"',
      '(',
      ')',
      '[',
      ']',
      '{',
      'for x in ',
      'x',
      ' : ',
      'var.on',
      'local.tags',
      'aws_x.y.z',
      '.Owner',
      '[*]',
      '[0]',
      ',',
      '=',
      ' ? ',
      '==',
      '&&',
      '!',
      '-',
      '+',
      'merge(',
      'concat(',
      'format(',
      'join(',
      'try(',
      'length(',
      'lookup(',
      'jsonencode(',
      'null',
      '"a"',
      '1',
      '...',
      '%{if var.on}',
      '%{endif}',
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 40 }), (all) => {
        const text = all.join('');
        const value = evaluate(parseTemplate(text).expression, new Configuration().scope(text));
        assert.ok(show(value).length > 0);
      }),
      { numRuns: 2000 },
    );
  });
});
