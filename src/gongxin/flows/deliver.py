"""Delivering notices: mails sent by the worker, and what is known of each arrival.

A delivery row is the job. A mail is claimed by compare-and-swap on its tries and held until `next_try_at`;
it is marked `sent` after the server took it, so a worker killed in between lets it be sent once more, under
the same Message-ID: at least once, never silently. Sent is not served: only who opened it, or a paper with
its proof, serves a notice.
"""

import smtplib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, QuerySet

from gongxin.core.actors import Actor
from gongxin.core.catalogue import Label
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.looks import Looker
from gongxin.core.notices import mail_text
from gongxin.flows.looks import note_look
from gongxin.flows.notice_words import freeze, printed
from gongxin.registry import bulk
from gongxin.registry.accounts.models import User
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id
from gongxin.registry.mandates.queries import may_act_for
from gongxin.registry.notices.models import Delivery, Notice
from gongxin.registry.notices.queries import mails_due, notice_of

AT_ONCE = 5  # mails a turn of the worker: files must not wait long for them
LEASE = timedelta(minutes=5)  # longer than a server may take by the setting of its timeout
PAUSES = (
    timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12),
    timedelta(hours=24),
)  # fmt: skip
MOST_TRIES = len(PAUSES) + 1
_LONGEST = 200  # characters of a proof
PERMANENT = 500  # from this code on a server will not take the mail later either
OPENED = "opened on the page"
LOOKED_AT = "notice.read"  # the purpose of a look at a notice
# How a paper is known to have arrived; one who refuses to take it is served by that.
PROOFS = {"letter": ("received", "refused"), "counter": ("signed", "refused")}


class ServedBefore(Exception):
    """This notice was served on this way already."""


class ImpossibleDay(Exception):
    """A paper is not posted or received before it was written, or on a day to come."""


class ProofMissing(Exception):
    """What serves a notice has its proof: of a letter the number under which it was registered."""


class MailServerAway(Exception):
    """The mail server does not answer, or does not let us in; the mail was put off, the others wait."""


def deliver_some(*, at: datetime) -> bool:
    """Send the mails whose turn it is; return whether there was one. Raises MailServerAway."""
    due = mails_due(at=at, limit=AT_ONCE)
    for one in due:
        if _claim(one, at):
            _send(one, at)
    return bool(due)


def note_opened(*, subject_id: UUID, notice_id: UUID, actor: Actor, at: datetime) -> None:
    """Note that whoever may read it for its addressee opened a notice: the first opening serves it.

    Raises NoSuchNotice.
    """
    with transaction.atomic():
        bulk.one_writer()
        notice = notice_of(subject_id, notice_id)
        freeze([notice])
        page = _way(notice, "page") or _new_way(notice, "page", at)
        if page.served_at is None:
            _serve(page, at=at, proof=OPENED, actor=actor)
            _audit(notice, "notice.opened", actor, at, page)


@transaction.atomic
def note_read(*, notices: Sequence[Notice], looker: Looker, at: datetime) -> None:
    """Write down that somebody of the desk read what was written to subjects: one look at each of them.

    What was written to the reader's own body is its own mail, and no look at a subject's file.
    """
    own = agencies_under(looker.agency_id) if looker.agency_id else ()
    for subject_id in dict.fromkeys(one.subject_id for one in notices if one.agency_id not in own):
        note_look(looker=looker, subject_id=subject_id, purpose=LOOKED_AT, at=at)


def print_notices(
    *, notices: Sequence[Notice], language: str, looker: Looker, at: datetime
) -> list[dict[str, Any]]:
    """Return notices as they are printed to be served; their papers stay as they are from then on.

    Each subject written to sees that somebody read its notice.
    """
    with transaction.atomic():
        bulk.one_writer()
        freeze(notices)
        note_read(notices=notices, looker=looker, at=at)
        write_event(
            actor=looker.actor, action="notice.printed", object_kind="notice",
            object_id=notices[0].id.hex if len(notices) == 1 else "", at=at, detail={"notices": len(notices)},
        )  # fmt: skip
    return [printed(one, language=language) for one in notices]


def note_posted(
    *, subject_id: UUID, notice_id: UUID, posted_on: date, number: str, actor: Actor, at: datetime
) -> None:
    """Note that a notice was posted as a registered letter; the paper stays as it is from then on.

    Raises NoSuchNotice, ServedBefore, ImpossibleDay, ProofMissing.
    """
    if not number.strip():
        raise ProofMissing("number")
    with transaction.atomic():
        bulk.one_writer()
        notice = notice_of(subject_id, notice_id)
        letter = _open_way(notice, "letter", posted_on, at)
        freeze([notice])
        letter.state, letter.sent_at = "sent", day_begins(posted_on)
        letter.proof, letter.noted_by = number.strip()[:_LONGEST], actor.written
        letter.save(update_fields=["state", "sent_at", "proof", "noted_by"])
        _audit(notice, "notice.posted", actor, at, letter)


