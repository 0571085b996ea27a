import { bounded } from './bounded.ts'

/** Keys that name their issuer: Stripe, GitHub, GitLab, AWS, Google, Slack, npm, SendGrid, Twilio, Databricks, Postman, Discord and others. */
export const ISSUED_KEY = new RegExp(
  [
    '[prs]k_(?:live|test)_\\w{6,}',
    '(?:whsec|gh[oprsu]|github_pat|npm|hf|shp(?:at|ca|pa|ss)|do[opr]_v1|lin_api|dckr_pat|secret|figd|glsa)_[A-Za-z\\d]{10}[\\w-]*',
    '(?:xox[a-z]|xapp|gl(?:pat|ptt|dt|rt|cbt|ft|agent)|pypi|GOCSPX|sq0[a-z]{3}|sk-(?:proj|ant|svcacct))-[\\w.-]{14,}',
    'sk-[A-Za-z\\d]{20,}',
    'A[KS]IA[A-Z\\d]{16}',
    '(?:AC|SK|dapi)[\\da-f]{32}',
    'PMAK-[\\da-f]{24}-[\\da-f]{34}',
    '[MNO][A-Za-z\\d]{23,25}\\.[\\w-]{6}\\.[\\w-]{27,}',
    'AIza[\\w-]{30,}',
    '(?:ya29|hvs)\\.[\\w-]{20,}',
    'hooks\\.slack\\.com/services/[\\w/]{20,}',
    'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
  ].join('|'),
)

/** JSON Web Tokens, and other base64 of JSON. */
const JSON_TOKEN = /^eyJ[\w-]{6,}/

/** `token=…`, `PHPSESSID=…`, `"api_key": "…"`: what comes before, how it is separated, and the value. */
const SECRET_PAIR =
  /((?:^|[^\w])(?:[\w.-]{0,30}(?:sess(?:ion)?[_-]?id|token|secret|passw(?:or)?d|passwort|pwd|(?:api|auth|access|account|private)[_-]?key)|(?:[\w.-]{0,30}[._-])?sid)["']?)(\s*[:=]\s*)(["']?[^\s"'&;,<>[\]{}()]{6,})/gi

/** `[token]` in place of the values; one after a colon, or in prose, may be a word: "password: required". */
export function withoutSecretValues(text: string, onFound = () => {}): string {
  return text.replace(SECRET_PAIR, (pair, name: string, separator: string, value: string) => {
    if (separator !== '=' && !/\d/.test(value)) return pair
    onFound()
    return `${name}${separator}[token]`
  })
}

/** 40 characters of base64, as secret keys of AWS are: what comes before, and the key. */
export const AWS_KEY = /(^|[^\w+-])([A-Za-z\d+/]{40})(?![\w+/=-])/g

export function isAwsKey(text: string): boolean {
  return inBothCases(text) && /\d/.test(text) && (text.match(/\d+|[a-z]+|[A-Z]+/g) as string[]).length > 14
}

const withoutAwsKeys = (text: string): string =>
  text.replace(AWS_KEY, (match, edge: string, key: string) => (isAwsKey(key) ? `${edge}[token]` : match))

/** Checksums of 160 bits and more, and trace ids (https://www.w3.org/TR/trace-context): they say what, not who. */
const CHECKSUM =
  /^(?:[\da-f]{40}|[\da-f]{56}|[\da-f]{64}|[\da-f]{96}|[\da-f]{128}|00-[\da-f]{32}-[\da-f]{16}-\d\d)$/i
const ULID = /^0[0-7][a-z\d]{24}$/i

export const isChecksum = (text: string): boolean => CHECKSUM.test(text)

/**
 * True if letters and digits look random: 128 bits and more, in one case or at least `mixed` characters of
 * both. Ids in common use are shorter (nanoid, cuid, ObjectId), or say so (UUID, ULID).
 */
export function isRandom(text: string, mixed: number): boolean {
  const parts = text.split(/[^A-Za-z\d]+/)
  const longest = parts.reduce((long, part) => (part.length > long.length ? part : long), '')
  // base64url has dashes and underscores; so have names.
  const cut = longest.length < 16 && inBothCases(text) && wordShare(text) < 0.3
  const run = cut ? parts.join('') : longest
  if (run.length < 16 || ULID.test(run)) return false
  const share = run.match(/\d+|[a-z]+|[A-Z]+/g)?.length ?? 0
  return inBothCases(run)
    ? text.length >= mixed && share >= 0.45 * run.length
    : run.length >= 26 && /[a-z]/i.test(run) && share >= 0.22 * run.length
}

const inBothCases = (text: string): boolean => /[a-z]/.test(text) && /[A-Z]/.test(text)

