/** Whether the policy of a bucket allows a CloudFront distribution. */
import { flatMap } from '../base/flat-map.ts';
import { all, any, is, judge, judgement, NO, not, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { itemsOf } from '../model/navigate.ts';
import type { Condition, Statement } from '../model/policy.ts';
import { text } from '../model/predicate.ts';
import { always, never, sometimes } from '../model/quantified.ts';
import type { Resource } from '../model/resource.ts';
import type { Leaf } from '../model/value.ts';
import { isAllow } from '../policy/condition/in-force.ts';
import { blockingOf } from '../policy/principal/bucket-block.ts';
import { namesAnyPrincipal, principalsIn } from '../policy/principal/principal.ts';
import { isReferred } from '../policy/resource/target.ts';
import { readOperator } from '../policy/text/condition-operator.ts';

/**
 * Whether a bucket answers requests from a distribution: its policy must allow the service principal, for this
 * distribution, or an origin access identity. Without such a statement it is unknown, because objects can be public.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function allowsDistribution(bucket: Resource, distribution: Resource): Judgement {
  const { edges, complete } = bucket.related('bucket-policy');
  const documents = flatMap(edges, (edge) => {
    const { documents: own, complete: all } = edge.resource.policies();
    return own.map((document) => ({ edge, document, isWhole: always(all) && always(document.complete) }));
  });
  const statements = flatMap(documents, ({ edge, document }) =>
    document.statements.map((statement) => ({
      statement,
      there: all(...[edge.when, document.when, statement.when].map(judgement), isAllow(statement)),
    })),
  );
  const grants = flatMap(statements, ({ statement, there }) =>
    principalsIn(statement.principals).map(({ value }) => ({
      isCloudFront: all(there, any(is(value, CLOUDFRONT), judge(value, isIdentityOf(distribution)))),
      isForIt: isFor(statement, distribution),
    })),
  );
  const isNamed = grants.some(({ isCloudFront }) => !never(isCloudFront));
  const anyone = statements.map(({ statement, there }) =>
    all(
      there,
      namesAnyPrincipal(statement.principals),
      statement.conditions.length === 0 && reads(statement) ? passesBlock(bucket) : UNKNOWABLE,
    ),
  );
  const isPublic = anyone.some((open) => !never(open));
  const isKnown = always(complete) && documents.every(({ isWhole }) => isWhole);
  return any(
    isNamed && isKnown && !isPublic ? NO : UNKNOWABLE,
    ...anyone,
    ...grants.map(({ isCloudFront, isForIt }) => all(isCloudFront, isForIt)),
  );
}

/** Whether a statement allows reading objects. */
function reads({ actions }: Statement): boolean {
  return itemsOf(actions, true).items.some(({ value }) => sometimes(is(value, READING)));
}

const READING = text((action) => /^(?:\*|s3:(?:\*|Get\*|GetObject\*?))$/i.test(action));

/** Whether S3 Block Public Access lets a policy that allows anyone through. */
function passesBlock(bucket: Resource): Judgement {
  const { allows, blocks } = blockingOf(bucket, 'policy', NO);
  return any(allows, all(not(blocks), UNKNOWABLE));
}

const CLOUDFRONT = text((principal) => /cloudfront/i.test(principal));

/** Whether a principal is an origin access identity of a distribution: its canonical user, or the ARN with its ID. */
function isIdentityOf(distribution: Resource): (leaf: Leaf) => boolean | undefined {
  const identities = distribution.related('origin-access').edges.map(({ resource }) => resource);
  const isOne = (to: string): boolean | undefined =>
    identities.some((identity) => isReferred(to, identity) === true) ? true : undefined;
  return (leaf) => {
    if (leaf.state === 'reference') return isOne(leaf.to);
    const last = leaf.state === 'template' ? leaf.pieces.at(-1) : undefined;
    if (typeof last === 'object') return last.state === 'reference' ? isOne(last.to) : undefined;
    return leaf.state === 'known' ? false : undefined;
  };
}

/** Whether the conditions of a statement on the source of a request allow a distribution. Others are not evaluated. */
function isFor({ conditions }: Statement, distribution: Resource): Judgement {
  return all(...conditions.filter(isAboutSource).map((condition) => listsIt(condition, distribution)));
}

function isAboutSource({ key, operator }: Condition): boolean {
  const read = readOperator(operator);
  return key.toLowerCase() === 'aws:sourcearn' && read?.negated === false && read.family !== 'Null';
}

function listsIt({ values, when }: Condition, distribution: Resource): Judgement {
  const { items, complete } = itemsOf(values, true);
  const named = any(...items.map((item) => all(judgement(item.when), judge(item.value, isIt(distribution)))));
  return any(named, always(complete) && always(when) ? NO : UNKNOWABLE);
}

/** Whether an ARN is that of a distribution: by a reference to it, or by a wildcard for its ID. */
function isIt(distribution: Resource): (leaf: Leaf) => boolean | undefined {
  return (leaf) => {
    switch (leaf.state) {
      case 'reference':
        return isReferred(leaf.to, distribution);
      case 'template': {
        const last = leaf.pieces.at(-1);
        if (typeof last === 'object') return last.state === 'reference' ? isReferred(last.to, distribution) : undefined;
        return last?.endsWith('/*') === true ? true : undefined;
      }
      case 'known':
        return leaf.raw.endsWith('*') ? true : distribution.ids?.includes(leaf.raw) === true ? true : undefined;
      default:
        return undefined;
    }
  };
}
