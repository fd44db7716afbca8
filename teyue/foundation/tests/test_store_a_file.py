from __future__ import annotations

import base64
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.http import Http404
from PIL import Image, ImageDraw

from teyue.foundation.files import kinds, pictures, shelf
from teyue.foundation.files.kinds import Content, FileKind
from teyue.foundation.files.models import Attachment
from teyue.foundation.files.operations import erase, store
from teyue.foundation.files.serving import answer
from teyue.foundation.refusal import Refused
from teyue.foundation.tests.cast import AT, GUEST, LIN

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
OWNER = ("paperwork.slip", 7)


def kind(content: Content) -> FileKind:
    return FileKind(
        code=f"test.{content.value}",
        label="试",
        content=content,
        kept=timedelta(days=30),
        opened_by=lambda attachment, actor: actor.id == attachment.stored_by,
    )


PHOTO, SCAN, SIGNATURE = (kind(content) for content in Content)


@pytest.fixture(autouse=True)
def shelves(settings, tmp_path: Path, db: None) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(form: str = "JPEG", size: tuple[int, int] = (64, 48), **said) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "green").save(out, form, **said)
    return out.getvalue()


def drawing(stroke: int) -> bytes:
    pad, out = Image.new("RGBA", (300, 120)), BytesIO()
    ImageDraw.Draw(pad).line([(20, 60), (20 + stroke, 60)], fill="black", width=3)
    pad.save(out, "PNG")
    return out.getvalue()


def keep(given: bytes, kind: FileKind = PHOTO) -> Attachment:
    return store(given, kind=kind, owner=OWNER, actor=LIN, at=AT)


def refused(code: str, given: bytes, kind: FileKind = PHOTO) -> None:
    with pytest.raises(Refused) as caught:
        keep(given, kind)
    assert caught.value.code == code
    assert not Attachment.objects.exists()
    assert not list(Path(shelf.where("00").parent.parent).glob("*/*"))


def test_a_photo_is_written_anew_without_what_the_camera_told():
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera", 6

    kept = keep(picture(exif=exif.tobytes()))

    stored = Image.open(shelf.where(kept.sha256))
    assert (stored.format, stored.size, len(stored.getexif())) == ("JPEG", (48, 64), 0)


def test_a_large_photo_is_made_smaller():
    kept = keep(picture(size=(4032, 3024)))

    assert Image.open(shelf.where(kept.sha256)).size == (2000, 1500)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_what_a_file_is_counts_and_not_its_name(form: str):
    assert keep(picture(form)).media_type == "image/jpeg"


@pytest.mark.parametrize("given", [b"", b"MZ\x90 photo.jpg", b"<svg/>", picture("GIF"), PDF])
def test_what_is_no_picture_is_refused(given: bytes):
    refused("file_not_an_image", given)


def test_a_picture_that_ends_too_soon_is_refused():
    refused("file_unreadable", picture(size=(600, 600))[:-400])


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    refused("file_too_large", picture("PNG", (9000, 9000)))


def test_a_heavy_file_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_PICTURE", 100)

    refused("file_too_large", picture())


def test_a_scan_may_be_a_pdf_and_is_kept_as_it_came():
    kept = keep(PDF, SCAN)

    assert (kept.media_type, shelf.where(kept.sha256).read_bytes()) == ("application/pdf", PDF)


def test_half_a_pdf_is_refused():
    refused("file_unreadable", PDF[:12], SCAN)


def test_a_drawn_signature_is_kept_as_ink_on_paper():
    url = pictures.DATA_URL + base64.b64encode(drawing(120)).decode()

    kept = keep(pictures.drawn_signature(url), SIGNATURE)

    assert Image.open(shelf.where(kept.sha256)).getpixel((0, 0)) == 255
    assert kept.media_type == "image/png"


@pytest.mark.parametrize("stroke", [0, 4])
def test_a_blank_signature_is_refused(stroke: int):
    refused("signature_blank", drawing(stroke), SIGNATURE)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("data:text/html;base64,PGI+", "file_not_an_image"),
        ("data:image/png;base64,***", "file_unreadable"),
        ("data:image/png;base64,PGI+", "file_not_an_image"),
    ],
)
def test_a_signature_that_is_no_picture_is_refused(url: str, code: str):
    with pytest.raises(Refused) as caught:
        pictures.drawn_signature(url)

    assert caught.value.code == code


def test_a_picture_is_shown_to_who_may_open_it():
    response = answer(keep(picture()).pk, actor=LIN)

    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("inline")
    response.close()


def test_a_pdf_is_saved_and_never_shown():
    response = answer(keep(PDF, SCAN).pk, actor=LIN)

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    response.close()


def test_nobody_else_learns_that_a_file_is_there(monkeypatch):
    kept = keep(picture())

    with pytest.raises(Http404):
        answer(kept.pk, actor=GUEST)
    monkeypatch.delitem(kinds._kinds, PHOTO.code)
    with pytest.raises(Http404):
        answer(kept.pk, actor=LIN)


def test_a_file_is_erased_when_its_time_is_over():
    kept = keep(picture())

    early = erase(AT + timedelta(days=30))
    late = erase(AT + timedelta(days=31))

    assert (early, late, shelf.where(kept.sha256).exists()) == (0, 1, False)
    assert Attachment.objects.get().erased_at == AT + timedelta(days=31)


def test_bytes_that_another_file_needs_stay():
    first = keep(picture())
    second = store(picture(), kind=PHOTO, owner=OWNER, actor=LIN, at=AT + timedelta(days=10))

    erase(AT + timedelta(days=31))

    assert first.sha256 == second.sha256
    assert shelf.is_whole(second.sha256)
