/** A second client: Neovim, which speaks the protocol in its own way. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { editors } from '../install/editors.ts';
import { run } from '../install/run.ts';
import { removeFolder, temporaryFolder } from '../kit/temporary.ts';
import { LSP_COMMAND } from '../paths.ts';

interface Diagnostic {
  /** Line and column from zero; columns are bytes. */
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly severity: string;
  readonly code: string;
  readonly source: string;
  readonly message: string;
}

interface Seen {
  readonly encoding: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly hover?: { readonly contents: { readonly value: string } } | null;
  readonly actions: readonly string[];
  readonly after: readonly Diagnostic[];
  readonly messages: readonly string[];
  readonly stopped: boolean;
}

const CLIENT = join(import.meta.dirname, 'client.lua');

/** The zone has characters of two and of four bytes, which are one and two UTF-16 code units. */
const TEMPLATE = `Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: zürich-𝄞, Size: 1, Encrypted: false} # 𝄞
`;
const TERRAFORM =
  '{"resource": {"aws_ebs_volume": {"disk": {"availability_zone": "zürich-𝄞", "size": 1, "encrypted": false}}}}\n';
const HCL = `resource "aws_ebs_volume" "disk" {
  availability_zone = "zürich-𝄞"
  size              = 1
  /* 𝄞 */ encrypted = false # to be decided
}
`;
/** A volume that is encrypted in one of its two scenarios. */
const STAGED = `Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod], Default: dev}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: a, Size: 1, Encrypted: !If [IsProd, true, false]}
`;
/** A database of which AWS runs a part. */
const DATABASE = `Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.t4g.micro, AllocatedStorage: "50", StorageEncrypted: false}
`;
const RULE = 'ebs-volume-encryption';

describe('Neovim', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => removeFolder(folder));

  for (const { name, filetype, text, title } of [
    { name: 'volume.yaml', filetype: 'yaml', text: TEMPLATE, title: 'Set Encrypted to true' },
    { name: 'with spaces ü.yaml', filetype: 'yaml', text: TEMPLATE, title: 'Set Encrypted to true' },
    { name: 'crlf.yaml', filetype: 'yaml', text: TEMPLATE.replaceAll('\n', '\r\n'), title: 'Set Encrypted to true' },
    { name: 'main.tf.json', filetype: 'json', text: TERRAFORM, title: 'Set encrypted to true' },
    { name: 'main.tf', filetype: 'terraform', text: HCL, title: 'Set encrypted to true' },
  ]) {
    it(`marks and fixes ${name} at the exact bytes, and nothing pops up`, async () => {
      const file = join(folder, name);
      writeFileSync(file, text);
      const line = text.split('\n').findIndex((each) => each.includes('false'));
      const column = Buffer.byteLength(text.split('\n')[line]!.split('false')[0]!);
      const seen = await neovim(file, filetype, line, column + 1, title);

      assert.equal(seen.encoding, 'utf-16');
      const [found, ...others] = seen.diagnostics.filter(({ code }) => code === RULE);
      assert.deepEqual(others, []);
      assert.deepEqual(
        [found?.from, found?.to, found?.severity, found?.source],
        [[line, column], [line, column + 5], 'WARN', 'stackwarden'],
      );
      assert.ok(seen.actions[0]?.startsWith(title));
      assert.equal(readFileSync(file, 'utf8'), text.replace('false', 'true'));
      assert.deepEqual(
        seen.after.filter(({ code }) => code === RULE),
        [],
      );
      assert.deepEqual(seen.messages, []);
      assert.ok(seen.stopped, 'the server ends when it is told to');
    });
  }

  it('shows who owns what when asked for a hover', async () => {
    const file = join(folder, 'database.yaml');
    writeFileSync(file, DATABASE);
    const { hover } = await neovim(file, 'yaml', 2, 14);
    assert.match(
      hover?.contents.value ?? '',
      /^\*\*AWS::RDS::DBInstance\*\*: .*your responsibility.*\n\*\*AWS's responsibility(?: \(\d of \d\))?:\*\* /,
    );
  });

  it('shows what a value resolves to on hover', async () => {
    const file = join(folder, 'staged.yaml');
    writeFileSync(file, STAGED);
    const { hover } = await neovim(file, 'yaml', 7, 60);
    assert.match(
      hover?.contents.value ?? '',
      /^\*\*`false`\*\* when IsProd is false \(the default\) *\n\*\*`true`\*\* when IsProd is true\n\n- `IsProd` is `false` by default/,
    );
  });
});

async function neovim(file: string, filetype: string, line: number, column: number, title?: string): Promise<Seen> {
  const printed = await run(editors().neovim, [
    '--headless',
    '--clean',
    '-l',
    CLIENT,
    JSON.stringify(LSP_COMMAND),
    file,
    filetype,
    String(line),
    String(column),
    ...(title === undefined ? [] : [title]),
  ]);
  return JSON.parse(printed) as Seen;
}
