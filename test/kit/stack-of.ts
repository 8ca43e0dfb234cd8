import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { documentStack, stacksOf } from '../../server/src/engine/analyzed-stacks.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import type { Stack } from '../../server/src/model/resource.ts';
import { memoryReader } from './memory-reader.ts';

/**
 * The stack of the first of some documents, by their names below one folder.
 * @param configuration The text of the configuration.
 */
export function stackOf(files: Readonly<Record<string, string>>, configuration = ''): Stack {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`file:///w/${name}`, text]));
  const [doc] = texts.keys();
  const options: AnalysisOptions = {
    profile: 'strict',
    certainty: 'certain',
    configuration: readConfiguration('file:///w/.stackwarden.yaml', configuration).configuration,
  };
  const cache = new ParseCache();
  const snapshot = collect(memoryReader(texts), [doc!], options, cache);
  return documentStack(stacksOf(snapshot, options, cache), doc!)!.stack;
}
