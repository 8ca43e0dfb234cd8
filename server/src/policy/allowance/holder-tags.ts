/** The tags of an identity in its requests, for conditions on `aws:PrincipalTag`. */
import { flatMap } from '../../base/flat-map.ts';
import { all, judge } from '../../model/judgement.ts';
import { itemsOfProperty, leaves, member } from '../../model/navigate.ts';
import type { Resource } from '../../model/resource.ts';
import { isAllow } from '../condition/in-force.ts';
import { namesAction } from '../resource/statement-names.ts';
import type { Name } from '../resource/target.ts';

export interface PrincipalTag {
  /** In lower case, because AWS compares tag keys case-insensitively. */
  readonly key: string;
  readonly texts: readonly Name[];
}

/**
 * The tags that every request of a role or user has. These are the tags of the resource, unless the trust policy of a
 * role allows session tags. Other tags are not known to be absent, because a deployment can add tags to all resources
 * of a stack.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (session tags override a role tag with the
 * same key)
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 */
export function tagsOf(resource: Resource): readonly PrincipalTag[] {
  const isRole = resource.type === 'AWS::IAM::Role';
  if ((!isRole && resource.type !== 'AWS::IAM::User') || resource.external === true) return [];
  const tags = flatMap(itemsOfProperty(resource.get('Tags')).items, ({ value, when }): readonly PrincipalTag[] => {
    const [key, text] = [member(value, 'Key'), leaves(member(value, 'Value'))];
    return when.yes.isAlways() && key.state === 'known'
      ? [
          {
            key: key.raw.toLowerCase(),
            texts: flatMap(text, ({ value: leaf }): readonly Name[] =>
              leaf.state === 'known' && leaf.value !== null
                ? [{ there: judge(member(value, 'Value'), (other) => other === leaf), name: leaf.raw }]
                : [],
            ),
          },
        ].filter(({ texts }) => texts.length === text.length)
      : [];
  });
  const isOnce = ({ key }: PrincipalTag): boolean => tags.filter((other) => other.key === key).length === 1;
  return tags.length > 0 && !(isRole && takesSessionTags(resource)) ? tags.filter(isOnce) : [];
}

/** Whether a principal that assumes a role may be allowed to pass session tags. */
function takesSessionTags(role: Resource): boolean {
  const { documents, complete } = role.policies();
  const trusts = documents.filter(({ kind }) => kind === 'trust');
  return (
    trusts.length === 0 ||
    !complete.yes.isAlways() ||
    trusts.some(
      (trust) =>
        !trust.complete.yes.isAlways() ||
        trust.statements.some(
          (statement) => !all(isAllow(statement), namesAction(statement, 'sts:TagSession')).no.isAlways(),
        ),
    )
  );
}
