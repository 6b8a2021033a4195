"""Whatever an uploaded edition holds, the check answers with findings and never breaks."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from own_edition import own_edition

from gongxin.core.law_check import check_edition

STRANGE = (None, 7, "x", ["x"], [{"x": 1}], {"x": 1}, True)


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container of a document with the key or place of each of its parts."""
    inner = list(node.items()) if isinstance(node, dict) else list(enumerate(node))
    for key, value in inner:
        yield node, key
        if isinstance(value, dict | list):
            yield from places(value)


@pytest.mark.parametrize("name", ["edition.yaml", "serious-violation.yaml", "tax-a-level.yaml"])
def test_no_part_of_a_document_can_break_the_check(name: str) -> None:
    documents = own_edition()
    document = yaml.safe_load(documents[name])
    alone = {name: "", "edition.yaml": documents["edition.yaml"]}
    seen = 0

    for at, (node, key) in enumerate(list(places(document))[::2]):
        kept, node[key] = node[key], STRANGE[at % len(STRANGE)]
        assert check_edition(alone | {name: yaml.dump(document, Dumper=yaml.CSafeDumper)})
        node[key] = kept
        seen += 1

    assert seen > 10


def test_the_packaged_classes_are_an_edition_without_fault() -> None:
    assert check_edition(own_edition()) == []


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else '*a'] * 9)}]\n" for n in range(9)),
        "a: &a [*a]",
        "{" * 3000,
        "? [a]\n: x\n",
    ],
)
def test_a_text_that_would_unfold_without_end_is_a_finding(text: str) -> None:
    findings = check_edition(own_edition() | {"honour.yaml": text})

    assert "honour.yaml" in {one.where for one in findings}
