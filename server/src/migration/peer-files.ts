/** Finds and reads the configuration files of other tools in a folder. */
import type { Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { nameOf } from '../base/uri.ts';
import { parse } from '../syntax/parse.ts';
import type { Tree } from '../syntax/tree.ts';
import { readCfnLint } from './cfn-lint.ts';
import { readCfnNag } from './cfn-nag.ts';
import { readCheckov } from './checkov.ts';
import { readKics } from './kics.ts';
import type { PeerSettings, PeerTool, ReadSettings } from './peer-settings.ts';
import { readTfsec } from './tfsec.ts';
import { readTrivy, readTrivyIgnore, readTrivyIgnoreYaml } from './trivy.ts';

interface PeerFile {
  readonly tool: PeerTool;
  /** The possible paths of the file. A pattern is that of file names in the folder. */
  readonly names: readonly string[] | RegExp;
  /** Undefined if the file is something else. */
  readonly read: (tree: Tree) => ReadSettings | undefined;
}

const PEER_FILES: readonly PeerFile[] = [
  { tool: 'Checkov', names: ['.checkov.yaml', '.checkov.yml'], read: readCheckov },
  { tool: 'Trivy', names: ['trivy.yaml'], read: readTrivy },
  { tool: 'Trivy', names: ['.trivyignore'], read: ({ text }) => readTrivyIgnore(text) },
  { tool: 'Trivy', names: ['.trivyignore.yaml', '.trivyignore.yml'], read: readTrivyIgnoreYaml },
  { tool: 'tfsec', names: ['.tfsec/config.yml', '.tfsec/config.yaml', '.tfsec/config.json'], read: readTfsec },
  { tool: 'cfn-lint', names: ['.cfnlintrc', '.cfnlintrc.yaml', '.cfnlintrc.yml'], read: readCfnLint },
  { tool: 'cfn_nag', names: /^\.?cfn[-_]nag(?:$|[-_.])[\w.-]*$/, read: readCfnNag },
  { tool: 'KICS', names: ['kics.config', 'kics.yaml', 'kics.yml', 'kics.json'], read: readKics },
];

/** The settings of other tools in a folder, and files that cannot be read. */
export interface PeerFiles {
  readonly settings: readonly PeerSettings[];
  /** Files that are not valid YAML or JSON, or not readable, with the reason. */
  readonly failures: readonly { readonly file: string; readonly reason: string }[];
}

/** Reads the files of a folder, without a trailing slash. */
export function peerFilesIn(reader: Reader, folder: Uri): PeerFiles {
  const listed = reader.folder(folder);
  const present = typeof listed === 'string' ? [] : listed.map(nameOf).toSorted();
  const settings: PeerSettings[] = [];
  const failures: { readonly file: string; readonly reason: string }[] = [];
  for (const { tool, names, read } of PEER_FILES)
    for (const file of names instanceof RegExp ? present.filter((name) => names.test(name)) : names) {
      const doc = `${folder}/${file}`;
      const answer = reader.file(doc);
      if (answer.kind === 'missing') continue;
      if (answer.kind === 'refused') {
        failures.push({ file, reason: answer.reason });
        continue;
      }
      const tree = parse(doc, answer.text, file.endsWith('.json') ? 'json' : 'yaml');
      const found = read(tree);
      if (found) settings.push({ checks: [], exclude: [], notes: [], ...found, tool, file });
      if (found && tree.problems.length > 0 && file !== '.trivyignore')
        failures.push({ file, reason: 'has syntax errors, so some settings may be missing' });
    }
  return { settings, failures };
}
