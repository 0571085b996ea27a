#!/bin/sh
# Starts a Firefox that ends with the process that started it, also where that is killed: Playwright's own handler does not run then.
exec setpriv --pdeathsig TERM "$RMC_FIREFOX" "$@"
