import { lazy } from 'react'
import type { AnyTracker, Decision } from 'react-microconversions'
import {
  type CodePlace,
  type DestinationExtension,
  type DevtoolsExtensions,
  MicroconversionDevtools,
  MicroconversionPanel,
  microconversionsPlugin,
  type PayloadProps,
} from 'react-microconversions/devtools'
import {
  MicroconversionPanel as PanelInProduction,
  microconversionsPlugin as pluginInProduction,
} from 'react-microconversions/devtools/production'
import type { Equal } from './equal.ts'

declare const tracker: AnyTracker

export const extensions: DevtoolsExtensions = {
  tabs: [
    {
      id: 'costs',
      title: 'Costs',
      View: ({ tracker: { record } }) => <p>{record.get().decisions.length}</p>,
    },
    { id: 'late', title: 'Late', View: lazy(async () => ({ default: () => <p>Late</p> })) },
    // @expect TS2741 "'View' is missing"
    { id: 'nothing', title: 'Nothing' },
  ],
  columns: [
    { id: 'team', title: 'Team', value: ({ properties }) => String(properties?.['team'] ?? '') },
    // @expect TS2322 "'number' is not assignable"
    { id: 'size', title: 'Size', value: ({ number }) => number },
  ],
  destinations: {
    http: { Payload: ({ payload, decision }) => <p>{typeof payload + decision.event}</p> },
  },
  styles: 'p { margin: 0 }',
}

export const payload: Equal<PayloadProps, { readonly payload: unknown; readonly decision: Decision }> = true
export const summary: DestinationExtension = { Summary: undefined }

const editorUrl = ({ file, line, column }: CodePlace) => `vscode://file/${file}:${line}:${column}`

export const everywhere = [
  <MicroconversionDevtools key="1" extensions={extensions} editorUrl={editorUrl} />,
  <MicroconversionPanel key="2" extensions={undefined} editorUrl={undefined} />,
  <PanelInProduction key="3" enabled because="staging" extensions={extensions} />,
  microconversionsPlugin(tracker),
  microconversionsPlugin(tracker, { extensions, editorUrl }),
  pluginInProduction(tracker, { enabled: true, because: 'staging', extensions }),
]
