import { attempt } from './attempt.ts'
import { bounded, MAX_TEXT } from './bounded.ts'
import { encodedOnce } from './decoded.ts'

/**
 * Matches keys with a known prefix: Stripe, GitHub, GitLab, AWS, Google, Slack, npm, SendGrid, Twilio, Databricks,
 * Postman, Discord, Telegram, Mailgun, Mailchimp, Brevo, Supabase, Netlify, PlanetScale, Sentry and others.
 */
export const ISSUED_KEY = new RegExp(
  [
    '(?:[prs]k|rzp)_(?:live|test)_\\w{6,}',
    '(?:whsec|gh[oprsu]|github_pat|npm|hf|shp(?:at|ca|pa|ss)|do[opr]_v1|lin_api|dckr_pat|secret|figd|gl(?:sa|c)|sbp|nfp|ntn|phx|sntrys|pscale_(?:tkn|pw)|rubygems)_[A-Za-z\\d]{10}[\\w-]*',
    '(?:xox[a-z]|xapp|gl(?:pat|ptt|dt|rt|cbt|ft|agent)|pypi|GOCSPX|sq0[a-z]{3}|sk-(?:proj|ant|svcacct)|xkeysib|NRAK|CFPAT)-[\\w.-]{14,}',
    'sk-[A-Za-z\\d]{20,}',
    'A[KS]IA[A-Z\\d]{16}',
    '(?:AC|SK|dapi|key-|pul-)[\\da-f]{32,}',
    '[\\da-f]{32}-us\\d{1,2}',
    '\\d{8,10}:AA[\\w-]{30,}',
    '1//0[\\w-]{20,}',
    'AGE-SECRET-KEY-1[A-Z\\d]{50,}',
    'access-(?:production|sandbox|development)-[\\da-f-]{36}',
    'PMAK-[\\da-f]{24}-[\\da-f]{34}',
    '[MNO][A-Za-z\\d]{23,25}\\.[\\w-]{6}\\.[\\w-]{27,}',
    'AIza[\\w-]{30,}',
    '(?:ya29|hvs)\\.[\\w-]{20,}',
    'hooks\\.slack\\.com/services/[\\w/]{20,}',
    'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
  ].join('|'),
)

/** Matches JSON Web Tokens and other JSON in base64. */
const JSON_TOKEN = /^eyJ[\w-]{6,}/

/** Matches `token=…`, `PHPSESSID=…`, `"api_key": "…"`. Groups: the name, the separator and the value. */
const SECRET_PAIR =
  /((?:^|[^\w])(?:[\w.-]{0,30}(?:sess(?:ion)?[_-]?id|token|secret|signature|passw(?:or)?d|passwort|pwd|(?:api|auth|access|account|private)[_-]?key)|[\w.-]{0,30}[._-]session|session(?==)|ASPSESSIONID\w{0,10}|wordpress_(?:logged_in|sec)_\w{1,40}|S?SESS[\da-f]{32}|(?:[\w.-]{0,30}[._-])?sid)["']?)(\s*[:=]\s*)(["']?[^\s"'&;,<>[\]{}()]{6,})/gi

/**
 * Replaces values of secrets by `[token]`. After anything but a plain `=`, a value without a digit stays: it may be a
 * word, as in "password: required".
 */
export function withoutSecretValues(text: string, onFound = () => {}): string {
  return text.replace(SECRET_PAIR, (pair, name: string, separator: string, value: string) => {
    if (separator !== '=' && !/\d/.test(value)) return pair
    onFound()
    return `${name}${separator}[token]`
  })
}

/** Matches 40 characters of base64, as secret keys of AWS have. Groups: the text before the key, and the key. */
export const AWS_KEY = /(^|[^\w+-])([A-Za-z\d+/]{40})(?![\w+/=-])/g

export function isAwsKey(text: string): boolean {
  return inBothCases(text) && /\d/.test(text) && (text.match(/\d+|[a-z]+|[A-Z]+/g) as string[]).length > 14
}

const withoutAwsKeys = (text: string): string =>
  text.replace(AWS_KEY, (match, edge: string, key: string) => (isAwsKey(key) ? `${edge}[token]` : match))

