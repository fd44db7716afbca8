"""Staff, their posts and certificates."""

from __future__ import annotations

from datetime import date

import pytest

from teyue.register.importing import reading
from teyue.register.importing.tests.books import staff


def only(change):
    return reading.read(staff(change)).staff[0]


@pytest.mark.parametrize(
    ("department", "post", "role"),
    [
        ("管理处", "管理处经理", "OM"), ("客户服务中心", "客户服务中心主管", "CS"),
        ("客户服务中心", "主管", "CS"), ("客户服务中心", "客服接待", "RC"),
        ("工程部", "部门主管", "DS"), ("工程部", "维修技工", "ST"), ("秩序部", "物业管理员", "ST"),
        ("财务部", "管理处收银员", "CA"), ("财务部", "财务主管", "FN"),
        ("财务部", "部门主管", "FN"), ("管理处", "总经理", "GM"),
    ],
)  # fmt: skip
def test_a_post_gives_a_role(department, post, role):
    assert only({"部门": department, "岗位": post}).role == role


def test_cost_and_first_day_are_read():
    row = only({"工时成本(元/小时)": "32.5元/小时", "入职日期": "2019.8.26"})

    assert (row.cost_fen_per_hour, row.hired_on) == (3250, date(2019, 8, 26))
    assert row.department_kind == "engineering"


def test_several_certificates_have_their_own_days():
    row = only({"持证": "低压电工、高处作业", "证书有效期至": "2028-04-05、2027-03-19"})

    kinds = [(certificate.kind, certificate.valid_to) for certificate in row.certificates]
    assert kinds == [("low_voltage", date(2028, 4, 5)), ("height", date(2027, 3, 19))]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"持证": "低压电工"}, "I"), ({"持证": "飞行证", "证书有效期至": "2028-04-05"}, "H"),
        ({"岗位": "船长"}, "D"), ({"部门": "航海部"}, "C"), ({"工号": ""}, "A"),
        ({"工时成本(元/小时)": -3}, "G"), ({"姓名": "张三、李四"}, "B"), ({"电话": "139"}, "E"),
    ],
)  # fmt: skip
def test_a_bad_cell_stops_the_row(change, column):
    found = reading.read(staff(change))

    assert found.staff == ()
    assert [fault.column for fault in found.faults] == [column]


def test_an_employee_number_given_twice_stops_the_later_row():
    found = reading.read(staff({}, {"姓名": "何桐", "电话": "13800001111"}))

    assert [row.row for row in found.staff] == [2]
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, "A")]
