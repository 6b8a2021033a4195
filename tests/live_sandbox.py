"""A whole sandbox in processes of its own, as another system's developer meets it: website and worker."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from laid_once import PROVINCE, copy_home, laid_home
from own_database import own_database

from bench.running import address_of, gongxin, running
from gongxin.core.demonstration.places import ECOLOGY


@dataclass(frozen=True)
class Sandbox:
    """Where it answers, and the key of the fictional ecology bureau."""

    address: str
    key: str
    portal_key: str
    site_key: str

    @property
    def environment(self) -> dict[str, str]:
        keys = {"KEY": self.key, "PORTAL_KEY": self.portal_key, "SITE_KEY": self.site_key}
        return {"GONGXIN": self.address, **keys}


@contextmanager
def live_sandbox(**changes: str) -> Iterator[Sandbox]:
    """Yield a running sandbox with a small demonstration province; `changes` are settings of it."""
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="gongxin-sandbox-"))
        like = laid_home(*PROVINCE)
        copy_home(Path(home), like)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "gongxin.project.settings",
            "GONGXIN_HOME": home,
            "GONGXIN_DATABASE_URL": stack.enter_context(own_database(like)),
            "GONGXIN_SANDBOX": "True",
            **changes,
        }
        del environment["GONGXIN_NOW"]
        add_key = ("key", "add", "--agency", ECOLOGY.code)
        key = gongxin(environment, *add_key).strip()
        portal_key = gongxin(environment, *add_key, "--for", "usage-tracker").strip()
        site_key = gongxin(environment, *add_key, "--for", "national-site").strip()
        server = stack.enter_context(running(environment, "serve", "--port", "0"))
        stack.enter_context(running(environment, "worker"))
        yield Sandbox(address_of(server), key, portal_key, site_key)


def blocks_of(document: Path) -> list[str]:
    """Return what a document tells a shell to do, in order."""
    return re.findall(r"^```sh\n(.*?)^```$", document.read_text("utf-8"), re.M | re.S)
