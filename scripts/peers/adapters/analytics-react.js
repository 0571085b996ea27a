import Analytics from 'analytics'
import { createElement } from 'react'
import { AnalyticsProvider, useAnalytics } from 'use-analytics'

function TrackedLink({ event, ...rest }) {
  const { track } = useAnalytics()
  return createElement('a', { ...rest, onClick: () => track(event, { href: rest.href }) })
}

const instance = Analytics({ app: 'peers', plugins: [] })
export const Wrap = ({ children }) => createElement(AnalyticsProvider, { instance }, children)
export const Link = (event, href, text) => createElement(TrackedLink, { key: href, event, href }, text)
