from __future__ import annotations

import pytest

from teyue.foundation.refusal import Refused
from teyue.register.parameters.defaults import BY_KEY, check


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("order.register_min", "10", "parameter_kind"),
        ("order.register_min", True, "parameter_kind"),
        ("confirm.remind_h", 24, "parameter_kind"),
        ("confirm.remind_h", (), "parameter_kind"),
        ("plan.emergency_item", 1, "parameter_kind"),
        ("plan.emergency_item", "perhaps", "parameter_choice"),
        ("prepay.ratio_bp", 10_001, "parameter_range"),
        ("order.register_min", 0, "parameter_range"),
        ("confirm.remind_h", (24, 0), "parameter_range"),
        ("agr.cooling_d", 6, "parameter_range"),
        ("announce.lead.stop_d", 29, "parameter_range"),
        ("agr.cap_fen", 500_001, "parameter_range"),
    ],
)
def test_a_value_that_may_not_be_is_refused_with_its_key_and_clause(key, value, code):
    with pytest.raises(Refused) as refusal:
        check(BY_KEY[key], value)

    assert refusal.value.code == code
    assert (refusal.value.field, refusal.value.clause) == (key, BY_KEY[key].clause)


def test_the_sentence_tells_the_bounds_and_their_basis():
    with pytest.raises(Refused) as refusal:
        check(BY_KEY["emergency.due_h"], 25)

    assert str(refusal.value) == (
        "“应急先行后补交的期限”应在 1 至 24 之间（依据：设计默认值），请您修改后再保存。"
    )


def test_the_sentence_tells_the_options():
    with pytest.raises(Refused) as refusal:
        check(BY_KEY["agr.cooling_goodwill"], "perhaps")

    assert "准予、不予" in str(refusal.value)
