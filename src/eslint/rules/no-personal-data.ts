import { lintRule } from '../rule.ts'
import { bare, type Node, nameOf, pathOf } from '../syntax.ts'
import { isIdentifyCall, isInProperties, optionOf } from '../tracking.ts'

/** Names of personal data, in lower case and without separators. */
const personal = new Set([
  ...['email', 'mail', 'emailaddress', 'useremail', 'phone', 'phonenumber', 'telephone', 'mobile', 'tel'],
  ...[
    'firstname',
    'lastname',
    'fullname',
    'surname',
    'username',
    'birthday',
    'birthdate',
    'dateofbirth',
    'dob',
  ],
  ...['password', 'passwd', 'ssn', 'iban', 'cardnumber', 'creditcard', 'cvc', 'cvv', 'passport'],
  ...['streetaddress', 'ip', 'ipaddress', 'accesstoken', 'apikey'],
])
const isPersonal = (name: string | undefined) =>
  name !== undefined && personal.has(name.replaceAll(/[_\-\s]/g, '').toLowerCase())

/** Returns whether a value is written in the source: it is then the same for all users. */
const isFixed = (node: Node | undefined) =>
  node?.type === 'Literal' || (node?.type === 'TemplateLiteral' && node.expressions?.length === 0)

export const noPersonalData = lintRule(
  'no-personal-data',
  'Disallow personal data in properties and in identify()',
  (report) => ({
    Property(node) {
      const name = nameOf(node)
      if (!isPersonal(name) || isFixed(bare(node.value as Node)) || !isInProperties(node)) return
      report(
        node,
        `"${name}" is personal data by its name, and goes to all destinations. Leave it out, or send a category in its place. If the value is harmless, disable the rule here and say why.`,
      )
    },
    CallExpression(node) {
      const name = isIdentifyCall(node) ? pathOf(node.arguments?.[0])?.at(-1) : undefined
      const options = node.arguments?.[1]
      if (!isPersonal(name) || (options && options.type !== 'ObjectExpression')) return
      if (optionOf(node, 1, 'hash')) return
      report(
        node,
        `identify(${name}) stores and sends personal data as the user's id. Pass the id of your database, or { hash: 'sha-256' }.`,
      )
    },
  }),
  'suggestion',
)
