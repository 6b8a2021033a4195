"""Whether a colour can be read on another, as WCAG 2 reckons it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

WHITE = "#ffffff"
LEAST_CONTRAST = 4.5
PALE, DEEP = 0.09, 0.72  # how much of the colour is in its pale ground; how light its dark form is
_HEXADECIMAL = re.compile("#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Palette:
    """One brand colour, the pale ground it stands on, and its darker form under the pointer."""

    brand: str
    pale: str
    deep: str


def palette_of(colour: str) -> Palette:
    """Return the palette of `colour`, written #rrggbb. Raises ValueError for anything else."""
    brand = colour.strip().lower()
    if not _HEXADECIMAL.fullmatch(brand):
        raise ValueError(colour)
    parts = _parts(brand)
    pale = (round(255 + (part - 255) * PALE) for part in parts)
    deep = (round(part * DEEP) for part in parts)
    return Palette(brand, _written(pale), _written(deep))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def is_readable(palette: Palette) -> bool:
    """Return whether the brand colour can be read on white and on its pale ground, and white on it."""
    return min(contrast(palette.brand, WHITE), contrast(palette.brand, palette.pale)) >= LEAST_CONTRAST


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _written(parts: Iterable[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
