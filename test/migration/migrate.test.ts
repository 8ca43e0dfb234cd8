/**
 * Runs `stackwarden migrate` on the cases in this folder. A case has files, then steps in their order:
 *
 *     == what it shows
 *     -- .checkov.yaml
 *     the content of a file
 *     -- $ migrate --inline
 *     standard output, then the lines of standard error after `! `, then `exit CODE` unless it is 0
 *     -- = .stackwarden.yaml
 *     the content of a file after the steps above
 *
 * Expectations are written with `npm run accept -- 'migrate'`.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { call, type Called } from '../cli/call.ts';
import { SUPPRESSION_TOOLS } from '../../server/src/model/suppression.ts';
import { makeFolder } from '../host/workspace.ts';
import { isAsExpected } from '../kit/accept.ts';

const FOLDER = new URL('./', import.meta.url);

interface Section {
  readonly head: string;
  readonly body: string;
}

interface Case {
  readonly title: string;
  readonly source: string;
  readonly sections: readonly Section[];
}

function casesIn(file: URL): readonly Case[] {
  return readFileSync(file, 'utf8')
    .split(/^== /m)
    .slice(1)
    .map((source) => {
      const [title = '', ...sections] = source.split(/^-- /m);
      return {
        title: title.trim(),
        source,
        sections: sections.map((section) => ({
          head: section.slice(0, section.indexOf('\n')),
          body: section.slice(section.indexOf('\n') + 1),
        })),
      };
    });
}

/** What a command prints. */
function printed({ out, err, code }: Called): string {
  const errors = err
    .split('\n')
    .slice(0, -1)
    .map((line) => `${`! ${line}`.trimEnd()}\n`);
  return `${out}${errors.join('')}${code === 0 ? '' : `exit ${code}\n`}`;
}

function isStep({ head }: Section): boolean {
  return head.startsWith('$ ') || head.startsWith('= ');
}

for (const name of readdirSync(FOLDER).filter((one) => one.endsWith('.cases'))) {
  const file = new URL(name, FOLDER);
  describe(`stackwarden migrate: ${name}`, () => {
    for (const { title, source, sections } of casesIn(file))
      it(title, () => {
        const given = sections.filter((section) => !isStep(section));
        const place = makeFolder({
          '.git/HEAD': '',
          // Comments of KICS are honored on request only.
          '.git/kics.yaml': `honorSuppressionsOf: [${SUPPRESSION_TOOLS.filter((tool) => tool !== 'stackwarden').join(', ')}]\n`,
          ...Object.fromEntries(given.map(({ head, body }) => [head, withoutBlank(body)])),
        });
        const before = openFindings(place);
        // What precedes a step, with the steps before it as they are accepted.
        let after = `== ${source.split(/^-- /m)[0]!}`;
        for (const { head, body } of sections) {
          after += `-- ${head}\n`;
          const expected = withoutBlank(body);
          const actual = stepResult(head, place) ?? expected;
          isAsExpected(actual, expected, { file, after }, head);
          after += actual + body.slice(expected.length);
        }
        // A configuration decides which findings are open.
        if (!existsSync(place.at('.stackwarden.yaml'))) assert.deepEqual(openFindings(place), before);
        place.remove();
      });
  });
}

/** All findings that are not suppressed, without their places. */
function openFindings({ path }: ReturnType<typeof makeFolder>): readonly string[] {
  const args = [
    'lint',
    '--config',
    '.git/kics.yaml',
    '--format',
    'json',
    '--profile',
    'strict',
    '--certainty',
    'possible',
    '--allow-empty',
  ];
  const { files } = JSON.parse(call(args, { cwd: path }).out) as Report;
  return files
    .flatMap((file) =>
      file.findings.filter(({ suppressed }) => !suppressed).map((one) => [file.path, one.rule, one.message]),
    )
    .map((parts) => parts.join(' '))
    .sort();
}

/** What is used of the JSON report. */
interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly findings: readonly { readonly rule: string; readonly message: string; readonly suppressed?: unknown }[];
  }[];
}

/** What a step results in; undefined for a file. */
function stepResult(head: string, place: ReturnType<typeof makeFolder>): string | undefined {
  if (head.startsWith('= ')) return readFileSync(place.at(head.slice(2)), 'utf8');
  return head.startsWith('$ ') ? printed(call(head.slice(2).split(' '), { cwd: place.path })) : undefined;
}

/** The body without the blank line before the next case. */
function withoutBlank(body: string): string {
  return body === '\n' || body.endsWith('\n\n') ? body.slice(0, -1) : body;
}

const VOLUME =
  'Resources:\n  Disk:\n    Type: AWS::EC2::Volume\n    # checkov:skip=CKV_AWS_3:Cache\n    Properties: {Encrypted: false}\n';

describe('stackwarden migrate', () => {
  it('changes nothing when it is interrupted', () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.yaml`, VOLUME]));
    const place = makeFolder({ ...files, '.checkov.yaml': 'skip-check: [CKV_AWS_18]\n' });
    assert.deepEqual(call(['migrate', '--inline'], { cwd: place.path, interrupted: () => true }), {
      code: 130,
      out: '',
      err: 'stackwarden: Interrupted. No files were changed.\n',
    });
    assert.ok(!existsSync(place.at('.stackwarden.yaml')));
    assert.equal(readFileSync(place.at('0.yaml'), 'utf8'), VOLUME);
    place.remove();
  });

  it('keeps line ends, the byte order mark and permissions of documents', () => {
    const place = makeFolder({ 'a.yaml': `\uFEFF${VOLUME.replaceAll('\n', '\r\n')}` });
    const { mode } = statSync(place.at('a.yaml'));
    assert.equal(call(['migrate', '--inline', 'a.yaml'], { cwd: place.path }).code, 0);
    const text = readFileSync(place.at('a.yaml'), 'utf8');
    const line = '  # stackwarden-disable-next-line ebs-volume-encryption -- Cache\r\n';
    assert.equal(text, `\uFEFF${VOLUME.replaceAll('\n', '\r\n')}`.replace('  Disk', `${line}  Disk`));
    assert.equal(statSync(place.at('a.yaml')).mode, mode);
    place.remove();
  });
});
