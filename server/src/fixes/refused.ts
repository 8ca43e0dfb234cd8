/**
 * Says that a change cannot be written, in a sentence for people. It is thrown within `fixes/` alone: the entry points catch
 * it and give the reason as an answer.
 */
export class Refused extends Error {}
