#!/usr/bin/env bash
# What CI runs.
exec "$(dirname "${BASH_SOURCE[0]}")/../.ci/run" "$@"
