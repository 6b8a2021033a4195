"""What the demonstration's firms were fined for. The statutes are real, the facts are not."""

from dataclasses import dataclass

from gongxin.core.demonstration.places import ECOLOGY, HOUSING, MARKET, TRANSPORT, PublicBody


@dataclass(frozen=True, slots=True)
class Offence:
    body: PublicBody
    word: str  # in the document number
    type: str
    fact: str
    basis: str
    kinds: str
    outcome: str  # `{fine}` and `{gain}` stand for amounts in 元
    fine_yuan: int = 0
    gain_yuan: int = 0
    certificate: str = ""
    shown_because: str = ""  # why a minor penalty is shown all the same
    weight: int = 4


OFFENCES = (
    Offence(
        MARKET, "示市监罚", "未按规定明码标价", "检查发现其经营场所内部分商品未标明价格。",
        "《中华人民共和国价格法》第四十二条", "罚款", "罚款{fine}元", fine_yuan=1000, weight=9,
    ),
    Offence(
        MARKET, "示市监罚", "经营超过保质期的食品", "检查发现其货架上有超过保质期的预包装食品。",
        "《中华人民共和国食品安全法》第一百二十四条第一款第五项", "罚款；没收违法所得、没收非法财物",
        "没收违法所得{gain}元；罚款{fine}元", fine_yuan=50000, gain_yuan=120, weight=5,
    ),
    Offence(
        MARKET, "示市监罚", "发布使用绝对化用语的广告", "在其经营场所的宣传牌上使用绝对化用语。",
        "《中华人民共和国广告法》第五十七条", "罚款", "罚款{fine}元", fine_yuan=200000, weight=3,
    ),
    Offence(
        MARKET, "示市监罚", "未履行进货查验义务", "未能提供供货者的许可证和产品合格证明文件。",
        "《中华人民共和国食品安全法》第一百二十六条", "警告", "警告", weight=6,
    ),
    Offence(
        ECOLOGY, "示环罚", "超过排放标准排放大气污染物", "监测显示其排放口颗粒物浓度超过排放标准。",
        "《中华人民共和国大气污染防治法》第九十九条", "罚款", "罚款{fine}元", fine_yuan=100000,
    ),
    Offence(
        ECOLOGY, "示环罚", "超过排放标准排放大气污染物，情节严重", "复查时排放口颗粒物浓度仍然超过排放标准。",
        "《中华人民共和国大气污染防治法》第九十九条", "罚款；责令停产停业", "罚款{fine}元；责令停业整治",
        fine_yuan=300000, weight=2,
    ),
    Offence(
        ECOLOGY, "示环罚", "未建立环境管理台账", "检查发现其环境管理台账记录不全。",
        "《排污许可管理条例》第三十七条", "通报批评", "通报批评",
        shown_because="同类问题在本行业集中，需要提示社会公众", weight=3,
    ),
    Offence(
        HOUSING, "示建罚", "施工中偷工减料", "现场实测混凝土保护层厚度不符合设计要求。",
        "《建设工程质量管理条例》第六十四条", "罚款；降低资质等级", "罚款{fine}元；降低资质等级",
        fine_yuan=80000, weight=2,
    ),
    Offence(
        TRANSPORT, "示交罚", "车货总质量超过公路限定标准", "称重检测显示车货总质量超过限定标准。",
        "《公路安全保护条例》第六十四条", "罚款", "罚款{fine}元", fine_yuan=5000, weight=7,
    ),
    Offence(
        TRANSPORT, "示交罚", "一年内违法超限运输的车辆超过总数的百分之十，情节严重",
        "一年内其违法超限运输的货运车辆超过本单位货运车辆总数的百分之十。",
        "《公路安全保护条例》第六十六条", "吊销许可证件", "吊销道路运输经营许可证",
        certificate="道路运输经营许可证", weight=1,
    ),
)  # fmt: skip
