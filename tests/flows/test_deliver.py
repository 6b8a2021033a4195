"""Mails go out once, however often a server fails or a worker dies; what serves a notice has its proof."""

import smtplib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import AT, QIAO, ZHAO
from django.core import mail
from django.core.mail import EmailMessage
from sending import csv_of, penalty, sent

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.policy import Role
from gongxin.flows import deliver
from gongxin.flows.deliver import (
    ImpossibleDay,
    MailServerAway,
    ProofMissing,
    ServedBefore,
    deliver_some,
    note_opened,
    note_posted,
    note_served,
)
from gongxin.flows.grant_mandate import grant, revoke
from gongxin.flows.notice_words import notice_in_words
from gongxin.flows.notify import tell_subject
from gongxin.interfaces.jobs import worker
from gongxin.registry.accounts.models import User
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.mandates.models import Mandate
from gongxin.registry.notices.models import Delivery, Notice
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
QIAO_HERSELF = Actor(ActorKind.USER, "qiao")
TODAY = date(2026, 11, 23)


@pytest.fixture
def subject_id() -> UUID:
    sent(csv_of(penalty()))
    found = subject_of_code(QIAO, at=AT)
    assert found is not None
    return found


@pytest.fixture
def told(subject_id: UUID) -> Notice:
    """A notice to Qiao's firm, queued by page and by mail."""
    qiao = User.objects.create(
        id=uuid4(), username="qiao", email="qiao@example.org", role=Role.ORGANISATION_OFFICER.value
    )
    grant(
        user=qiao, subject_id=subject_id, kind="legal-representative", ground="营业执照", from_on=TODAY,
        until_on=None, actor=ZHAO, at=AT,
    )  # fmt: skip
    Delivery.objects.filter(channel="email").delete()
    return tell_subject(
        subject_id=subject_id, kind="publication.suspended", facts={"reason": "涉密"}, by="user:zhao", at=AT
    )


def the_mail() -> Delivery:
    return Delivery.objects.get(channel="email")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """A server that fails with each of these in turn, then works."""
    faults: list[Exception] = []
    send = EmailMessage.send

    def may_fail(message: EmailMessage, **named: Any) -> int:
        if faults:
            raise faults.pop(0)
        return send(message, **named)

    monkeypatch.setattr(EmailMessage, "send", may_fail)
    return faults


@pytest.mark.usefixtures("told")
def test_a_mail_says_that_a_message_waits_and_not_what_it_says() -> None:
    assert deliver_some(at=AT)

    (message,) = mail.outbox
    assert message.to == ["qiao@example.org"]
    assert "登录" in message.body
    assert "Sign in" in message.body
    assert not any(word in message.body + message.subject for word in ("涉密", "停", "处罚", "示范乔木"))
    assert (the_mail().state, the_mail().sent_at, the_mail().served_at) == ("sent", AT, None)
    assert not deliver_some(at=AT + timedelta(days=9))


@pytest.mark.usefixtures("told")
def test_a_server_that_fails_twice_gets_the_mail_at_the_third_try_under_the_same_id(
    failing: list[Exception],
) -> None:
    failing += [TimeoutError(), smtplib.SMTPServerDisconnected()]
    for at in (AT, AT + timedelta(minutes=2)):
        with pytest.raises(MailServerAway):
            deliver_some(at=at)
        assert not deliver_some(at=at)  # it is not tried again at once

    deliver_some(at=AT + timedelta(minutes=20))

    assert (the_mail().state, the_mail().tries) == ("sent", 3)
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<{the_mail().id.hex}@")


@pytest.mark.usefixtures("told")
def test_after_the_last_try_it_has_failed(failing: list[Exception]) -> None:
    failing += [TimeoutError()] * deliver.MOST_TRIES
    for day in range(deliver.MOST_TRIES):
        with pytest.raises(MailServerAway):
            deliver_some(at=AT + timedelta(days=2 * day))

    assert (the_mail().state, the_mail().next_try_at) == ("failed", None)
    assert not deliver_some(at=AT + timedelta(days=99))


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    "fault",
    [smtplib.SMTPRecipientsRefused({"qiao@example.org": (550, b"no such user")}), ValueError("two lines")],
)
def test_an_address_that_takes_no_mail_is_not_tried_again(failing: list[Exception], fault: Exception) -> None:
    failing.append(fault)

    deliver_some(at=AT)

    assert the_mail().state == "failed"


