import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

/**
 * ESLint with the project's configuration, for texts that replace a file of `server/src/base`. That folder imports no other, so the program of
 * its files has the types of all that such a text can name, without the seconds that the program of the whole project takes. If `CI` is set,
 * the parser reads files from disk by default, and would ignore a text that replaces a file.
 * https://typescript-eslint.io/packages/parser/#disallowautomaticsingleruninference
 */
export function lintingTexts(): ESLint {
  return new ESLint({
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    overrideConfig: {
      languageOptions: {
        parserOptions: { project: './test/kit/linting-texts.tsconfig.json', disallowAutomaticSingleRunInference: true },
      },
    },
  });
}

/** The same without the rules that ask for types, which take the program of the whole project. */
export function lintingTextsWithoutTypes(): ESLint {
  return new ESLint({
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    overrideConfig: {
      ...tseslint.configs.disableTypeChecked,
      rules: { ...tseslint.configs.disableTypeChecked.rules, 'local/own-names': 'off' },
    },
  });
}
