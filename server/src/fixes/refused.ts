/**
 * Thrown when a change cannot be written, with a message for users. It stays within `fixes/`: the entry points catch it
 * and return the message.
 */
export class Refused extends Error {}
