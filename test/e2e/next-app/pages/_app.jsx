import { useRouter } from 'next/router'
import { usePage } from 'react-microconversions'
import { flush, Tracking } from '../tracking.jsx'

function Pages() {
  const { isReady, asPath, pathname, locale } = useRouter()
  usePage({ pathname: isReady ? asPath : undefined, template: pathname, key: locale })
  if ('window' in globalThis) globalThis.flush = flush
  return null
}

export default function App({ Component, pageProps }) {
  return (
    <Tracking>
      <Pages />
      <Component {...pageProps} />
    </Tracking>
  )
}
