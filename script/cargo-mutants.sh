#!/usr/bin/env bash
# Mutates the pure modules under contracts/common and expects their native tests to notice:
# `script/cargo-mutants.sh [ARGUMENTS OF cargo mutants]`. Some minutes to an hour.
#
# The mutants that `emetis mutants` tries are written by hand and run as compiled programs; these are
# mechanical and native. Modules that exist in programs only are left out: nothing native calls them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../contracts"

if ! cargo mutants --version >/dev/null 2>&1; then
    echo "cargo-mutants is missing; install it with: cargo install --locked cargo-mutants" >&2
    exit 2
fi
exec cargo mutants --package emetis-common --output ../target/cargo-mutants \
    --exclude common/src/mutants.rs "$@" -- --release
