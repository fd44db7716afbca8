from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from teyue.desks.prints import views
from teyue.web.people import ActedRequest
from teyue.web.shapes import Problem

router = Router(tags=["打印"])
_PDF = {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}


@router.get(
    "/prints/{form}/{number}",
    operation_id="prints.sheet",
    summary="打印",
    response={frozenset({401, 404, 409, 422}): Problem},
    openapi_extra={"responses": {200: {"description": "PDF", **_PDF}}},
)
def sheet(request: ActedRequest, form: str, number: str) -> HttpResponse:
    """打印一张受控表单（PDF），并记入打印记录。form 如 F-07、F-11；收据的原件只打一次，
    以后先补打（cashier.reprint），再以 ?n=第几次 取。"""
    return views.pdf(request, form, number)
