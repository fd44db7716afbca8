#!/usr/bin/env bash
# Collect every Chinese message into locale/, keeping what is translated already.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p locale
.venv/bin/teyue makemessages --locale en --no-wrap --no-location \
    --ignore '.venv/*' --ignore 'node_modules/*' --ignore 'build/*' --ignore 'teyue/web/static/*'
