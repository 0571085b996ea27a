import type { RefAttributes, VideoHTMLAttributes } from 'react'

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      /** The element of `hls-video-element`, which has the interface of a `<video>`. */
      'hls-video': VideoHTMLAttributes<HTMLElement> & RefAttributes<HTMLElement> & { 'data-testid'?: string }
    }
  }
}
