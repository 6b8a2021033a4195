"""Questions for matching, made of real names with a seed: exact, damaged, short, with a code, unknown."""

import json
import random
from collections.abc import Callable, Sequence

Known = tuple[str, str]  # name, code
SHARES = {"exact": 35, "damaged": 30, "short": 10, "coded": 15, "unknown": 10}


def damaged(name: str, dice: random.Random, *, characters: str) -> str:
    """Return `name` with the character at a random place replaced by another of `characters`."""
    place = dice.randrange(len(name))
    other = dice.choice(characters)
    while other == name[place]:
        other = dice.choice(characters)
    return name[:place] + other + name[place + 1 :]


def shortened(name: str, dice: random.Random) -> str:
    """Return `name` without the character at a random place."""
    place = dice.randrange(len(name))
    return name[:place] + name[place + 1 :]


def questions(known: Sequence[Known], *, many: int, seed: int) -> list[tuple[str, Known]]:
    """Return `many` questions in a fixed order: their kind, the name, and a code or nothing."""
    dice = random.Random(seed)
    characters = "".join(name for name, _ in dice.sample(known, min(2000, len(known))))
    kinds = dice.choices(list(SHARES), weights=list(SHARES.values()), k=many)
    return [(kind, _MADE[kind](dice, known, characters)) for kind in kinds]


def body_of(question: Known) -> str:
    """Return what a client of `/match` sends to ask one question."""
    name, code = question
    properties = {"name": [name], **({"uscCode": [code]} if code else {})}
    return json.dumps({"queries": {"q": {"schema": "Company", "properties": properties}}}, ensure_ascii=False)


def _exact(dice: random.Random, known: Sequence[Known], _: str) -> Known:
    return dice.choice(known)[0], ""


def _damaged(dice: random.Random, known: Sequence[Known], characters: str) -> Known:
    return damaged(dice.choice(known)[0], dice, characters=characters), ""


def _short(dice: random.Random, known: Sequence[Known], _: str) -> Known:
    """Return brand and trade alone: 大河商贸 of 河南大河商贸有限公司."""
    from gongxin.core.names.parts import parse_name

    parts = parse_name(dice.choice(known)[0])
    return parts.brand + parts.industry, ""


def _coded(dice: random.Random, known: Sequence[Known], _: str) -> Known:
    return dice.choice(known)


def _unknown(dice: random.Random, known: Sequence[Known], characters: str) -> Known:
    """Return a name nobody bears: the beginning of one, two characters, the end of another."""
    one, other = dice.choice(known)[0], dice.choice(known)[0]
    return one[:2] + dice.choice(characters) + dice.choice(characters) + other[-8:], ""


_MADE: dict[str, Callable[[random.Random, Sequence[Known], str], Known]] = {
    "exact": _exact,
    "damaged": _damaged,
    "short": _short,
    "coded": _coded,
    "unknown": _unknown,
}
