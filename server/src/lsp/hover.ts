import type { CancellationToken, Hover, Position, Range, ServerCapabilities } from 'vscode-languageserver';
import { MarkupKind } from './protocol.ts';
import { isConfigurationFile } from '../base/configuration-file.ts';
import type { LineIndex } from '../base/line-index.ts';
import { nameOf } from '../base/uri.ts';
import { Unchecked } from '../engine/analysis.ts';
import type { Card } from '../hover/card.ts';
import type { Explained } from '../hover/explanation/explained.ts';
import type { ExplanationScope } from '../hover/explanation/decision-sentences.ts';
import { shortMarkdown, type Links } from '../hover/explanation/markdown.ts';
import { shortText } from '../hover/explanation/text.ts';
import { markdownOf, plainTextOf, withoutIcons, type MarkdownOptions } from '../hover/markdown.ts';
import { analyzedAt, type AnalyzedText } from './analyzed-at.ts';
import { answer } from './answer.ts';
import { ANSWER_WITHIN, deadline } from './deadline.ts';
import type { OpenDocument } from './documents.ts';
import { linksOf } from './links.ts';
import { MessagePause } from './debouncer.ts';
import { Abandoned, Superseded } from './run.ts';
import type { Session } from './session.ts';
import { NO_SHIFT, offsetBefore, rangeNow, touchesChange, type Shift } from '../base/shift.ts';
import { settingHover } from './setting-hover.ts';
import { identity } from './uri.ts';

/**
 * Answers `textDocument/hover`: the shared responsibility model of the resource or property at the cursor, what the
 * value resolves to and why, and the results of rules. In a configuration file, the setting.
 */
export function hover(session: Session): ServerCapabilities {
  const { client, connection, documents, log } = session;
  if (!client.hover) return {};

  connection.onHover(({ textDocument, position }, token) =>
    answer(log, token, 'textDocument/hover', null, async (): Promise<Hover | null> => {
      const doc = identity(textDocument.uri);
      const open = documents.get(doc);
      if (open && isConfigurationFile(nameOf(doc))) {
        const { lines } = open;
        const { schemaHelp } = await session.settings(doc);
        const [engine, { reader }] = await Promise.all([session.world.engine(), session.place(doc)]);
        const card = engine.setting(doc, open.text, lines.offsetAt(position));
        // The schema knows the keys and their values, and no rules.
        const isShown = schemaHelp.hover || card?.rules.length;
        return card && isShown
          ? settingHover(card, lines, client.markdownHover, linksOf(session, reader, doc).page)
          : null;
      }
      const settings = await session.settings(doc);
      const { ownershipHover, valueHover } = settings;
      if (!open || (ownershipHover === 'off' && !valueHover)) return null;
      const { lines } = open;
      const [engine, { reader, root }] = await Promise.all([session.world.engine(), session.place(doc)]);
      const { options } = engine.configuration(reader, doc, root, settings);
      const offset = lines.offsetAt(position);
      const answered = async ({ stacks, shift }: AnalyzedText): Promise<Answered> => {
        const at = { doc, offset: offsetBefore(shift, offset) ?? offset, ...(stacks ? { stacks } : {}) };
        const leading = session.results.dependants(doc);
        const cancelled = (): boolean => token.isCancellationRequested;
        const pause = pausing(session, open, token);
        // Both share the time limit.
        const expired = deadline(ANSWER_WITHIN.hover);
        const found =
          ownershipHover === 'off'
            ? undefined
            : await engine.card(reader, at, ownershipHover, { ...options, leading, cancelled, expired }, pause);
        const explained = valueHover
          ? shownPart(
              await engine.explain(
                reader,
                at,
                {
                  ...options,
                  isShort: true,
                  isBeside: (value) => besides(found, value) !== undefined,
                  leading,
                  cancelled,
                  expired,
                },
                pause,
              ),
            )
          : undefined;
        const card = explained ? besides(found, explained) : found;
        if (!card && !(explained && isWorthAHover(explained))) return NOTHING;
        let isOutdated = false;
        const links = linksOf(session, reader, doc, shift, (place) => {
          isOutdated ||= place.doc === doc && touchesChange(shift, open.text, place);
        });
        const scope = { profile: options.profile, beside: card !== undefined };
        const [cardText, valueText] = client.markdownHover
          ? [
              card &&
                markdownOf(card, {
                  hasIcons: client.icons,
                  ...(client.icons ? pageLinks(textDocument.uri, position) : {}),
                }),
              explained && valueMarkdown(explained, scope, links, client.icons),
            ]
          : [card && plainTextOf(card), explained && shortText(explained, scope, links)];
        const value = [cardText, valueText]
          .filter((text) => text !== undefined && text !== '')
          .join(client.markdownHover ? '\n\n---\n\n' : '\n\n');
        const hover: Hover = {
          contents: { kind: client.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText, value },
          range: rangeOf(shift, card, explained, lines, offset),
        };
        return { hover, isOutdated };
      };
      try {
        const first = await answered(await analyzedAt(session, engine, open, offset, token));
        if (!first.isOutdated) return first.hover;
        // It explains the value by a place that was edited since.
      } catch (error) {
        // It names the rules that have findings.
        if (!(error instanceof Unchecked)) throw error;
      }
      await session.results.analyzed(doc, token);
      return (await answered(engine.recent(doc, open.text) ?? { shift: NO_SHIFT })).hover;
    }),
  );
  return { hoverProvider: true };
}

