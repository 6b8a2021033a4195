"""The smallest class document that is complete; tests break one thing in a copy of it."""

from typing import Any


def plain_document(**changed: Any) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": "inspection",
        "edition": "test",
        "label": {"zh": "行政检查", "en": "Inspection"},
        "statutory": {
            "数据代码": "99-01",
            "数据名称": "行政检查信息",
            "数据格式": "结构化数据",
            "提供单位": "检查机关",
            "主体类型": "法人、非法人组织",
            "信息性质": "行政管理信息",
            "共享属性": "无条件共享",
            "覆盖范围": "全省",
            "更新周期": "每月",
        },
        "basis": [{"source": "S-HN", "article": "12", "confidence": "V"}],
        "adverse": False,
        "audience": "public",
        "subject_kind": "organisation",
        "key": ["subject", "inspected_on"],
        "roles": {"subject_name": "name", "unified_code": "code"},
        "fields": [
            {
                "group": "主体",
                "citation": {"source": "PRODUCT", "confidence": "P"},
                "fields": {
                    "name": {"label": {"zh": "名称", "en": "Name"}, "max_length": 200, "required": True},
                    "code": {"label": {"zh": "代码", "en": "Code"}, "identifier": "unified"},
                    "inspected_on": {"label": {"zh": "检查日期", "en": "Inspected on"}, "type": "date"},
                },
            }
        ],
    }
    document.update(changed)
    return document


def document_with_field(key: str = "extra", **field: Any) -> dict[str, Any]:
    """Return the plain document with one more field, called `key`."""
    document = plain_document()
    given = {"label": {"zh": "事项", "en": "Matter"}, "max_length": 100, **field}
    document["fields"][0]["fields"][key] = given
    return document
