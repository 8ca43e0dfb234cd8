/**
 * The Lambda functions that state machines invoke according to their definitions: as the resource of a task, or as a
 * parameter of the Lambda integration. Definitions can contain values of the template.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { pushAll } from '../../base/push-all.ts';
import { ownEntry } from '../../base/table.ts';
import { NewReference, NewText, type NewValue } from '../../model/edit.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { UnknownPiece, Value } from '../../model/value.ts';
import { arnScopeOf } from '../resource/arn-template.ts';
import { arnFor } from '../resource/stack-arn.ts';

/** State machines with the same role, and the ARNs of all functions that they invoke. */
export interface StateMachineCalls {
  readonly stateMachines: readonly Resource[];
  readonly functions: readonly Resource[];
  readonly arns: readonly NewValue[];
}

const STATE_MACHINE = 'AWS::StepFunctions::StateMachine';

/** The maximum number of state machines that are examined, and of values in one of them. */
const MOST_MACHINES = 16;
const MOST_VALUES = 5000;

/**
 * The functions that state machines with the role of a policy invoke; undefined if other resources use the role too, or
 * if one of the functions is unknown.
 */
export function stateMachineCalls(policy: PolicyDocument, stack: Stack): StateMachineCalls | undefined {
  const { host } = policy;
  const roles =
    host.type === 'AWS::IAM::Role' ? [host] : host.related('policy-roles').edges.map(({ resource }) => resource);
  const stateMachines = [
    ...new Set(flatMap(roles, (role) => role.related('role-users').edges.map(({ resource }) => resource))),
  ];
  if (
    stateMachines.length === 0 ||
    stateMachines.length > MOST_MACHINES ||
    stateMachines.some(({ type }) => type !== STATE_MACHINE)
  )
    return undefined;
  const calls = new Map<string, Target>();
  for (const machine of stateMachines) {
    const called = callsOf(machine, stack);
    if (!called) return undefined;
    for (const target of called)
      calls.set(`${typeof target.of === 'string' ? target.of : target.of.address} ${target.qualifier}`, target);
  }
  const targets = [...calls.values()];
  const arns = targets.map((target) => arnOf(target, policy));
  if (arns.length === 0 || !arns.every((arn) => arn !== undefined)) return undefined;
  return { stateMachines, functions: flatMap(targets, ({ of }) => (typeof of === 'string' ? [] : [of])), arns };
}

/** A function in a definition: a resource of the stack, or a literal name or ARN, with its version or alias. */
interface Target {
  readonly of: Resource | string;
  readonly qualifier: string;
}

