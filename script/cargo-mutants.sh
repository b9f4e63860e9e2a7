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
# What stands under `target_arch = "wasm32"` in common/src/lib.rs.
programs_only=$(awk '/target_arch = "wasm32"/ { next_one = 1; next }
    next_one && /mod / { sub(/;/, ""); print $NF } { next_one = 0 }' common/src/lib.rs)
exclude=(--exclude common/src/mutants.rs)
for module in $programs_only; do
    exclude+=(--exclude "common/src/$module.rs" --exclude "common/src/$module/**")
done
mkdir -p ../target
exec cargo mutants --package emetis-common --output ../target "${exclude[@]}" "$@" \
    -- --release --config profile.release.lto=false --config profile.release.codegen-units=16
