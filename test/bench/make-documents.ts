/**
 * `npx tsx test/bench/make-documents.ts FOLDER [NAME]`: writes the documents that are measured, each into a folder of
 * its own, because the files of a Terraform directory belong together. With a name, those whose names contain it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENTS, manyTemplates } from './documents/catalogue.ts';

const [folder, only = ''] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: npx tsx test/bench/make-documents.ts FOLDER [NAME]');
  process.exit(2);
}
for (const { name, extension, make } of DOCUMENTS.filter((document) => document.name.includes(only))) {
  mkdirSync(join(folder, name), { recursive: true });
  const text = make();
  writeFileSync(join(folder, name, (extension.startsWith('.tf') ? 'main' : name) + extension), text);
  console.log(`${name.padEnd(26)} ${text.length.toLocaleString('en').padStart(12)} characters`);
}
if ('many'.includes(only)) {
  mkdirSync(join(folder, 'many'), { recursive: true });
  for (const [name, text] of manyTemplates(500)) writeFileSync(join(folder, 'many', name), text);
}
