from collections.abc import Iterator
from datetime import date
from random import Random

from gongxin.core.demonstration.batches import Batch, Row, before, document_number, written
from gongxin.core.demonstration.offences import OFFENCES, Offence
from gongxin.core.demonstration.organisations import Organisation
from gongxin.core.demonstration.places import ECOLOGY, HOUSING, MARKET, TRANSPORT

COLUMNS = (
    "CF_XDR_MC", "CF_XDR_LB", "CF_XDR_SHXYM", "CF_FRDB", "CF_WSH", "CF_WFXW", "CF_SY", "CF_YJ", "CF_CFLB",
    "CF_NR", "CF_NR_FK", "CF_NR_WFFF", "CF_NR_ZKDX", "CF_JDRQ", "CF_YXQ", "CF_CFJG", "CF_CFJGDM", "CF_SJLY",
    "CF_SJLYDM",
)  # fmt: skip
HEADERS = {
    **{column: column for column in COLUMNS},
    "送达日期": "served_on",
    "轻微处罚公示理由": "publication_reason",
}
# The first batch is old enough for its minor penalties to have ended by now.
SENT_DAYS_AGO = (165, 120, 75, 25, 2)
AWKWARD_DAYS_AGO = 1
# Before them a few old enough to be used: half a year and the holidays after, review and suit are over.
OLD_DAYS_AGO = 205
SENDINGS = (*SENT_DAYS_AGO, AWKWARD_DAYS_AGO, OLD_DAYS_AGO)
_SHARE_PUNISHED = 0.06  # of all organisations, in each batch
_FOR_EVER = "2099/12/31"
# Besides: what Qiao's firm can have repaired by now, from three bodies, and a warning nobody else sees.
_QIAOS_DAYS = 5  # from the decision to the sending
_OF_QIAO = {165: (OFFENCES[0], OFFENCES[4]), 120: (OFFENCES[8],), 75: (OFFENCES[3],)}


def penalty_batches(organisations: tuple[Organisation, ...], on: date, seed: int) -> list[Batch]:
    """Return half a year of penalties, a few before it, and a last file with all that can go wrong in one."""
    chance = Random(seed + 2)  # noqa: S311 (repeatable on purpose)
    batches = []
    for days_ago in SENT_DAYS_AGO:
        rows = list(_rows(organisations, on, days_ago, chance))
        for body in (MARKET, ECOLOGY, HOUSING, TRANSPORT):
            own = tuple(row for offence, row in rows if offence.body is body)
            name = f"行政处罚{before(on, days_ago):%Y%m%d}.csv"
            if own:
                batches.append(Batch(body, "penalty", name, days_ago, HEADERS, own, encoding="gb18030"))
    return [*_old(organisations, on), *batches, _awkward(organisations, on)]


