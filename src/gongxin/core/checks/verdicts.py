from enum import StrEnum


class Verdict(StrEnum):
    """The answers there are. None of the last three ever reads as `allow` (law-decisions 13)."""

    BENEFIT = "benefit"
    ALLOW = "allow"  # nothing found until then that would have to restrict; never a permission
    REQUIRE = "require"
    RESTRICT = "restrict"
    CANNOT_TELL = "cannot-tell"
    NOT_HELD_HERE = "not-held-here"
    SCENE_NOT_SERVED = "scene-not-served"
