#!/usr/bin/env bash
# Collect every Chinese message into teyue/locale/, keeping what is translated already.
set -euo pipefail
cd "$(dirname "$0")/.."
catalog=teyue/locale/en/LC_MESSAGES/django.po
if [[ ! -f $catalog ]]; then
    mkdir -p "$(dirname "$catalog")"
    cat >"$catalog" <<'HEADER'
# What people read, in English. The Chinese stands in the code.
msgid ""
msgstr ""
"Project-Id-Version: teyue\n"
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
HEADER
fi
.venv/bin/teyue makemessages --locale en --no-wrap --no-location --no-obsolete --verbosity 0 \
    --ignore '.venv/*' --ignore 'node_modules/*' --ignore 'build/*' --ignore 'data/*' \
    --ignore 'tests/*' --ignore 'bench/*' --ignore 'scripts/*' --ignore 'teyue/web/static/*'
# A guess is no translation, a date is no change, and sorted lines keep differences small.
msgattrib --clear-fuzzy --empty --clear-previous --sort-output --no-wrap --no-location \
    --output-file "$catalog" "$catalog"
sed -i -e '/^"\(POT-Creation\|PO-Revision\)-Date:/d' -e '/^#[.|]/d' "$catalog"
msgfmt --check-format --statistics --output-file /dev/null "$catalog"
