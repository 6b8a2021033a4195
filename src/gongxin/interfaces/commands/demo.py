import argparse
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongxin.core.catalogue import Label
from gongxin.core.demonstration.accounts import TITLE, account_lines
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.submissions import State, has_work_left
from gongxin.interfaces import clock
from gongxin.interfaces.commands.database import operator, ready
from gongxin.interfaces.commands.output import CommandRefused, print_json

if TYPE_CHECKING:
    from gongxin.core.demonstration.batches import Batch
    from gongxin.registry.accounts.models import Agency
    from gongxin.registry.intake.models import Submission

BEGUN = "demonstration.begun"
WORKER = "demonstration"
_OFFICES_SEND_AFTER = timedelta(hours=10)  # from the beginning of the day


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--subjects", type=int, default=300, metavar="N", help="主体数量 / how many subjects")
    parser.add_argument("--seed", type=int, default=7, metavar="S", help="随机种子 / seed of the dice")
    parser.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """This will lay half a year of a province that does not exist; broken off, it goes on where it stood."""
    ready()
    from django.conf import settings

    _refuse_beside_real_data()
    at = clock.now()
    on = _day_begun(subjects=args.subjects, seed=args.seed, at=at)
    note = _lay(subjects=args.subjects, seed=args.seed, on=on, at=at, home=Path(settings.GONGXIN_HOME))
    if args.json:
        print_json(note)
    else:
        print(_in_words(note))
    return 0


def _refuse_beside_real_data() -> None:
    from gongxin.registry.accounts.queries import holds_real_agencies

    if holds_real_agencies():
        raise CommandRefused(
            Label(
                "库中已有真实单位，不能混入演示数据；请另建一个库（另设 GONGXIN_HOME）",
                "This database holds real agencies and takes no demonstration; "
                "make another one, with another GONGXIN_HOME",
            )
        )


def _day_begun(*, subjects: int, seed: int, at: datetime) -> date:
    """Return the day the demonstration is seen from: that of its beginning, even if it is finished later."""
    from gongxin.registry.audit.events import write_event
    from gongxin.registry.audit.models import AuditEvent

    detail = {"subjects": subjects, "seed": seed, "on": legal_day(at).isoformat()}
    begun = AuditEvent.objects.filter(action=BEGUN).first()
    if begun is None:
        kind = "demonstration"
        write_event(
            actor=operator(),
            action="demonstration.begun",
            object_kind=kind,
            object_id=kind,
            at=at,
            detail=detail,
        )
        return legal_day(at)
    if begun.detail != {**detail, "on": begun.detail["on"]}:
        before = f"--subjects {begun.detail['subjects']} --seed {begun.detail['seed']}"
        raise CommandRefused(
            Label(
                f"这里已有另一个演示省（{before}）；请另建一个库",
                f"Another demonstration lies here already ({before}); make another database",
            )
        )
    return date.fromisoformat(begun.detail["on"])


def _lay(*, subjects: int, seed: int, on: date, at: datetime, home: Path) -> dict[str, Any]:
    from gongxin.core.demonstration.province import province
    from gongxin.flows.quality import rebuild
    from gongxin.interfaces.commands.demo_accounts import (
        agencies_of_demonstration,
        grant_mandates,
        open_accounts,
    )

    agencies = agencies_of_demonstration(actor=operator(), at=at)
    note = open_accounts(agencies, seed=seed, home=home, actor=operator(), at=at)
    batches = province(subjects=subjects, seed=seed, on=on)
    for number, batch in enumerate(batches, start=1):
        sent_at = day_begins(on - timedelta(days=batch.days_ago)) + _OFFICES_SEND_AFTER
        submission = _send(batch, agencies[batch.body.code], key=f"{BEGUN}/{number}", at=min(sent_at, at))
        counts = f"{submission.accepted}/{submission.rows}"
        print(f"[{number}/{len(batches)}] {batch.body.name} {batch.file_name} {counts}", file=sys.stderr)
    grant_mandates(seed=seed, actor=operator(), at=at)
    rebuild(month=None, actor=operator(), clock=lambda: at)
    return note


def _send(batch: "Batch", agency: "Agency", *, key: str, at: datetime) -> "Submission":
    """This will send one file as its office would have, at that moment, and follow it to its end."""
    from gongxin.flows import lease, submit
    from gongxin.interfaces.commands.demo_files import file_of
    from gongxin.registry.intake.spool import new_spool

    spool = new_spool()
    spool.write(file_of(batch))
    spool.close()
    submission = submit.receive(
        agency=agency,
        class_id=batch.class_id,
        file_name=batch.file_name,
        spool=spool,
        mapping=None,
        idempotency_key=key,
        actor=operator(),
        at=at,
        on=legal_day(at),
    )
    if not has_work_left(State(submission.state)):
        return submission
    lease.claim(submission_id=submission.id, worker=WORKER, at=at)
    return submit.advance(submission_id=submission.id, worker=WORKER, clock=lambda: at)


def _in_words(note: dict[str, Any]) -> str:
    return "\n".join([f"{TITLE}:", *(f"  {line}" for line in account_lines(note["accounts"]))])
