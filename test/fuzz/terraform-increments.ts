/**
 * Edits the files of Terraform directories, as `increments.ts` edits templates: the configurations of fixtures, some of
 * them together with a module and a variable file.
 * `npx tsx test/fuzz/terraform-increments.ts [--runs N] [--seed S] [DIR…]`
 */
import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { once } from '../../server/src/base/once.ts';
import type { Uri } from '../../server/src/base/span.ts';
import { inHcl } from '../kit/as-hcl.ts';
import { anyEdit, edited, firstDifferenceOf, showDifference, type Edit, type Reuse } from './increments.ts';
import { inputsBelow, ownInputs, type Input } from './inputs.ts';

/** An edit of one file of a directory, which is chosen by a fraction. */
export interface FileEdit {
  readonly file: number;
  readonly edit: Edit;
}

/** Edits in their order. Most follow an edit of the same file. */
export const anyFileEdits: fc.Arbitrary<readonly FileEdit[]> = fc
  .array(fc.record({ file: fc.noBias(fc.nat(999)), stays: fc.boolean(), edit: anyEdit }), {
    minLength: 2,
    maxLength: 12,
  })
  .map((all) => {
    let last = 0;
    return all.map(({ file, stays, edit }) => ({ file: stays ? last : (last = file / 1000), edit }));
  });

/** The texts of the versions of a directory. */
export function directoryVersions(
  texts: ReadonlyMap<Uri, string>,
  edits: readonly FileEdit[],
): readonly ReadonlyMap<Uri, string>[] {
  const histories = new Map([...texts].map(([doc, text]) => [doc, [text]]));
  const docs = [...texts.keys()];
  const versions = [texts];
  for (const { file, edit } of edits) {
    const doc = docs[Math.floor(file * docs.length)]!;
    const history = histories.get(doc)!;
    history.push(edited(history, edit));
    versions.push(new Map([...versions.at(-1)!, [doc, history.at(-1)!]]));
  }
  return versions;
}

/** The files of a directory and of its modules. */
export type Directory = Pick<Input, 'doc' | 'texts'>;

/**
 * The configurations of the fixtures, some of them as modules of one configuration; made once for all tests of a
 * process.
 */
export const directories = once((): readonly Directory[] => {
  const own = ownInputs().filter(({ doc }) => /\.tf(?:\.json)?$/.test(doc));
  const single = own.filter(({ texts }) => texts.size === 1);
  const [json, hcl] = [/\.json$/, /\.tf$/].map((ending) => single.filter(({ doc }) => ending.test(doc)));
  const large = [json!, hcl!].flatMap((inputs) =>
    inputs.flatMap(({ doc }, index) => {
      if (index % 5 > 0) return [];
      const ending = /\.tf(?:\.json)?$/.exec(doc)![0];
      const texts = new Map(filesOfMain(ending));
      for (const [nth, path] of ['first', 'second', 'modules/part/other'].entries()) {
        const { doc: from, texts: parts } = inputs[(index + nth * 331) % inputs.length]!;
        texts.set(`file:///case/${path}${ending}`, renamed(parts.get(from)!, nth));
      }
      return [{ doc: `file:///case/main${ending}`, texts }];
    }),
  );
  return [...own, ...large];
});

