import { Tracking } from '../tracking.jsx'
import { Pages } from './pages-of-app.jsx'

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <Tracking>
          <Pages />
          {children}
        </Tracking>
      </body>
    </html>
  )
}
