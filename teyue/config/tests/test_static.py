from __future__ import annotations

from pathlib import Path

from django.core.files.base import ContentFile

from teyue.config.static import Hashed


def test_a_script_imports_its_modules_by_what_is_in_them(tmp_path: Path):
    shelf = Hashed(location=tmp_path, base_url="/static/")
    for name, text in {"app.js": 'import { go } from "./page.js";\n', "page.js": "//\n"}.items():
        shelf.save(name, ContentFile(text.encode()))
    paths = {name: (shelf, name) for name in ("app.js", "page.js")}

    list(shelf.post_process(paths))

    page = shelf.hashed_files["page.js"]
    assert f'from "./{page}"' in (tmp_path / shelf.hashed_files["app.js"]).read_text()
