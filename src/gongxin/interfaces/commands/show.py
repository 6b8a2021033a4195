"""`gongxin show`: one subject's records, as an audience sees them, now or as of a past instant."""

import argparse
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gongxin.core.catalogue import Label
from gongxin.core.legal_day import legal_day
from gongxin.interfaces.commands.output import CommandRefused, both

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from gongxin.core.actors import Actor
    from gongxin.registry.publication.queries import RecordView
    from gongxin.registry.subjects.queries import Profile

NOT_FOUND = 1


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", help="统一社会信用代码等 / unified, registration or organisation code")
    parser.add_argument("--at", help="时刻或日期 / an ISO instant or date; default now")
    parser.add_argument("--audience", choices=["public", "subject", "auditor"], default="public")
    parser.add_argument("--json", action="store_true", help="机器可读 / one JSON object on stdout")


def run(args: argparse.Namespace) -> int:
    from gongxin.interfaces.commands.database import operator, ready

    ready()
    from gongxin.core.disclosure import Audience
    from gongxin.interfaces.clock import now
    from gongxin.registry.publication.queries import records_of
    from gongxin.registry.subjects.queries import profile, subject_of_code

    moment = now()
    at = _instant(args.at) if args.at else moment
    audience = Audience(args.audience)
    subject_id = subject_of_code(args.code, at=at)
    known = profile(subject_id, at=at) if subject_id else None
    records = records_of(subject_id, audience=audience, at=at, now=moment) if subject_id else []
    # To a stranger a subject of whom nothing shows answers like one that is not there.
    if known is None or (audience is Audience.PUBLIC and not records):
        return _nothing(args)
    if audience is not Audience.PUBLIC:
        _note_look(operator(), known.subject_id, moment)
    print(json.dumps(_document(known, records, args, at), ensure_ascii=False) if args.json
          else _words(known, records, moment))  # fmt: skip
    return 0


def _instant(text: str) -> datetime:
    from gongxin.interfaces.clock import UnreadableNow, instant

    try:
        return instant(text)
    except UnreadableNow as error:
        raise CommandRefused(
            Label(
                f"看不懂时刻 {text}，例如 2026-05-03 或 2026-05-03T10:00:00+08:00",
                f"Cannot read the instant {text}; write 2026-05-03 or 2026-05-03T10:00:00+08:00",
            )
        ) from error


def _note_look(actor: "Actor", subject_id: UUID, at: datetime) -> None:
    from gongxin.core.looks import Looker
    from gongxin.flows.looks import note_look

    note_look(looker=Looker(actor), subject_id=subject_id, purpose="gongxin show", at=at)


def _nothing(args: argparse.Namespace) -> int:
    if args.json:
        print(json.dumps({"code": args.code, "subject": None, "records": []}, ensure_ascii=False))
    else:
        print(f"没有可示的记录：{args.code}\nNothing to show for {args.code}")
    return NOT_FOUND


def _document(
    known: "Profile", records: list["RecordView"], args: argparse.Namespace, at: datetime
) -> dict[str, Any]:
    public = args.audience == "public"
    subject = {
        "id": str(known.subject_id),
        "name": known.public_name if public else known.name,
        "code": known.code,
        "kind": known.kind,
        "former_names": list(known.former_names),
        "other_names": list(known.other_names),
        "absorbed": [str(one) for one in known.absorbed],
    }
    return {
        "code": args.code,
        "at": at.isoformat(),
        "audience": args.audience,
        "subject": subject,
        "records": [plain(seen._asdict()) for seen in records],
    }


def plain(value: Any) -> Any:
    """Return `value` as JSON can carry it: ids, days and instants as text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _words(known: "Profile", records: list["RecordView"], now: datetime) -> str:
    from gongxin.registry.catalogue.queries import classes_by_id

    classes = classes_by_id(on=legal_day(now))
    lines = [f"{known.public_name}  {known.code or ''}"]
    for seen in records:
        found = classes.get(seen.class_id)  # None: of an edition no longer in force
        lines += _record_lines(seen, both(found.label) if found else seen.class_id)
    return "\n".join(lines)


def _record_lines(seen: "RecordView", class_name: str) -> list[str]:
    """Return a record in two lines, its states in the words of the website."""
    from gongxin.interfaces.pages.states import states_of

    until = legal_day(seen.publish_until).isoformat() if seen.publish_until else "—"
    decided = seen.decided_on or "—"
    return [
        f"  {class_name}  {decided}  {seen.document_number or '—'}  → {until}  {seen.agency_name}",
        f"    {' · '.join(_both(state.words) for state in states_of(seen))}",
    ]


def _both(words: "Promise") -> str:
    from django.utils.translation import override

    with override("zh-hans"):
        zh = str(words)
    with override("en"):
        return both(Label(zh, str(words)))
