"""Whose platform this is: its name, emblem, colour and contact, from the environment alone.

What nobody can use stops the program with a sentence.
"""

from dataclasses import dataclass
from pathlib import Path

from gongxin.core.catalogue import Label
from gongxin.core.identifiers import unified
from gongxin.core.leaks import holds_personal_number
from gongxin.project import environment
from gongxin.project.colours import LEAST_CONTRAST, Palette, is_readable, palette_of
from gongxin.project.emblem import Emblem, EmblemRefused, read_emblem

PROVINCE = Label("公信示范省", "Gongxin Model Province")
SITE_NAME = Label("公共信用信息平台", "Public credit information")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Identity:
    province: Label
    site_name: Label
    institution: str  # that runs it and signs its letters
    institution_code: str  # unified; "" where nobody gave it
    footer: Label
    address: Label
    telephone: str
    icp: str
    police_record: str
    privacy: str
    accessibility: str
    emblem: Emblem | None
    palette: Palette | None

    @property
    def police_number(self) -> str:
        """Return the digits of the public security record, by which the ministry's site finds it."""
        return "".join(sign for sign in self.police_record if sign.isdigit())


def read_identity() -> Identity:
    """Return the identity the environment gives. Raises SettingRefused for what cannot be shown."""
    return Identity(
        province=_province(),
        site_name=_named(
            _text("GONGXIN_SITE_NAME") or SITE_NAME.zh, _text("GONGXIN_SITE_NAME_EN"), SITE_NAME
        ),
        institution=_text("GONGXIN_INSTITUTION") or f"{_province().zh}公共信用信息中心",
        institution_code=_code("GONGXIN_INSTITUTION_CODE"),
        footer=_either(_text("GONGXIN_FOOTER"), _text("GONGXIN_FOOTER_EN")),
        address=_either(_text("GONGXIN_ADDRESS"), _text("GONGXIN_ADDRESS_EN")),
        telephone=_text("GONGXIN_TELEPHONE"),
        icp=_text("GONGXIN_ICP"),
        police_record=_text("GONGXIN_POLICE_RECORD"),
        privacy=_page("GONGXIN_PRIVACY_URL"),
        accessibility=_page("GONGXIN_ACCESSIBILITY_URL"),
        emblem=_emblem("GONGXIN_EMBLEM"),
        palette=_palette("GONGXIN_BRAND_COLOUR"),
    )


def _province() -> Label:
    return _named(_text("GONGXIN_PROVINCE") or PROVINCE.zh, _text("GONGXIN_PROVINCE_EN"), PROVINCE)


def _named(zh: str, en: str, known: Label) -> Label:
    """Return a name in both languages; the English of our own where the Chinese is our own too."""
    return Label(zh, en or (known.en if zh == known.zh else zh))


def _either(zh: str, en: str) -> Label:
    return Label(zh, en or zh)


def _text(name: str) -> str:
    value = environment.text(name).strip()
    if len(value) > LONGEST or not value.isprintable():
        raise environment.SettingRefused(
            Label(f"{name} 最多 {LONGEST} 个字、一行", f"{name} is one line of at most {LONGEST} characters")
        )
    if holds_personal_number(value):
        # The gate on the way out would stop every page.
        raise environment.SettingRefused(
            Label(
                f"{name} 含有个人号码（如手机号），不能公示",
                f"{name} holds a person's number, such as a mobile phone's",
            )
        )
    return value


def _code(name: str) -> str:
    value = _text(name).upper()
    if value and not unified.is_valid(value):
        raise environment.SettingRefused(
            Label(f"{name} 须为有效的统一社会信用代码", f"{name} must be a valid unified social credit code")
        )
    return value


def _page(name: str) -> str:
    value = _text(name)
    if value and not value.startswith(("https://", "/")):
        raise environment.SettingRefused(
            Label(f"{name} 须以 https:// 或 / 开头", f"{name} must begin with https:// or /")
        )
    return value


def _emblem(name: str) -> Emblem | None:
    value = environment.text(name)
    if not value:
        return None
    try:
        return read_emblem(Path(value).expanduser())
    except OSError as error:
        said = Label(f"{name} 指向的文件无法读取：{error.strerror}", f"{name}: {error.strerror}")
        raise environment.SettingRefused(said) from error
    except EmblemRefused as error:
        said = Label(
            f"{name} 须为不超过 64 KB、不含脚本和外部引用的 SVG 或 PNG：{error.reason.zh}",
            f"{name} must be an SVG or PNG of at most 64 KB without programs or outside references:"
            f" {error.reason.en}",
        )
        raise environment.SettingRefused(said) from error


def _palette(name: str) -> Palette | None:
    value = environment.text(name)
    if not value:
        return None
    try:
        palette = palette_of(value)
    except ValueError as error:
        said = Label(f"{name} 须写作 #174a6e 的形式", f"{name} must be written like #174a6e")
        raise environment.SettingRefused(said) from error
    if not is_readable(palette):
        raise environment.SettingRefused(
            Label(
                f"{name} 与白色及其浅色底的对比度不足 {LEAST_CONTRAST}，文字难以辨认，请选用更深的颜色",
                f"{name} is hard to read: its contrast on white and on its pale ground must be"
                f" {LEAST_CONTRAST} or more; choose a darker colour",
            )
        )
    return palette
