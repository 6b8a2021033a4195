"""Honours, promises, evaluations and the tax bureau's list: what firms like to be found with."""

from datetime import date, timedelta

from gongxin.core.demonstration.batches import Batch, Row, before, written
from gongxin.core.demonstration.organisations import Organisation
from gongxin.core.demonstration.places import APPROVAL, ECOLOGY, GOVERNMENT, TAX

HONOUR_HEADERS = {
    "主体名称": "name",
    "统一社会信用代码": "unified_code",
    "荣誉名称": "honour_name",
    "表彰决定文号": "document_number",
    "文件依据": "ground",
    "授予日期": "awarded_on",
    "有效期限": "valid_until",
    "授予机关": "awarding_body",
    "授予机关统一社会信用代码": "awarding_body_code",
    "公示起始日期": "noticed_from",
    "公示结束日期": "noticed_until",
}
COMMITMENT_HEADERS = {
    "承诺人名称": "promisor_name",
    "承诺人类别": "promisor_category",
    "承诺人代码": "promisor_code",
    "承诺编码": "commitment_number",
    "承诺类型": "commitment_kind",
    "承诺事由": "matter",
    "承诺内容": "content",
    "违诺责任": "liability",
    "承诺作出日期": "made_on",
    "承诺有效期": "valid_until",
    "承诺受理单位": "accepting_body",
    "承诺受理单位代码": "accepting_body_code",
    "公开类型": "disclosure_scope",
    "承诺履行状态": "fulfilment",
}
EVALUATION_HEADERS = {
    "企业名称": "name",
    "统一社会信用代码": "unified_code",
    "评定内容": "scheme",
    "等级": "grade",
    "评价年度": "year",
    "评定时间": "evaluated_on",
    "有效期至": "valid_until",
    "评定单位": "evaluating_body",
    "评定单位统一社会信用代码": "evaluating_body_code",
    "评价依据": "ground",
}
TAX_HEADERS = {
    "纳税人识别号": "taxpayer_number",
    "纳税人名称": "taxpayer_name",
    "信用级别": "level",
    "评价年度": "year",
    "税务机关": "tax_office",
}


def good_batches(organisations: tuple[Organisation, ...], on: date) -> list[Batch]:
    """Return one file of each kind; Qiao is in all of them."""
    firms = [firm for firm in organisations if firm.form.kind == "91"]
    honours = tuple(_honour(firm, on) for firm in firms[::20])
    promises = tuple(_promise(firm, on, number) for number, firm in enumerate(firms[::6], start=1))
    grades = tuple(_grade(firm, on, number) for number, firm in enumerate(firms[::5]))
    taxes = tuple(_taxpayer(firm, on) for firm in firms[::4])
    return [
        Batch(GOVERNMENT, "honour", "诚实守信相关荣誉.csv", 100, HONOUR_HEADERS, honours),
        Batch(APPROVAL, "commitment", "信用承诺.csv", 80, COMMITMENT_HEADERS, promises),
        Batch(ECOLOGY, "evaluation", "环境信用评价.csv", 55, EVALUATION_HEADERS, grades, encoding="gb18030"),
        Batch(TAX, "tax-a-level", "A级纳税人.csv", 50, TAX_HEADERS, taxes, encoding="gb18030"),
    ]


def _honour(firm: Organisation, on: date) -> Row:
    awarded_on = before(on, 104)
    return {
        "name": firm.name_on(100),
        "unified_code": firm.code,
        "honour_name": "示范市质量管理先进单位",
        "document_number": f"示政〔{awarded_on.year}〕7号",
        "ground": "《示范市质量奖管理办法》",
        "awarded_on": written(awarded_on),
        "valid_until": written(awarded_on + timedelta(days=3 * 365)),
        "awarding_body": GOVERNMENT.name,
        "awarding_body_code": GOVERNMENT.code,
        "noticed_from": written(awarded_on - timedelta(days=20)),
        "noticed_until": written(awarded_on - timedelta(days=10)),
    }


def _promise(firm: Organisation, on: date, number: int) -> Row:
    made_on = before(on, 84)
    return {
        "promisor_name": firm.name_on(80),
        "promisor_category": firm.form.category,
        "promisor_code": firm.code,
        "commitment_number": f"990100{made_on:%Y%m%d}{number:06}",
        "commitment_kind": "证明事项型",
        "matter": "申请办理食品经营许可证",
        "content": "所提交材料真实、合法、有效，符合许可条件。",
        "liability": "违反承诺的，依法撤销许可并承担相应责任。",
        "made_on": written(made_on),
        "valid_until": written(made_on + timedelta(days=365)),
        "accepting_body": APPROVAL.name,
        "accepting_body_code": APPROVAL.code,
        "disclosure_scope": "可向社会公开",
        "fulfilment": "全部履行",
    }


def _grade(firm: Organisation, on: date, number: int) -> Row:
    evaluated_on = before(on, 58)
    return {
        "name": firm.name,
        "unified_code": firm.code,
        "scheme": "企业环境信用评价",
        "grade": "环保诚信" if number % 4 == 0 else "环保良好",
        "year": str(evaluated_on.year - 1),
        "evaluated_on": written(evaluated_on),
        "valid_until": written(evaluated_on + timedelta(days=365)),
        "evaluating_body": ECOLOGY.name,
        "evaluating_body_code": ECOLOGY.code,
        "ground": "《企业环境信用评价办法（试行）》",
    }


def _taxpayer(firm: Organisation, on: date) -> Row:
    return {
        "taxpayer_number": firm.code,
        "taxpayer_name": firm.name,
        "level": "A",
        "year": str(on.year - 1),
        "tax_office": TAX.name,
    }