/**
 * The card beside an explanation: the explanation takes the space of a card that the key also shows; a part of a policy
 * has no other place.
 */
function besides(card: Card | undefined, { computed, atKey }: Pick<Explained, 'computed' | 'atKey'>): Card | undefined {
  return computed && !atKey && card?.about !== 'policy' ? undefined : card;
}

interface Answered {
  readonly hover: Hover | null;
  /** Whether it names a place on a line that has changed since the analysis. */
  readonly isOutdated: boolean;
}

const NOTHING: Answered = { hover: null, isOutdated: false };

/** Pauses between the steps of an answer, which ends when the text changes. */
function pausing({ documents }: Session, { doc, text }: OpenDocument, token: CancellationToken): () => Promise<void> {
  const messages = new MessagePause();
  return async () => {
    await messages.pause();
    if (token.isCancellationRequested) throw new Abandoned();
    if (documents.get(doc)?.text !== text) throw new Superseded();
  };
}

/** The links to the pages about the resource at a position. */
function pageLinks(uri: string, { line, character }: Position): Pick<MarkdownOptions, 'page' | 'paths'> {
  const stated = encodeURIComponent(JSON.stringify([{ uri, line, character }]));
  const argument = stated.replaceAll(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
  return { page: `command:stackwarden.showOwnership?${argument}`, paths: `command:stackwarden.showPath?${argument}` };
}

function valueMarkdown(explained: Explained, scope: ExplanationScope, links: Links, hasIcons: boolean): string {
  const text = shortMarkdown(explained, scope, links);
  return hasIcons ? withoutIcons(text) : text;
}

/**
 * The part of an explanation that a hover shows: no literals that no rule read, and no decisions about a whole
 * resource.
 */
function shownPart(explained: Explained | undefined): Explained | undefined {
  if (!explained) return undefined;
  const decisions = explained.onlyBelow ? [] : explained.decisions.filter(({ here }) => here.length > 0);
  return explained.computed || decisions.length > 0 || explained.incomplete ? { ...explained, decisions } : undefined;
}

/** Whether an explanation contains more than that no rule has a finding. */
function isWorthAHover({ computed, decisions, incomplete }: Explained): boolean {
  return computed || incomplete || decisions.some(({ here }) => here.some(({ what }) => what !== 'not-applicable'));
}

/** The range of a hover: at a key, the range of the card, which is that of the key. */
function rangeOf(
  shift: Shift,
  card: Card | undefined,
  explained: Explained | undefined,
  lines: LineIndex,
  offset: number,
): Range {
  const about = rangeNow(shift, card?.range ?? explained!.at);
  return lines.range(about.start <= offset && offset <= about.end ? about : { start: offset, end: offset });
}