/** The texts with other names of resources, so that they do not overlap. */
function renamed(text: string, nth: number): string {
  const names = [...text.matchAll(/"aws_\w+"(?:: \{)?\s*"(\w+)"/g)].map(([, name]) => name!);
  if (names.length === 0) return text;
  return text.replaceAll(new RegExp(`(?<=[."])(?:${names.join('|')})(?=[."\\]}])`, 'g'), (name) => `${name}${nth}`);
}

/** Blocks that depend on each other in all ways, with their module, variable file and policy file. */
const MAIN: readonly { readonly path: string; readonly text: string }[] = [
  {
    path: 'main.tf.json',
    text: `{
  "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": "~> 5.0"}}},
  "provider": {"aws": {"region": "\${var.region}"}},
  "variable": {
    "region": {"type": "string", "default": "eu-west-1"},
    "open": {"type": "bool", "default": false},
    "stage": {"type": "string", "default": "test"},
    "readers": {"type": "list(string)", "default": ["arn:aws:iam::123456789012:root"]}
  },
  "locals": {
    "name": "app-\${var.stage}",
    "cidr": "\${var.open ? \\"0.0.0.0/0\\" : \\"10.0.0.0/8\\"}",
    "ports": [22, 443],
    "buckets": {"logs": "logs-\${var.stage}", "data": "data-\${local.name}"}
  },
  "data": {
    "aws_region": {"here": {}},
    "aws_iam_policy_document": {
      "read": {
        "statement": [{
          "actions": ["s3:GetObject", "s3:*"],
          "resources": ["\${aws_s3_bucket.all[\\"logs\\"].arn}/*"],
          "principals": {"type": "AWS", "identifiers": "\${var.readers}"}
        }]
      },
      "unused": {"statement": {"actions": ["*"], "resources": ["*"]}}
    }
  },
  "resource": {
    "aws_s3_bucket": {
      "all": {"for_each": "\${local.buckets}", "bucket": "\${each.value}"},
      "maybe": {"count": "\${var.stage == \\"prod\\" ? 1 : 0}", "bucket": "\${local.name}-maybe"}
    },
    "aws_s3_bucket_versioning": {
      "all": {
        "for_each": "\${local.buckets}",
        "bucket": "\${aws_s3_bucket.all[each.key].id}",
        "versioning_configuration": {"status": "\${var.open ? \\"Suspended\\" : \\"Enabled\\"}"}
      }
    },
    "aws_s3_bucket_policy": {
      "logs": {
        "bucket": "\${aws_s3_bucket.all[\\"logs\\"].bucket}",
        "policy": "\${data.aws_iam_policy_document.read.json}"
      }
    },
    "aws_security_group": {
      "web": {
        "description": "web",
        "dynamic": {"ingress": {
          "for_each": "\${local.ports}",
          "content": {
            "from_port": "\${ingress.value}", "to_port": "\${ingress.value}",
            "protocol": "tcp", "cidr_blocks": ["\${local.cidr}"]
          }
        }}
      }
    },
    "aws_iam_role": {"app": {
      "name": "\${local.name}",
      "assume_role_policy": "{\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"Service\\":\\"ec2.amazonaws.com\\"},\\"Action\\":\\"sts:AssumeRole\\"}]}"
    }},
    "aws_iam_role_policy": {
      "app": {"role": "\${aws_iam_role.app.name}", "policy": "\${file(\\"policy.json\\")}"},
      "key": {
        "role": "\${aws_iam_role.app.id}",
        "policy": "\${jsonencode({Statement = [{Effect = \\"Allow\\", Action = \\"kms:*\\", Resource = aws_kms_key.all.arn}]})}"
      }
    },
    "aws_kms_key": {"all": {"description": "\${local.name}", "enable_key_rotation": "\${var.open}"}},
    "aws_sqs_queue": {"keyed": {"kms_master_key_id": "\${aws_kms_key.all.arn}"}}
  },
  "module": {
    "part": {"source": "./modules/part", "name": "\${local.name}", "cidr": "\${local.cidr}", "group": "\${aws_security_group.web.id}"}
  },
  "output": {"key": {"value": "\${module.part.key}"}}
}
`,
  },
  {
    path: 'topic.tf.json',
    text: `{"resource": {
  "aws_sns_topic": {"events": {"name": "\${local.name}", "kms_master_key_id": "\${module.part.key}"}},
  "aws_sqs_queue": {"events": {"name": "\${local.name}", "sqs_managed_sse_enabled": "\${var.open == false}"}}
}}
`,
  },
  {
    path: 'modules/part/main.tf.json',
    text: `{
  "variable": {"name": {}, "cidr": {"default": "10.0.0.0/8"}, "group": {}, "rotate": {"default": true}},
  "locals": {"open": "\${var.cidr}"},
  "resource": {
    "aws_kms_key": {"own": {"enable_key_rotation": "\${var.rotate}", "description": "\${var.name}"}},
    "aws_vpc_security_group_ingress_rule": {
      "more": {"security_group_id": "\${var.group}", "cidr_ipv4": "\${local.open}", "from_port": 22, "to_port": 22, "ip_protocol": "tcp"}
    }
  },
  "output": {"key": {"value": "\${aws_kms_key.own.arn}"}}
}
`,
  },
];

function filesOfMain(ending: string): readonly (readonly [Uri, string])[] {
  const files = ending === '.tf' ? inHcl(MAIN, true) : MAIN;
  return [
    ...files.map(({ path, text }) => [`file:///case/${path}`, text] as const),
    ['file:///case/terraform.tfvars', 'stage = "prod"\nopen = true\n'],
    ['file:///case/policy.json', '{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}\n'],
  ];
}

function main(): void {
  const { values, positionals } = parseArgs({
    options: { runs: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' } },
    allowPositionals: true,
  });
  const inputs =
    positionals.length === 0
      ? directories()
      : positionals
          .flatMap(inputsBelow)
          .filter(({ doc, texts }) => /\.tf(?:\.json)?$/.test(doc) && [...texts.values()].join('').length < 60_000);
  const reuse: Reuse = { calls: 0, all: 0 };
  const edits = fc.sample(anyFileEdits, { seed: Number(values.seed), numRuns: Number(values.runs) });
  let failures = 0;
  for (const [index, each] of edits.entries()) {
    const { doc, texts } = inputs[(index * 7919) % inputs.length]!;
    const versions = directoryVersions(texts, each);
    const found = firstDifferenceOf(doc, versions, reuse);
    if (!found) continue;
    failures++;
    console.log(`${doc}, run ${index}, version ${found.version}`);
    showDifference(
      found,
      versions.map((files) => [...files].map(([file, text]) => `### ${file}\n${text}`).join('\n')),
    );
  }
  console.log(`${edits.length} runs, ${failures} failures, ${reuse.calls} of ${reuse.all} rule calls`);
  process.exitCode = failures > 0 ? 1 : 0;
}

if (import.meta.filename === process.argv[1]) main();
