import { PostHogCaptureOnViewed, PostHogProvider } from '@posthog/react'
import posthog from 'posthog-js'
import { createElement } from 'react'

export const Wrap = ({ children }) => createElement(PostHogProvider, { client: posthog }, children)
export const Impression = (_, href, text) =>
  createElement(PostHogCaptureOnViewed, { key: href, name: href }, createElement('a', { href }, text))
