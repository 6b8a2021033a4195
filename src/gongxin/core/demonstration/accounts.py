"""The demonstration's accounts as they are printed: name, password, whose account it is and in which role."""

from collections.abc import Iterator, Mapping

from gongxin.core.policy import Role

TITLE = "演示账号 / demonstration accounts"
ROLES: Mapping[str, str] = {  # as the glossary has them
    Role.CLERK: "报送员",
    Role.OFFICER: "经办人",
    Role.REVIEWER: "复核人",
    Role.AUDITOR: "审计员",
    Role.ORGANISATION_OFFICER: "企业经办人",
    Role.PROFESSIONAL: "执业人员",
}


def account_lines(accounts: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield a line an account, as it was noted. Words stand last: how wide they print nobody knows."""
    for name, account in accounts.items():
        role = account["role"]
        whose = "  ".join(filter(None, (f"{ROLES[role]} {role}", account.get("whose"))))
        yield f"{name:<6}{account['password']:<22}{whose}"
