/**
 * Start of a formula as spreadsheets read a cell, also in full-width characters:
 * https://owasp.org/www-community/attacks/CSV_Injection. An apostrophe before it makes it text. These are texts of regular
 * expressions, because databases read them, too.
 */
export const FORMULA = '^(?:[\\s"\']*[=+\\-@＝＋－＠]|[\\t\\r\\n])'

/**
 * Start of a formula after another separator, for a spreadsheet that does not separate cells at commas and ignores the
 * quotes. Groups: the separator, and the start.
 */
export const FORMULA_INSIDE = '([;|\\t\\r\\n][\\s"\']*)([=+\\-@＝＋－＠])'
