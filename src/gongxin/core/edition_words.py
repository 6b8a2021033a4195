"""The words for editions: where one stands, what it changes. One for each, on the page and in the command."""

from collections.abc import Mapping

from gongxin.core.catalogue import Label

STANDINGS: Mapping[str, Label] = {
    "unapproved": Label("未批准", "not approved"),
    "loaded": Label("已装载，未启用", "loaded, not activated"),
    "overtaken": Label("未启用，施行日期已过", "its day came before it was activated"),
    "to-come": Label("已启用，待施行", "activated, its day is to come"),
    "in-force": Label("现行", "in force"),
    "replaced": Label("已被替代", "replaced"),
    "withdrawn": Label("施行前已撤回", "withdrawn before its day"),
}
CHANGES: Mapping[str, Label] = {
    "added": Label("新增", "added"),
    "removed": Label("删除", "removed"),
    "changed": Label("修改", "changed"),
}
PARTS: Mapping[str, Label] = {"field": Label("项目", "field"), "rule": Label("规则", "rule")}
# What a class, a field or a rule says of itself, by the name it has in `core.catalogue`.
ATTRIBUTES: Mapping[str, Label] = {
    "label": Label("名称", "name"),
    "edition": Label("表样版次", "edition of its form"),
    "statutory": Label("法定要素", "statutory elements"),
    "basis": Label("法律依据", "legal basis"),
    "adverse": Label("是否属于不利信息", "whether it is adverse"),
    "audience": Label("公开对象", "to whom it is shown"),
    "subject_kind": Label("主体种类", "kind of subject"),
    "key": Label("记录的标识", "what makes a record one"),
    "roles": Label("字段的作用", "roles of the fields"),
    "layouts": Label("可用的表样", "accepted forms"),
    "list_of": Label("所属名单", "list it belongs to"),
    "publication_decision": Label("是否须作公示决定", "whether its publication is decided"),
    "exit": Label("退出名单的条件", "how a subject leaves the list"),
    "remedy": Label("救济途径", "how to contest it"),
    "persons_elsewhere": Label("自然人信息去何处查询", "where to ask for persons"),
    "aliases": Label("其他列名", "other headers"),
    "type": Label("类型", "type"),
    "max_length": Label("最大长度", "most characters"),
    "required": Label("是否必填", "whether it is required"),
    "codes": Label("取值", "codes"),
    "code_aliases": Label("取值的其他写法", "other spellings of codes"),
    "open_codes": Label("可续写的取值", "codes that may go on"),
    "digits": Label("数字总位数", "digits"),
    "precision": Label("小数位数", "decimal places"),
    "minimum": Label("最小值", "least value"),
    "maximum": Label("最大值", "greatest value"),
    "identifier": Label("标识码种类", "kind of identifier"),
    "publication": Label("公开程度", "how far it is shown"),
    "sensitivity": Label("敏感级别", "sensitivity"),
    "free_text": Label("是否自由文字", "whether it is free text"),
    "person_name": Label("是否自然人姓名", "whether it is a person's name"),
    "example": Label("示例", "example"),
    "citation": Label("出处", "source"),
    "group": Label("分组", "group"),
    "kind": Label("规则种类", "kind of rule"),
    "severity": Label("严重程度", "severity"),
    "message": Label("提示语", "message"),
    "fields": Label("涉及字段", "fields"),
    "when": Label("适用条件", "when it holds"),
    "values": Label("规则参数", "values"),
}
# Attributes whose values are words of the catalogue's files; every other is told as it is written.
VALUED = frozenset({"severity", "audience", "publication"})
VALUES: Mapping[str, Label] = {
    "error": Label("错误（退回）", "error"),
    "warning": Label("提示（接收）", "warning"),
    "out-of-scope": Label("不收集", "out-of-scope"),
    "public": Label("公开", "public"),
    "subject": Label("仅主体可见", "subject"),
    "masked": Label("脱敏公开", "masked"),
    "internal": Label("不公开", "internal"),
    "never-kept": Label("不保存", "never-kept"),
}
