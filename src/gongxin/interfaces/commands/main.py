"""The program `gongxin`. It imports the asked command's module only, so that `identify` answers at once."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn, Protocol, cast

from gongxin.core.catalogue import Label
from gongxin.interfaces.commands.output import CommandRefused, print_json

COMMANDS = {
    "init": Label("建库、装载法规、生成密钥", "create the database, load the law, make keys"),
    "user": Label("管理用户", "manage users"),
    "mandate": Label("登记、终止、查看代办授权", "note, end or list who acts for whom"),
    "key": Label("管理单位接口密钥", "manage the keys of agencies"),
    "signing-key": Label("查看、更换签名密钥", "show or renew the key that signs answers"),
    "agency": Label("登记单位", "register agencies"),
    "check": Label("校验报送文件（不需数据库）", "check a file; needs no database"),
    "submit": Label("报送文件，直至入库公示", "submit a file, through to publication"),
    "show": Label("查看一个主体的记录", "show one subject's records"),
    "check-subject": Label("核查一个主体能否办理一事项", "ask whether something may be granted to a subject"),
    "search": Label("按名称或代码查找主体", "find subjects by name or code"),
    "law": Label("查看、核对、确认法规数据", "show, check or confirm the law data"),
    "lists": Label("查看名单的依据、情形、程序、期限", "show statutory lists as law"),
    "calendar": Label("导入节假日安排", "import a notice of holidays"),
    "screen": Label("批量核查一份代码", "ask about every code of a file at once"),
    "evaluate": Label("按评价办法评价全部组织", "grade every organisation by a scheme"),
    "sample": Label("按信用等级加权随机抽查", "draw organisations to inspect, weighted by class"),
    "identify": Label("识别代码种类与真伪", "say what kind of code a text is"),
    "match": Label("比对表格中的名称与登记主体", "screen the names of a table against the register"),
    "names": Label("拆分、比较名称", "tell the parts of names, and how alike they are"),
    "clock": Label("计算公示期限", "reckon the day by which to publish"),
    "clocks": Label("查看一条记录的各项期限", "show every clock of one record"),
    "due": Label("列出到期事项", "list what falls due"),
    "simulate": Label("模拟一省逐日运行", "live a synthetic province through its days"),
    "demo": Label("生成演示省数据", "generate the demonstration province"),
    "quality": Label("统计数据质量", "count the figures of data quality"),
    "serve": Label("启动网站", "start the website"),
    "worker": Label("启动后台处理", "start a worker"),
}

REFUSED = 2


class Command(Protocol):
    """What a module of `gongxin.interfaces.commands` offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        raise CommandRefused(Label(f"用法不对：{message}", f"Wrong usage: {message}"), "wrong-usage")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code of the program."""
    _never_fail_on_an_old_terminal()
    words = list(sys.argv[1:] if argv is None else argv)
    asked = next((word for word in words if not word.startswith("-")), "")
    command = cast(Command, import_module(module_of(asked))) if asked in COMMANDS else None
    try:
        args = _parser(asked, command).parse_args(words)
    except CommandRefused as wrong_usage:
        sys.exit(_refuse(wrong_usage, as_json="--json" in words))
    if command is None:
        raise AssertionError("the parser accepts only commands that have a module")
    return _run(command, args)


def module_of(name: str) -> str:
    """Return the module in which a command lies."""
    return f"{__package__}.{name.replace('-', '_')}"


def _run(command: Command, args: argparse.Namespace) -> int:
    as_json = getattr(args, "json", False)
    try:
        return command.run(args)
    except CommandRefused as refusal:
        return _refuse(refusal, as_json=as_json)
    except BrokenPipeError:
        # The reader has gone (`| head`); a second complaint while closing stdout would only confuse.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        from gongxin.interfaces.commands.failures import code_of, words_for

        code = code_of(error)
        if code is None:
            raise
        return _refuse(CommandRefused(words_for(code), code), as_json=as_json)


def _refuse(refusal: CommandRefused, *, as_json: bool) -> int:
    """Say why: to a person on stderr, to a program also as the one object on stdout."""
    if as_json:
        print_json(refusal.as_json())
    print(f"{refusal.message.zh}\n{refusal.message.en}", file=sys.stderr)
    return REFUSED


def _never_fail_on_an_old_terminal() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


class _Version(argparse.Action):
    """Says the version; looked up when asked, as it costs as much as a quick command."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"gongxin {version('gongxin')}")
        parser.exit()


def _parser(asked: str, command: Command | None) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="gongxin", description="公信：公共信用信息平台 / a province's public credit platform"
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="版本 / say which version this is")
    choices = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, label in COMMANDS.items():
        sub = choices.add_parser(name, help=f"{label.zh} / {label.en}", description=f"{label.zh}\n{label.en}")
        if command is not None and name == asked:
            command.configure(sub)
    return parser
