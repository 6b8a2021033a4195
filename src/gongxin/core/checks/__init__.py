"""What is answered to who asks whether something may be granted to an organisation."""

from gongxin.core.checks.verdicts import Verdict

__all__ = ["Verdict"]
