/** A third client: Eglot, which is part of Emacs. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { editors } from '../install/editors.ts';
import { run } from '../install/run.ts';
import { removeFolder, temporaryFolder } from '../kit/temporary.ts';
import { LSP_COMMAND } from '../paths.ts';

interface Diagnostic {
  /** The characters that are marked, and how many are before them. */
  readonly text: string;
  readonly from: number;
  readonly message: string;
}

interface Seen {
  readonly diagnostics: readonly Diagnostic[];
  readonly hover: string | null;
  readonly actions: readonly string[];
  readonly after: readonly Diagnostic[];
}

const CLIENT = join(import.meta.dirname, 'client.el');
const TEMPLATE = `Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: zürich-𝄞, Size: 1, Encrypted: false} # 𝄞
`;
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
const isVolume = ({ message }: Diagnostic): boolean => /disk is not encrypted at rest/i.test(message);

describe('Emacs', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => removeFolder(folder));

  for (const { name, language, text, title } of [
    // Eglot 1.17 loses letters that are not ASCII when it turns a URI into a path.
    { name: 'the volume.yaml', language: 'yaml', text: TEMPLATE, title: 'Set Encrypted to true' },
    { name: 'main.tf', language: 'terraform', text: HCL, title: 'Set encrypted to true' },
  ]) {
    it(`marks and fixes ${name} at the exact characters`, async () => {
      const file = join(folder, name);
      writeFileSync(file, text);
      // Emacs counts a character outside of the basic plane as one.
      const at = [...text.split('false')[0]!].length;
      const seen = await emacs(file, language, at + 1, title);
      assert.deepEqual(
        seen.diagnostics.filter(isVolume).map((found) => [found.text, found.from]),
        [['false', at]],
      );
      assert.ok(seen.actions[0]?.startsWith(title));
      assert.deepEqual(seen.after.filter(isVolume), []);
      assert.equal(readFileSync(file, 'utf8'), text.replace('false', 'true'));
    });
  }

  it('shows who owns what when asked for a hover', async () => {
    const file = join(folder, 'database.yaml');
    writeFileSync(file, DATABASE);
    const { hover } = await emacs(file, 'yaml', DATABASE.indexOf('RDS::DBInstance'));
    // It asks for plain text.
    assert.match(
      hover ?? '',
      /^AWS::RDS::DBInstance: .*your responsibility.*\nAWS's responsibility(?: \(\d of \d\))?: /,
    );
  });

  it('shows what a value resolves to on hover', async () => {
    const file = join(folder, 'staged.yaml');
    writeFileSync(file, STAGED);
    const { hover } = await emacs(file, 'yaml', STAGED.indexOf('If [IsProd'));
    assert.match(
      hover ?? '',
      /^false when IsProd is false \(the default\)\ntrue when IsProd is true\n\nIsProd is false by default/,
    );
  });
});

async function emacs(file: string, language: string, position: number, title?: string): Promise<Seen> {
  const printed = await run(
    editors().emacs,
    ['--batch', '-Q', '-l', CLIENT, file, String(position), ...(title === undefined ? [] : [title])],
    {
      env: {
        ...process.env,
        STACKWARDEN_LANGUAGE: language,
        STACKWARDEN_SERVER: JSON.stringify(LSP_COMMAND),
        LC_ALL: 'C.UTF-8',
        HOME: join(file, '..'),
      },
    },
  );
  return JSON.parse(printed) as Seen;
}
