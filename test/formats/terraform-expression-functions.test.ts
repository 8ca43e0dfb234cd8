/**
 * What Terraform's functions come to. The values are those of its documentation, or of the functions' own tests, where
 * it has them.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canBe } from '../../server/src/formats/terraform/expression/equality.ts';
import { functionNames } from '../../server/src/formats/terraform/expression/functions/index.ts';
import { evaluate } from '../../server/src/formats/terraform/evaluate.ts';
import { parseExpression } from '../../server/src/formats/terraform/expression/parser.ts';
import { Configuration, show, valueOf } from './terraform-expression.ts';

const CALLS: Readonly<Record<string, readonly (readonly [source: string, shown: string])[]>> = {
  texts: [
    ['lower("ABC")', '"abc"'],
    ['upper(var.on ? "a" : "b")', '*var.on=true -> "A" | var.on=false -> "B"'],
    ['lower(aws_x.y.z)', '?function aws_x.y'],
    ['lower(local.text)', '"x<?function aws_x.y>"'],
    ['upper("straße")', '"STRAßE"'],
    ['lower(true)', '"true"'],
    ['lower(null)', '?syntax'],
    ['title("hello world")', '"Hello World"'],
    ['title("a-b c_d")', '"A-B C_d"'],
    ['trimspace("  a b\\n")', '"a b"'],
    ['trimspace(" ${aws_x.y.z} x ")', '"<?function aws_x.y> x"'],
    ['trim("?!hello?!", "!?")', '"hello"'],
    ['trim("foobar", "far")', '"oob"'],
    ['trimprefix("helloworld", "hello")', '"world"'],
    ['trimsuffix("helloworld", "world")', '"hello"'],
    ['trimprefix("abc", "x")', '"abc"'],
    ['trimprefix("arn:${aws_x.y.z}", "arn:")', '&aws_x.y.z'],
    ['trimprefix("ar${aws_x.y.z}", "arn:")', '?function aws_x.y'],
    ['trimsuffix("${aws_x.y.z}/*", "/*")', '&aws_x.y.z'],
    ['chomp("a\\r\\n\\n")', '"a"'],
    ['indent(2, "a\\nb\\n")', '"a\\n  b\\n  "'],
    ['substr("hello world", 1, 4)', '"ello"'],
    ['substr("hello world", -5, -1)', '"world"'],
    ['substr("abc", 5, 1)', '""'],
    ['substr("arn:${aws_x.y.z}", 0, 3)', '"arn"'],
    ['substr("arn:${aws_x.y.z}", 0, 8)', '?function aws_x.y'],
    ['substr("äö", 0, 1)', '?function'],
    ['strrev("hello")', '"olleh"'],
    ['replace("1 + 2 + 3", "+", "-")', '"1 - 2 - 3"'],
    ['replace("hello world", "/w.*d/", "everybody")', '"hello everybody"'],
    ['replace("a-b", "/(a)-(b)/", "$2-$1")', '"b-a"'],
    ['replace("ab", "/(a)/", "$1x")', '?function'],
    ['replace("ab", "/(a)/", "$1")', '"ab"'],
    ['replace("ab", "/(a)/", "$${1}x")', '"axb"'],
    ['replace("aaaa", "/(a+)+b/", "x")', '?function'],
    ['replace("a_${aws_x.y.z}_b", "_", "-")', '"a-<?function aws_x.y>-b"'],
    ['replace("a:${aws_x.y.z}", ":x", "")', '?function aws_x.y'],
    ['replace("a-X-b-X", "X", aws_x.y.z)', '"a-<&aws_x.y.z>-b-<&aws_x.y.z>"'],
    ['replace("a-b", "X", aws_x.y.z)', '"a-b"'],
    ['replace("X", "X", "c-${aws_x.y.z}")', '"c-<&aws_x.y.z>"'],
    ['replace("a-b", "/b/", aws_x.y.z)', '?function aws_x.y'],
    ['replace("a.b", "/[[:punct:]]/", "-")', '?function'],
    ['replace("/abc/", "/", "_")', '"_abc_"'],
    ['split(",", "foo,bar,baz")', '["foo", "bar", "baz"]'],
    ['split(",", "foo")', '["foo"]'],
    ['split(",", "")', '[""]'],
    ['split(":", "arn:aws:s3:::${aws_x.y.z}")', '["arn", "aws", "s3", "", "", …]'],
    ['split(":", var.name)', '?function'],
    // AWS gives no ID, ARN or name with a comma.
    ['split(",", join(",", [aws_x.y.id, aws_x.z.arn, "c"]))', '[&aws_x.y.id, &aws_x.z.arn, "c"]'],
    // The ID of some has several parts: the account, and the ID in it.
    ['split(",", aws_x.y.id)', '?function aws_x.y'],
    ['split(",", aws_x.y.arn)', '[&aws_x.y.arn]'],
    // Those of Amazon EC2 have letters, digits and a hyphen.
    ['split(",", aws_security_group.y.id)', '[&aws_security_group.y.id]'],
    ['split(", ", data.aws_subnet.y.vpc_id)', '[&data.aws_subnet.y.vpc_id]'],
    ['split(",", aws_security_group.y.id)[0]', '&aws_security_group.y.id'],
    ['split("-", aws_security_group.y.id)', '?function aws_security_group.y'],
    // This is the ARN of a key.
    ['split("/", aws_ebs_volume.y.kms_key_id)', '?function aws_ebs_volume.y'],
    ['split("/", aws_ebs_volume.y.id)', '[&aws_ebs_volume.y.id]'],
    ['split(",", aws_security_group.y.description)', '?function aws_security_group.y'],
    ['split(",", "a,${aws_x.y.tags},b")', '["a", …]'],
    ['split(",", "a,${var.name},b")', '["a", …]'],
    ['split("/", "a/b")[1]', '"b"'],
    ['join("-", ["a", 1, "b"])', '"a-1-b"'],
    ['join(",", ["a", aws_x.y.z])', '"a,<&aws_x.y.z>"'],
    ['join(",", concat(["a"], var.name))', '?function'],
    ['join("", [])', '""'],
    ['join("-", local.buckets, ["c"])', '"a-b-c"'],
    ['join(",", [[]])', '?syntax'],
    ['join(",", [local.buckets, ["c"]]...)', '"a,b,c"'],
    ['startswith("hello world", "hello")', 'true'],
    ['startswith("arn:aws:s3:::${var.name}", "arn:aws")', 'true'],
    ['startswith("arn:aws:s3:::${var.name}", "arn:x")', 'false'],
    ['startswith("ar${var.name}", "arn:aws")', '?function'],
    ['startswith(var.name, "a")', '?function'],
    ['startswith(var.name, "")', 'true'],
    ['endswith("${var.name}-logs", "-logs")', 'true'],
    ['endswith("${var.name}-logs", "-data")', 'false'],
    ['endswith("${var.name}s", "-logs")', '?function'],
    ['strcontains("hello world", "wor")', 'true'],
    ['strcontains("hello", "x")', 'false'],
    ['strcontains("${var.name}-prod-${var.name}", "prod")', 'true'],
    ['strcontains("${var.name}-prod", "test")', '?function'],
    ['core::lower("A")', '"a"'],
    ['basename("foo/bar/baz.txt")', '"baz.txt"'],
    ['basename("a/")', '?function'],
    ['dirname("foo/bar/baz.txt")', '"foo/bar"'],
    ['dirname("a")', '"."'],
  ],
  formats: [
    ['format("%s-%d-%v%%", "a", 1, true)', '"a-1-true%"'],
    ['format("arn:aws:s3:::%s/*", aws_s3_bucket.b.id)', '"arn:aws:s3:::<&aws_s3_bucket.b.id>/*"'],
    ['format("%s")', '?function'],
    ['format("a", 1)', '?function'],
    ['format("%")', '?function'],
    ['format("%z", 1)', '?function'],
    ['format("%05d", 1)', '"00001"'],
    ['format("%5s|%-5s|", "a", "b")', '"    a|b    |"'],
    ['format("%02d", -1)', '"-1"'],
    ['format("%x %X %o %b", 255, 255, 8, 5)', '"ff FF 10 101"'],
    ['format("%.2f", 1.5)', '"1.50"'],
    ['format("%.0f", 1.5)', '?function'],
    ['format("%q", "a")', '"\\"a\\""'],
    ['format("%t", "true")', '"true"'],
    ['format("%d", 1.5)', '?function'],
    ['format("%[2]s-%[1]s", "a", "b")', '"b-a"'],
    ['format("%[1]s", "a", "b")', '"a"'],
    ['format("%[3]s", "a")', '?function'],
    ['format("%5d", aws_x.y.z)', '?function aws_x.y'],
    ['format("%99999s", "a")', '?function'],
    ['format("arn:aws:s3:::${aws_x.y.id}/%s", "a")', '"arn:aws:s3:::<&aws_x.y.id>/a"'],
    ['format("arn:aws:s3:::${aws_x.y.id}")', '"arn:aws:s3:::<&aws_x.y.id>"'],
    ['format("%s-${aws_x.y.id}-%[1]d%%", 1)', '"1-<&aws_x.y.id>-1%"'],
    ['format("${aws_x.y.id}-%s")', '?function aws_x.y'],
    ['format("a-${aws_x.y.id}", 1)', '?function aws_x.y'],
    ['formatlist("${aws_x.y.id}/%s", ["a", "b"])', '["<&aws_x.y.id>/a", "<&aws_x.y.id>/b"]'],
    ['formatlist("Hello, %s!", ["A", "B"])', '["Hello, A!", "Hello, B!"]'],
    ['formatlist("%s, %s!", "Salutations", ["A", "B"])', '["Salutations, A!", "Salutations, B!"]'],
    ['formatlist("%s/*", [aws_x.y.arn, "b"])', '["<&aws_x.y.arn>/*", "b/*"]'],
    ['formatlist("%s/*", aws_x.y[*].arn)', '["<&aws_x.y.arn>/*" if ?]'],
    ['formatlist("arn:%s", aws_x.y.list)', '["arn:<?computed aws_x.y>" if ?]'],
    ['formatlist("arn:%s", concat(["a"], aws_x.y.list))', '["arn:a", "arn:<?computed>" if ?]'],
    ['formatlist("%s:%s", aws_x.y.list, aws_x.y.list)', '["<?computed aws_x.y>:<?computed aws_x.y>" if ?]'],
    ['formatlist("%z", aws_x.y.list)', '?function aws_x.y'],
    ['formatlist("%s%s", ["a"], ["b", "c"])', '?function'],
    ['formatlist("%s/%s", aws_x.y.arn, ["b"])', '["<?function aws_x.y>/b"]'],
  ],
  patterns: [
    ['regex("[a-z]+", "53453453.345345aaabbbccc23454")', '"aaabbbccc"'],
    ['regex("(\\\\d\\\\d\\\\d\\\\d)-(\\\\d\\\\d)-(\\\\d\\\\d)", "2019-02-01")', '["2019", "02", "01"]'],
    ['regex("x", "a")', '?function'],
    ['regexall("[a-z]+", "1234abcd5678efgh9")', '["abcd", "efgh"]'],
    ['length(regexall("[a-z]+", "123456789")) > 0', 'false'],
    ['regex("(a+)+$", "aaaa")', '?function'],
    ['regex("(?i)a", "A")', '?function'],
    ['regexall("a*", "b")', '?function'],
    ['regex("[", "a")', '?function'],
    ['regex("a", var.name)', '?function'],
    ['can(regex("^a$", "a"))', 'true'],
  ],
  lists: [
    ['concat(["a"], ["b"])', '["a", "b"]'],
    ['concat(["a"], var.name)', '["a", …]'],
    ['concat(["a"], aws_x.y[*].arn)', '["a", &aws_x.y.arn]'],
    ['concat(["a"], aws_x.y.subnets)', '["a", …]'],
    ['concat(var.name)', '?function'],
    ['concat(var.name...)', '?function'],
    ['length(["a", "b"])', '2'],
    ['length({ a = 1, b = 2 })', '2'],
    ['length("abc")', '3'],
    ['length("äö")', '?function'],
    ['length(var.name)', '?function'],
    ['length(null)', '?syntax'],
    ['length(var.env == "prod" ? ["a"] : null)', 'var.env == "prod"=true -> 1 | *var.env == "prod"=false -> ?syntax'],
    ['length(concat(["a"], var.name))', '?function'],
    ['length(jsonencode([1, 2]))', '?function'],
    ['length([for x in local.buckets : x if var.env == "prod"])', 'env=prod -> 2 | *env=dev -> 0'],
    ['length(toset(["a", "a"]))', '1'],
    ['length(toset([aws_x.y.z, "a"]))', '?function aws_x.y'],
    ['contains(["a", "b"], "b")', 'true'],
    ['contains(["a", "b"], "c")', 'false'],
    ['contains(["a", var.name], "c")', '?function'],
    ['contains(["a", var.name], "a")', 'true'],
    ['contains([var.on ? "a" : "b"], "a")', '*var.on=true -> true | var.on=false -> false'],
    ['contains(["dev", "test"], var.env)', '*env=dev -> true | env=prod -> false | env=another value -> ?function'],
    ['contains(concat(["a"], var.name), "a")', 'true'],
    ['contains([], "a")', 'false'],
    ['compact(["a", "", "b", null, "c"])', '["a", "b", "c"]'],
    ['compact([aws_x.y.arn, aws_x.y.z, ""])', '[&aws_x.y.arn, &aws_x.y.z if ?]'],
    ['compact([var.on ? "a" : ""])', '[*var.on=true -> "a" if var.on=true]'],
    ['distinct(["a", "b", "a", "c"])', '["a", "b", "c"]'],
    ['distinct([aws_x.y.z, "a"])[0]', '?function aws_x.y'],
    ['compact(distinct(concat(["a", "b", "a"], var.name)))', '["a", "b", …]'],
    ['length(distinct(concat(["a"], var.name)))', '?function'],
    ['flatten([["a", "b"], [], ["c", ["d"]]])', '["a", "b", "c", "d"]'],
    ['flatten([["a"], var.name])', '["a", …]'],
    ['flatten([var.on ? ["a"] : [], "b"])', '["a" if var.on=true, "b"]'],
    ['sort(["e", "d", "a"])', '["a", "d", "e"]'],
    ['sort([2, 10])', '["10", "2"]'],
    ['sort(["b", var.name])[0]', '?function'],
    ['reverse([1, 2, 3])', '[3, 2, 1]'],
    ['reverse([for x in aws_x.y.list : "arn:${x}"])', '["arn:<?computed aws_x.y>" if ?]'],
    ['reverse(aws_x.y.list)', '?function aws_x.y'],
    ['slice(["a", "b", "c", "d"], 1, 3)', '["b", "c"]'],
    ['slice(["a"], 1, 3)', '?syntax'],
    ['slice([for x in aws_x.y.list : "arn:${x}"], 0, 1)', '["arn:<?computed aws_x.y>" if ?]'],
    ['slice(["a"], 0, aws_x.y.count)', '["a" if ?]'],
    ['chunklist(["a", "b", "c"], 2)', '[["a", "b"], ["c"]]'],
    ['element(["a", "b", "c"], 1)', '"b"'],
    ['element(["a", "b", "c"], 3)', '"a"'],
    ['element(["a", "b", "c"], -1)', '"c"'],
    ['element([], 0)', '?syntax'],
    ['index(["a", "b", "c"], "b")', '1'],
    ['index(["a"], "b")', '?syntax'],
    ['index([var.name], "b")', '?function'],
    ['matchkeys(["i-1", "i-2", "i-3"], ["us-west", "us-east", "us-east"], ["us-east"])', '["i-2", "i-3"]'],
    ['one([])', 'null'],
    ['one(["a"])', '"a"'],
    ['one(["a", "b"])', '?computed'],
    ['one(aws_x.y[*].arn)', '&aws_x.y.arn'],
    ['one(var.on ? ["a"] : [])', '*var.on=true -> "a" | var.on=false -> null'],
    ['one([for x in ["a"] : x if var.on])', '*on=true -> "a" | on=false -> null'],
    ['alltrue([true, "true"])', 'true'],
    ['alltrue([])', 'true'],
    ['alltrue([true, var.on])', '*on=true -> true | on=false -> false'],
    ['anytrue([])', 'false'],
    ['anytrue([false, var.name])', '?function'],
    ['anytrue([true, var.name])', 'true'],
    ['alltrue([false, var.name])', 'false'],
    ['coalesce(null, "", "a")', '"a"'],
    ['coalesce(aws_x.y.z, "a")', '?function aws_x.y'],
    ['coalesce(var.none, "a")', 'none=another value -> ?function | *none=null -> "a"'],
    ['coalesce(null)', '?syntax'],
    ['coalescelist([], ["a"])', '["a"]'],
    ['coalescelist(var.name, ["a"])', '?function'],
    ['max(12, 54, 3)', '54'],
    ['max(local.buckets...)', '?function'],
    ['max([1, 2]...)', '2'],
    ['min(12, 54, 3)', '3'],
    ['abs(-12.4)', '12.4'],
    ['ceil(5.1)', '6'],
    ['floor(4.9)', '4'],
    ['signum(-13)', '-1'],
    ['pow(3, 2)', '9'],
    ['sum([10, 13, 6, 4.5])', '33.5'],
    ['sum([0.1, 0.2])', '0.3'],
    ['sum([])', '?function'],
    ['parseint("FF", 16)', '255'],
    ['parseint("12", 2)', '?function'],
    ['range(3)', '[0, 1, 2]'],
    ['range(1, 4)', '[1, 2, 3]'],
    ['range(1, 8, 2)', '[1, 3, 5, 7]'],
    ['range(4, 1)', '[4, 3, 2]'],
    ['range(10, 5, -2)', '[10, 8, 6]'],
    ['range(1000000000)', '?function'],
    ['range(1, 2, 0)', '?function'],
    ['range(1, 5, -1)', '[]'],
    ['1 / 3', '?function'],
    ['0.1 + 0.2', '0.3'],
    ['2 * 9007199254740991', '?function'],
  ],
  sets: [
    ['toset(["c", "b", "a", "b"])', '["a", "b", "c"]'],
    ['toset(["a", 1])', '["1", "a"]'],
    ['toset([10, 9])', '[9, 10]'],
    ['toset(["b", "a"])[0]', '?function'],
    ['tolist(toset(["b", "a"]))[0]', '"a"'],
    ['[for k, v in toset(["b", "a"]) : k]', '["a", "b"]'],
    ['{ for k, v in toset([var.name]) : "x" => k }', '{x: ?parameter}'],
    ['[for k, v in concat(["a"], toset(["b", var.name])) : k]', '[?function, ?function, ?function]'],
    ['setunion(["a", "b"], ["b", "c"], ["d"])', '["a", "b", "c", "d"]'],
    ['setintersection(["a", "b"], ["b", "c"])', '["b"]'],
    ['setsubtract(["a", "b", "c"], ["a", "c"])', '["b"]'],
    ['setintersection(["a", "b"], [var.name, "b"])', '["a" if ?, "b"]'],
    ['setunion(["b"], var.name)', '["b", …]'],
    ['setproduct(["dev", "prod"], ["a", "b"])', '[["dev", "a"], ["dev", "b"], ["prod", "a"], ["prod", "b"]]'],
    ['setproduct(["a"], [])', '[]'],
    ['join("", toset([var.name, "a"]))', '?function'],
  ],
  maps: [
    ['merge({ a = 1, b = 2 }, { b = 3 }, null)', '{a: 1, b: 3}'],
    ['merge({ a = 1 }, aws_x.y.tags)', '{a: ?function aws_x.y, …}'],
    ['merge(var.name, { a = 1 })', '{a: 1, …}'],
    ['merge(var.name)', '?function'],
    ['merge([{ a = 1 }, { b = 2 }]...)', '{a: 1, b: 2}'],
    ['lookup({ a = 1 }, "a", 2)', '1'],
    ['lookup({ a = 1 }, "b", 2)', '2'],
    ['lookup(merge({ a = 1 }, var.name), "b", 2)', '?function'],
    ['lookup({ a = 1 }, "b")', '?syntax'],
    ['lookup({ a = 1 }, var.on ? "a" : "b", 2)', '*var.on=true -> 1 | var.on=false -> 2'],
    ['keys({ b = 1, a = 2 })', '["a", "b"]'],
    ['keys(merge({ a = 1 }, var.name))', '["a", …]'],
    ['keys({ a = 1 })[0]', '"a"'],
    ['values({ b = 1, a = 2 })', '[2, 1]'],
    ['zipmap(["a", "b"], [1, 2])', '{a: 1, b: 2}'],
    ['zipmap(["a"], [1, 2])', '?function'],
    ['zipmap([var.name, "b"], [1, 2])', '{b: 2, …}'],
    ['tomap({ a = 1, b = "x" })', '{a: "1", b: "x"}'],
    ['[for k, v in { b = 1, a = 2 } : k]', '["a", "b"]'],
    [
      '{ for x in [{ t = "a", n = 1 }, { t = "b", n = 2 }, { t = "a", n = 3 }] : x.t => x.n... }',
      '{a: [1, 3], b: [2]}',
    ],
    ['{ for x in local.buckets : (x == "a" ? var.name : x) => x... }', '{b: ["b", …], …}'],
  ],
  conversions: [
    ['tostring(12)', '"12"'],
    ['tostring(aws_x.y.z)', '&aws_x.y.z'],
    ['tostring(null)', 'null'],
    ['tostring(1.50)', '"1.5"'],
    ['tobool("true")', 'true'],
    ['tobool("yes")', '?syntax'],
    ['tobool(1)', '?syntax'],
    ['tostring({ a = 1 })', '?syntax'],
    ['tostring(["a"])', '?syntax'],
    ['tonumber(".5")', '?function'],
    ['tonumber(true)', '?syntax'],
    ['tolist("a")', '?syntax'],
    ['toset({ a = 1 })', '?syntax'],
    ['tomap(["a"])', '?syntax'],
    ['tolist(aws_x.y.z)', '?function aws_x.y'],
    ['can(tostring({ a = 1 }))', 'false'],
    ['[for one in ["a", { b = "c" }] : one.b if !can(tostring(one))]', '["c"]'],
    ['try(tostring({ a = 1 }), "")', '""'],
    ['tonumber("22")', '22'],
    ['tonumber("x")', '?syntax'],
    ['tolist(["a"])', '["a"]'],
    ['tolist(["a", 1])', '["a", "1"]'],
    ['nonsensitive("a")', '"a"'],
    ['try(local.tags.Missing, local.nothing, "a")', '"a"'],
    ['try(length(null), 0)', '0'],
    ['try(join(",", null), "a")', '"a"'],
    ['try(length(var.name), 0)', '?function'],
    ['try(tostring(null), "a")', 'null'],
    ['try(var.name, "a")', '?parameter'],
    ['try(aws_x.y.z, "a")', '&aws_x.y.z'],
    ['try(local.maybe.key, "d")', 'var.env == "prod"=true -> "k" | *var.env == "prod"=false -> "d"'],
    ['try("${local.tags.Missing}-x", "d")', '"d"'],
    ['try(upper(local.tags.Missing), "d")', '"d"'],
    ['try([local.tags.Missing], "d")', '"d"'],
    ['try(1 + local.tags.Missing, 3)', '3'],
    ['try(local.tags.Missing ? "a" : "b", "d")', '"d"'],
    ['try(!(local.tags.Missing) ? "a" : "b", "d")', '"d"'],
    ['try(local.tags.Missing == "x" ? "a" : "b", "d")', '"d"'],
    ['try(local.tags.Missing == "x", "d")', '"d"'],
    ['try(tobool("Enabled") ? "a" : "b", "d")', '"d"'],
    ['try(!tobool("Enabled") ? "a" : "b", "d")', '"d"'],
    ['try("Enabled" ? "a" : "b", "d")', '"d"'],
    ['try(tobool("true") ? "a" : "b", "d")', '"a"'],
    ['try(tobool(var.name) ? "a" : "b", "d")', 'tobool(var.name)=true -> "a" | tobool(var.name)=false -> "b"'],
    ['can(local.tags.Owner)', 'true'],
    ['can(local.tags.Missing)', 'false'],
    ['can(var.name)', '?function'],
  ],
  encodings: [
    ['jsonencode({ a = [1] })', '{a: [1]}'],
    ['jsonencode("a")', '"\\"a\\""'],
    ['jsonencode(null)', '"null"'],
    ['jsonencode(var.name)', '?parameter'],
    ['jsonencode("${var.name}x")', '""<?parameter>x""'],
    ['jsonencode(aws_x.y.arn)', '""<&aws_x.y.arn>""'],
    ['jsonencode(aws_x.y.size)', '?function aws_x.y'],
    [
      '"x${jsonencode({ b = "<${aws_x.y.arn}>", a = [1, true, null] })}"',
      '"x{"a":[1,true,null],"b":"\\u003c<&aws_x.y.arn>\\u003e"}"',
    ],
    ['"x${jsonencode([var.name])}"', '"x[<?parameter>]"'],
    ['"x${jsonencode([aws_x.y.size, 1])}"', '"x[<&aws_x.y.size>,1]"'],
    ['"x${jsonencode({ a = var.name, b = 1 })}"', '"x{"a":<?parameter>,"b":1}"'],
    ['"x${jsonencode([var.name == "" ? 1 : 2])}"', 'var.name == ""=true -> "x[1]" | var.name == ""=false -> "x[2]"'],
    ['"x${jsonencode(merge({ a = 1 }, var.name))}"', '"x{"a":<?function>,<?computed>}"'],
    ['jsondecode("{\\"a\\": [1, true, null, \\"x\\"]}")', '{a: [1, true, null, "x"]}'],
    ['jsondecode("[1, 2]")', '[1, 2]'],
    ['jsondecode("\\"a\\"")', '"a"'],
    ['jsondecode("nope")', '?function'],
    ['jsondecode("{")', '?function'],
    ['jsondecode(jsonencode({ a = var.name })).a', '?parameter'],
    ['length(jsondecode(jsonencode([1, 2])))', '2'],
    [
      '"x${jsonencode({ b = "<${aws_x.y.arn}>", a = [1, true, null] })}"',
      '"x{"a":[1,true,null],"b":"\\u003c<&aws_x.y.arn>\\u003e"}"',
    ],
    ['jsondecode("{\\"a\\": \\"${aws_x.y.z}/*\\"}").a', '"<&aws_x.y.z>/*"'],
    ['jsondecode(var.name)', '?function'],
    // As go-cty-yaml reads it: plain words of YAML 1.1 are booleans.
    [
      'yamldecode("a: [1, 2.5, true, yes, Off, null, ~, x, 10.0.0.1, 0.0.0.0/0]\\nb:\\n  c: \\"1\\"\\n")',
      '{a: [1, 2.5, true, true, false, null, null, "x", "10.0.0.1", "0.0.0.0/0"], b: {c: "1"}}',
    ],
    ['yamldecode("a: &x {b: 1}\\nc: *x").c', '{b: 1}'],
    [
      'yamldecode("- 0755\\n- 2024-01-02\\n- !!str 1\\n- {<<: {a: 1}}\\n- {1: a}\\n- {a: 1, a: 2}")',
      '[?function, ?function, ?function, ?function, ?function, ?function]',
    ],
    ['yamldecode("a: [")', '?function'],
    ['yamldecode("a: 1\\n---\\nb: 1\\n")', '?function'],
    ['yamldecode(var.name)', '?function'],
    ['base64gzip("a")', '?function'],
    ['base64encode("Hello World")', '"SGVsbG8gV29ybGQ="'],
    ['base64decode("SGVsbG8gV29ybGQ=")', '"Hello World"'],
    ['base64encode("ä")', '"w6Q="'],
    ['base64decode("w6Q=")', '"ä"'],
    ['base64decode("x")', '?function'],
    ['base64encode("")', '""'],
    ['base64encode("ab")', '"YWI="'],
    ['base64encode("a")', '"YQ=="'],
    ['urlencode("Hello World!")', '"Hello+World%21"'],
    ['urlencode("☃")', '"%E2%98%83"'],
    ['urlencode("foo:bar@localhost?foo=bar&bar=baz")', '"foo%3Abar%40localhost%3Ffoo%3Dbar%26bar%3Dbaz"'],
  ],
  networks: [
    ['cidrsubnet("172.16.0.0/12", 4, 2)', '"172.18.0.0/16"'],
    ['cidrsubnet("10.1.2.0/24", 4, 15)', '"10.1.2.240/28"'],
    ['cidrsubnet("fd00:fd12:3456:7890::/56", 16, 162)', '"fd00:fd12:3456:7800:a200::/72"'],
    ['cidrsubnet("10.0.0.0/8", 2, 4)', '?function'],
    ['cidrsubnet("10.0.0.0/8", 30, 1)', '?function'],
    ['cidrsubnet("x", 1, 1)', '?function'],
    ['cidrsubnet("10.0.0.0/33", 0, 0)', '?function'],
    ['cidrsubnet("10.0.0.0/8", -1, 0)', '?function'],
    ['cidrsubnet(var.name, 8, 0)', '?function'],
    ['cidrsubnet("0.0.0.0/0", 0, 0)', '"0.0.0.0/0"'],
    ['cidrsubnets("10.1.0.0/16", 4, 4, 8, 4)', '["10.1.0.0/20", "10.1.16.0/20", "10.1.32.0/24", "10.1.48.0/20"]'],
    ['cidrsubnets("10.0.0.0/8", 1, 1, 1)', '?function'],
    ['cidrhost("10.12.112.0/20", 16)', '"10.12.112.16"'],
    ['cidrhost("10.12.112.0/20", 268)', '"10.12.113.12"'],
    ['cidrhost("10.0.0.0/24", -1)', '"10.0.0.255"'],
    ['cidrhost("10.0.0.0/24", 256)', '?function'],
    ['cidrhost("fd00:fd12:3456:7890:00a2::/72", 34)', '"fd00:fd12:3456:7890::22"'],
    ['cidrnetmask("172.16.0.0/12")', '"255.240.0.0"'],
    ['cidrnetmask("::/0")', '?function'],
    ['cidrhost("2001:db8:0:0:1::/80", 1)', '"2001:db8::1:0:0:1"'],
  ],
  'provider functions': [
    ['provider::aws::arn_build("aws", "s3", "", "", "b")', '"arn:aws:s3:::b"'],
    ['provider::aws::arn_build("aws", "iam", "", aws_x.y.id, "role/r")', '"arn:aws:iam::<&aws_x.y.id>:role/r"'],
    ['provider::aws::arn_parse("arn:aws:iam::123:role/a:b").resource', '"role/a:b"'],
    ['provider::aws::arn_parse("x")', '?function'],
    ['provider::other::f(aws_x.y.z)', '?function aws_x.y'],
  ],
  'calls that need more': [
    ['file("a.json")', '"<a.json>"'],
    ['templatefile("a", { b = aws_x.y.z, c = local.bucket })', '?function aws_x.y aws_s3_bucket.b'],
    ['constructor()', '?function'],
    ['toString()', '?function'],
    ['timestamp()', '?function'],
    ['sha256("a")', '?function'],
  ],
};

describe('Terraform functions', () => {
  for (const [group, rows] of Object.entries(CALLS)) {
    it(`work out ${group}`, () => {
      assert.deepEqual(
        rows.map(([source]) => [source, show(valueOf(source))]),
        rows,
      );
    });
  }

  it('each have an example', () => {
    const sources = Object.values(CALLS)
      .flat()
      .map(([source]) => source)
      .join('\n');
    assert.deepEqual(
      functionNames().filter((name) => name !== 'sensitive' && !sources.includes(`${name}(`)),
      [],
    );
  });

  it('hand on what is secret, also from within a list or object', () => {
    for (const source of [
      'upper(local.secret)',
      'format("%s", local.secret)',
      'split("t", local.secret)[0]',
      'base64encode(local.secret)',
      'sensitive({ a = { b = "x" } }).a.b',
      'values(sensitive({ a = "x" }))[0]',
      'flatten([sensitive(["x"])])[0]',
      '[for x in sensitive(["x"]) : x][0]',
      'jsondecode(sensitive("{\\"a\\": 1}")).a',
      'yamldecode(sensitive("a: 1")).a',
      'merge(sensitive({ a = "x" }), {}).a',
    ]) {
      assert.ok(valueOf(source).origin.secret, source);
    }
  });

  it('never throw and never take long, whatever they are given', () => {
    const name = fc.constantFrom(...functionNames());
    const leaf = fc.constantFrom(
      '""',
      '"a"',
      '"(a+)+$"',
      '"/(a|a)*b/"',
      '"%s%d%[9]q%-08.3f"',
      '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"',
      '"10.0.0.0/8"',
      '"::/0"',
      '"{\\"a\\":[1]}"',
      '0',
      '-1',
      '1e9',
      '1.5',
      '1e300',
      'null',
      'true',
      '[]',
      '{}',
      '["a", "b"]',
      '[1, 2]',
      '{ a = 1 }',
      'var.env',
      'var.name',
      'aws_x.y.z',
      '"x${aws_x.y.z}y"',
      'local.tags.Missing',
      'local.secret',
      'toset(["b", "a"])',
      '[var.on ? "a" : null]',
      'range(1024)',
      'local.circular',
    );
    const call: fc.Arbitrary<string> = fc.letrec<{ readonly value: string }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.tuple(name, fc.array(tie('value'), { maxLength: 4 })).map(([f, args]) => `${f}(${args.join(', ')})`),
      ),
    })).value;
    fc.assert(
      fc.property(call, (source) => {
        const value = evaluate(parseExpression(source).expression, new Configuration().scope(source));
        assert.ok(show(value).length > 0);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('texts with holes', () => {
  const rows: readonly (readonly [source: string, whole: string, can: boolean])[] = [
    ['"a${var.name}a"', 'a', false],
    ['"a${var.name}a"', 'aa', true],
    ['"ab${var.name}bc"', 'abc', false],
    ['"ab${var.name}bc"', 'abbc', true],
    ['"${var.name}b${var.name}"', 'abc', true],
    ['"${var.name}b${var.name}"', 'ac', false],
    ['"a${var.name}b${var.name}a"', 'aba', true],
    ['"a${var.name}ba${var.name}a"', 'aba', false],
    ['"x-${var.name}"', 'y-a', false],
    ['"${var.name}-x"', 'a-y', false],
  ];
  for (const [source, whole, can] of rows) {
    it(`${can ? 'can' : 'cannot'} be ${whole}: ${source}`, () => {
      const text = valueOf(source);
      assert.ok(text.state === 'template');
      assert.equal(canBe(text, whole), can);
      assert.equal(show(valueOf(`${source} == "${whole}"`)), can ? '?function' : 'false');
    });
  }

  it('cannot meet when they begin or end otherwise', () => {
    assert.equal(show(valueOf('"a-${var.name}" == "b-${var.name}"')), 'false');
    assert.equal(show(valueOf('"${var.name}-a" == "${var.name}-b"')), 'false');
    assert.equal(show(valueOf('"a-${var.name}" == "a-b${var.name}"')), '?function');
  });
});

describe('conditions with secrets', () => {
  const named = (source: string): readonly string[] => {
    const value = valueOf(source);
    assert.ok(value.state === 'choice', source);
    return [...new Set(value.branches.flatMap(({ guard }) => guard.describe().map(({ name }) => name)))];
  };

  it('are named without what the secret is compared with', () => {
    assert.deepEqual(named('local.secret == aws_x.y.z && "hunter2" != "${local.secret}${aws_x.y.z}" ? 1 : 2'), [
      'local.secret == aws_x.y.z && … != "${local.secret}${aws_x.y.z}"',
    ]);
    assert.deepEqual(named('"${local.secret}${aws_x.y.z}" == "hunter2" ? 1 : 2'), [
      '"${local.secret}${aws_x.y.z}" == …',
    ]);
    assert.deepEqual(named('length(aws_x.y[local.secret]) == 7 ? 1 : 2'), ['length(aws_x.y[local.secret]) == …']);
    assert.deepEqual(named('aws_x.y.z == "prod" ? 1 : 2'), ['aws_x.y.z == "prod"']);
  });

  it('are told apart all the same', () => {
    const configuration = new Configuration();
    const [a, b] = [
      '"${local.secret}${aws_x.y.z}" == "hunter2one" ? 1 : 2',
      '"${local.secret}${aws_x.y.z}" == "hunter2two" ? 1 : 2',
    ].map((source) => valueOf(source, {}, configuration));
    assert.ok(a?.state === 'choice' && b?.state === 'choice');
    assert.ok(
      a.branches[0]!.guard.and(b.branches[0]!.guard).satisfiable() &&
        a.branches[0]!.guard.and(b.branches[1]!.guard).satisfiable(),
    );
  });
});
