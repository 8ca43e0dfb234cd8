/**
 * `npm run bench`: measures the built program (run `npm run build` first) with documents like those of users, and
 * writes docs/performance.md.
 *
 * `--only NAME` measures one section, or documents whose names contain NAME; `--quick` repeats less; `--folder DIR`
 * adds a folder of templates; `--node PATH`, once or several times, measures the start and large documents with another
 * Node.js executable too; `--dist DIR` measures another build; `--force` writes the page although the machine is busy,
 * and says so on it. Only whole runs write the page.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { commandLineSection } from './measure/command-line-section.ts';
import { editSection } from './measure/edit-section.ts';
import { SECTIONS, written, type Figure, type Section, type Settings } from './measure/figures.ts';
import { largeSection } from './measure/large-section.ts';
import { loadFactor, MOST_LOAD } from './measure/load.ts';
import { memorySection } from './measure/memory-section.ts';
import { performancePage } from './measure/page.ts';
import { requestsSection } from './measure/requests-section.ts';
import { startSection } from './measure/start-section.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const MEASURE: Readonly<Record<Section, (settings: Settings) => AsyncIterable<Figure>>> = {
  edit: editSection,
  requests: requestsSection,
  start: startSection,
  memory: memorySection,
  large: largeSection,
  'command-line': commandLineSection,
};

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    folder: { type: 'string' },
    node: { type: 'string', multiple: true, default: [] },
    dist: { type: 'string', default: `${ROOT}dist` },
    force: { type: 'boolean', default: false },
    page: { type: 'string', default: `${ROOT}docs/performance.md` },
  },
});

const lacking = ['cli.cjs', 'server.cjs'].find((name) => !existsSync(join(values.dist, name)));
if (lacking !== undefined) {
  console.error(`${join(values.dist, lacking)} does not exist. Run npm run build first.`);
  process.exit(2);
}

const section = SECTIONS.find((name) => name === values.only);
const settings: Settings = {
  dist: values.dist,
  isQuick: values.quick,
  document: section === undefined ? (values.only ?? '') : '',
  folder: values.folder,
  nodes: values.node,
};

const figures: Figure[] = [];
let load = loadFactor();
/** Documents are only in these sections. */
const chosen = section ? [section] : values.only === undefined ? SECTIONS : (['edit', 'requests', 'large'] as const);
for (const name of chosen) {
  console.log(`\n${name}`);
  for await (const figure of MEASURE[name](settings)) {
    figures.push(figure);
    console.log(`  ${line(figure)}`);
  }
  load = Math.max(load, loadFactor());
}
console.log(`\nload factor ${load.toFixed(2)} (1 is an idle machine)`);
if (values.only !== undefined) console.log('Not the whole bench, so the page stays as it is.');
else if (load > MOST_LOAD && !values.force) {
  console.error(`The machine is busy with other work, so the page is not written. --force writes it, with a note.`);
  process.exitCode = 1;
} else writeFileSync(values.page, performancePage({ figures, load, isQuick: values.quick }));

function line(figure: Figure): string {
  const { name, goal, measured, unit, reference } = figure;
  const against =
    goal === undefined ? '' : `goal ${written({ measured: goal, unit })} ${measured <= goal ? 'met' : 'missed'}`;
  const beside = reference
    ? `${(measured / reference.measured).toFixed(2)} x ${reference.name} (${written({ measured: reference.measured, unit })})`
    : '';
  return `${name.padEnd(76)} ${written(figure).padStart(16)}   ${[against, beside].filter(Boolean).join('; ')}`;
}
