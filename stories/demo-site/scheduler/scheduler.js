// Stands for Calendly's page: it sends the messages of
// https://developer.calendly.com/api-docs/overview/embedding/notifying-the-parent-window, and takes the e-mail as Calendly does.
const email = new URLSearchParams(location.search).get('email') ?? ''
const [form] = document.forms
const confirmation = document.querySelector('section')

/**
 * To a page of any origin, with addresses that have personal data in them.
 * @param {string} event
 * @param {object} payload
 */
const send = (event, payload = {}) => parent.postMessage({ event: `calendly.${event}`, payload }, '*')

form?.addEventListener('change', () => send('date_and_time_selected'))
form?.addEventListener('submit', (event) => {
  event.preventDefault()
  form.hidden = true
  if (confirmation) confirmation.hidden = false
  confirmation?.querySelector('span')?.append(email || 'you')
  confirmation?.querySelector('h1')?.focus()
  const meeting = 'https://api.calendly.com/scheduled_events/demo'
  send('event_scheduled', { event: { uri: meeting }, invitee: { uri: `${meeting}/invitees/${email}` } })
})

send('event_type_viewed')
