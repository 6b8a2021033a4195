"""Papers of a case: judged by their bytes, named so that a name does no harm (`law/evidence.yaml`)."""

from gongxin.core.evidence.judging import Paper, RefusedFile, fault_of_all, judged
from gongxin.core.evidence.naming import safe_name
from gongxin.core.evidence.rules import Fault, limits, words_of

__all__ = ["Fault", "Paper", "RefusedFile", "fault_of_all", "judged", "limits", "safe_name", "words_of"]
