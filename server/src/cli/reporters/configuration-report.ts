/** The reports of `config`. */
import { inert, inertJson } from '../../base/inert.ts';
import { LineIndex } from '../../base/line-index.ts';
import type { Span, Uri } from '../../base/span.ts';
import type { EffectiveConfiguration } from '../../engine/effective-configuration.ts';
import type { Writer } from './reporter.ts';

export interface ConfigurationReport {
  /** The file that it applies to; undefined for any file of the current directory. */
  readonly path: string | undefined;
  /** The files of the configuration, the nearest first. */
  readonly files: readonly { readonly path: string; readonly doc: Uri; readonly text: string }[];
  readonly effective: EffectiveConfiguration;
}

/** Each part on a line, with its origin as a comment. */
export const configurationTextWriter: Writer<ConfigurationReport> = { report: (report) => textOf(report) };

/** The same for programs. The shape is stable: fields are added, never changed or removed. */
export const configurationJson: Writer<ConfigurationReport> = { report: (report) => jsonOf(report) };

function textOf(report: ConfigurationReport): string {
  const { path, files, effective } = report;
  const places = placesOf(report);
  const rows = effective.parts.map(({ name, value, origins }) => ({
    text: inert(`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
    origin: inert(origins.map(places).join(', ') || 'default'),
  }));
  const width = Math.min(WIDEST, Math.max(...rows.map(({ text }) => text.length)));
  return [
    `# ${path === undefined ? 'Configuration of this directory' : `Configuration of ${inert(path)}`}`,
    files.length === 0 ? '# No configuration file' : `# Files: ${files.map((file) => inert(file.path)).join(', ')}`,
    ...(effective.isExcluded ? ['# This file is excluded.'] : []),
    ...rows.map(({ text, origin }) => `${text.padEnd(width)}  # ${origin}`),
    '',
  ].join('\n');
}

/** The widest column of settings. */
const WIDEST = 60;

function jsonOf(report: ConfigurationReport): string {
  const { path, files, effective } = report;
  const places = placesOf(report);
  return `${inertJson(
    JSON.stringify({
      version: 1,
      path: path ?? null,
      files: files.map((file) => file.path),
      excluded: effective.isExcluded,
      settings: effective.parts.map(({ name, value, origins }) => ({ name, value, origins: origins.map(places) })),
    }),
  )}\n`;
}

/** A place as `FILE:LINE`. */
function placesOf({ files }: ConfigurationReport): (at: Span) => string {
  const lines = new Map(files.map(({ doc, path, text }) => [doc, { path, index: new LineIndex(text) }]));
  return ({ doc, start }) => {
    const file = lines.get(doc);
    return file ? `${file.path}:${file.index.positionAt(start).line + 1}` : '';
  };
}
