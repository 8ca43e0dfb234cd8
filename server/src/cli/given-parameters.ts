/** Inputs of a command for template parameters and Terraform variables: `--parameters` and `--scenario`. */
import { resolve } from 'node:path';
import type { Uri } from '../base/span.ts';
import type { ConfiguredFile } from '../config/configuration.ts';
import { readParameterFile } from '../formats/cloudformation/parameter-file.ts';
import type { ScenarioTerm } from '../model/scenario.ts';
import { isVariableFile, variableFileOf } from '../formats/terraform/variable-file.ts';
import { nodeReader } from '../host/node.ts';
import { uriOf } from '../host/uri.ts';
import { parse } from '../syntax/parse.ts';
import { resolved } from '../syntax/tree.ts';
import type { ConfigurationProblem } from './lint.ts';
import { UsageError, type World } from './world.ts';

/** The parameter files of `--parameters`, which can be outside the root. */
export interface GivenParameterFiles {
  readonly files: readonly ConfiguredFile[];
  readonly texts: ReadonlyMap<Uri, string>;
  readonly violations: readonly ConfigurationProblem[];
}

/** Reads the files of `--parameters`. */
export function givenParameterFiles(names: readonly string[], world: World): GivenParameterFiles {
  const files: ConfiguredFile[] = [];
  const texts = new Map<Uri, string>();
  const violations: ConfigurationProblem[] = [];
  for (const name of names) {
    const path = resolve(world.cwd, name);
    const doc = uriOf(path);
    const answer = nodeReader({ root: resolve(path, '..'), schemas: world.program.schemas }).file(doc);
    if (answer.kind !== 'text')
      throw new UsageError(`--parameters: ${name} ${answer.kind === 'missing' ? 'does not exist' : answer.reason}.`);
    if (isVariableFile(name) && !/\.json$/.test(name)) {
      if (!variableFileOf(parse(doc, answer.text, 'hcl')).complete)
        throw new UsageError(
          `--parameters: Cannot parse ${name} as Terraform variable values. See docs/terraform.md for the supported syntax.`,
        );
      files.push({ name, uri: doc });
      texts.set(doc, answer.text);
      continue;
    }
    const tree = parse(doc, answer.text, /\.json$/i.test(name) ? 'json' : undefined);
    // Terraform values can be lists and objects of any content.
    const file = !isVariableFile(name)
      ? readParameterFile(tree)
      : resolved(tree.roots[0])?.kind === 'map'
        ? { problems: [] }
        : undefined;
    if (!file)
      throw new UsageError(
        `--parameters: ${name} is not a parameter file. See docs/configuration.md for the supported formats.`,
      );
    files.push({ name, uri: doc });
    texts.set(doc, answer.text);
    const problems = [
      ...tree.problems.map(
        ({ start, end, message }) => ({ at: { doc, start, end }, message, kind: 'syntax' }) as const,
      ),
      ...file.problems,
    ];
    violations.push(
      ...problems.map((problem) => ({
        path: name,
        text: answer.text,
        problem,
        confidential: [{ start: 0, end: answer.text.length }],
      })),
    );
  }
  return { files, texts, violations };
}

/** Parses `--scenario NAME=VALUE`. Each template decides whether the name is a condition or a parameter. */
export function scenarioTerms(given: readonly string[]): readonly ScenarioTerm[] {
  return given.map((text) => {
    const [, name, value] = /^([^=]+)=([^]*)$/.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new UsageError(`--scenario: Expected NAME=VALUE, such as IsProd=true, but got "${text}".`);
    return { name, value };
  });
}
