import { useRouter } from 'next/router'
import { usePage } from 'react-microconversions'
import { flush, Tracking } from '../tracking.jsx'

function Pages() {
  const { pathname, asPath } = useRouter()
  usePage(pathname, { key: asPath.split(/[?#]/)[0] })
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