/** Words of a path that lead to an account or log a user in: the segments beside them are seldom words. */
const OPENS = new RegExp(
  `(?:^|[^a-z])(?:${[
    'reset|(?:tokens?|session|claim|guest|join|share[ds]?|[2m]fa|otp|sso)(?![a-z])|verif|confirm|magic|invit|accept|passw|activat|recover|regist|cancel',
    'o?auth(?!or)|(?:auto-?)?log-?in|sign-?(?:in|up)|unsubscri|opt-?out|callback|preferences|aktivi?er|freischalt',
    // German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Danish, Norwegian and Turkish.
    'zur(?:ue|ü)cksetz|best(?:ae|ä)tig|a[abfn]n?meld|einladung|kennwort|mot-de-passe|r[eé]initialis|d[eé]s(?:inscri|abonn)|connexion|vergessen|oubli',
    'restablec|recupera|contrase|iniciar-ses|redefinir|senha|convite|reimposta|conferm|disiscri|accedi',
    'wachtwoord|bevestig|uitnodig|inlog|has[lł]|potwierd|zaprosz|zalog|l[oö]senord|passord|[aå]terst[aä]ll|bekr[aäæ]ft|[sş]ifre|do[gğ]rula',
  ].join('|')})`,
  'i',
)
/** Those that may come after the name of a thing: `/orders/B0CHX1W1XY/share`. */
const OF_THINGS = /^(?:share|join|accept|invit|preferences|cancel|session)/i
/** Says how a code was sent: `/login/email/482913`. */
const SENT_BY = /^(?:code|e?-?mail|sms|phone|pin)$/i
/** A code as it is sent: `482913`, `483-920`; not `20260131`. */
const CODE = /^(?!(?:19|20)\d\d[01]\d[0-3]\d$)\d{3}[ -]?\d{3,}$/
/** Whose pages are named by checksums: `/commit/9fceb02`. */
const OF_COMMITS = /^(?:commits?|blob|tree|raw|compare)\/[\da-f]+$/i
/** `sub_1MowQVLkdIwHu7ixeRlqHVzs`, `user_01h455vb4pex5vsknk084sn02q`: an id that says what it is of. */
const TYPED_ID = /^[a-z]{2,8}_[A-Za-z\d]+$/
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i
/** A word, a number, `v2`, `512gb`, `es2026`, `RFC6238`. */
const PLAIN =
  /^(?:[a-z]{0,15}|[A-Z]{1,15}|\d+|(?:[A-Z]?[a-z]{1,10}|[A-Z]{1,10})\d{1,2}|\d{1,4}[a-z]{1,4}|[A-Za-z][a-z]+20\d\d|(?:office|iso|rfc|erc|ISO|RFC|ERC)\d+)$/
const FILE = /\.[a-z\d]{2,5}$/i

/**
 * `[token]` in place of each segment that opens something: reset and magic links, invitations, session ids. `random`:
 * also of one that is random, anywhere; names of files and videos are often random.
 */
export function withoutTokens(path: string, random = true): string {
  return bounded(path, (short) => withoutTokensIn(short, random))
}

function withoutTokensIn(path: string, random: boolean): string {
  const segments = withoutAwsKeys(path).split('/')
  const texts = segments.map(decoded)
  let opened = false
  return segments
    .map((segment, index) => {
      const text = texts[index] as string
      const before = texts[index - 1] ?? ''
      const after = texts[index + 1] ?? ''
      const secret =
        isKey(text) ||
        (/^[\w.~=:+-]{6,}$/.test(text) &&
          !OF_COMMITS.test(`${before}/${text}`) &&
          ((opened && isOpener(text, before)) ||
            (OPENS.test(after) && !OF_THINGS.test(after) && isOpenerBefore(text)) ||
            (random && isRandomSegment(text))))
      opened ||= OPENS.test(text)
      return secret ? '[token]' : withoutSecretValues(segment)
    })
    .join('/')
}

/** Also the address of a server with its user and password, in one segment. */
const isKey = (text: string): boolean =>
  text.length > 5 &&
  (JSON_TOKEN.test(text) ||
    ISSUED_KEY.test(text) ||
    withoutAwsKeys(text) !== text ||
    /[:/\\][/\\][^/\\]+@/.test(text))

/** After a word that opens something. */
function isOpener(text: string, before: string): boolean {
  if (CODE.test(text)) return OPENS.test(before) || SENT_BY.test(before)
  return UUID.test(text) || !isWords(text)
}

/** Before such a word ids of things are usual, so that only what is longer counts. */
function isOpenerBefore(text: string): boolean {
  return text.length > 7 && !UUID.test(text) && !TYPED_ID.test(text) && !FILE.test(text) && !isWords(text)
}

function isRandomSegment(text: string): boolean {
  return isChecksum(text) || (!FILE.test(text) && !TYPED_ID.test(text) && isRandom(text, 22))
}

/** Words, numbers and names made of both: `how-it-works-v2`, `iPhone15Pro`, `h2o-filter`. */
function isWords(text: string): boolean {
  return text
    .split(/[^A-Za-z\d]+/)
    .every(
      (part) =>
        PLAIN.test(part) ||
        (wordShare(part) > 0.5 && !/\d{3}/.test(part)) ||
        (part.length < 8 && wordShare(text) > 0.5),
    )
}

/** How much of the letters and digits can be spoken, 0-1. */
function wordShare(text: string): number {
  const words = text.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? []
  const spoken = words.filter((word) => /.[aeiouy]|[aeiouy]./i.test(word) && !/[^aeiouy]{4}/i.test(word))
  return spoken.join('').length / text.replace(/[^A-Za-z\d]+/g, '').length
}

function decoded(segment: string): string {
  try {
    // Once or often.
    return decodeURIComponent(segment.replace(/%(?:25)+(?=[\da-f]{2})/gi, '%'))
  } catch {
    return segment
  }
}
