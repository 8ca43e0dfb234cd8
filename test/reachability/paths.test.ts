/**
 * The paths from outside to a resource, from documents in `*.cases`, which `-- .stackwarden.yaml --` and a
 * configuration can follow: `-- paths to NAME --` lists them with their steps. A step is marked with `+` where it lets
 * the traffic through by default, `-` where it stops it, and `?` where that is unknown.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Judgement } from '../../server/src/model/judgement.ts';
import type { AccessPath } from '../../server/src/reachability/access-path.ts';
import { missingOf, pathText, defaultState } from '../../server/src/reachability/path-text.ts';
import { pathsTo } from '../../server/src/reachability/paths.ts';
import { isAsExpected } from '../kit/accept.ts';
import { stackOf } from '../kit/stack-of.ts';

/** The documents, by what they are about. */
const CASES = {
  paths: 'paths.cases',
  'paths of IPv6': 'ipv6.cases',
  'paths to network interfaces': 'network-interfaces.cases',
  'paths through middle boxes': 'middle-boxes.cases',
  'paths through load balancers': 'load-balancers.cases',
  'paths through chains': 'chains.cases',
  'paths through network ACLs': 'network-acls.cases',
  'paths through default security groups': 'default-groups.cases',
  'paths through accelerators': 'accelerators.cases',
  'paths to functions': 'functions.cases',
  'paths by grants and endpoints': 'grants.cases',
  'paths to collections and sign-in pages': 'collections.cases',
  'paths to AWS services': 'services.cases',
  'paths by permissions for API Gateway': 'permissions.cases',
  'paths to functions of SAM': 'sam.cases',
  'paths through lists of security groups': 'lists.cases',
};

for (const [what, name] of Object.entries(CASES)) describe(what, () => casesOf(new URL(name, import.meta.url)));

function casesOf(file: URL): void {
  for (const part of readFileSync(file, 'utf8').split(/^== /m).slice(1)) {
    const [, title, name, text, target, expected] =
      /^(.*)\n-- (\S+) --\n([^]*?)-- paths to (.*) --\n([^]*)$/.exec(part) ??
      assert.fail(`a case that cannot be read: ${part}`);
    it(title!, () => {
      const [document = '', configuration] = text!.split('-- .stackwarden.yaml --\n');
      const stack = stackOf({ [name!]: document }, configuration);
      const resource = stack.byAddress(target!) ?? assert.fail(`no resource ${target!}`);
      const listed = pathsTo(resource, stack).map(textOf).join('\n');
      isAsExpected(listed, expected!.trim(), { file, after: `== ${part.slice(0, part.length - expected!.length)}` });
    });
  }
}

function textOf(path: AccessPath): string {
  const { limits, steps, from } = path;
  const needs = limits.length === 0 ? '' : `, needs ${limits.join(' and ')}`;
  const missing = missingOf(path);
  return [
    `${defaultState(path)}: ${from}, ${pathText(path)}${needs}`,
    ...steps.map(({ text, open }) => `  ${markOf(open)} ${text}`),
    ...(missing.length === 0 ? [] : [`  unknown: ${missing.join(', ')}`]),
  ].join('\n');
}

function markOf({ yes, no }: Judgement): string {
  return yes.holdsByDefault() ? '+' : no.holdsByDefault() ? '-' : '?';
}
