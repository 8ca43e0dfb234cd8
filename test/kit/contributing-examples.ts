/** The examples of `CONTRIBUTING.md` as modules, to check that they compile. */
import { existsSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);

/** The folders of forms. */
const FOLDERS = ['forms', 'ec2'];

/** What the examples with a `check` use, apart from what they receive. */
const IMPORTS = `import { all, exists, is, type Predicate } from '../model/judgement.ts';
import { itemsOf } from '../model/navigate.ts';
import { accessOf } from '../policy/allowance/identity-access.ts';
import { conditionsOf } from '../policy/condition/conditions.ts';
import { isAllow } from '../policy/condition/in-force.ts';
import { permissionSubject } from './iam/identity/identity-words.ts';
import type { IdentityCheck, PolicyCheck } from './rule.ts';
declare const ANY_ID: Predicate;
void [all, exists, is, itemsOf, accessOf, conditionsOf, isAllow, permissionSubject, ANY_ID];
`;

/** Modules by path, each with one example. */
export function contributingExamples(): ReadonlyMap<string, string> {
  const page = readFileSync(new URL('CONTRIBUTING.md', ROOT), 'utf8');
  const modules = new Map<string, string>();
  let form: string | undefined;
  for (const [, described, code] of page.matchAll(/^\*\*`(\w+Rule)`\*\*|^```ts\n([^]*?)^```$/gm)) {
    form = described ?? form;
    const module = code === undefined ? undefined : moduleOf(code, form);
    if (module !== undefined) modules.set(`server/src/rules/example-${modules.size}.ts`, module);
  }
  return modules;
}

function moduleOf(code: string, form: string | undefined): string | undefined {
  if (code.startsWith('import ')) return code.replace("'../forms/", "'./forms/");
  if (code.includes('*check(')) {
    const on = code.includes('*check(identity') ? 'IdentityCheck' : 'PolicyCheck';
    return `${IMPORTS}export const example: Partial<${on}> = {\n${code}\n};\nexport type Kinds = IdentityCheck | PolicyCheck;\n`;
  }
  if (form === undefined) return undefined;
  return `import type { ${form} } from '${fileOf(form)}';
type Data = Parameters<typeof ${form}>[0];
/** Each part of the data, of one of its places or of neither in full. */
type Part<T> = T extends object ? { readonly [K in keyof T]?: T[K] | Partial<T[K]> } : T;
export const example: Part<Data> = {\n${code}\n};\n`;
}

function fileOf(form: string): string {
  const name = form.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const folder = FOLDERS.find((each) => existsSync(new URL(`server/src/rules/${each}/${name}.ts`, ROOT)));
  return `./${folder}/${name}.ts`;
}
