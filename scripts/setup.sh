#!/usr/bin/env bash
# Bring the tree to a working state. A step runs again only if what it reads has changed.
# Usage: setup.sh base|dev
set -euo pipefail
cd "$(dirname "$0")/.."
packages=$1
stamps=.venv/stamps

# once NAME RESULT FINGERPRINT COMMAND…: run COMMAND unless RESULT came from the same FINGERPRINT.
once() {
    local name=$1 result=$2 fingerprint=$3
    shift 3
    [[ -e $result && -f $stamps/$name && $(<"$stamps/$name") == "$fingerprint" ]] && return
    echo "· $name"
    "$@"
    mkdir -p "$stamps"
    echo "$fingerprint" >"$stamps/$name"
}

fingerprint() { sha256sum -- "$@" | sha256sum | cut -c1-64; }
files() { find "$@" -type f -not -name '*.pyc' 2>/dev/null | LC_ALL=C sort; }
fingerprint_of() { files "$@" | xargs -r -d '\n' sha256sum | sha256sum | cut -c1-64; }

environment() {
    python3 -m venv .venv || { system python3-venv && python3 -m venv --clear .venv; }
}

system() {
    local missing=()
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
            missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -yqq --no-install-recommends "${missing[@]}"
}

python_packages() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --require-hashes --requirement "requirements/$1.txt"
}

ourselves() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --no-deps --no-build-isolation --editable .
}

assets() {
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    node scripts/assets.mjs
}

collect() {
    TEYUE_DATA=build/collect .venv/bin/teyue collectstatic --clear --noinput --verbosity 0
    rm -rf build/collect
}

[[ -x .venv/bin/python ]] || environment
[[ $packages == dev ]] && once debian /usr/bin/chromium "chromium fonts-noto-cjk gettext poppler-utils" \
    system chromium fonts-noto-cjk gettext poppler-utils
# dev.txt holds base.txt, so whoever has the first has the second.
wanted=$(fingerprint requirements/base.txt "requirements/$packages.txt")
held=$(fingerprint requirements/base.txt requirements/dev.txt)
[[ -f $stamps/python-dev && $(<"$stamps/python-dev") == "$held" ]] ||
    once "python-$packages" .venv/bin/python "$wanted" python_packages "$packages"
once teyue .venv/bin/teyue "$(fingerprint pyproject.toml)" ourselves
once assets teyue/web/static/vendor "$(fingerprint package-lock.json scripts/assets.mjs)" assets
[[ -d locale ]] && once messages locale "$(files locale | grep '\.po$' | xargs -r -d '\n' cat | sha256sum)" \
    .venv/bin/pybabel --quiet compile --directory locale --domain django
once static build/static "$(fingerprint requirements/base.txt teyue/config/static.py) $(fingerprint_of teyue/*/static teyue/*/*/static)" collect
