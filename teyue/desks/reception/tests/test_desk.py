def test_desk(signed_in, household, tap):
    rc = signed_in("rc")
    for path in (
        "/reception/",
        "/reception/?q=1102",
        "/reception/?q=zz",
        "/orders/",
        "/registrations/",
        "/awaiting-prepayment/",
        "/site-quotes/",
        f"/reception/slots/?household={household.pk}&item=WX-01|&quantity=2&urgency=normal&channel=phone&requester={household.members.first().person_id}",
        f"/reception/quote/?household={household.pk}&item=WX-01|&quantity=2&urgency=normal&channel=phone&requester={household.members.first().person_id}&wish_from=2026-11-24T14:00",
    ):
        answer = rc.get(path)
        assert answer.status_code == 200, (path, answer.content.decode()[:3000])
        open("/tmp/rd/out.html", "w").write(answer.content.decode())
