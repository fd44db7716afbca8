from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Router

from teyue.desks.prints import views
from teyue.web.people import ActedRequest
from teyue.web.shapes import Problem

router = Router(tags=[gettext_noop("打印")])
_PDF = {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}


@router.get(
    "/prints/{form}/{number}",
    operation_id="prints.sheet",
    summary=gettext_noop("打印"),
    response={frozenset({401, 404, 409, 422}): Problem},
    openapi_extra={"responses": {200: {"description": "PDF", **_PDF}}},
)
def sheet(request: ActedRequest, form: str, number: str) -> HttpResponse:
    """Print a controlled form (PDF), such as F-07 or F-11, and note who printed it.

    The original of a receipt is printed once; ask for another by ``cashier.reprint``, then fetch
    it with ``?n=`` and which copy it is.
    """
    return views.pdf(request, form, number)
