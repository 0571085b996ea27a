import { cloneElement, createContext, createElement, useCallback, useContext } from 'react'
import { create } from './floor.js'

const Tracker = createContext(undefined)

function TrackedLink({ event, ...rest }) {
  const tracker = useContext(Tracker)
  return createElement('a', { ...rest, onClick: () => tracker.track(event, { href: rest.href }) })
}

const seen = new WeakMap()
const observer = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) seen.get(target)?.()
})

function Seen({ name, children }) {
  const tracker = useContext(Tracker)
  const watch = useCallback(
    (element) => {
      seen.set(element, () => tracker.track('row_seen', { name }))
      observer.observe(element)
      return () => observer.unobserve(element)
    },
    [tracker, name],
  )
  return cloneElement(children, { ref: watch })
}

const tracker = create('/collect')
export const Wrap = ({ children }) => createElement(Tracker, { value: tracker }, children)
export const Link = (event, href, text) => createElement(TrackedLink, { key: href, event, href }, text)
export const Impression = (_, href, text) =>
  createElement(Seen, { key: href, name: href }, createElement('a', { href }, text))
