"""A day of a simulated province: what public bodies decide, and how diligent its offices are."""

from collections.abc import Iterator
from datetime import date
from random import Random

from gongxin.core.demonstration.batches import Batch, before
from gongxin.core.demonstration.offences import OFFENCES
from gongxin.core.demonstration.organisations import Organisation
from gongxin.core.demonstration.penalties import HEADERS, penalty_row
from gongxin.core.demonstration.places import ECOLOGY, HOUSING, MARKET, TRANSPORT, PublicBody

BODIES = (MARKET, ECOLOGY, HOUSING, TRANSPORT)
# How likely an office acts on a working day on what lies with it. Some are slow, so that limits are missed.
DILIGENCE = {MARKET.code: 0.7, ECOLOGY.code: 0.45, HOUSING.code: 0.12, TRANSPORT.code: 0.55}
DILIGENCE_OF_THE_CENTRE = 0.85
# How likely a body reports anything on a working day, and a firm asks for anything.
REPORTS, OBJECTS, ASKS_FOR_REPAIR = 0.35, 0.02, 0.04


def penalties_of_day(
    firms: tuple[Organisation, ...], on: date, *, serial: int, chance: Random
) -> Iterator[Batch]:
    """Yield what the bodies report on a working day: a file each, of one to three penalties."""
    for body in BODIES:
        if chance.random() < REPORTS:
            rows = tuple(_rows(firms, body, on, serial, chance))
            yield Batch(body, "penalty", f"行政处罚{on:%Y%m%d}.csv", 0, HEADERS, rows)


def _rows(
    firms: tuple[Organisation, ...], body: PublicBody, on: date, serial: int, chance: Random
) -> Iterator[dict[str, str]]:
    own = [offence for offence in OFFENCES if offence.body is body]
    for place, firm in enumerate(chance.sample(firms, chance.randint(1, 3)), start=1):
        offence = chance.choices(own, [one.weight for one in own])[0]
        decided_on = before(on, chance.randrange(1, 7))
        number = f"{offence.word}〔{decided_on.year}〕{serial:04}{place}号"
        yield dict(penalty_row(firm, offence, decided_on, name=firm.name, number=number))
