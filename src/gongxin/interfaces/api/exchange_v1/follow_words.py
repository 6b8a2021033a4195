"""What the exchange API says of follows, in words."""

from collections.abc import Mapping

from gongxin.core.catalogue import Label
from gongxin.interfaces.api.description import Described

AS_KEY = '-H "Authorization: Bearer $KEY"'
AS_JSON = '-H "Content-Type: application/json"'
ADDRESS = '"$GONGXIN/api/exchange/v1/follows'

FOLLOW_OPERATIONS: Mapping[str, Described] = {
    "follow_subject": Described(
        Label("关注一个主体", "Follow an organisation"),
        Label(
            "写明用途和依据（basis，法律条款）；非国家机关须写授权书编号（consent）。至多一年，到期自行终止。"
            "被关注的主体能看到谁在关注、为何、至何日；依法密封的调查（case_number）除外。",
            "With a purpose and the article it rests on (`basis`); who is no organ of the state gives the"
            " number of the organisation's `consent` instead. It ends by itself on its day, a year on at the"
            " most. The organisation sees who follows it, for what and until when, unless an approved seal"
            " over the investigation `case_number` hides it.",
        ),
        (
            "unreadable-body",
            "too-large",
            "unknown-subject",
            "no-consent",
            "end-not-open",
            "followed-already",
            "not-sealed",
            "words-of-a-person",
        ),
        f'{ADDRESS}" {AS_KEY} {AS_JSON}'
        """ -d '{"code": "'$CODE'", "purpose": "supervision", "basis": "art. 40", "until": "'$UNTIL'"}'""",
    ),
    "follows": Described(
        Label("列出本单位的关注", "List whom the agency follows"),
        Label(
            "从新到旧，逐页读取，包括已终止的（runs 为 false）。",
            "Newest first, page by page, with those that have ended (`runs` is false).",
        ),
        ("unreadable-cursor", "unreadable-question"),
        f'{ADDRESS}?limit=20" {AS_KEY}',
        {
            "limit": Label("每页个数，最多 200", "How many a page, 200 at most"),
            "cursor": Label("上一页 next 中的翻页标记", "The cursor in the `next` of the page before"),
        },
    ),
    "follow_warnings": Described(
        Label("取回所关注主体的变动", "Hear what changed about whom you follow"),
        Label(
            "列入、移出名单，新公示处罚，修复、撤回、撤销，荣誉取得或终止。只告知有变动和记录编号，"
            "不含内容；不公示的不告知。保存 cursor，下次作为 after 再问：没有遗漏，也不重复。",
            "Put on a list or taken off it, a penalty shown, repaired, withdrawn, revoked, an honour gained"
            " or lost. The kind of change and the record's id, never its content, and nothing of what is not"
            " shown to everybody. Keep `cursor` and ask with it as `after` the next time: nothing is left"
            " out, and nothing told twice.",
        ),
        ("unreadable-cursor", "unreadable-question"),
        f'{ADDRESS}/warnings" {AS_KEY}',
        {
            "after": Label("上次答复的 cursor；省略即从头", "The `cursor` of the last answer; none: all"),
            "limit": Label("每页条数，最多 200", "How many a page, 200 at most"),
        },
    ),
    "end_following": Described(
        Label("终止关注", "End a follow"),
        Label(
            "即时终止，不再告知变动；已告知的仍在列表中，被关注的主体仍可看到。",
            "It ends at once and tells nothing more. What was told stays on the list, and the organisation"
            " still sees that it was followed.",
        ),
        ("no-such-follow", "follow-ended"),
        f'-X DELETE {ADDRESS}/$FOLLOW" {AS_KEY}',
        {"follow_id": Label("关注编号，取自关注的答复", "The follow's id, from the answer to following")},
    ),
}
