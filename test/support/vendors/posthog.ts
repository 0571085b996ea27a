import posthog from 'posthog-js'

const watches = new URL(location.href).searchParams.has('watch')

// First the module as it is before `init`, as an application has it that configures it later.
Object.assign(globalThis, { posthog })
const init = () =>
  posthog.init('phc_test', {
    api_host: `${location.origin}/posthog`,
    advanced_disable_flags: true,
    autocapture: watches,
    capture_dead_clicks: false,
    capture_heatmaps: watches,
    rageclick: watches,
    capture_pageview: false,
    capture_pageleave: false,
    disable_compression: true,
    disable_external_dependency_loading: true,
    disable_session_recording: true,
    disable_surveys: true,
    // PostHog sends nothing for a headless browser otherwise.
    opt_out_useragent_filter: true,
    request_queue_config: { flush_interval_ms: 250 },
  })
setTimeout(init, 200)
