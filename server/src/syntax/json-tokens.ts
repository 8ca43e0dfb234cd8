/** The kinds of tokens and errors of jsonc-parser's scanner, whose own constant enumerations cannot be imported. */
export const OPEN_BRACE_TOKEN = 1,
  CLOSE_BRACE_TOKEN = 2,
  OPEN_BRACKET_TOKEN = 3,
  CLOSE_BRACKET_TOKEN = 4,
  COMMA_TOKEN = 5,
  COLON_TOKEN = 6,
  NULL_TOKEN = 7,
  TRUE_TOKEN = 8,
  FALSE_TOKEN = 9,
  STRING_TOKEN = 10,
  NUMBER_TOKEN = 11,
  LINE_COMMENT_TOKEN = 12,
  BLOCK_COMMENT_TOKEN = 13,
  LINE_BREAK_TOKEN = 14,
  TRIVIA_TOKEN = 15,
  UNKNOWN_TOKEN = 16,
  END_TOKEN = 17;

export const NO_ERROR = 0,
  UNCLOSED_COMMENT = 1,
  UNCLOSED_STRING = 2,
  BAD_UNICODE = 4,
  BAD_ESCAPE = 5;

/** The number of tokens that are read in one step. */
export const TOKENS_OF_STEP = 2048;
