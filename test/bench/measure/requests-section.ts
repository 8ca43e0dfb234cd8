/** Hovers and completion that are asked for while the document is analyzed, and hovers after a pause. */
import { performance } from 'node:perf_hooks';
import { ANALYSIS_DELAY } from '../../../server/src/lsp/debouncer.ts';
import { documentNamed } from '../documents/catalogue.ts';
import { pause, uriOf } from './edit.ts';
import type { Figure, Settings } from './figures.ts';
import { serverOf, ServerProcess } from './server-process.ts';
import { percentile } from './statistics.ts';

const SUBJECTS = [
  ['cloudformation-yaml-60k', 'CloudFormation YAML, 60 KB'],
  ['sam-yaml-60k', 'SAM YAML, 60 KB'],
  ['terraform-hcl-60k', 'Terraform HCL, 60 KB'],
  ['terraform-json-60k', 'Terraform JSON, 60 KB'],
  ['cloudformation-yaml-1m', 'CloudFormation YAML, 1 MB'],
  ['cloudformation-json-1m', 'CloudFormation JSON, 1 MB'],
  ['sam-yaml-330k', 'SAM YAML, 500 resources, 330 KB'],
  ['terraform-hcl-1m', 'Terraform HCL, 1 MB'],
] as const;

const REQUESTS = [
  ['textDocument/hover', 'hover'],
  ['textDocument/completion', 'completion'],
] as const;

/** Requests that are not counted, as the first edits are not. */
const WARM_UP = 10;

/** When hovers are prepared after an edit, in milliseconds; after a large document was opened they take twice that. */
const PREPARED_AFTER = 2500;

export async function* requestsSection({ dist, isQuick, document }: Settings): AsyncGenerator<Figure> {
  for (const [name, title] of SUBJECTS.filter(([one]) => one.includes(document))) {
    const { language, extension, make } = documentNamed(name);
    const [uri, text] = [uriOf(name, extension), make()];
    const hasComments = !extension.endsWith('.json');
    const positions = actionsOf(text);
    const server = await ServerProcess.started(serverOf(dist));
    server.open(uri, language, text);
    await server.until((published) => published.uri === uri);
    // Authors read before they edit, and the server prepares hovers meanwhile.
    await pause(2 * PREPARED_AFTER);
    let version = 1;
    const edit = (round: number): number => {
      // The last line, so that the positions stay.
      const end = { line: text.split('\n').length - 1, character: 0 };
      server.notify('textDocument/didChange', {
        textDocument: { uri, version: ++version },
        contentChanges: [{ range: { start: end, end }, text: hasComments ? `# ${String(round)}\n` : '\n' }],
      });
      return version;
    };
    const answered = async (method: string, round: number): Promise<number> => {
      const start = performance.now();
      await server.request(method, { textDocument: { uri }, position: positions[(round * 7) % positions.length] });
      return performance.now() - start;
    };
    for (const [method, what] of REQUESTS) {
      const times: number[] = [];
      for (let round = 0; round < (isQuick ? 6 : WARM_UP + 30); round++) {
        const wanted = edit(round);
        await pause(ANALYSIS_DELAY + 4);
        const time = await answered(method, round);
        if (round >= (isQuick ? 3 : WARM_UP)) times.push(time);
        await server.until((published) => published.uri === uri && published.version === wanted);
      }
      yield {
        section: 'requests',
        name: `${title}: ${what} during an analysis, p95`,
        measured: percentile(times, 0.95),
        unit: 'ms',
        goal: 50,
      };
    }
    const times: number[] = [];
    for (let round = 0; round < (isQuick ? 2 : 8); round++) {
      const wanted = edit(round);
      await server.until((published) => published.uri === uri && published.version === wanted);
      await pause(PREPARED_AFTER);
      times.push(await answered('textDocument/hover', round));
    }
    yield {
      section: 'requests',
      name: `${title}: hover after a pause, p95`,
      measured: percentile(times, 0.95),
      unit: 'ms',
      goal: 50,
    };
    await server.stop();
  }
}

/** Where actions of policies stand, in the middle of their names. */
function actionsOf(text: string): readonly { readonly line: number; readonly character: number }[] {
  return text.split('\n').flatMap((content, line) => {
    const at = /\b(?:s3|sqs|dynamodb|logs|kms):(?:Get|Send|Put|Create|Gen)/.exec(content);
    return at && !content.includes('arn:') ? [{ line, character: at.index + at[0].length }] : [];
  });
}
