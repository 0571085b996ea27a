import { afterEach, beforeEach, expect, test } from 'vitest'
import { stayHere } from '../../src/storybook/preview/stay-here.ts'

let canvas: HTMLElement
let link: HTMLElement
let end = () => {}

beforeEach(() => {
  canvas = document.createElement('div')
  canvas.innerHTML = '<a href="/elsewhere">Elsewhere</a>'
  document.body.append(canvas)
  link = canvas.firstElementChild as HTMLElement
  end = stayHere(canvas)
})
afterEach(() => {
  end()
  canvas.remove()
})

/** True if the browser would follow it. It does not: that would end the tests. */
function follows(clicked: HTMLElement): boolean {
  let followed = false
  const instead = (event: Event) => {
    followed = !event.defaultPrevented
    event.preventDefault()
  }
  const last = clicked.isConnected ? window : clicked
  last.addEventListener('click', instead, { once: true })
  clicked.click()
  return followed
}

test('no link leads away from a story', () => {
  expect(follows(link)).toBe(false)
})

test('nor does one that its play function clicks when the story has ended, before and after the link is removed', () => {
  end()
  expect(follows(link)).toBe(false)
  link.remove()
  expect(follows(link)).toBe(false)
})

test('links of the page that follows lead where they lead', () => {
  end()
  canvas.innerHTML = '<a href="/elsewhere">Elsewhere</a>'
  expect(follows(canvas.firstElementChild as HTMLElement)).toBe(true)
})
