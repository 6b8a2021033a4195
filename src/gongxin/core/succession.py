"""An agency that was renamed or merged: who acts for it now, and how that is told to whoever sends."""

from dataclasses import asdict, dataclass
from typing import Any

from gongxin.core.catalogue import Label


@dataclass(frozen=True, slots=True)
class Succession:
    """What is told of a body that is no more: `rows` name it as deciding, or (None) it was sent for it."""

    code: str
    name: str
    successor_code: str
    successor_name: str
    rows: int | None = None

    @property
    def words(self) -> Label:
        """Return the warning, naming both."""
        old_zh, new_zh = f"{self.name}（{self.code}）", f"{self.successor_name}（{self.successor_code}）"
        old, new = f"{self.name} ({self.code})", f"{self.successor_name} ({self.successor_code})"
        if self.rows is None:
            return Label(
                f"报送时所用单位{old_zh}已由{new_zh}承继，本批次计入承继单位。",
                f"It was sent for {old}, which {new} succeeded: it counts as the successor's.",
            )
        return Label(
            f"{self.rows} 行所填决定机关{old_zh}已由{new_zh}承继，照此接收，以后请填写承继单位的代码。",
            f"{self.rows} rows name {old} as the deciding body, which {new} succeeded. They are accepted so;"
            " write the successor's code from now on.",
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def successions(kept: list[dict[str, Any]]) -> list[Succession]:
    """Return what a submission keeps of them, as values."""
    return [Succession(**one) for one in kept]
