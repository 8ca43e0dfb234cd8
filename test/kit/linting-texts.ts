import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

/**
 * ESLint with the project's configuration, for texts that take the place of a file of the project. Where `CI` is set, the
 * parser takes files from disk unless it is told not to, and a text in the place of a file would not be seen.
 * https://typescript-eslint.io/packages/parser/#disallowautomaticsingleruninference
 */
export function lintingTexts(): ESLint {
  return new ESLint({
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    overrideConfig: { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } },
  });
}
