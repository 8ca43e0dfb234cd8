/** Writes the lists of rules, with which everything else is bundled. */
import { IDS_FILE, INDEX_FILE, ruleIdList, ruleIndex, rulePaths } from '../rule-index.ts';
import { writeChanged } from './write-changed.ts';

const paths = rulePaths();
writeChanged(INDEX_FILE, ruleIndex(paths));
writeChanged(IDS_FILE, ruleIdList(paths));
