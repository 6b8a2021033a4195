"""`gongxin law load|activate|withdraw|editions`: an edition comes as documents, without a release."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongxin.core.catalogue import Label
from gongxin.core.catalogue_edition import parse_edition
from gongxin.core.edition_changes import ClassChange, Difference, edition_changes, unnamed
from gongxin.core.edition_words import ATTRIBUTES, CHANGES, PARTS, STANDINGS
from gongxin.core.law_agreement import Finding
from gongxin.core.law_check import OF_AN_EDITION, EditionRefused
from gongxin.core.law_files import parse_law
from gongxin.interfaces.commands.output import CommandRefused, both, print_json

if TYPE_CHECKING:
    from gongxin.registry.catalogue.editions import KnownEdition
    from gongxin.registry.catalogue.models import Edition


def configure(acts: "argparse._SubParsersAction[Any]") -> None:
    load = acts.add_parser("load", help="装载一个版次（尚不施行）/ load an edition, not yet in force")
    load.add_argument("folder", metavar="FOLDER", type=Path, help="edition.yaml 及各事项 / and its classes")
    activate = acts.add_parser(
        "activate", help="启用已装载的版次 / let an edition come into force on its day"
    )
    activate.add_argument("number", metavar="NUMBER", help="版次编号 / as `law editions` lists it")
    activate.add_argument(
        "--ground", default="", metavar="TEXT", help="理由（必填），记入审计 / why (required), for the audit"
    )
    withdraw = acts.add_parser("withdraw", help="在施行前撤回启用 / take an activation back before its day")
    withdraw.add_argument("number", metavar="NUMBER", help="版次编号 / as `law editions` lists it")
    withdraw.add_argument(
        "--ground", default="", metavar="TEXT", help="理由（必填），记入审计 / why (required), for the audit"
    )
    listed = acts.add_parser("editions", help="列出已装载的版次 / list the editions loaded")
    for parser in (load, activate, withdraw, listed):
        parser.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def _load(args: argparse.Namespace) -> int:
    documents = _documents_in(args.folder)
    from gongxin.interfaces import clock
    from gongxin.interfaces.commands.database import operator, ready

    ready()
    from gongxin.flows.load_law import load_edition
    from gongxin.registry.catalogue.editions import classes_of_edition, edition_before, standing_of
    from gongxin.registry.catalogue.queries import classes_of

    try:
        edition = load_edition(documents=documents, actor=operator(), at=clock.now())
    except EditionRefused as refused:
        raise _refusal(refused.findings) from refused
    before = edition_before(edition.in_force_on)
    changes = edition_changes(classes_of(before), classes_of_edition(edition)) if before else []
    silent = unnamed(changes, parse_edition(parse_law(documents[OF_AN_EDITION])))
    standing = standing_of(edition, on=clock.today()).value
    if args.json:
        told = {"number": edition.number, "approval": edition.approval, "standing": standing}
        day = edition.in_force_on.isoformat()
        print_json(
            {
                **told,
                "in_force_from": day,
                "compared_with": before.number if before else None,
                "changes": [_change(one) for one in changes],
                "unnamed": [one.class_id for one in silent],
            }
        )
    else:
        print(f"{edition.number}  {edition.approval}  {edition.in_force_on}  {both(STANDINGS[standing])}")
        print("\n".join(_told(before.number if before else "", changes, silent)))
    return 0


def _told(before: str, changes: Sequence[ClassChange], silent: Sequence[ClassChange]) -> list[str]:
    """Return what it changes, line by line, and a warning of what its own list leaves out."""
    if not before:
        return []
    words = both(Label(f"与施行前一日的版次 {before} 相比", f"against {before}, in force the day before"))
    lines = [words, *(_change_lines(changes) or [f"  {both(Label('没有变化', 'nothing changes'))}"])]
    if silent:
        names = ", ".join(one.class_id for one in silent)
        missing = Label(
            f"注意：变更清单没有列出 {names}", f"note: its own list of changes does not name {names}"
        )
        lines.append(both(missing))
    return lines


def _activate(args: argparse.Namespace) -> int:
    from gongxin.interfaces.commands.database import ready

    ready()
    from gongxin.flows.load_law import activate_edition

    edition, standing = _decided(args, activate_edition)
    day = edition.in_force_on.isoformat()
    if args.json:
        print_json({"number": edition.number, "in_force_from": day, "standing": standing})
    else:
        print(both(Label(f"{edition.number} 自 {day} 起施行", f"{edition.number} is in force from {day}")))
    return 0


def _withdraw(args: argparse.Namespace) -> int:
    from gongxin.interfaces.commands.database import ready

    ready()
    from gongxin.flows.load_law import withdraw_edition

    edition, standing = _decided(args, withdraw_edition)
    if args.json:
        print_json({"number": edition.number, "standing": standing})
    else:
        print(f"{edition.number}  {both(STANDINGS[standing])}")
    return 0


def _decided(args: argparse.Namespace, act: "Callable[..., Edition]") -> "tuple[Edition, str]":
    """This will do `act` to the edition named; return it and where it stands then. Refuses in words."""
    from gongxin.flows.load_law import NotActivated
    from gongxin.interfaces import clock
    from gongxin.interfaces.commands.database import operator
    from gongxin.registry.catalogue.editions import UnknownEdition, standing_of

    try:
        edition = act(number=args.number, ground=args.ground.strip(), actor=operator(), at=clock.now())
    except UnknownEdition as unknown:
        raise CommandRefused(_no_such(args.number), "unknown-edition") from unknown
    except NotActivated as refused:
        raise CommandRefused(refused.message, refused.code) from refused
    return edition, standing_of(edition, on=clock.today()).value


def _editions(args: argparse.Namespace) -> int:
    from gongxin.interfaces import clock
    from gongxin.interfaces.commands.database import ready

    ready()
    from gongxin.registry.catalogue.editions import Standing, editions

    today = clock.today()
    known = editions(on=today)
    if args.json:
        in_force = next((one.edition.number for one in known if one.standing is Standing.IN_FORCE), None)
        listed = [_edition(one) for one in known]
        print_json({"on": today.isoformat(), "in_force": in_force, "editions": listed})
    else:
        print("\n".join(_edition_line(one) for one in known))
    return 0


ACTS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "load": _load,
    "activate": _activate,
    "withdraw": _withdraw,
    "editions": _editions,
}


def _documents_in(folder: Path) -> dict[str, str]:
    """Return the YAML files of a folder. Refuses one that is not there or cannot be read."""
    from gongxin.engine.readers.law_documents import is_yaml, read_documents

    try:
        paths = sorted(path for path in folder.iterdir() if is_yaml(path.name))
        with ExitStack() as opened:
            return read_documents([(path.name, opened.enter_context(path.open("rb"))) for path in paths])
    except OSError as error:
        message = Label(
            f"无法读取文件夹 {folder}：应为含 edition.yaml 和各事项文件的文件夹",
            f"The folder {folder} cannot be read: name one with edition.yaml and a file for each class",
        )
        raise CommandRefused(message, "unreadable-folder") from error
    except EditionRefused as refused:
        raise _refusal(refused.findings) from refused


def _refusal(findings: Sequence[Finding]) -> CommandRefused:
    zh = "\n".join(f"  {one.where}：{one.problem.zh}" for one in findings)
    en = "\n".join(f"  {one.where}: {one.problem.en}" for one in findings)
    return CommandRefused(
        Label(f"版次未装载，有 {len(findings)} 处不符：\n{zh}", f"The edition was not loaded:\n{en}"),
        "edition-refused",
        beside={
            "findings": [{"where": one.where, "zh": one.problem.zh, "en": one.problem.en} for one in findings]
        },
    )


def _no_such(number: str) -> Label:
    return Label(
        f"没有装载过版次 {number}；用 gongxin law editions 查看编号",
        f"No edition {number} was loaded; `gongxin law editions` lists the numbers",
    )


def _change(one: ClassChange) -> dict[str, Any]:
    parts = [
        {
            "part": part.part,
            "key": part.key,
            "change": part.change,
            "differences": [_difference(found) for found in part.differences],
        }
        for part in one.parts
    ]
    return {
        "class": one.class_id,
        "zh": one.label.zh,
        "en": one.label.en,
        "change": one.change,
        "parts": parts,
        "others": [found.name for found in one.differences],
        "differences": [_difference(found) for found in one.differences],
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "name": one.name,
        "old": one.old.zh if one.old else None,
        "new": one.new.zh if one.new else None,
        "removed": [value.zh for value in one.removed],
        "added": [value.zh for value in one.added],
    }


def _change_lines(changes: Sequence[ClassChange]) -> list[str]:
    lines = []
    for one in changes:
        lines.append(f"{both(CHANGES[one.change])}  {one.class_id}  {both(one.label)}")
        for part in one.parts:
            lines.append(
                f"    {both(CHANGES[part.change])}  {both(PARTS[part.part])} {part.key}  {both(part.label)}"
            )
            lines += [f"        {_difference_line(found)}" for found in part.differences]
        lines += [f"    {_difference_line(found)}" for found in one.differences]
    return lines


def _difference_line(one: Difference) -> str:
    name = both(ATTRIBUTES[one.name])
    if one.old is not None and one.new is not None:
        return f"{name}: {one.old.zh} → {one.new.zh}"
    gone = [f"-{value.zh}" for value in one.removed]
    return f"{name}: {' '.join([*gone, *(f'+{value.zh}' for value in one.added)])}"


def _edition(one: "KnownEdition") -> dict[str, Any]:
    edition, activated_at = one.edition, one.edition.activated_at
    return {
        "number": edition.number,
        "approval": edition.approval,
        "in_force_from": edition.in_force_on.isoformat(),
        "standing": one.standing.value,
        "loaded_at": edition.loaded_at.isoformat(),
        "loaded_by": edition.loaded_by,
        "activated_at": activated_at.isoformat() if activated_at else None,
        "activated_by": edition.activated_by or None,
        "withdrawn_at": edition.withdrawn_at.isoformat() if edition.withdrawn_at else None,
    }


def _edition_line(one: "KnownEdition") -> str:
    edition = one.edition
    day, standing = edition.in_force_on.isoformat(), both(STANDINGS[one.standing.value])
    return f"{edition.number}  {edition.approval}  {day}  {standing}"