/** The functions that a state machine invokes; undefined if one is unknown. */
function callsOf(machine: Resource, stack: Stack): readonly Target[] | undefined {
  const marked = new Marked();
  const substitutions = marked.json(machine.get('DefinitionSubstitutions'));
  const values = isRecord(substitutions) ? substitutions : {};
  const targetOf = (text: Json | undefined): Target | undefined =>
    typeof text === 'string' ? marked.target(text, stack) : undefined;
  const definition = ['Definition', 'DefinitionString']
    .map((path) => marked.json(machine.get(path)))
    .find((one) => one !== null);
  // A definition in a file is not read, but its substitutions are.
  if (definition === undefined) {
    const given = flatMap(Object.values(values), (value) =>
      typeof value === 'string' && marked.isUnknown(value) ? [undefined] : (targetOf(value) ?? []),
    );
    return marked.tooMany || given.includes(undefined) ? undefined : (given as Target[]);
  }
  const states = typeof definition === 'string' ? parsed(definition) : definition;
  if (states === undefined || marked.tooMany) return undefined;
  const found: Target[] = [];
  for (const task of tasksIn(states, (text) =>
    text.replace(/\$\{([A-Za-z0-9_.]+)\}/g, (whole, name: string) => textOr(ownEntry(values, name), whole)),
  )) {
    const { resource } = task;
    if (/^arn:[^:]*:states:[^:]*:[^:]*:(?:aws-sdk:)?lambda:invoke\b/.test(resource)) {
      const target = targetOf(task.functionName);
      if (!target) return undefined;
      found.push(target);
    } else if (!/^arn:[^:]*:states:/.test(resource)) {
      if (marked.isUnknown(resource)) return undefined;
      const target = marked.target(resource, stack, true);
      if (target) found.push(target);
    }
  }
  return found;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

function textOr(json: Json | undefined, otherwise: string): string {
  return typeof json === 'string' ? json : otherwise;
}

function isRecord(json: Json | undefined): json is Readonly<Record<string, Json>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The resource of each task, and the function that it passes to the Lambda integration. */
function tasksIn(
  states: Json,
  substituted: (text: string) => string,
): readonly { readonly resource: string; readonly functionName: string | undefined }[] {
  const open: Json[] = [states];
  const tasks: { resource: string; functionName: string | undefined }[] = [];
  for (let next = 0; next < open.length && next < MOST_VALUES; next++) {
    const one = open[next]!;
    if (Array.isArray(one)) pushAll(open, one as Json[]);
    if (!isRecord(one)) continue;
    pushAll(open, Object.values(one));
    if (one.Type !== 'Task' || typeof one.Resource !== 'string') continue;
    const given = [one.Parameters, one.Arguments].find(isRecord)?.FunctionName;
    tasks.push({
      resource: substituted(one.Resource),
      functionName: typeof given === 'string' ? substituted(given) : undefined,
    });
  }
  return tasks;
}

const UNKNOWN = '\uE002';
const FUNCTIONS: readonly string[] = ['AWS::Lambda::Function', 'AWS::Lambda::Alias', 'AWS::Lambda::Version'];

/** Converts values to JSON, with markers for interpolated parts. */
class Marked {
  readonly #placeholders: UnknownPiece[] = [];
  #visited = 0;

  get tooMany(): boolean {
    return this.#visited > MOST_VALUES;
  }

  isUnknown(text: string): boolean {
    return text.includes(UNKNOWN) || text.includes('{%');
  }

  /** A value; null if it is absent. */
  json(value: Value): Json {
    if (++this.#visited > MOST_VALUES) return null;
    switch (value.state) {
      case 'known':
        return value.value;
      case 'template':
        return value.pieces.map((piece) => (typeof piece === 'string' ? piece : this.#mark(piece))).join('');
      case 'reference':
        return this.#mark(value);
      case 'object':
        return value.open
          ? UNKNOWN
          : Object.fromEntries(value.entries.map((entry) => [entry.key, this.json(entry.value)]));
      case 'list':
        return value.open ? UNKNOWN : value.items.map((item) => this.json(item.value));
      case 'absent':
        return value.open ? UNKNOWN : null;
      default:
        return UNKNOWN;
    }
  }

  #mark(unknownPiece: UnknownPiece): string {
    return unknownPiece.state === 'unknown' ? UNKNOWN : `\uE000${this.#placeholders.push(unknownPiece) - 1}\uE001`;
  }

  /** The function in a string. A task can have other resources, such as activities, given by ARN. */
  target(text: string, stack: Stack, asArn = false): Target | undefined {
    const [, mark, behind = ''] = /^\uE000(\d+)\uE001(?::([\w$-]+))?$/.exec(text) ?? [];
    const unknownPiece = mark === undefined ? undefined : this.#placeholders[Number(mark)];
    if (unknownPiece?.state === 'reference') {
      const resource = stack.byAddress(unknownPiece.to);
      const isName =
        unknownPiece.attribute === undefined ||
        /^(?:Arn|arn|id|function_name)$/.test(unknownPiece.attribute) ||
        resource?.type !== FUNCTIONS[0];
      return resource && FUNCTIONS.includes(resource.type) && isName ? { of: resource, qualifier: behind } : undefined;
    }
    if (/[\uE000-\uE002]|\{%/.test(text)) return undefined;
    const [, arn, qualifier = ''] = /^(arn:[^:]*:lambda:[^:]*:\d{12}:function:[\w-]+)(?::([\w$-]+))?$/.exec(text) ?? [];
    if (arn !== undefined) return { of: arn, qualifier };
    const [, name, version = ''] = asArn ? [] : (/^([\w-]+)(?::([\w$-]+))?$/.exec(text) ?? []);
    return name === undefined ? undefined : { of: name, qualifier: version };
  }
}

function arnOf({ of, qualifier }: Target, policy: PolicyDocument): NewValue | undefined {
  const behind = qualifier === '' ? [] : [`:${qualifier}`];
  if (typeof of === 'string') {
    if (of.startsWith('arn:')) return [of, ...behind].join('');
    const { partition, region, account } = arnScopeOf(policy);
    const pieces = ['arn:', partition, ':lambda:', region, ':', account, `:function:${[of, ...behind].join('')}`];
    return pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : new NewText(...pieces);
  }
  // The ARN of the function covers its aliases and versions.
  const arn = of.type === FUNCTIONS[0] ? arnFor('lambda', 'function', of) : new NewReference(of);
  return arn instanceof NewReference && behind.length > 0 ? new NewText(arn, ...behind) : arn;
}
