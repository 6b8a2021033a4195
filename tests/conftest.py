"""What every test may ask for. `settings_of_tests` has settled home, moment and database."""

from pathlib import Path

import pytest

from gongxin.project.translations import compile_folder


def pytest_configure(config: pytest.Config) -> None:
    compile_folder(Path(__file__).parents[1] / "src/gongxin/project/locale")
