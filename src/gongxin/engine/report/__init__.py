"""The problem report: what is wrong with a checked file, for a person to mend and a machine to read."""

from gongxin.engine.report.findings import CopyOf
from gongxin.engine.report.opening import FORMATS, open_report, page_of_problems

__all__ = ["FORMATS", "CopyOf", "open_report", "page_of_problems"]