def _old(organisations: tuple[Organisation, ...], on: date) -> Iterator[Batch]:
    """Yield what is old enough to found a measure: serious penalties, of firms other than Qiao's."""
    firms = [firm for firm in organisations[1:] if firm.form.kind == "91" and not firm.former_name]
    decided_on = before(on, OLD_DAYS_AGO + 4)
    for offence, first in ((OFFENCES[5], 1), (OFFENCES[7], 0)):
        rows = tuple(
            _row(firm, offence, decided_on, OLD_DAYS_AGO, index)
            for index, firm in enumerate(firms[first :: max(1, len(firms) // 3)], start=1)
        )
        name = f"行政处罚{before(on, OLD_DAYS_AGO):%Y%m%d}.csv"
        yield Batch(offence.body, "penalty", name, OLD_DAYS_AGO, HEADERS, rows, encoding="gb18030")


def _rows(
    organisations: tuple[Organisation, ...], on: date, days_ago: int, chance: Random
) -> Iterator[tuple[Offence, Row]]:
    for of_qiao in _OF_QIAO.get(days_ago, ()):
        decided_on = before(on, days_ago + _QIAOS_DAYS)
        yield of_qiao, _row(organisations[0], of_qiao, decided_on, days_ago, 0)
    every_kind = iter(OFFENCES) if days_ago in (SENT_DAYS_AGO[0], SENT_DAYS_AGO[-2]) else iter(())
    for index, firm in enumerate(organisations):
        offence = next(every_kind, None) if index else _of_qiao(days_ago)
        if offence is None and index and chance.random() < _SHARE_PUNISHED:
            offence = chance.choices(OFFENCES, [offence.weight for offence in OFFENCES])[0]
        if offence is not None:
            decided_on = before(on, days_ago + chance.randrange(2, 12))
            yield offence, _row(firm, offence, decided_on, days_ago, index)


def _of_qiao(days_ago: int) -> Offence | None:
    """Return what Qiao, the firm of the examples, was fined for: one small thing, still shown."""
    return OFFENCES[0] if days_ago == SENT_DAYS_AGO[-2] else None


def _row(firm: Organisation, offence: Offence, decided_on: date, days_ago: int, index: int) -> Row:
    sending = SENDINGS.index(days_ago) + 1
    number = document_number(offence.word, decided_on, sending=sending, index=index)
    return penalty_row(firm, offence, decided_on, name=firm.name_on(days_ago), number=number)


def penalty_row(firm: Organisation, offence: Offence, decided_on: date, *, name: str, number: str) -> Row:
    """Return a row of the form of 2018: what a firm, called by `name`, was punished for."""
    return {
        "CF_XDR_MC": name,
        "CF_XDR_LB": firm.form.category,
        "CF_XDR_SHXYM": firm.code,
        "CF_FRDB": firm.representative,
        "CF_WSH": number,
        "CF_WFXW": offence.type,
        "CF_SY": f"{decided_on.year}年{decided_on.month}月，{offence.fact}",
        "CF_YJ": offence.basis,
        "CF_CFLB": offence.kinds,
        "CF_NR": offence.outcome.format(fine=offence.fine_yuan, gain=offence.gain_yuan),
        "CF_NR_FK": _ten_thousands(offence.fine_yuan),
        "CF_NR_WFFF": _ten_thousands(offence.gain_yuan),
        "CF_NR_ZKDX": offence.certificate,
        "CF_JDRQ": written(decided_on),
        "CF_YXQ": _FOR_EVER,
        "CF_CFJG": offence.body.name,
        "CF_CFJGDM": offence.body.code,
        "CF_SJLY": offence.body.name,
        "CF_SJLYDM": offence.body.code,
        "served_on": written(decided_on),
        "publication_reason": offence.shown_because,
    }


def _ten_thousands(yuan: int) -> str:
    return f"{yuan / 10_000:.4f}".rstrip("0").rstrip(".") if yuan else ""


def _awkward(organisations: tuple[Organisation, ...], on: date) -> Batch:
    """Return a file with another firm's name, a wrong code, no such day, a person, and one good row."""
    offence, firms, decided_on = OFFENCES[0], organisations[-5:], before(on, 6)
    good = [dict(_row(firm, offence, decided_on, AWKWARD_DAYS_AGO, at)) for at, firm in enumerate(firms)]
    other_name, wrong_code, no_day, person = good[:4]
    other_name["CF_XDR_MC"] = "望川县无此名称渔具有限公司"
    wrong_code["CF_XDR_SHXYM"] = wrong_code["CF_XDR_SHXYM"][:-1] + _another(wrong_code["CF_XDR_SHXYM"][-1])
    no_day["CF_JDRQ"] = f"{on.year}-02-30"
    person.update({"CF_XDR_MC": "林甲乙", "CF_XDR_LB": "自然人", "CF_XDR_SHXYM": "", "CF_FRDB": ""})
    return Batch(MARKET, "penalty", "行政处罚（待核对）.csv", AWKWARD_DAYS_AGO, HEADERS, tuple(good))


def _another(character: str) -> str:
    return "1" if character == "0" else "0"
