/** The pages that a rule is based on, as its author writes them and as they are shown. */
import { flatMap } from '../base/flat-map.ts';
import type { Controls } from '../model/covered.ts';
import { CONTROL_CLAIMS } from './control-claims.ts';

/**
 * The claim of each page, in our own words; with a date if it was not read on the day of the others. An author can name
 * a page in a reference by what it describes (`pageNamed`).
 */
export type Sources = Readonly<Record<string, string | { readonly claim: string; readonly seen: string }>>;

/** A page that a rule is based on. */
export interface Source {
  readonly url: string;
  readonly claim: string;
  /** The day the page was read. */
  readonly seen: string;
}

/** The facts with the sources. */
interface Dated {
  readonly sources: Sources;
  readonly accessed?: string;
  readonly judged?: string;
}

/** The pages that a rule is based on, each with the day it was read. */
export function sourcesOf({ sources, judged = '', accessed = judged }: Dated): readonly Source[] {
  return Object.entries(sources).map(([url, source]) =>
    typeof source === 'string' ? { url, claim: source, seen: accessed } : { url, ...source },
  );
}

/**
 * All sources of a rule by address: those that it states, and the controls of Security Hub that it covers, unless it
 * states itself what a control requires.
 */
export function allSources(stated: Sources, { securityHub = [] }: Controls): Sources {
  const pages = Object.entries(stated).map(([name, source]) => [pageNamed(name), source] as const);
  const claims = pages.map(([, source]) => (typeof source === 'string' ? source : source.claim));
  const states = (control: string): boolean =>
    claims.some((claim) => claim.split(/[^\w.]+/).some((word) => word.replace(/\.$/, '') === control));
  return Object.fromEntries([
    ...pages,
    ...flatMap(securityHub, (control) => {
      const found = CONTROL_CLAIMS.get(control);
      return found === undefined || states(control)
        ? []
        : [[controlPage(control), { ...found, claim: `${control}: ${found.claim}` }] as const];
    }),
  ]);
}

const CLOUDFORMATION = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/';
const SAM = 'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/';
const SAM_TYPE = 'AWS::Serverless::';
const CONFIG_RULE = 'config:';
const CONFIG = 'https://docs.aws.amazon.com/config/latest/developerguide/';
const TERRAFORM = 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/';

/**
 * The address of a page that is named by what it describes: a type (`AWS::RDS::DBInstance`, `aws_db_instance`), a
 * property type (`AWS::RDS::DBInstance.Endpoint`), or a managed rule of AWS Config (`config:encrypted-volumes`). An
 * address names itself.
 */
export function pageNamed(name: string): string {
  if (name.startsWith('aws_')) return TERRAFORM + name.slice('aws_'.length);
  if (name.startsWith(CONFIG_RULE)) return `${CONFIG}${name.slice(CONFIG_RULE.length)}.html`;
  if (name.startsWith(SAM_TYPE)) return `${SAM}sam-resource-${name.slice(SAM_TYPE.length).toLowerCase()}.html`;
  if (!name.startsWith('AWS::')) return name;
  const [, service = '', resource = '', property] = name.toLowerCase().split(/::|\./);
  return `${CLOUDFORMATION}aws-${property === undefined ? 'resource' : 'properties'}-${[service, resource, property].filter(Boolean).join('-')}.html`;
}

/** The address of a control in the reference of Security Hub. */
function controlPage(control: string): string {
  const [service = '', number = ''] = control.toLowerCase().split('.');
  return `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${service}-${number}`;
}
