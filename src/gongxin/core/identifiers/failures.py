"""The words for what is wrong with a code; `identify` carries their labels."""

from gongxin.core.catalogue import Label

LENGTH = "length"
CHARSET = "charset"
CHECK = "check"
DEPARTMENT = "department"
PLACEHOLDER = "placeholder"
NEVER_ISSUED = "never-issued"
OLD_NUMBER = "old-number"
REGION = "region"
DATE = "date"

LABELS = {
    LENGTH: Label("长度不符合任何一种代码", "its length fits no kind of code"),
    CHARSET: Label("含有该代码不使用的字符", "it contains a character this code does not use"),
    CHECK: Label("校验码不正确", "the check character is wrong"),
    DEPARTMENT: Label("登记管理部门与机构类别的组合不存在", "no such registering department and type"),
    PLACEHOLDER: Label("占位代码，不能识别主体", "a placeholder, which identifies nobody"),
    NEVER_ISSUED: Label("从未赋予任何组织的代码", "a code never given to any organisation"),
    OLD_NUMBER: Label("13位旧注册号，没有校验码", "an old 13-digit number, which has no check digit"),
    REGION: Label("前两位不是任何省级行政区", "its first two digits name no province"),
    DATE: Label("出生日期不存在", "its birth date does not exist"),
}