/**
 * Matches checksums of 160 bits and more, and trace ids (https://www.w3.org/TR/trace-context). They identify content,
 * not people.
 */
const CHECKSUM =
  /^(?:[\da-f]{40}|[\da-f]{56}|[\da-f]{64}|[\da-f]{96}|[\da-f]{128}|00-[\da-f]{32}-[\da-f]{16}-\d\d)$/i
const ULID = /^0[0-7][a-z\d]{24}$/i

export const isChecksum = (text: string): boolean => CHECKSUM.test(text)

/**
 * Returns true if letters and digits look random: at least 26 in one case, or a text of at least `mixed` characters in
 * both cases. Ids in common use are shorter (nanoid, cuid, ObjectId) or have a known form (UUID, ULID).
 */
export function isRandom(text: string, mixed: number): boolean {
  const parts = text.split(/[^A-Za-z\d]+/)
  const longest = parts.reduce((long, part) => (part.length > long.length ? part : long), '')
  // Names contain dashes and underscores, too, not only base64url.
  const cut = longest.length < 16 && inBothCases(text) && wordShare(text) < 0.3
  const run = cut ? parts.join('') : longest
  if (run.length < 16 || ULID.test(run)) return false
  const share = run.match(/\d+|[a-z]+|[A-Z]+/g)?.length ?? 0
  return inBothCases(run)
    ? text.length >= mixed && share >= 0.45 * run.length
    : run.length >= 26 && /[a-z]/i.test(run) && share >= 0.22 * run.length
}

const inBothCases = (text: string): boolean => /[a-z]/.test(text) && /[A-Z]/.test(text)

/**
 * Matches words of a path that lead to an account or log a user in. A segment beside them that is not a word is
 * probably a secret.
 */
const OPENS = new RegExp(
  `(?:^|[^a-z])(?:${[
    'reset|(?:tokens?|session|claim|guest|join|share[ds]?|[2m]fa|otp|sso)(?![a-z])|verif|confirm|magic|invit|accept|passw|activat|recover|regist|cancel',
    'o?auth(?!or)|(?:auto-?)?log-?in|sign-?(?:in|up)|unsubscri|opt-?out|callback|preferences|aktivi?er|freischalt',
    // German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Danish, Norwegian and Turkish.
    'zur(?:ue|ü)cksetz|best(?:ae|ä)tig|a[abfn]n?meld|einlad|kennwort|mot-de-passe|r[eé]initialis|d[eé]s(?:inscri|abonn)|connexion|vergessen|oubli',
    'restablec|recupera|contrase|iniciar-ses|redefinir|senha|convite|reimposta|conferm|disiscri|accedi',
    'wachtwoord|bevestig|uitnodig|inlog|has[lł]|potwierd|zaprosz|zalog|l[oö]senord|passord|[aå]terst[aä]ll|bekr[aäæ]ft|[sş]ifre|do[gğ]rula',
  ].join('|')})`,
  'i',
)
/** Returns true for a segment with one of these words, also inside a name such as `createPassword`. */
const opens = (segment: string): boolean => OPENS.test(segment.replace(/([a-z])([A-Z])/g, '$1-$2'))

/** Matches those of them that may also follow the id of an item: `/orders/B0CHX1W1XY/share`. */
const OF_THINGS = /^(?:share|join|accept|invit|preferences|cancel|session)/i
/** Matches the channel through which a code was sent: `/login/email/482913`. */
const SENT_BY = /^(?:code|e?-?mail|sms|phone|pin)$|@/i
/** Matches a code as services send it: `482913`, `483-920`; not `20260131`, a date. */
const CODE = /^(?!(?:19|20)\d\d[01]\d[0-3]\d$)\d{3}[ -]?\d{3,}$/
/** Matches pages of repositories that a checksum identifies: `/commit/9fceb02`. */
const OF_COMMITS = /^(?:commits?|blob|tree|raw|compare)\/[\da-f]+$/i
/** Matches an id that begins with its type: `sub_1MowQVLkdIwHu7ixeRlqHVzs`, `user_01h455vb4pex5vsknk084sn02q`. */
const TYPED_ID = /^[a-z]{2,8}_[A-Za-z\d]+$/
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i
/** Matches a word, a number, `v2`, `512gb`, `es2026`, `RFC6238`. */
const PLAIN =
  /^(?:[a-z]{0,15}|[A-Z]{1,15}|\d+|(?:[A-Z]?[a-z]{1,10}|[A-Z]{1,10})\d{1,2}|\d{1,4}[a-z]{1,4}|[A-Za-z][a-z]+20\d\d|(?:office|iso|rfc|erc|ISO|RFC|ERC)\d+)$/
