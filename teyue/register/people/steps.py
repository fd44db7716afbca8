from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import Power
from teyue.foundation.lifecycle import Step
from teyue.register.company.models import Company
from teyue.register.estate.models import Person
from teyue.register.people import credentials, objections
from teyue.register.people.models import (
    Account,
    Certificate,
    Delegation,
    Duty,
    Leave,
    Post,
    ResetCode,
    Staff,
    Token,
)

KEY = Power("people.key", _("代录任命与授权"))

ADMIT = Step(
    name="people.admit",
    label=_("登记人员"),
    clause="3.0",
    document=Company,
    source=("open",),
    target=None,
    writes=(Person,),
)
HIRE = Step(
    name="people.hire",
    label=_("员工入职"),
    clause="3.4",
    document=Staff,
    target="active",
    unless=(objections.number_taken,),
    writes=(Person,),
)
RELEASE = Step(
    name="people.release",
    label=_("员工离职"),
    clause="3.4",
    document=Staff,
    source=("active",),
    target="left",
    unless=(objections.still_in_office,),
)
APPOINT = Step(
    name="people.appoint",
    label=_("任命"),
    clause="3.0",
    document=Post,
    target="active",
    unless=(
        objections.not_a_post,
        objections.only_by_legal_person,
        objections.own_appointment,
        objections.beyond_authority,
        objections.already_holds,
        objections.excluded,
        objections.unsigned,
    ),
)
PROPOSE_APPOINTMENT = Step(
    name="people.propose_appointment",
    label=_("提请签发任命"),
    clause="3.0",
    document=Post,
    target="proposed",
    unless=(
        objections.not_a_post,
        objections.only_by_legal_person,
        objections.own_appointment,
        objections.beyond_authority,
        objections.already_holds,
        objections.excluded,
    ),
)
SIGN_APPOINTMENT = Step(
    name="people.sign_appointment",
    label=_("签发任命"),
    clause="3.0",
    document=Post,
    source=("proposed",),
    target="active",
    unless=(objections.own_appointment, objections.excluded, objections.undecided),
)
REFUSE_APPOINTMENT = Step(
    name="people.refuse_appointment",
    label=_("不予签发"),
    clause="3.0",
    document=Post,
    source=("proposed",),
    target="refused",
)
APPOINT_GENERAL_MANAGER = Step(
    name="people.appoint_general_manager",
    label=_("任命总经理"),
    clause="3.0",
    document=Post,
    target="active",
    unless=(
        objections.not_general_manager,
        objections.not_a_post,
        objections.already_holds,
        objections.excluded,
    ),
    keyed_by=(KEY,),
)
END_POST = Step(
    name="people.end_post",
    label=_("免去岗位"),
    clause="3.0",
    document=Post,
    source=("proposed", "active"),
    target="ended",
    unless=(objections.delegated, objections.beyond_authority, objections.last_holder),
    writes=(Delegation,),
)
DELEGATE = Step(
    name="people.delegate",
    label=_("授权代行"),
    clause="3.0",
    document=Delegation,
    target="active",
    unless=(
        objections.not_yours,
        objections.not_delegable,
        objections.to_oneself,
        objections.too_long,
        objections.unreasoned,
        objections.not_holding,
        objections.excluded_delegate,
        objections.under_a_proposer,
    ),
    writes=(Post,),
    keyed_by=(KEY,),
)
REVOKE_DELEGATION = Step(
    name="people.revoke_delegation",
    label=_("收回授权"),
    clause="3.0",
    document=Delegation,
    source=("active",),
    target="revoked",
    unless=(objections.not_given_by_you, objections.last_delegate),
    writes=(Post,),
    keyed_by=(KEY,),
)
REQUEST_LEAVE = Step(
    name="people.request_leave",
    label=_("登记请假"),
    clause="3.4",
    document=Staff,
    source=("active",),
    target=None,
    unless=(objections.ends_before_start,),
    writes=(Leave,),
)
VOID_LEAVE = Step(
    name="people.void_leave",
    label=_("销假"),
    clause="3.4",
    document=Staff,
    source=("active", "left"),
    target=None,
    writes=(Leave,),
)
SET_DUTY = Step(
    name="people.set_duty",
    label=_("排班"),
    clause="3.4",
    document=Staff,
    source=("active",),
    target=None,
    unless=(objections.no_such_hours,),
    writes=(Duty,),
)
ADD_CERTIFICATE = Step(
    name="people.add_certificate",
    label=_("登记持证"),
    clause="4.4.1",
    document=Staff,
    source=("active",),
    target=None,
    unless=(objections.already_expired,),
    writes=(Certificate,),
)
VOID_CERTIFICATE = Step(
    name="people.void_certificate",
    label=_("注销持证"),
    clause="4.4.1",
    document=Staff,
    source=("active",),
    target=None,
    writes=(Certificate,),
)
OPEN_ACCOUNT = Step(
    name="people.open_account",
    label=_("开通账号"),
    clause="3.0",
    document=Account,
    target="active",
    unless=(credentials.name_taken, credentials.account_known),
)
CLOSE_ACCOUNT = Step(
    name="people.close_account",
    label=_("停用账号"),
    clause="3.0",
    document=Account,
    source=("active",),
    target="closed",
    unless=(credentials.own_account,),
    writes=(Token,),
)
SET_PASSWORD = Step(
    name="people.set_password",
    label=_("修改密码"),
    clause="3.0",
    document=Account,
    source=("active",),
    target=None,
    unless=(credentials.another_account, credentials.weak_password),
    writes=(Token,),
)
PRINT_RESET_CODE = Step(
    name="people.print_reset_code",
    label=_("打印密码重置码"),
    clause="3.0",
    document=Account,
    source=("active",),
    target=None,
    unless=(credentials.own_account,),
    writes=(ResetCode,),
)
REMOVE_SECOND_FACTOR = Step(
    name="people.remove_second_factor",
    label=_("解除动态口令"),
    clause="3.0",
    document=Account,
    source=("active",),
    target=None,
    unless=(credentials.own_account, credentials.no_second_factor),
    writes=(Token,),
)
RESET_PASSWORD = Step(
    name="people.reset_password",
    label=_("凭重置码设置密码"),
    clause="3.0",
    document=Account,
    source=("active",),
    target=None,
    unless=(
        credentials.another_account,
        credentials.code_invalid,
        credentials.weak_password,
    ),
    writes=(Token, ResetCode),
)
ISSUE_TOKEN = Step(
    name="people.issue_token",
    label=_("签发接口令牌"),
    clause="3.0",
    document=Account,
    source=("active",),
    target=None,
    unless=(
        credentials.another_account,
        credentials.password_due,
        credentials.token_too_long,
        credentials.power_not_held,
    ),
    writes=(Token,),
)
REVOKE_TOKEN = Step(
    name="people.revoke_token",
    label=_("吊销接口令牌"),
    clause="3.0",
    document=Account,
    source=("active", "closed"),
    target=None,
    unless=(credentials.neither_own_nor_administrator,),
    writes=(Token,),
)
