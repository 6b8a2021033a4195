import argparse
from pathlib import Path
from typing import Any

from gongxin.core.catalogue import Citation, Field, InformationClass, Label, Rule
from gongxin.core.law_agreement import Finding
from gongxin.core.law_check import check_document, check_packaged_law
from gongxin.core.lawbook import UnknownClass, edition, information_class, information_classes
from gongxin.core.sources import sources
from gongxin.interfaces.commands import editions
from gongxin.interfaces.commands.output import CommandRefused, both, print_json

ONLY_JSON = "只输出 JSON / print JSON only"


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    show = acts.add_parser("show", help="查看目录 / show the catalogue, or one class of it")
    show.add_argument("class_id", nargs="?", metavar="CLASS", help="目录事项 / class")
    show.add_argument("--json", action="store_true", help=ONLY_JSON)
    check = acts.add_parser("check", help="核对法规数据 / check the packaged law data, or FILEs")
    check.add_argument(
        "files", nargs="*", metavar="FILE", type=Path, help="事项或版次文件 / class or edition"
    )
    check.add_argument("--json", action="store_true", help=ONLY_JSON)
    editions.configure(acts)
    confirm = acts.add_parser("confirm", help="以全文确认出处 / confirm a source against its full text")
    confirm.add_argument("key", metavar="KEY", help="sources.yaml 的键 / a key of sources.yaml")
    confirm.add_argument("--text", required=True, metavar="FILE", type=Path, help="全文 / its full text")


def run(args: argparse.Namespace) -> int:
    return {"show": _show, "check": _check, "confirm": _confirm, **editions.ACTS}[args.act](args)


def _show(args: argparse.Namespace) -> int:
    if args.class_id is None:
        shown = _catalogue_as_json()
        print_json(shown) if args.json else print(_catalogue_as_text())
        return 0
    try:
        found = information_class(args.class_id)
    except UnknownClass as unknown:
        raise CommandRefused(unknown.message, "unknown-class") from unknown
    print_json(_class_as_json(found)) if args.json else print(_class_as_text(found))
    return 0


def _catalogue_as_json() -> dict[str, Any]:
    here = edition()
    return {
        "edition": here.id,
        "status": here.status,
        "approval_number": here.approval_number or None,
        "in_force_from": here.in_force_from.isoformat(),
        "classes": [
            {"id": one.id, **_label(one.label), "adverse": one.adverse, "audience": one.audience}
            for one in information_classes()
        ],
    }


def _catalogue_as_text() -> str:
    here = edition()
    heading = f"{both(here.label)} · {here.status} · {here.in_force_from.isoformat()}"
    return "\n".join([heading, *(f"  {one.id:<22}{both(one.label)}" for one in information_classes())])


def _class_as_json(shown: InformationClass) -> dict[str, Any]:
    return {
        "id": shown.id,
        **_label(shown.label),
        "edition": shown.edition,
        "statutory": dict(shown.statutory),
        "basis": [_citation(citation) for citation in shown.basis],
        "adverse": shown.adverse,
        "audience": shown.audience,
        "subject_kind": shown.subject_kind,
        "key": list(shown.key),
        "list_of": shown.list_of,
        "exit": shown.exit and _label(shown.exit),
        "remedy": shown.remedy and _label(shown.remedy),
        "fields": [_field(field) for field in shown.fields],
        "rules": [_rule(rule) for rule in shown.rules],
        "layouts": [
            {"id": layout.id, **_label(layout.label), "required": list(layout.required)}
            for layout in shown.layouts
        ],
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "key": field.key,
        **_label(field.label),
        "type": field.type,
        "required": field.required,
        "max_length": field.max_length,
        "codes": list(field.codes),
        "identifier": field.identifier,
        "publication": field.publication.value,
        "sensitivity": field.sensitivity,
        "example": field.example or None,
        "source": _citation(field.citation),
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "kind": rule.kind,
        "severity": rule.severity.value,
        "fields": list(rule.fields),
        **_label(rule.message),
        "source": _citation(rule.citation),
    }


def _label(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}


def _citation(citation: Citation | None) -> dict[str, str] | None:
    if citation is None:
        return None
    return {
        "source": citation.source,
        "title": sources()[citation.source].title.zh,
        "article": citation.article,
        "confidence": citation.confidence,
    }


def _class_as_text(shown: InformationClass) -> str:
    lines = [f"{shown.id}  {both(shown.label)}"]
    lines += [f"  {name}：{value}" for name, value in shown.statutory.items()]
    lines += [f"  依据 / basis：{_cited(citation)}" for citation in shown.basis]
    lines += [f"  {both(text)}" for text in (shown.exit, shown.remedy) if text is not None]
    lines += ["", "字段 / fields（* 必填 required）"]
    lines += [
        f"  {'*' if field.required else ' '} {field.key:<22}{both(field.label)}  {field.publication.value}"
        for field in shown.fields
    ]
    lines += ["", "规则 / rules"]
    lines += [f"  {rule.severity.value:<13}{rule.code:<38}{rule.message.zh}" for rule in shown.rules]
    return "\n".join(lines)


def _cited(citation: Citation) -> str:
    title = sources()[citation.source].title.zh
    article = f" {citation.article}" if citation.article else ""
    return f"《{title}》{article} [{citation.confidence}]"


def _check(args: argparse.Namespace) -> int:
    findings = (
        [found for path in args.files for found in check_document(name=str(path), text=_text_of(path))]
        if args.files
        else check_packaged_law()
    )
    if args.json:
        print_json({"sound": not findings, "findings": [_finding(found) for found in findings]})
    else:
        print("\n".join(f"{found.where}\n  {both(found.problem)}" for found in findings) or _sound())
    return 1 if findings else 0


def _finding(found: Finding) -> dict[str, str]:
    return {"where": found.where, **_label(found.problem)}


def _sound() -> str:
    return "法规数据无误 (the law data is sound)"


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandRefused(
            Label(f"无法读取 {path}（应为 UTF-8 文本）", f"{path} cannot be read as UTF-8 text")
        ) from error


def _confirm(args: argparse.Namespace) -> int:
    if args.key not in sources():
        raise CommandRefused(
            Label(
                f"没有出处 {args.key}。现有：{'、'.join(sources())}",
                f"no source {args.key}. Known: {', '.join(sources())}",
            )
        )
    _refuse_unreadable(args.text)
    from gongxin.interfaces import clock
    from gongxin.interfaces.commands.database import operator, ready

    ready()
    from gongxin.flows.confirm_law import confirm

    confirm(key=args.key, text=args.text, actor=operator(), at=clock.now())
    print(f"{args.key}  {sources()[args.key].title.zh}")
    return 0


def _refuse_unreadable(path: Path) -> None:
    try:
        text = path.read_bytes()
    except OSError as error:
        raise CommandRefused(Label(f"无法读取 {path}", f"{path} cannot be read")) from error
    if not text.strip():
        raise CommandRefused(Label(f"{path} 是空文件", f"{path} is empty"))
