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
const TITLE = 'Set Encrypted to true';
const isVolume = ({ message }: Diagnostic): boolean => message.includes('Disk is not encrypted at rest');

describe('Emacs', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = temporaryFolder();
    // Eglot 1.17 loses letters that are not ASCII when it turns a URI into a path.
    file = join(folder, 'the volume.yaml');
    writeFileSync(file, TEMPLATE);
  });
  afterEach(() => removeFolder(folder));

  it('marks and fixes a template at the exact characters', async () => {
    // Emacs counts a character outside of the basic plane as one.
    const at = [...TEMPLATE.split('false')[0]!].length;
    const seen = await emacs(file, at + 1, TITLE);
    assert.deepEqual(
      seen.diagnostics.filter(isVolume).map(({ text, from }) => [text, from]),
      [['false', at]],
    );
    assert.ok(seen.actions[0]?.startsWith(TITLE));
    assert.deepEqual(seen.after.filter(isVolume), []);
    assert.equal(readFileSync(file, 'utf8'), TEMPLATE.replace('false', 'true'));
  });

  it('shows who owns what when asked for a hover', async () => {
    writeFileSync(file, DATABASE);
    const { hover } = await emacs(file, DATABASE.indexOf('RDS::DBInstance'));
    // It asks for plain text.
    assert.match(hover ?? '', /^AWS::RDS::DBInstance: .*your responsibility.*\nAWS's responsibility: /);
  });

  it('shows what a value resolves to on hover', async () => {
    writeFileSync(file, STAGED);
    const { hover } = await emacs(file, STAGED.indexOf('If [IsProd'));
    assert.match(
      hover ?? '',
      /^false when IsProd is false \(the default\)\ntrue when IsProd is true\n\nIsProd is false by default/,
    );
  });
});

async function emacs(file: string, position: number, title?: string): Promise<Seen> {
  const printed = await run(
    editors().emacs,
    ['--batch', '-Q', '-l', CLIENT, file, String(position), ...(title === undefined ? [] : [title])],
    {
      env: {
        ...process.env,
        STACKWARDEN_LANGUAGE: 'yaml',
        STACKWARDEN_SERVER: JSON.stringify(LSP_COMMAND),
        LC_ALL: 'C.UTF-8',
        HOME: join(file, '..'),
      },
    },
  );
  return JSON.parse(printed) as Seen;
}
