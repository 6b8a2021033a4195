"""Who acts: a signed-in user, an agency's key, a command, a job. Recorded with everything done."""

from dataclasses import dataclass, field
from enum import StrEnum


class ActorKind(StrEnum):
    USER = "user"
    KEY = "key"
    COMMAND = "command"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Actor:
    """`name` is a user's id, a key's id, a system account or a worker's name; never a person's name."""

    kind: ActorKind
    name: str
    on_behalf_of: str = field(default="", compare=False)  # the absent colleague's id, where one stands in

    @property
    def written(self) -> str:
        """Return who acts as decisions keep it: the kind and the name."""
        return f"{self.kind}:{self.name}"
