#!/usr/bin/env bash
# Bring the tree to a working state. A step runs again only if what it reads has changed.
# Usage: setup.sh base|dev
set -euo pipefail
cd "$(dirname "$0")/.."
packages=$1
stamps=.venv/stamps
# Stands while pip works: what a killed pip leaves behind looks installed and is not.
unfinished=.venv/unfinished

# The folder itself is the lock: it is there before anything is made, and nothing replaces it.
exec 9<.
flock --nonblock 9 || {
    echo "· 本文件夹里另一次安装正在进行，等它完成 (another set-up is at work here; waiting for it)"
    flock 9
}

# once NAME RESULT FINGERPRINT COMMAND…: run COMMAND unless RESULT came from the same FINGERPRINT.
once() {
    local name=$1 result=$2 fingerprint=$3
    shift 3
    [[ -e $result && -f $stamps/$name && $(<"$stamps/$name") == "$fingerprint" ]] && return
    echo "· $name"
    # What is interrupted from here on is done again, whatever was there before.
    rm -f "$stamps/$name"
    "$@"
    mkdir -p "$stamps"
    echo "$fingerprint" >"$stamps/$name"
}

fingerprint() { sha256sum -- "$@" | sha256sum | cut -c1-64; }
files() { find "$@" -type f -not -name '*.pyc' 2>/dev/null | LC_ALL=C sort; }
fingerprint_of() { files "$@" | xargs -r -d '\n' sha256sum | sha256sum | cut -c1-64; }

# remember NAME FOLDER: note what is in FOLDER, so that later somebody may ask whether all is there.
remember() { find "$2" -maxdepth 3 -not -path '*/__pycache__*' >"$stamps/$1.held"; }

# remembers NAME: tell whether all that was noted is still there.
remembers() { [[ -s $stamps/$1.held ]] && xargs -d '\n' ls -d -- <"$stamps/$1.held"; } >/dev/null 2>&1

# Tell whether the environment was made here and to its end, and has all that it once had.
is_whole() {
    [[ -f $stamps/environment && $(<"$stamps/environment") == "$PWD" && ! -e $unfinished ]] &&
        .venv/bin/python -c 'import pip' 2>/dev/null && remembers packages
}

environment() {
    echo "· environment"
    python3 -m venv --clear .venv || { system python3-venv && python3 -m venv --clear .venv; }
    mkdir -p "$stamps"
    remember packages .venv/lib/python*/site-packages
    pwd >"$stamps/environment"
}

system() {
    local missing=()
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
            missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    # Finishes what a killed installation began.
    dpkg --configure -a
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -yqq --no-install-recommends "${missing[@]}"
}

install() {
    touch "$unfinished"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"
    remember packages .venv/lib/python*/site-packages
    rm "$unfinished"
}

python_packages() { install --require-hashes --requirement "requirements/$1.txt"; }

ourselves() { install --no-deps --no-build-isolation --editable .; }

assets() {
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    node scripts/assets.mjs
    remember assets teyue/web/static/vendor
}

collect() {
    TEYUE_DATA=build/collect .venv/bin/teyue collectstatic --clear --noinput --verbosity 0
    rm -rf build/collect
}

is_whole || environment
[[ $packages == dev ]] && once debian /usr/bin/chromium "chromium fonts-noto-cjk gettext poppler-utils" \
    system chromium fonts-noto-cjk gettext poppler-utils
# dev.txt holds base.txt, so whoever has the first has the second.
wanted=$(fingerprint requirements/base.txt "requirements/$packages.txt")
held=$(fingerprint requirements/base.txt requirements/dev.txt)
[[ -f $stamps/python-dev && $(<"$stamps/python-dev") == "$held" ]] ||
    once "python-$packages" .venv/bin/python "$wanted" python_packages "$packages"
once teyue .venv/bin/teyue "$(fingerprint pyproject.toml)" ourselves
remembers assets || rm -f $stamps/assets
once assets teyue/web/static/vendor "$(fingerprint package-lock.json scripts/assets.mjs)" assets
catalog=teyue/locale/en/LC_MESSAGES/django
once messages $catalog.mo "$(fingerprint $catalog.po)" \
    .venv/bin/pybabel --quiet compile --directory teyue/locale --domain django
once static build/static "$(fingerprint requirements/base.txt teyue/config/static.py) $(fingerprint_of teyue/*/static teyue/*/*/static)" collect
