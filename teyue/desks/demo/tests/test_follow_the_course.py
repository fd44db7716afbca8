from __future__ import annotations

import pytest

from teyue.procedure.booking.models import Standing


@pytest.mark.parametrize(
    ("builder", "standing"),
    [
        ("quoted", Standing.QUOTED),
        ("booked", Standing.AWAITING_PAYMENT),
        ("paid", Standing.READY),
        ("dispatched", Standing.DISPATCHED),
        ("started", Standing.IN_SERVICE),
        ("recorded", Standing.TO_CONFIRM),
        ("confirmed", Standing.TO_AUDIT),
        ("audited", Standing.TO_SETTLE),
        ("settled", Standing.SETTLED),
    ],
)
@pytest.mark.django_db
def test_an_order_comes_to_stand_where_its_builder_says(builder, standing, request):
    order = request.getfixturevalue(builder)()

    assert order.standing == standing
    assert order.number.startswith("F07-YXY1-20261124-")
