"""The product's own settings, in a home of the tests' own and at one fixed moment.

Django reads its settings before any conftest is loaded, so the environment is settled here.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from laid_once import forget

HOME_OF_TESTS = Path(tempfile.mkdtemp(prefix="gongxin-tests-"))
atexit.register(shutil.rmtree, HOME_OF_TESTS, ignore_errors=True)
os.environ["GONGXIN_HOME"] = str(HOME_OF_TESTS)
os.environ["GONGXIN_NOW"] = "2026-11-23T10:00:00+08:00"
# Hundreds of questions a minute are a test's daily bread; what the limits do, their own tests say.
os.environ["GONGXIN_API_LIMIT_ADDRESS"] = os.environ["GONGXIN_API_LIMIT_KEY"] = "0"
os.environ["GONGXIN_TIP_OFF_LIMIT"] = os.environ["GONGXIN_NOT_ME_LIMIT"] = "0"
os.environ["GONGXIN_VERIFY_LIMIT"] = os.environ["GONGXIN_COMMENT_LIMIT"] = "0"
os.environ["GONGXIN_DATABASE_URL"] = os.environ.get("GONGXIN_TEST_DATABASE_URL", "")

if "LAID_ONCE" not in os.environ:  # the first process of the run; its workers inherit it
    os.environ["LAID_ONCE"] = tempfile.mkdtemp(prefix="gongxin-laid-")
    atexit.register(forget, Path(os.environ["LAID_ONCE"]))

from gongxin.project.translations import compile_folder  # noqa: E402
from gongxin.registry.planned_once import PLANNED_ONCE  # noqa: E402
from gongxin.registry.sealing import make_keys  # noqa: E402

make_keys(HOME_OF_TESTS)
# Before Django: it reads the words of a language once.
compile_folder(Path(__file__).parents[1] / "src/gongxin/project/locale")

from gongxin.project.settings import *  # noqa: E402, F403
from gongxin.project.settings import DATABASES  # noqa: E402

# Every question is tried as the website asks it, which is the stricter way: nothing guesses a value's type.
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] |= PLANNED_ONCE
