import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

/** A pong that nobody asked for (RFC 6455, 5.5.3): it takes no answer. Firefox refuses a masking key of zeros. */
const PONG = Buffer.from([0x8a, 0x80, 1, 2, 3, 4])

/** The first bytes of Firefox's WebDriver BiDi, whose server is httpd.js. */
const isFirefox = (chunk: Buffer) =>
  /^HTTP\/1\.1 101 .*\r\nserver: httpd\.js\r\n/is.test(chunk.toString('latin1'))

let done = false

/**
 * Makes each step in Firefox up to five times as fast. Its server holds an answer back until the one before is acknowledged
 * (Nagle's algorithm), which Linux does after 40 ms, unless this side has something to send: here a pong for each answer. Of
 * the connections that this process opens from now on.
 */
export function hastenFirefox(): void {
  if (done) return
  done = true
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket: Socket }
    // Prepended: an ordinary listener would make the data flow before its reader is there.
    socket.prependOnceListener('data', (first: Buffer) => {
      if (isFirefox(first)) socket.on('data', () => socket.writable && socket.write(PONG))
    })
  })
}