const FILE = /\.[a-z\d]{2,5}$/i

/**
 * Matches most addresses: a host, and a path of words. No pattern of this file or of the detectors matches inside one.
 */
const PLAIN_ADDRESS =
  /^(?:https?:\/\/(?:(?:[a-z-]+\.)*[a-z-]+|127\.0\.0\.1)(?::\d{1,5})?)?(?:\/[a-z]{0,15}(?:-[a-z]{1,15})*)*$/

/** Returns true for an address of words alone, which contains no secret and no personal data. */
export const isPlainAddress = (text: string): boolean => text.length <= MAX_TEXT && PLAIN_ADDRESS.test(text)

/**
 * Replaces each path segment that grants access by `[token]`: reset and magic links, invitations, session ids. `random`
 * (default true) also replaces segments that look random; names of files and videos often do.
 */
export function withoutTokens(path: string, random = true): string {
  if (isPlainAddress(path)) return path
  return bounded(path, (short) => withoutTokensIn(short, random))
}

function withoutTokensIn(path: string, random: boolean): string {
  const segments = withoutAwsKeys(path).split('/')
  const texts = segments.map(decodedSegment)
  let opened = false
  return segments
    .map((segment, index) => {
      const text = texts[index] as string
      const before = texts[index - 1] ?? ''
      const after = texts[index + 1] ?? ''
      const secret =
        isKey(text) ||
        (/^[\w.~=:+ -]{6,}$/.test(text) &&
          !OF_COMMITS.test(`${before}/${text}`) &&
          ((opened && isOpener(text, before)) ||
            (opens(after) && !OF_THINGS.test(after) && isOpenerBefore(text)) ||
            (random && isRandomSegment(text))))
      opened ||= opens(text)
      return secret ? '[token]' : withoutSecretValues(segment)
    })
    .join('/')
}

/** Returns true for a known kind of key, also for a server's address with user and password in one segment. */
const isKey = (text: string): boolean =>
  text.length > 5 &&
  (JSON_TOKEN.test(text) ||
    ISSUED_KEY.test(text) ||
    withoutAwsKeys(text) !== text ||
    /[:/\\][/\\][^/\\]+@/.test(text))

/** Returns true if a segment after a word of `OPENS` grants access. */
function isOpener(text: string, before: string): boolean {
  if (CODE.test(text)) return opens(before) || SENT_BY.test(before)
  return UUID.test(text) || !isWords(text)
}

/**
 * Returns true if a segment before a word of `OPENS` grants access. Ids of items are usual there, so that only longer
 * texts count.
 */
function isOpenerBefore(text: string): boolean {
  return text.length > 7 && !UUID.test(text) && !TYPED_ID.test(text) && !FILE.test(text) && !isWords(text)
}

function isRandomSegment(text: string): boolean {
  return isChecksum(text) || (!FILE.test(text) && !TYPED_ID.test(text) && isRandom(text, 22))
}

/** Returns true for words, numbers and names made of both: `how-it-works-v2`, `iPhone15Pro`, `h2o-filter`. */
export function isWords(text: string): boolean {
  return text
    .split(/[^A-Za-z\d]+/)
    .every(
      (part) =>
        PLAIN.test(part) ||
        (wordShare(part) > 0.5 && !/\d{3}/.test(part)) ||
        (part.length < 8 && wordShare(text) > 0.5),
    )
}

/** Returns the share of letters and digits that form words which can be pronounced, 0-1. */
function wordShare(text: string): number {
  const words = text.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? []
  const spoken = words.filter((word) => /.[aeiouy]|[aeiouy]./i.test(word) && !/[^aeiouy]{4}/i.test(word))
  return spoken.join('').length / text.replace(/[^A-Za-z\d]+/g, '').length
}

function decodedSegment(segment: string): string {
  return attempt(() => decodeURIComponent(encodedOnce(segment))) ?? segment
}
