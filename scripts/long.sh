#!/usr/bin/env bash
# Start the long runs of one kind (prove, bench, shots) on a PostgreSQL of their own.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=$1
[[ -f $kind/__main__.py ]] || { echo "There is no $kind/__main__.py here." >&2; exit 1; }
exec .venv/bin/python scripts/postgres.py run --durable -- .venv/bin/python -m "$kind"
