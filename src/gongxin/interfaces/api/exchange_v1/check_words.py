"""What the exchange API says of checks, in words."""

from collections.abc import Mapping

from gongxin.core.catalogue import Label
from gongxin.interfaces.api.description import Described

AS_KEY = '-H "Authorization: Bearer $KEY"'
AS_JSON = '-H "Content-Type: application/json"'
ADDRESS = '"$GONGXIN/api/exchange/v1/checks'
CHECK_ID = {"check_id": Label("核查编号，即答复的 id", "The `id` of the answer")}

CHECK_OPERATIONS: Mapping[str, Described] = {
    "ask_check": Described(
        Label("核查一个主体能否办理一事项", "Ask whether something may be granted to a subject"),
        Label(
            "答复 verdict：benefit 可以激励，allow 截至该时刻未发现应予限制的记录（不是准予），require 附"
            "条件办理，"
            "restrict 依法限制，cannot-tell 无法判断，not-held-here 涉及自然人，scene-not-served 不服务于"
            "该事项。"
            "只有代码能确定主体，name 仅作提示。at 可写日期（当日终了时；今日即现在）或带时区的时刻，省略"
            "即现在。"
            "purpose 和 case_number 会被保存，该主体可见，不得含有个人号码。以 subjects 一次可问 100 个。"
            "Idempotency-Key 可省略：以同一键再问，答复同一答复（200）；同一键问别的，答复 409。"
            "没有确定主体的询问不保存答复，再问即重新答复。signature 为全部答复的签名，公钥见 "
            "/.well-known/jwks.json。",
            "The `verdict` is benefit (incentives may be given), allow (nothing found by that moment"
            " that would"
            " have to restrict; never a permission), require (conditions apply), restrict, cannot-tell,"
            " not-held-here (a person) or scene-not-served. Only a code says who is meant; a name alone is"
            " answered with candidates. `at` is a day, meant as it ended (today: as it is), or an"
            " instant with"
            " its zone; left out, now. `purpose` and `case_number` are kept, the subject reads them, and they"
            " may hold no person's number. `subjects` asks about up to 100 at once. Idempotency-Key is"
            " optional: the same key again is answered with the same answer (200), another question under it"
            " 409. A question that found no subject keeps no answer and is answered anew. `signature` signs"
            " all of the answer; the keys are in /.well-known/jwks.json.",
        ),
        (
            "idempotency-key-too-long",
            "idempotency-key-of-a-person",
            "idempotency-key-reserved",
            "unreadable",
            "asked-otherwise",
            "too-large",
            "unreadable-body",
            "unknown-matter",
            "moment-to-come",
            "too-many-subjects",
            "number-of-a-person",
            "unfit-words",
        ),
        f'{ADDRESS}" {AS_KEY} {AS_JSON}'
        """ -d '{"code": "'$CODE'", "matter": "government-procurement", "purpose": "bid review","""
        """ "case_number": "2026-7"}'""",
        {
            "Idempotency-Key": Label(
                "业务系统自己的询问编号，至多 80 个字符",
                "Your own name for this question, up to 80 characters",
            )
        },
    ),
    "answer_changes": Described(
        Label("取回变动的答复", "Follow the answers that changed"),
        Label(
            "答复在有效期内不再成立的，本单位会收到通知，并列于此处，最早的在先。保存 cursor，下次作为 "
            "after 再问："
            "没有遗漏，也不重复。next 有值时，下一页已经可取。",
            "An answer that no longer held within its validity is told to the agency and listed here, the"
            " oldest first. Keep `cursor` and ask with it as `after` the next time: nothing is left out and"
            " nothing told twice. Where `next` is given, a further page is there already.",
        ),
        ("unreadable-cursor",),
        f'{ADDRESS}/changes" {AS_KEY}',
        {
            "after": Label(
                "上次答复的 cursor；省略即从头", "The `cursor` of the last answer; none: all of them"
            ),
            "limit": Label("每页条数，至多 200", "How many a page, up to 200"),
        },
    ),
    "follow_check": Described(
        Label("取回一次核查", "Fetch a check again"),
        Label(
            "当时的答复、其后的变动（最后一条为准）和本单位所作的反馈。仅限本单位的核查。",
            "The answer as it was given, how it changed since (the last one holds), and what the agency said"
            " it did. The agency's own checks only.",
        ),
        ("no-such-check",),
        f'{ADDRESS}/$CHECK" {AS_KEY}',
        CHECK_ID,
    ),
    "acknowledge_change": Described(
        Label("确认已读变动的答复", "Acknowledge a changed answer"),
        Label(
            "不带内容即确认最新的变动；写明 change 的，确认该变动和以前的变动，其后的仍待确认。重复确认无"
            "妨。",
            "Without a body the newest change; with `change` that one and those before it, so that a"
            " later one"
            " still waits. A second time is harmless.",
        ),
        ("no-such-check", "unreadable-body", "too-large", "nothing-changed"),
        f'-X POST {ADDRESS}/$CHANGED/acknowledge" {AS_KEY}',
        CHECK_ID,
    ),
    "say_what_was_done": Described(
        Label("反馈实际做了什么", "Say what was in fact done"),
        Label(
            "done：applied 已适用、not-applied 未适用、granted 已准予。rule 须为答复所列的规则，可省略；"
            "note 会被保存，不得含有个人号码。同样的反馈再次送来，答复 200。",
            "`done` is applied, not-applied or granted. `rule` must be one the answer named, or be left out;"
            " `note` is kept and may hold no person's number. The same said again is answered 200.",
        ),
        (
            "no-such-check",
            "unreadable-body",
            "too-large",
            "rule-not-named",
            "not-that-day",
            "number-of-a-person",
            "unfit-words",
        ),
        f'{ADDRESS}/$CHECK/feedback" {AS_KEY} {AS_JSON}'
        """ -d '{"done": "granted", "done_on": "'$TODAY'"}'""",
        CHECK_ID,
    ),
}
