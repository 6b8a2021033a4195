"""Seals for tests: Zhao of the centre and a bureau investigate Qiao's firm, Chen approves."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from cast import AT, BUREAU

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.looks import Looker
from gongxin.flows.looks import note_look
from gongxin.flows.seal_looks import approve_seal, ask_for_seal
from gongxin.registry.accounts.models import Agency
from gongxin.registry.audit.models import Seal
from gongxin.registry.subjects.models import Subject

HAN, CHEN = Actor(ActorKind.USER, "han"), Actor(ActorKind.USER, "chen")  # of the bureau; of the centre
CASE, ARTICLE = "示稽〔2026〕7号", "《示范稽查条例》第三条"
DAY = timedelta(days=1)
IN_A_MONTH, IN_SIX_MONTHS = date(2026, 12, 23), date(2027, 5, 23)


def a_bureau() -> Agency:
    return Agency.objects.create(id=uuid4(), code=BUREAU, name="示范市稽查局", region="990100")


def a_firm() -> UUID:
    made = Subject.objects.create(id=uuid4(), kind="organisation", database="legal-person", created_at=AT)
    return made.id


def asked(
    bureau: Agency | None, firm: UUID, *, until: date = IN_A_MONTH, at: datetime = AT, case: str = CASE
) -> Seal:
    """Return a seal Han asked for, for the bureau or (None) the centre."""
    return ask_for_seal(
        agency_id=bureau.id if bureau else None, subject_id=firm, case_number=case, article=ARTICLE,
        until_on=until, actor=HAN, at=at,
    )  # fmt: skip


def sealed(bureau: Agency | None, firm: UUID, *, until: date = IN_A_MONTH, at: datetime = AT) -> Seal:
    """Return a seal Han asked for and Chen approved at the same moment."""
    made = asked(bureau, firm, until=until, at=at)
    approve_seal(seal=made, actor=CHEN, at=at)
    made.refresh_from_db()
    return made


def looked(bureau: Agency | None, firm: UUID, *, at: datetime, case: str = CASE) -> date | None:
    """Han looks, for the bureau or the centre."""
    looker = Looker(HAN, bureau.id if bureau else None, "head" if bureau else "officer")
    return note_look(
        looker=looker, subject_id=firm, purpose="record.read-history: investigation", at=at, case_number=case
    )
