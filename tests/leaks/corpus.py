"""Twelve hundred texts that hold something of a person: numbers and addresses nobody has, always the same.

Resident numbers have right check digits in counties that do not exist, bank cards pass Luhn, telephones are
made of dice. Each text says what a gate may lean on: fifteen digits or a card number without a word beside
them cannot be told from a registration or an order, and are no person's here (`core/leaks.py`).
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from gongxin.core.identifiers import resident

COUNT = 1_200
_WIDE = str.maketrans("0123456789X-", "０１２３４５６７８９Ｘ－")
_PROVINCES = sorted(resident.PROVINCES)


@dataclass(frozen=True, slots=True)
class Planted:
    """A text as somebody may write it, and what nobody may read in it: its bare digits, or its address."""

    kind: str
    text: str
    needle: str


def corpus() -> list[Planted]:
    """Return the texts, every kind in every way of writing in turn."""
    dice = random.Random(20261127)
    kinds = list(_KINDS.items())
    return [_planted(*kinds[place % len(kinds)], dice, place) for place in range(COUNT)]


def _planted(
    kind: str, make: Callable[[random.Random, int], tuple[str, str]], dice: random.Random, place: int
) -> Planted:
    needle, sentence = make(dice, place // len(_KINDS))
    return Planted(kind, sentence, needle)


def _resident(dice: random.Random, place: int) -> tuple[str, str]:
    born = f"{dice.randint(1940, 2008)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    # County 99 of prefecture 99 is no place in any province.
    first = f"{dice.choice(_PROVINCES)}9999{born}{dice.randint(0, 999):03}"
    number = first + resident.check_character(first)
    sentences = ("{}", "当事人身份证号{}。", "（公民身份号码：{}）", "ID card {}", "经办人 {} 已到场")
    return number, _written(number, (6, 8, 4), sentences, place)


def _old_resident(dice: random.Random, place: int) -> tuple[str, str]:
    born = f"{dice.randint(40, 79)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    number = f"{dice.choice(_PROVINCES)}9999{born}{dice.randint(0, 999):03}"
    return number, ("身份证{}", "身份证号码：{}", "ID number {}", "IDNUMBER{}")[place % 4].format(number)


def _mobile(dice: random.Random, place: int) -> tuple[str, str]:
    number = f"1{dice.choice('3456789')}{dice.randint(0, 9)}{dice.randint(0, 99_999_999):08}"
    sentences = ("联系电话{}", "手机：{}。", "{}", "+86 {}", "请致电{}说明情况", "Tel{}")
    return number, _written(number, (3, 4, 4), sentences, place)


def _home_telephone(dice: random.Random, place: int) -> tuple[str, str]:
    area, local = f"0{dice.randint(310, 999)}", f"{dice.randint(2, 8)}{dice.randint(0, 9_999_999):07}"
    number = f"{area}-{local}" if place % 2 else area + local
    return area + local, ("家庭电话：{}", "住宅电话{}", "宅电 {}")[place % 3].format(number)


def _card(dice: random.Random, place: int) -> tuple[str, str]:
    digits = f"62{dice.randint(0, 10**16 - 1):016}"
    check = next(one for one in "0123456789" if _passes_luhn(digits + one))
    sentences = ("银行卡号{}", "收款账户：{}", "bank card {}", "bankcard{}", "开户行某银行，账号{}")
    return digits + check, _written(digits + check, (4, 4, 4, 4, 3), sentences, place)


def _home(dice: random.Random, place: int) -> tuple[str, str]:
    street = f"{dice.choice('杏梅桂柳槐')}{dice.choice('花园香溪林')}{dice.choice(('里', '巷', '路', '街'))}"
    home = f"示范市{street}{dice.randint(1, 999)}号院{dice.randint(1, 40)}号楼{place + 101}室"
    sentences = ("家庭住址：{}", "住址{}", "家住{}，无业", "现住址为{}。", "户籍地址：{}", "户籍所在地是{}")
    return home, sentences[place % len(sentences)].format(home)


def _written(number: str, groups: tuple[int, ...], sentences: tuple[str, ...], place: int) -> str:
    """Return the number bare, in groups with blanks or hyphens, wide, or small, within a sentence."""
    way = (place // len(sentences)) % 5
    parts, rest = [], number
    for length in groups:
        parts, rest = [*parts, rest[:length]], rest[length:]
    ways = (number, " ".join(parts), "-".join(parts), number.translate(_WIDE), number.lower())
    return sentences[place % len(sentences)].format(ways[way])


def _passes_luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


_KINDS: dict[str, Callable[[random.Random, int], tuple[str, str]]] = {
    "resident": _resident,
    "old-resident": _old_resident,
    "mobile": _mobile,
    "home-telephone": _home_telephone,
    "bank-card": _card,
    "home-address": _home,
}
