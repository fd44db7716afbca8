"""A day at 云栖苑 on paper: one lifelike sheet of every form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from teyue.foundation.money import Money
from teyue.web.prints import parts, sheets

Y = Money.yuan


def _signature() -> bytes:
    picture = Image.new("L", (360, 150), "white")
    pen = ImageDraw.Draw(picture)
    pen.line([(20, 60), (70, 30), (60, 110), (120, 50), (150, 120), (210, 30)], "black", 6, "curve")
    pen.line([(180, 90), (250, 60), (240, 120), (340, 40)], "black", 5, "curve")
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


SIGNATURE = _signature()
PLACE = parts.Place(room="2 栋 1 单元 1904", name="赵国栋", phone="138****5678", relation="业主")
LONG = parts.Place(
    room="云栖苑东区 18 栋 3 单元 2801（顶层复式）",
    name="阿依古丽·买买提艾力·吐尔逊",
    phone="138****5678",
    relation="业主的母亲，长期居住",
)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    """Return a moment of November 2026 in Hangzhou."""
    return datetime(2026, 11, day, hour - 8, minute, tzinfo=UTC)


def signed(name: str, hour: int, minute: int = 0) -> parts.Signed:
    return parts.Signed(name, at(hour, minute))


def common(number: str) -> dict[str, Any]:
    return {
        "company": "杭州云栖物业服务有限公司",
        "office": "云栖苑管理处",
        "office_phone": "0571-8600 1102",
        "number": number,
        "printed_at": at(10, 43),
        "printed_by": "陈静",
    }


def charges(count: int) -> tuple[parts.Charge, ...]:
    first = (
        parts.Charge(
            text="深度保洁（厨卫除垢除油，含玻璃内侧）",
            quantity="89.37",
            unit="平方米",
            unit_price=Y("3.80"),
            amount=Y("339.61"),
        ),
        parts.Charge(
            text="休息日加价 20 %",
            quantity="1",
            unit="次",
            unit_price=Y("67.92"),
            amount=Y("67.92"),
        ),
    )
    more = (
        parts.Charge(
            text=f"追加清洗：{n} 号柜体内外、抽屉导轨及顶面",
            quantity="1",
            unit="件",
            unit_price=Y("1280.00"),
            amount=Y("1280.00"),
        )
        for n in range(1, count - 1)
    )
    return (*first, *more)[:count]


ORDER = sheets.OrderSheet(
    **common("F07-YXY1-20261124-0006"),
    place=LONG,
    channel="电话",
    registered_at=at(10, 41),
    registered_by="林晓敏",
    item="给水管漏水抢修",
    variant="明管",
    quantity="1",
    unit="次",
    price="80.00 元/次，材料按成本",
    price_list="第 7 版，2026-07-01 起",
    wish_from=at(14),
    wish_to=at(15),
    urgency="急",
    photos=2,
    description="厨房水槽下方角阀接头滴水，已关户内总阀；接水盆约一小时满。住户自述前日自行拧紧过一次。",
    site_notes="家有一只金毛犬，请先致电；车位满，可停访客区 12–18 号；老人听力不便，请大声。",
    coverage="无协议",
    estimate=Y("168.00"),
    prepay=Y("80.00"),
    prepay_by=at(12),
)


def register(rows: int) -> sheets.DaySheet:
    entries = tuple(
        parts.RegisterRow(
            number=f"F07-YXY1-20261124-{n:04}",
            at=at(8 + n // 8, n % 8 * 7),
            room=f"{n % 18 + 1}-2-1102",
            name="赵国栋" if n % 5 else "阿依古丽·买买提艾力",
            phone="138****5678",
            item="深度保洁" if n % 3 else "油烟机、电热水器拆装（含旧机拆除搬运）",
            quantity="89.37 平方米",
            wish="11-26 09:00–11:00",
            registered_by="林晓敏",
            standing="待预交",
        )
        for n in range(1, rows + 1)
    )
    return sheets.DaySheet(**common("F07-YXY1-20261124"), day=date(2026, 11, 24), rows=entries)


QUOTE = sheets.QuoteSheet(
    **common("Q-0006-1"),
    order_number="F07-YXY1-20261124-0006",
    place=PLACE,
    item="深度保洁",
    lines=charges(2),
    appoint_from=at(9, day=26),
    appoint_to=at(12, day=26),
    total=Y("407.53"),
    prepay=Y("210.00"),
    prepay_rule="合计的 50 %，进到 10 元",
    valid_until=at(10, 43, day=25),
    quoted_by="林晓敏",
    price_list="价目表第 7 版，2026-07-01 起执行",
    pay_code="TEYUE:F07-YXY1-20261124-0006:21000",
)


JOB = sheets.JobSheet(
    **common("F10-YXY1-20261124-0011"),
    order_number="F07-YXY1-20261124-0006",
    visit=1,
    place=LONG,
    item="打孔与挂件安装",
    variant="承重墙",
    quantity="6",
    unit="件",
    appoint_from=at(14),
    appoint_to=at(15, 30),
    provider="工程维修部",
    performer="李建军",
    certificate="低压电工证 至 2028-05-31",
    assigned=signed("林晓敏", 10, 52),
    urgency="一般",
    disturbance="12:00–14:00、20:00 后不得打孔；楼上楼下已告知",
    visit_note="家有一只金毛犬，请先致电；老人听力不便，请大声。",
    accepted_quote=Y("120.00"),
    checklist=(
        "施工前用探测仪确认无管线",
        "孔位请住户画线确认",
        "粉尘随打随吸，地面铺垫",
        "挂件承重试拉 30 秒无松动",
        "完工清场，带走垃圾",
    ),
)


RECEIPT = sheets.ReceiptSheet(
    **common("0028417"),
    purpose="prepayment",
    order_number="F07-YXY1-20261124-0006",
    payer="赵国栋",
    relation="业主",
    room="2 栋 1 单元 1904",
    method="现金",
    amount=Y("170.00"),
    tendered=Y("200.00"),
    change=Y("30.00"),
    particulars="特约服务预交款：深度保洁 89.37 ㎡ × ¥3.80，合计 ¥339.61，预交 50 %",
    issued_at=at(10, 43),
    cashier="陈静",
    appointment="预约 2026-11-26 09:00",
    cancel_rule="上门前 4 小时取消，全额退还。",
    price_list="价目表第 7 版",
    confirmation_code="482 913",
    check_code="TEYUE:F11:0028417:17000",
)


OWNER_WORD = parts.OwnerWord(
    result="有意见确认",
    person="赵国栋",
    relation="业主",
    method="设备签名",
    at=at(16, 5),
    rating=4,
    remark="窗轨清得很干净；第一次到晚了十分钟，希望下次提前来电。",
    content_hash="9f2c41d07ab3e85516f0c1d2e3a4b5c69f2c41d07ab3e85516f0c1d2e3a4b5c6",
    signature=SIGNATURE,
)
RECORD = sheets.RecordSheet(
    **common("F12-YXY1-20261124-0009"),
    order_number="F07-YXY1-20261124-0006",
    visit=1,
    place=LONG,
    item="深度保洁",
    provider="环境部",
    performer="王秀兰、周桂芳",
    appoint_from=at(9),
    appoint_to=at(12),
    arrived_at=at(9, 10),
    started_at=at(9, 15),
    finished_at=at(15, 50),
    minutes=395,
    quantity="89.37",
    unit="平方米",
    work_done="厨房油烟机外壳、灶台、墙砖除油；两卫除垢、地漏疏清；全屋玻璃内侧及窗轨；踢脚线、开关面板擦拭。",
    checklist=(
        parts.Point(text="厨卫除垢除油，手摸无油", done=True),
        parts.Point(text="玻璃内侧无水痕", done=True),
        parts.Point(text="吊灯除尘（住户要求不做）", done=None),
    ),
    materials=(
        parts.Material(
            name="不锈钢角阀 DN15（国标）",
            quantity="1",
            unit="只",
            supplied_by="公司",
            unit_price=Y("32.50"),
            amount=Y("32.50"),
        ),
        parts.Material(name="地漏芯", quantity="2", unit="只", supplied_by="住户"),
    ),
    charges=charges(2),
    amount=Y("407.53"),
    photos_before=4,
    photos_after=6,
    site_cleaned=True,
    remarks="住户自备地漏芯无合格证，已说明不保修，住户知晓。",
    recorded=signed("王秀兰", 15, 58),
    confirmation=OWNER_WORD,
    audit=parts.AuditWord(
        result="通过", auditor="周敏", at=at(17, 20), comment="单价、数量、材料票据相符。"
    ),
)


SETTLEMENT = sheets.SettlementSheet(
    **common("F13-YXY1-20261124-0004"),
    order_number="F07-YXY1-20261124-0006",
    place=PLACE,
    item="深度保洁",
    records="F12-YXY1-20261124-0009",
    lines=charges(3),
    actual=Y("1687.53"),
    accepted_quote=Y("407.53"),
    cap=Y("1687.53"),
    prepaid=Y("210.00"),
    kind="topup",
    due=Y("1477.53"),
    changes=(
        parts.Change(reason="住户追加整体橱柜清洗", accepted_at=at(10, 30), delta=Y("1280.00")),
    ),
    paid=(
        parts.Paid(
            serial="0028417", purpose="预交款", method="现金", at=at(10, 43), amount=Y("210.00")
        ),
    ),
    audited=signed("周敏", 17, 20),
    settled=signed("陈静", 17, 28),
)


REFUND = sheets.RefundSheet(
    **common("F14-YXY1-20261124-0001"),
    order_number="F07-YXY1-20261120-0002",
    place=PLACE,
    payee="赵国栋",
    payee_relation="业主",
    payee_phone="138****5678",
    source="取消退还",
    reason="住户于上门前 26 小时取消，预交款全额退还。",
    principal=Y("1680.00"),
    interest=Y("0.32"),
    amount=Y("1680.32"),
    method="原路退回（微信）",
    account="尾号 3307",
    receipts="0028391、0028392",
    original="lost",
    loss_declaration="LD-20261124-01，本人到场",
    requested=signed("林晓敏", 9, 20),
    reviewed=signed("周敏", 10, 2),
    approved=signed("吴志强", 11, 15),
    cosigned=signed("郑宏", 11, 40),
    paid=signed("陈静", 14, 6),
    payee_signature=SIGNATURE,
)


NOTES = (
    ("100 元", 6, "600.00"),
    ("50 元", 2, "100.00"),
    ("20 元", 2, "40.00"),
    ("10 元", 3, "30.00"),
    ("5 元", 1, "5.00"),
    ("1 元", 4, "4.00"),
    ("5 角", 1, "0.50"),
    ("1 角", 3, "0.30"),
)
CLOSE = sheets.CloseSheet(
    **common("F25-YXY1-20261124-0001"),
    drawer="一号窗口",
    cashier="陈静",
    opened_at=at(8, 25),
    closed_at=at(17, 42),
    takings=(
        parts.Taking(method="现金", receipts=3, taken=Y("411.60"), refunds=1, refunded=Y("131.60")),
        parts.Taking(method="微信", receipts=11, taken=Y("12986.00"), refunds=0, refunded=Y("0")),
        parts.Taking(method="POS", receipts=2, taken=Y("3280.50"), refunds=0, refunded=Y("0")),
    ),
    float_given=Y("500.00"),
    cash_in=Y("411.60"),
    cash_refunds=Y("131.60"),
    banked=Y("0.00"),
    expected=Y("780.00"),
    counted=Y("779.80"),
    variance_kind="short",
    variance=Y("0.20"),
    denominations=tuple(parts.Denomination(face=f, pieces=n, amount=Y(a)) for f, n, a in NOTES),
    variance_reason="找零时少收两角，已当面与住户核对，无法补收。",
    float_kept=Y("500.00"),
    to_bank=Y("279.80"),
    bank_slip="JK-20261124-01",
    first_serial="0028401",
    last_serial="0028416",
    receipts=16,
    voided_serials="No. 0028409（同班作废，原件已收回）",
    reprints=1,
    closed=signed("陈静", 17, 42),
)


EMERGENCY = sheets.EmergencySheet(
    **common("F28-YXY1-20261124-0001"),
    order_number="F07-YXY1-20261124-0013",
    place=LONG,
    item="给水管漏水抢修",
    category="跑水",
    reason="厨房主管接头爆裂，水已流入楼下 2701 户客厅，户内总阀锈死关不住，须立即关栋阀抢修。",
    estimate=Y("300.00"),
    cap=Y("500.00"),
    pay_due_at=at(21, 10, day=25),
    registered=signed("值班 孙磊", 21, 4),
    performer="李建军",
    approved=signed("何伟", 21, 10),
    approver_role="批准人（部门主管）",
    acceptance="到场报价 ¥280.00，住户签字",
    checks=tuple(
        parts.Point(text=t, done=True)
        for t in (
            "急单，险情类别与理由已写明",
            "预计费用不超过限额",
            "本户没有未清的应急单",
            "批准人不是申请人，也不是服务人员",
        )
    ),
)


SAMPLES: dict[str, sheets.Sheet] = {
    "F-07": ORDER,
    "F-07-day": register(18),
    "quote": QUOTE,
    "F-10": JOB,
    "F-11": RECEIPT,
    "F-12": RECORD,
    "F-13": SETTLEMENT,
    "F-14": REFUND,
    "F-25": CLOSE,
    "F-28": EMERGENCY,
}
