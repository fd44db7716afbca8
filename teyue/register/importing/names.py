"""The words of the workbooks: sheets, columns, and what people write for each code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from teyue.register.estate import naming


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its meaning; ``captions`` are the headings that people give it."""

    key: str
    caption: str
    captions: tuple[str, ...] = ()
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of sheet."""

    kind: str
    caption: str
    titles: tuple[str, ...]
    columns: tuple[Column, ...]

    def key_of(self, heading: str) -> str:
        """Return the key of the column with this heading, empty if there is none."""
        return _keys(self).get(bare(heading), "")


def bare(heading: str) -> str:
    """Return a heading without blanks, marks and what stands in brackets."""
    heading = re.sub(r"\([^)]*\)", "", naming.plain(heading))
    return re.sub(r"[\s*:：、\[\]【】]", "", heading)


@cache
def _keys(layout: Layout) -> dict[str, str]:
    return {
        caption: column.key
        for column in layout.columns
        for caption in (bare(column.caption), *column.captions)
    }


HOUSEHOLDS = Layout(
    "households",
    "房屋与住户",
    ("住户", "房屋", "业主"),
    (
        Column("building", "楼栋", ("栋", "楼号", "楼栋号", "栋号", "楼幢", "幢号", "楼宇", "座")),
        Column("unit", "单元", ("单元号", "门", "梯")),
        Column("room", "房号", ("室号", "房间号", "房间", "门牌号", "房屋编号", "户号", "室")),
        Column(
            "area", "建筑面积", ("面积", "产权面积", "房屋面积", "建面", "建筑面积m2", "面积m2")
        ),
        Column("status", "房屋状态", ("状态", "入住状态", "使用状态", "居住状态", "入住情况")),
        Column(
            "name", "业主姓名", ("姓名", "住户姓名", "住户", "业主", "户主", "客户姓名", "名字")
        ),
        Column(
            "phone",
            "业主电话",
            ("电话", "手机", "手机号", "手机号码", "联系电话", "电话号码", "住户电话", "联系方式"),
        ),
        Column("relation", "身份", ("住户身份", "身份类型", "关系", "住户类型", "与业主关系")),
        Column("moved_in", "入住日期", ("入住时间", "入伙日期", "迁入日期", "入住"), needed=False),
        Column("size", "家庭人口", ("人口", "人数", "常住人口", "居住人数"), needed=False),
        Column("remark", "备注", ("说明", "附注", "备注说明"), needed=False),
    ),
)

STAFF = Layout(
    "staff",
    "员工",
    ("员工", "人员", "职工", "花名册"),
    (
        Column("employee_no", "工号", ("员工编号", "员工号", "编号", "职工号")),
        Column("name", "姓名", ("员工姓名", "名字")),
        Column("department", "部门", ("所属部门", "所在部门")),
        Column("post", "岗位", ("职务", "职位", "岗位名称")),
        Column("phone", "电话", ("手机", "手机号", "手机号码", "联系电话", "电话号码", "联系方式")),
        Column("hired_on", "入职日期", ("入职时间", "到岗日期", "入职"), needed=False),
        Column("cost", "工时成本", ("小时成本", "工时费", "时薪", "工时单价"), needed=False),
        Column("certificates", "持证", ("证书", "持证情况", "资格证", "证件"), needed=False),
        Column(
            "valid_to",
            "证书有效期至",
            ("证书有效期", "有效期至", "有效期", "证书到期日"),
            needed=False,
        ),
    ),
)

FIRMS = Layout(
    "firms",
    "分包方",
    ("分包", "外包", "供应商", "供方", "合作单位"),
    (
        Column(
            "name", "公司名称", ("名称", "单位名称", "企业名称", "分包方名称", "分包方", "公司")
        ),
        Column("uscc", "统一社会信用代码", ("信用代码", "社会信用代码", "税号", "纳税人识别号")),
        Column("contact", "联系人", ("联系人姓名", "负责人")),
        Column("phone", "电话", ("联系电话", "手机", "手机号", "联系方式", "电话号码")),
        Column("items", "承接项目", ("服务项目", "项目", "项目编号", "承接服务")),
        Column(
            "insured_until", "保险到期日", ("保险有效期至", "保险到期", "保险期限"), needed=False
        ),
        Column("rate", "结算单价", ("单价", "结算价", "结算单价元"), needed=False),
    ),
)

LAYOUTS = (HOUSEHOLDS, STAFF, FIRMS)

NOTHING = frozenset(("", "-", "--", "—", "——", "/", "\\", "无", "暂无", "没有", "N/A", "n/a", "空"))


def table(**codes: str) -> Mapping[str, str]:
    """Return word → code from code = "word word …"."""
    return {word: code for code, words in codes.items() for word in words.split()}


STATUSES = table(
    occupied="已入住 入住 自住 已住 在住 常住 已入伙 业主自住",
    let="出租 租 已出租 租赁 出租中 租住 在租",
    vacant="空置 未入住 空房 空 闲置 未住 空关 未入伙",
    decorating="装修中 装修 在装修 正在装修 装修期",
)
RELATIONS = table(
    owner="业主 房主 产权人 户主 房东 产权所有人 业主本人 本人",
    co_owner="共有人 共同业主 共有产权人 产权共有人",
    tenant="租户 租客 承租人 房客 租住人 租赁户",
    family="家属 家人 配偶 妻子 丈夫 子女 父母 亲属 家庭成员",
    agent="代理人 受托人 委托人代理 代管人",
    helper="家政人员 家政 保姆 阿姨 护工",
)
DEPARTMENTS = table(
    management="管理处 物业管理处 服务中心管理处 办公室 综合部 项目部",
    csc="客户服务中心 客服中心 客服部 客户服务部 客服",
    engineering="工程部 工程 维修部 工程维修部 设备部",
    cleaning="保洁部 保洁 环境部 清洁部",
    greening="绿化部 绿化 园林部",
    security="秩序部 保安部 安保部 秩序维护部 安全部 秩序",
    finance="财务部 财务 财务中心",
)
POSTS = table(
    GM="公司总经理 总经理",
    OM="管理处经理 管理处主任 项目经理 物业经理 经理",
    CS="客户服务中心主管 客服中心主管 客服主管 客户服务主管",
    RC="客服接待 接待 前台 前台接待 客服 客服专员 客服前台 接待员",
    CA="管理处收银员 财务部管理处收银员 收银员 收银 出纳 收费员",
    FN="财务主管 财务部主管 会计 财务会计 财务部主管(会计) 财务经理",
    DS="部门主管 工程主管 工程部主管 保洁主管 保洁部主管 绿化主管 绿化部主管 秩序主管 "
    "秩序部主管 保安队长 秩序队长 维修主管",
    ST="物业管理员 管家 楼管 维修技工 维修工 维修员 水电工 电工 技工 保洁员 保洁 绿化工 绿化员 "
    "秩序员 秩序维护员 保安 保安员 服务人员 相关服务人员 家政员 管理员",
)
HEADS = frozenset(("主管", "部门主管", "负责人", "部门负责人", "部门经理"))
HEADS_BY_DEPARTMENT = {"management": "OM", "csc": "CS", "finance": "FN"}
CERTIFICATES = table(
    low_voltage="低压电工 低压电工证 电工 电工证 低压电工作业",
    refrigeration="制冷与空调 制冷证 空调证 制冷与空调作业 制冷与空调证 制冷空调",
    height="高处作业 高空作业 登高证 高处作业证 高空作业证 登高作业",
    gas="燃气具安装维修 燃气证 燃气具安装维修证 燃气",
    welding="焊接 焊工证 焊工 焊接与热切割 电焊证 电焊",
    pest="有害生物防制 有害生物防制员 消杀证 有害生物防治",
    health="健康证 健康 健康证明",
    locksmith="开锁备案 开锁 开锁证 锁匠证",
    driver="驾驶证 驾照 驾驶",
    care="养老护理 养老护理员 护理员证 养老护理证",
    lift="电梯 电梯证 电梯作业 电梯维修 电梯安全管理",
)
