/**
 * The connections that properties of most services make. Their properties are data of `schemas/relations/`, one file for
 * each service, so that only those of the services of a document are loaded.
 */
import type { Connection } from '../../model/relation.ts';
import { names, type Link } from './link.ts';

/** The types that such properties name, by connection. A policy names the roles that have it, and is not among them. */
const NAMED = {
  'security-groups': ['AWS::EC2::SecurityGroup'],
  subnets: ['AWS::EC2::Subnet'],
  roles: ['AWS::IAM::Role'],
  // Keys that encrypt a resource or its stored data.
  keys: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey', 'AWS::KMS::Alias'],
  // Functions have a connection of their own, because they have a log group without naming one.
  'log-groups': ['AWS::Logs::LogGroup'],
} as const satisfies Partial<Record<Connection, readonly string[]>>;

/** A connection whose properties are data. */
export type ServiceConnection = keyof typeof NAMED;

export const SERVICE_CONNECTIONS = Object.keys(NAMED) as readonly ServiceConnection[];

/** The properties of one type that name resources, by connection; the form of paths is that of `Link`. */
export type TypeLinks = Readonly<Partial<Record<ServiceConnection, readonly string[]>>>;

/** A file of `schemas/relations/`: the types of one service, each with the page that documents its properties. */
export interface ServiceLinks {
  readonly types: Readonly<Record<string, TypeLinks & { readonly page: string }>>;
}

/** `schemas/relations/index`: the services that have a file. */
export interface ServiceLinksIndex {
  readonly services: readonly string[];
}

/** Looks up the properties of a type; undefined if the data of its service was not loaded. */
export type LinksOf = (type: string) => TypeLinks | undefined;

const SERVICE = /\b(?:AWS|Alexa)::(\w+)::/g;

/** The services of the types that a text names, as the files of `schemas/relations/` are called. */
export function servicesNamedIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(SERVICE)].map(([, service]) => service!.toLowerCase()));
}

/** Whether the properties of a connection are data. */
export function isServiceConnection(connection: Connection): connection is ServiceConnection {
  return Object.hasOwn(NAMED, connection);
}

/** The link of a connection for the given types. */
export function serviceLink(connection: ServiceConnection, types: Iterable<string>, linksOf: LinksOf): Link {
  const from = [...types].flatMap((type) => {
    const paths = linksOf(type)?.[connection];
    return paths ? [[type, paths] as const] : [];
  });
  return names(NAMED[connection], Object.fromEntries(from));
}
