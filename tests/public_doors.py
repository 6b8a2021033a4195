"""Every door by which everyone may meet one record, and what of it would show there."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cast import AT, QIAO, QIAO_NAME
from django.test import Client

FACT = "未按规定公开排污信息"  # of the record and of nothing else


@contextmanager
def it_is(at: datetime) -> Iterator[None]:
    """Let every page be asked at `at`."""
    before = os.environ["GONGXIN_NOW"]
    os.environ["GONGXIN_NOW"] = at.isoformat()
    try:
        yield
    finally:
        os.environ["GONGXIN_NOW"] = before


@dataclass(slots=True)
class Doors:
    """The doors to one record of one firm; of each the ETag with which it last showed the record."""

    subject_id: UUID
    record_id: UUID
    kept: dict[str, str] = field(default_factory=dict)

    def addresses(self) -> Mapping[str, tuple[str, ...]]:
        """Return each address with the texts of which none may stand there once the record has ended."""
        named = (QIAO_NAME,)  # of whom nothing else shows
        one, listed = (FACT, "示环罚"), (str(self.subject_id), FACT, "示环罚")
        subject, api = f"/subjects/{self.subject_id}/", f"/api/v1/subjects/{self.subject_id}"
        return {
            "/": listed, f"/search/?q={QIAO_NAME}": listed, "/penalties/": listed,
            "/penalties/feed.atom": listed, "/sitemap.xml": listed,
            subject: one, f"{subject}penalty/": one, f"{subject}records/{self.record_id}/": one,
            api: named, f"{api}/records": one, f"{api}/records/{self.record_id}": one,
            f"{api}/records?at={AT.isoformat().replace('+', '%2B')}": one,
            f"/api/v1/search?q={QIAO_NAME}": listed, f"/api/v1/subjects/by-code/{QIAO}": named,
            "/api/v1/records/newest?class=penalty": listed,
        }  # fmt: skip

    def showing(self, at: datetime) -> set[str]:
        """Return the doors at which the record shows at `at`, to a reader who sends back what they kept."""
        with it_is(at):
            return {address for address, texts in self.addresses().items() if self._shows(address, texts)}

    def _shows(self, address: str, texts: tuple[str, ...]) -> bool:
        kept = self.kept.get(address)
        answer = Client().get(address, headers={"If-None-Match": kept} if kept else {})
        if answer.status_code == 304:
            return True  # what the reader kept, with the record in it, is said to hold
        told = answer.content.decode()
        found = any(text in told for text in texts)
        if found:
            assert "max-age=0" in answer.headers.get("Cache-Control", "max-age=0"), address
            self.kept[address] = answer.headers.get("ETag", "")
        return found
