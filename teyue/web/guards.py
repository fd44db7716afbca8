"""Pages that only some posts may open."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from teyue.foundation.actors import Power
from teyue.web.people import ActedRequest

View = Callable[..., HttpResponse]


def only_with(*powers: Power) -> Callable[[View], View]:
    """Let a page be opened only by who holds one of some powers, in whichever office."""

    def guarded(view: View) -> View:
        @wraps(view)
        def opened(request: ActedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.actor.may_somewhere(power) for power in powers):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast(View, opened)

    return guarded
