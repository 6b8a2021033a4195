"""What the public API says of the reconciliation service."""

from collections.abc import Mapping

from gongxin.core.catalogue import Label
from gongxin.interfaces.api.description import Described

_QUERIES = Label("查询批次，JSON", "A batch of queries as JSON")
_EXTEND = Label("要取的编号和属性，JSON", "Ids and properties to fetch, as JSON")
_PREFIX = Label("已输入的文字", "What was typed")
_SKIP = Label("跳过前几个", "How many to skip")
_SUGGESTING = {"prefix": _PREFIX, "cursor": _SKIP}
_REFUSALS = ("unreadable-question", "not-held-here", "batch-too-large", "unknown-type", "unknown-property")

OPERATIONS: Mapping[str, Described] = {
    "reconcile": Described(
        Label("OpenRefine 比对服务：说明", "Reconciliation for OpenRefine: the manifest"),
        Label(
            "按 W3C 社区组 Reconciliation API 0.2。不带参数时返回服务说明；也可用 queries、extend 提问，"
            "答复同表单提问；带 callback 时以 JSONP 返回。在 OpenRefine 中把此网址添加为标准服务即可。",
            "Reconciliation Service API 0.2 of the W3C community group. Without parameters the manifest;"
            " `queries` and `extend` are answered as in a form; with `callback`, as JSONP. Add this address"
            " to OpenRefine as a standard service.",
        ),
        _REFUSALS,
        '"$GONGXIN/api/v1/reconcile"',
        {"queries": _QUERIES, "extend": _EXTEND},
    ),
    "reconcile_batch": Described(
        Label("OpenRefine 比对服务：比对", "Reconciliation for OpenRefine: a batch of queries"),
        Label(
            "每次至多 20 个查询。属性 code 经校验且已登记的，以代码为准，另有有效代码的组织不返回；"
            "region 只留下该地区内的候选。只有代码确定且名称无明显出入的，match 才为 true："
            "名称相同不构成认定。自然人不查找。表单项 extend 取已比对组织的代码、曾用名、"
            "地区、类型和公示页面，每次至多 100 个。",
            "At most 20 queries. A checked code that is registered decides (property `code`), and who bears"
            " another valid code is left out; `region` leaves out who is elsewhere. `match` is true only"
            " where a code decides and the name does not clearly contradict: a name alone never links."
            " Persons are not looked up. With `extend` in the form: code, former names, region, kind and"
            " public page of at most 100 organisations.",
        ),
        _REFUSALS,
        '"$GONGXIN/api/v1/reconcile" --data-urlencode "queries={\\"q0\\": {\\"query\\": \\"$CODE\\"}}"',
    ),
    "suggest_entity": Described(
        Label("OpenRefine 比对服务：提示组织", "Reconciliation for OpenRefine: suggest organisations"),
        Label(
            "输入两个字以上、完整代码或编号；每次 20 个，用 cursor 跳过已见的。",
            "By two characters of a name or more, a whole code or an id; 20 at once, `cursor` skips those"
            " seen.",
        ),
        ("unreadable-question", "not-held-here"),
        '-G "$GONGXIN/api/v1/reconcile/suggest/entity" --data-urlencode "prefix=示范"',
        _SUGGESTING,
    ),
    "suggest_type": Described(
        Label("OpenRefine 比对服务：提示类型", "Reconciliation for OpenRefine: suggest types"),
        Label("可作 type 的类型。", "The types a query may ask for."),
        ("unreadable-question",),
        '"$GONGXIN/api/v1/reconcile/suggest/type"',
        _SUGGESTING,
    ),
    "suggest_property": Described(
        Label("OpenRefine 比对服务：提示属性", "Reconciliation for OpenRefine: suggest properties"),
        Label("可作 pid 的属性及其作用。", "The properties, and what each does in a query."),
        ("unreadable-question",),
        '"$GONGXIN/api/v1/reconcile/suggest/property"',
        _SUGGESTING,
    ),
    "flyout": Described(
        Label("OpenRefine 比对服务：组织简介", "Reconciliation for OpenRefine: a few lines about one"),
        Label(
            "一段 HTML：名称、代码、地区。没有公示内容的和不存在的，答复相同（404）。",
            "A piece of HTML: name, code, region. Who does not show is answered like who does not exist.",
        ),
        ("unreadable-question", "not-found"),
        '"$GONGXIN/api/v1/reconcile/flyout?id=$SUBJECT"',
        {"id": Label("组织编号", "The organisation's id")},
    ),
    "propose_properties": Described(
        Label("OpenRefine 比对服务：可取的属性", "Reconciliation for OpenRefine: what may be fetched"),
        Label("可用 extend 取得的属性。", "The properties `extend` can fetch."),
        ("unreadable-question", "unknown-type"),
        '"$GONGXIN/api/v1/reconcile/properties?type=organisation"',
        {"type": Label("类型编号", "The type's id"), "limit": Label("至多几个", "How many at most")},
    ),
}
