#!/usr/bin/env bash
# Write the locks anew: hashes of every file, and no address of where it came from.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
for name in base dev; do
    ../.venv/bin/uv pip compile "$name.in" --output-file "$name.txt" --quiet \
        --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links
done
cd ..
npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved \
    --no-audit --no-fund --loglevel=error
if grep -nE '://|"resolved"|--(extra-)?index-url|--find-links' requirements/*.txt package-lock.json |
    grep -v '"url": "'; then
    echo "A lock names an address." >&2
    exit 1
fi
