"""Who acted, in words: kept is "user:<id>"; a sheet for a court names the account and its office."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.actors import ActorKind
from gongxin.core.policy import Role
from gongxin.interfaces import clock
from gongxin.interfaces.pages.look_words import ROLES
from gongxin.registry.accounts.models import Agency, ApiKey, User
from gongxin.registry.mandates.queries import every_mandate
from gongxin.registry.subjects.queries import profile

AGENCY = "agency"  # how the ledger names the source that sent a batch, whoever pressed the button
MACHINES: Mapping[str, Promise] = {
    ActorKind.COMMAND.value: gettext_lazy("a command of the platform (account %(name)s)"),
    ActorKind.JOB.value: gettext_lazy("the platform's own work (%(name)s)"),
}

OF_SUBJECTS: Mapping[str, Promise] = {
    Role.ORGANISATION_OFFICER.value: gettext_lazy("officer of the organisation"),
    Role.PROFESSIONAL.value: gettext_lazy("licensed professional"),
}


class Who:
    """Knows the accounts and keys among `actors`, each written as kind:name.

    Of an account that acts for subjects it says for which of those the page is `about`, and no other.
    """

    def __init__(self, actors: Iterable[str], *, about: Collection[UUID] = ()) -> None:
        named = [actor.partition(":") for actor in actors]
        ids = {kind: _ids(name for found, _sep, name in named if found == kind) for kind in ("user", "key")}
        users = User.objects.select_related("agency").filter(id__in=ids["user"])
        acted_for = {one.user_id: one.subject_id for one in every_mandate(about)} if about else {}
        keys = ApiKey.objects.select_related("agency").filter(id__in=ids["key"])
        self._words = {
            f"{ActorKind.USER}:{user.pk}": _of_user(user, acted_for.get(user.pk)) for user in users
        }
        self._words |= {f"{ActorKind.KEY}:{key.pk}": _of_key(key) for key in keys}
        codes = [name for found, _sep, name in named if found == AGENCY]
        agencies = Agency.objects.filter(code__in=codes)
        self._words |= {f"{AGENCY}:{agency.code}": agency.name for agency in agencies}

    def in_words(self, actor: str) -> str:
        """Return who that is; what no account is any more stays as it was written."""
        kind, _sep, name = actor.partition(":")
        return self._words.get(actor) or (MACHINES[kind] % {"name": name} if kind in MACHINES else actor)


def _ids(names: Iterable[str]) -> set[UUID]:
    found = set()
    for name in names:
        try:
            found.add(UUID(name))
        except ValueError:
            continue  # written before accounts had ids, or by a test
    return found


def _of_user(user: User, subject_id: UUID | None) -> str:
    if user.role in OF_SUBJECTS:
        return _of_a_subject(user, subject_id)
    office = user.agency.name if user.agency else _("Credit centre")
    role = ROLES.get(user.role, user.role)
    return _("%(account)s (%(role)s, %(office)s)") % {
        "account": user.get_username(),
        "role": role,
        "office": office,
    }


def _of_a_subject(user: User, subject_id: UUID | None) -> str:
    known = profile(subject_id, at=clock.now()) if subject_id else None
    said = {"role": OF_SUBJECTS[user.role], "account": user.get_username()}
    if known is None:
        return _("%(role)s (account %(account)s)") % said
    return _("%(role)s (%(subject)s, account %(account)s)") % {**said, "subject": known.name}


def _of_key(key: ApiKey) -> str:
    return _("the system of %(agency)s (key %(label)s)") % {"agency": key.agency.name, "label": key.label}
