/**
 * The connections that properties of most services create. Their properties are data of `schemas/relations/`, with one
 * file per service, so that only the files for the services of a document are loaded.
 */
import { flatMap } from '../../base/flat-map.ts';
import type { Connection } from '../../model/relation.ts';
import { names, type Link } from './link.ts';

/**
 * The types that such properties name, by connection. Policies are excluded, because they name the roles that they are
 * attached to.
 */
const NAMED = {
  'security-groups': ['AWS::EC2::SecurityGroup'],
  subnets: ['AWS::EC2::Subnet'],
  roles: ['AWS::IAM::Role'],
  // Keys that encrypt a resource or its stored data.
  keys: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey', 'AWS::KMS::Alias'],
  // Functions have a separate connection, because they have a log group even without naming one.
  'log-groups': ['AWS::Logs::LogGroup'],
} as const satisfies Partial<Record<Connection, readonly string[]>>;

/** A connection whose properties are data. */
export type ServiceConnection = keyof typeof NAMED;

export const SERVICE_CONNECTIONS = Object.keys(NAMED) as readonly ServiceConnection[];

/** The properties of a type that name resources, by connection. Paths have the syntax of `Link`. */
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

/** The services of the types in a text, in the spelling of the files of `schemas/relations/`. */
export function servicesNamedIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(SERVICE)].map(([, service]) => service!.toLowerCase()));
}

/** Whether the properties of a connection are data. */
export function isServiceConnection(connection: Connection): connection is ServiceConnection {
  return Object.hasOwn(NAMED, connection);
}

/** The link of a connection for the given types. */
export function serviceLink(connection: ServiceConnection, types: Iterable<string>, linksOf: LinksOf): Link {
  const from = flatMap([...types], (type) => {
    const paths = linksOf(type)?.[connection];
    return paths ? [[type, paths] as const] : [];
  });
  return names(NAMED[connection], Object.fromEntries(from));
}

/** Whether resources of a type name others in a connection, or are named. */
export function isConnected(type: string, connection: ServiceConnection, linksOf: LinksOf): boolean {
  return (NAMED[connection] as readonly string[]).includes(type) || linksOf(type)?.[connection] !== undefined;
}
