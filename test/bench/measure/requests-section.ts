/** Hovers and completion that are asked for while the document is analyzed, and hovers after opening it or a pause. */
import { performance } from 'node:perf_hooks';
import { ANALYSIS_DELAY } from '../../../server/src/lsp/debouncer.ts';
import { documentNamed } from '../documents/catalogue.ts';
import { pause, uriOf } from './edit.ts';
import type { Figure, Settings } from './figures.ts';
import { serverOf, ServerProcess } from './server-process.ts';
import { median, percentile } from './statistics.ts';

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

/** The number of servers in which a document is opened, and of the hovers that follow the first one at once. */
const SERVERS = 5;
const FOLLOWING = 4;

/** Hovers right after a document was opened, the first one of a server and one of a server that runs, and the next. */
async function* openingFigures(name: string, title: string, { dist, isQuick }: Settings): AsyncGenerator<Figure> {
  const { language, extension, make } = documentNamed(name);
  const text = make();
  const positions = actionsOf(text);
  const times = { first: [] as number[], running: [] as number[], next: [] as number[] };
  for (let round = 0; round < (isQuick ? 2 : SERVERS); round++) {
    const server = await ServerProcess.started(serverOf(dist));
    for (const kind of ['first', 'running'] as const) {
      const uri = uriOf(`${name}-${kind}`, extension);
      server.open(uri, language, text);
      for (let index = 0; index <= FOLLOWING; index++) {
        const position = positions[((round * FOLLOWING + index) * 7) % positions.length];
        const start = performance.now();
        await server.request('textDocument/hover', { textDocument: { uri }, position });
        times[index === 0 ? kind : 'next'].push(performance.now() - start);
      }
      await server.until((published) => published.uri === uri);
    }
    await server.stop();
  }
  const figure = (what: string, measured: number): Figure => ({
    section: 'requests',
    name: `${title}: ${what}`,
    measured,
    unit: 'ms',
  });
  yield figure('hover right after opening, first document of the server, p50', median(times.first));
  yield figure('hover right after opening, next document, p50', median(times.running));
  yield { ...figure('next hovers during the first analysis, p95', percentile(times.next, 0.95)), goal: 50 };
}

export async function* requestsSection(settings: Settings): AsyncGenerator<Figure> {
  const { dist, isQuick, document } = settings;
  for (const [name, title] of SUBJECTS.filter(([one]) => one.includes(document))) {
    const { language, extension, make } = documentNamed(name);
    const [uri, text] = [uriOf(name, extension), make()];
    const hasComments = !extension.endsWith('.json');
    const positions = actionsOf(text);
    yield* openingFigures(name, title, settings);
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
