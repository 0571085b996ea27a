import { ChecklistView } from './checklist/checklist-view.tsx'
import { Watch } from './checklist/watch.tsx'
import { accept } from './extensions/accept.tsx'
import { HealthCount } from './health/health-count.tsx'
import { HealthView } from './health/health-view.tsx'
import { Quiet } from './health/quiet.tsx'
import { JourneyView } from './journey/journey-view.tsx'
import { NetworkView } from './network/network-view.tsx'
import { PageMarks } from './page/page-marks.tsx'
import { Dialog } from './palette/dialog.tsx'
import { PlanView } from './plan/plan-view.tsx'
import { sessionOf, writeSession } from './session/session-file.ts'
import { SessionView } from './session/session-view.tsx'
import { SettingsView } from './shell/settings-view.tsx'
import { StatusStrip } from './shell/status-strip.tsx'
import { Detail } from './timeline/detail.tsx'
import { compileExpression } from './timeline/expression.ts'
import { FilterFields } from './timeline/filter-fields.tsx'
import { traceDecisions } from './timeline/performance-track.ts'
import { ViewOptions } from './timeline/view-options.tsx'
import { UserView } from './user/user-view.tsx'
import { WhyView } from './why/why-view.tsx'

/**
 * Parts that load after the panel has opened. They are one module, because a bundler would otherwise make some
 * sixty chunks, which compress to a fifth more.
 */
export const laterParts = {
  accept,
  compileExpression,
  sessionOf,
  traceDecisions,
  writeSession,
  ChecklistView,
  Detail,
  Dialog,
  FilterFields,
  HealthCount,
  HealthView,
  JourneyView,
  NetworkView,
  PageMarks,
  PlanView,
  Quiet,
  SessionView,
  SettingsView,
  StatusStrip,
  UserView,
  ViewOptions,
  Watch,
  WhyView,
}
