import { createRoot } from 'react-dom/client'
import { createTracker, MicroconversionProvider } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { Home, Layout } from './pages'
import { plan } from './plan'

const tracker = createTracker({ plan })

const router = createBrowserRouter([
  {
    Component: Layout,
    children: [
      { path: '/', Component: Home },
      { path: '/pricing', element: <h1>Pricing</h1> },
    ],
  },
])

createRoot(document.getElementById('root')!).render(
  <MicroconversionProvider tracker={tracker}>
    <RouterProvider router={router} />
    <MicroconversionDevtools />
  </MicroconversionProvider>,
)
