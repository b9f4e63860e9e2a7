#!/usr/bin/env bash
# Ten million calls: `script/long-campaign.sh [SEED]`. Some three minutes on two cores.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly DEPTH=60
readonly CASES=$((10000000 / DEPTH + 1))

mkdir -p target/emetis
exec cargo run --release --locked -- fuzz --cases "$CASES" --depth "$DEPTH" \
    --seed "${1:-$(date +%s)}" --json target/emetis/long-campaign.json
