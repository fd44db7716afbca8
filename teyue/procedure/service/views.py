from __future__ import annotations

from django.http import FileResponse
from django.views.decorators.http import require_GET

from teyue.foundation.files.serving import answer
from teyue.web.people import ActedRequest


@require_GET
def file(request: ActedRequest, number: int) -> FileResponse:
    """Give a file back to those who may open it."""
    return answer(number, actor=request.actor)