def note_served(
    *,
    subject_id: UUID,
    notice_id: UUID,
    channel: str,
    how: str,
    served_on: date,
    number: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Note that a notice arrived by letter, or at the counter, on a day, and how that is known.

    Raises NoSuchNotice, ServedBefore, ImpossibleDay, ProofMissing.
    """
    if how not in PROOFS.get(channel, ()):
        raise ProofMissing("how")
    with transaction.atomic():
        bulk.one_writer()
        notice = notice_of(subject_id, notice_id)
        way = _open_way(notice, channel, served_on, at)
        registered = number.strip() or way.proof
        if channel == "letter" and not registered:
            raise ProofMissing("number")
        freeze([notice])
        proof = f"{how}: {registered}" if registered else how
        _serve(way, at=max(day_begins(served_on), notice.at), proof=proof, actor=actor)
        _audit(notice, "notice.served", actor, at, way)


def _open_way(notice: Notice, channel: str, on: date, at: datetime) -> Delivery:
    """Return a notice's delivery by a paper that is not served yet, made if there is none."""
    if not legal_day(notice.at) <= on <= legal_day(at):
        raise ImpossibleDay(on.isoformat())
    way = _way(notice, channel) or _new_way(notice, channel, at)
    if way.served_at is not None:
        raise ServedBefore(channel)
    return way


def _way(notice: Notice, channel: str) -> Delivery | None:
    return Delivery.objects.filter(subject_id=notice.subject_id, notice_id=notice.id, channel=channel).first()


def _new_way(notice: Notice, channel: str, at: datetime) -> Delivery:
    return Delivery.objects.create(
        subject_id=notice.subject_id, id=fresh_id(at=at), notice_id=notice.id, channel=channel, queued_at=at
    )


def _serve(way: Delivery, *, at: datetime, proof: str, actor: Actor) -> None:
    way.state, way.served_at, way.proof, way.noted_by = "served", at, proof[:_LONGEST], actor.written
    way.save(update_fields=["state", "served_at", "proof", "noted_by"])


def _audit(notice: Notice, action: str, actor: Actor, at: datetime, way: Delivery) -> None:
    write_event(
        actor=actor, action=action, object_kind="notice", object_id=notice.id.hex, at=at,
        detail={"channel": way.channel, "subject": notice.subject_id.hex},
    )  # fmt: skip


def _claim(one: Delivery, at: datetime) -> bool:
    """Take a mail for this try; one that was claimed too often, by workers that died, has failed."""
    spent = one.tries >= MOST_TRIES
    changes = {"state": "failed", "next_try_at": None} if spent else {"tries": F("tries") + 1}
    standing = _standing(one).filter(tries=one.tries, next_try_at__lte=at)
    taken = standing.update(**({"next_try_at": at + LEASE} | changes))
    one.tries += 1
    return taken == 1 and not spent


def _send(one: Delivery, at: datetime) -> None:
    """Send a claimed mail and mark what became of it."""
    recipient = one.recipient
    if recipient is None or not _still_reaches(one, recipient, at):
        _fail(one)
        return
    try:
        _mail_to(one, recipient).send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        _try_again(one, at) if min(codes, default=0) < PERMANENT else _fail(one)
    except ValueError:  # an address no mail can bear, such as one of two lines
        _fail(one)
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError):
        _try_again(one, at)
    except (smtplib.SMTPException, OSError) as failure:
        _try_again(one, at)
        raise MailServerAway(type(failure).__name__) from failure
    else:
        _claimed(one).update(state="sent", sent_at=at, next_try_at=None)


def _still_reaches(one: Delivery, recipient: User, at: datetime) -> bool:
    return bool(recipient.email) and recipient.is_active and may_act_for(recipient.id, one.subject_id, at=at)


def _mail_to(one: Delivery, recipient: User) -> EmailMessage:
    identity = settings.IDENTITY
    site = Label(f"{identity.province.zh}{identity.site_name.zh}", identity.site_name.en)
    words = mail_text(institution=site, site=settings.SITE_URL)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return EmailMessage(
        subject=words.title,
        body="\n\n".join(words.paragraphs),
        to=[recipient.email],
        headers={"Message-ID": f"<{one.id.hex}@{domain}>", "Auto-Submitted": "auto-generated"},
    )


def _try_again(one: Delivery, at: datetime) -> None:
    if one.tries >= MOST_TRIES:
        _fail(one)
    else:
        _claimed(one).update(next_try_at=at + PAUSES[one.tries - 1])


def _fail(one: Delivery) -> None:
    _claimed(one).update(state="failed", next_try_at=None)


def _standing(one: Delivery) -> "QuerySet[Delivery]":
    return Delivery.objects.filter(subject_id=one.subject_id, id=one.id, state="queued")


def _claimed(one: Delivery) -> "QuerySet[Delivery]":
    """Return the delivery while this very try holds it: a worker that was overtaken changes nothing."""
    return _standing(one).filter(tries=one.tries)