@pytest.mark.usefixtures("told")
def test_a_worker_killed_between_sending_and_marking_doubles_it_under_the_same_id(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Killed(BaseException):
        pass

    send = EmailMessage.send

    def sends_and_dies(message: EmailMessage, **named: Any) -> int:
        send(message, **named)
        raise Killed

    monkeypatch.setattr(EmailMessage, "send", sends_and_dies)
    with pytest.raises(Killed):
        deliver_some(at=AT)
    monkeypatch.setattr(EmailMessage, "send", send)
    assert the_mail().state == "queued"
    assert not deliver_some(at=AT + timedelta(minutes=4))  # its lease still holds

    deliver_some(at=AT + timedelta(minutes=6))

    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert (the_mail().state, the_mail().tries) == ("sent", 2)


@pytest.mark.usefixtures("told")
def test_two_workers_at_once_send_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = the_mail()
    monkeypatch.setattr(deliver, "mails_due", lambda **_: [seen])

    deliver_some(at=AT)
    seen.tries = 0  # as the other worker read it before
    deliver_some(at=AT)

    assert len(mail.outbox) == 1


def test_who_acts_for_the_subject_no_longer_is_not_written_to(told: Notice) -> None:
    revoke(mandate_id=Mandate.objects.get().id, reason="离职", actor=ZHAO, at=AT)

    deliver_some(at=AT + timedelta(seconds=1))

    assert (mail.outbox, the_mail().state) == ([], "failed")


def test_the_first_opening_serves_it_and_keeps_its_paper(told: Notice) -> None:
    for minutes in (1, 2):
        at = AT + timedelta(minutes=minutes)
        note_opened(subject_id=told.subject_id, notice_id=told.id, actor=QIAO_HERSELF, at=at)

    page = Delivery.objects.get(notice_id=told.id, channel="page")
    assert (page.state, page.served_at) == ("served", AT + timedelta(minutes=1))
    assert AuditEvent.objects.filter(action="notice.opened").count() == 1
    kept = Notice.objects.get(id=told.id)
    assert kept.paper["addressed"] == "示范乔木机械有限公司"
    assert notice_in_words(kept, language="en").paragraphs[0] == "Reason: 涉密"


def test_a_letter_is_posted_under_its_number_and_served_by_its_receipt(told: Notice) -> None:
    where = {"subject_id": told.subject_id, "notice_id": told.id, "actor": ZHAO}
    with pytest.raises(ProofMissing):
        note_posted(**where, posted_on=TODAY, number=" ", at=AT)
    note_posted(**where, posted_on=TODAY, number="XA示范0001", at=AT)
    letter = {**where, "channel": "letter", "number": "", "at": AT + timedelta(days=3)}
    with pytest.raises(ImpossibleDay):
        note_served(**letter, how="received", served_on=date(2026, 11, 27))

    note_served(**letter, how="received", served_on=date(2026, 11, 25))

    (way,) = Delivery.objects.filter(notice_id=told.id, channel="letter")
    assert (way.state, way.proof) == ("served", "received: XA示范0001")
    assert way.served_at == datetime(2026, 11, 24, 16, tzinfo=UTC)
    with pytest.raises(ServedBefore):
        note_served(**letter, how="refused", served_on=date(2026, 11, 25))


def test_at_the_counter_a_signature_or_a_refusal_serves_it(told: Notice) -> None:
    counter = {
        "subject_id": told.subject_id, "notice_id": told.id, "actor": ZHAO, "channel": "counter",
        "served_on": TODAY, "number": "", "at": AT,
    }  # fmt: skip
    with pytest.raises(ProofMissing):
        note_served(**counter, how="received")

    note_served(**counter, how="refused")

    way = Delivery.objects.get(channel="counter")
    assert (way.served_at, way.proof) == (AT, "refused")


@pytest.mark.usefixtures("told")
def test_the_worker_sends_mails_and_lets_a_server_be_that_is_away(failing: list[Exception]) -> None:
    failing.append(ConnectionRefusedError())
    worker.run_worker(once=True, clock=lambda: AT, name="worker-1")
    assert the_mail().state == "queued"

    worker.run_worker(once=True, clock=lambda: AT + timedelta(hours=1), name="worker-1")

    assert the_mail().state == "sent"
