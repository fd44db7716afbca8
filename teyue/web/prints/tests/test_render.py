"""Every form comes out on paper with what must stand on it."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from teyue.web.prints import engine
from teyue.web.prints.catalog import FORMS
from teyue.web.prints.engine import render
from teyue.web.prints.tests.samples import ORDER, SAMPLES, SETTLEMENT

LABELS = engine.TEMPLATES / "labels"
PAGES = {"F-07-day": 2, "F-11": 3}


def text_of(pdf: bytes) -> str:
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True)
    return read.stdout.decode()


def words_of(pdf: bytes) -> str:
    read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True)
    return "".join(read.stdout.decode().split())


def pages_of(pdf: bytes) -> int:
    read = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True)
    return int(read.stdout.decode().split("Pages:")[1].split()[0])


def captions(labels: dict[str, object], path: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in labels.items():
        here = f"{path}/{key}"
        found |= captions(value, here) if isinstance(value, dict) else {here}
    return found


def labels(language: str) -> dict[str, object]:
    loaded: dict[str, object] = json.loads((LABELS / f"{language}.json").read_text("utf-8"))
    return loaded


def test_every_form_has_a_sample():
    assert SAMPLES.keys() == FORMS.keys()


def test_both_languages_have_the_same_labels():
    assert captions(labels("zh-hans")) == captions(labels("en"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_a_pdf(form, language):
    data = replace(SAMPLES[form], language=language)

    pdf = render(form, data)

    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_a_form_keeps_to_its_pages(form, language):
    data = replace(SAMPLES[form], language=language)

    pdf = render(form, data)

    assert pages_of(pdf) == PAGES.get(form, 1)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_names_number_contract_partner_and_way_to_complain(form):
    data = SAMPLES[form]

    said = text_of(render(form, data))

    assert data.number in said
    assert f"与您订立合同的是{data.company}" in said
    assert all(word in said for word in ("业主委员会", "街道办事处", "12345", "12315", "人民法院"))
    assert f"依据 §{FORMS[form].clause}" in said.replace("§ ", "§")


@pytest.mark.parametrize("form", sorted(FORMS.keys() - {"F-11", "F-25"}))
def test_a_masked_phone_comes_out_unharmed(form):
    said = text_of(render(form, SAMPLES[form]))

    assert "138****5678" in said


@pytest.mark.parametrize("form", [f for f in FORMS if SAMPLES[f].derived()])
def test_a_sum_is_spelled_out(form):
    data = SAMPLES[form]

    said = text_of(render(form, data))

    assert all(words in said for words in data.derived().values())


def test_markup_in_a_value_is_only_text():
    data = replace(ORDER, description="*粗* _斜_ #panic() $x$ @谁 // 备注 <a> \\ `码`")

    said = text_of(render("F-07", data))

    assert "*粗* _斜_ #panic() $x$ @谁 // 备注 <a> \\ `码`" in said


def test_the_same_data_gives_the_same_bytes():
    data = SETTLEMENT

    first, second = render("F-13", data), render("F-13", data)

    assert first == second


def test_data_of_another_form_is_a_type_error():
    data = SETTLEMENT

    with pytest.raises(TypeError, match="ReceiptSheet"):
        render("F-11", data)


def test_a_naive_time_is_a_type_error():
    data = SETTLEMENT
    naive = datetime(2026, 11, 24, 17, 20)  # noqa: DTZ001

    with pytest.raises(TypeError, match="aware"):
        render("F-13", replace(data, audited=replace(data.audited, at=naive)))


def test_the_typesetter_is_named_in_one_module_only():
    rooms = Path(engine.__file__).parent.glob("*.py")

    naming = [room.name for room in rooms if '"typst"' in room.read_text("utf-8")]

    assert naming == ["engine.py"]
