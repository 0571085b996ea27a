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
  const run = text
    .split(/[^A-Za-z\d]+/)
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '')
  if (run.length < 16 || ULID.test(run)) return false
  const bothCases = /[a-z]/.test(run) && /[A-Z]/.test(run)
  const share = run.match(/\d+|[a-z]+|[A-Z]+/g)?.length ?? 0
  return bothCases
    ? text.length >= mixed && share >= 0.45 * run.length
    : run.length >= 26 && /[a-z]/i.test(run) && share >= 0.22 * run.length
}

/** Words of a path that lead to an account or log a user in: the segments after them are seldom words. */
const OPENS =
  /(?:^|[^a-z])(?:reset|tokens?(?![a-z])|verif|confirm|magic|invit|unsubscri|passw|activat|recover|o?auth(?!or)|log-?in|sign-?in|otp|sso|join(?![a-z])|share[ds]?(?![a-z])|einladung|mot-de-passe|kennwort|contrasen|wachtwoord)/i
/** Whose pages are named by checksums. */
const OF_COMMITS = /^(?:commits?|blob|tree|raw|compare)$/
/** `sub_1MowQVLkdIwHu7ixeRlqHVzs`, `user_01h455vb4pex5vsknk084sn02q`: an id that says what it is of. */
const TYPED_ID = /^[a-z]{2,8}_[A-Za-z\d]+$/
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i
/** A word, a camelCase name, a number, `v2`, `512gb`. */
const PLAIN = /^(?:[a-z]{0,15}|[A-Z]{1,15}|[a-z]*(?:[A-Z][a-z]+)+|\d+|[a-z]{1,10}\d{1,2}|\d{1,4}[a-z]{1,4})$/
const FILE = /\.[a-z\d]{2,5}$/i

/**
 * `[token]` in place of each segment that opens something: reset and magic links, invitations, session ids. `random`:
 * also of one that is random, anywhere; names of files and videos are often random.
 */
export function withoutTokens(path: string, random = true): string {
  let opened = false
  let before = ''
  return path
    .split('/')
    .map((segment) => {
      const text = decoded(segment)
      const secret = opensSomething(text, opened, random ? before : undefined)
      opened ||= OPENS.test(text)
      before = text
      return secret ? '[token]' : withoutSecretValues(segment)
    })
    .join('/')
}

function opensSomething(text: string, opened: boolean, before: string | undefined): boolean {
  if (text.length < 6 || text === '[token]') return false
  if (JSON_TOKEN.test(text) || ISSUED_KEY.test(text)) return true
  if (!/^[\w.~=:+-]+$/.test(text)) return false
  if (opened) return UUID.test(text) || text.split(/[^A-Za-z\d]+/).some((part) => !PLAIN.test(part))
  if (before === undefined) return false
  if (isChecksum(text)) return !OF_COMMITS.test(before)
  return !FILE.test(text) && !TYPED_ID.test(text) && isRandom(text, 22)
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
