import fc from 'fast-check'

/** The same cases in each run: who changed nothing sees no failure. `npm run test:repeat` draws new ones. */
fc.configureGlobal({ seed: Number(process.env['RMC_SEED'] ?? 2026) })
