"""What ninja cannot tell of the exchange API: bodies it never reads, and answers that are files."""

from typing import Any

from gongxin.interfaces.problem_report import CONTENT_TYPES

KEY_LENGTH = 80
MOST_SUBJECTS = 100
SHORTEST_REASON, LONGEST_REASON = 4, 200  # as at the desk
CLASS = {"type": "string", "examples": ["penalty"]}

SENDING: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["class", "file"],
                    "properties": {
                        "class": CLASS,
                        "file": {"type": "string", "contentMediaType": "application/octet-stream"},
                    },
                }
            },
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["class", "rows"],
                    "properties": {
                        "class": CLASS,
                        "rows": {"type": "array", "minItems": 1, "items": {"type": "object"}},
                    },
                },
            },
            "application/x-ndjson": {"schema": {"type": "string"}},
        },
    },
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "required": True,
            "schema": {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH},
            "example": "2026-11-23-penalties-1",
        },
        {"in": "query", "name": "class", "required": False, "schema": {"type": "string"}},
    ],
}


def _object(**properties: Any) -> dict[str, Any]:
    """Return the description of a body that is a JSON object with these properties, all of them required."""
    schema = {"type": "object", "required": list(properties), "properties": properties}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


STATING = _object(**{"class": CLASS, "month": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}})
WITHDRAWING = _object(reason={"type": "string", "minLength": SHORTEST_REASON, "maxLength": LONGEST_REASON})

_TEXT, _DAY = {"type": "string"}, {"type": "string", "format": "date"}
_POINT = {"type": "object", "properties": dict.fromkeys(("record", "field", "claimed", "said"), _TEXT)}
_APPLICATION = {
    "external_number": _TEXT,
    "kind": {"enum": ["objection", "repair"]},
    "subject_code": _TEXT,
    "records": {"type": "array", "minItems": 1, "items": _TEXT},
    "statement": _TEXT,
    "applied_on": _DAY,
}
_ELSEWHERE = {
    "external_number": _TEXT,
    "kind": {"const": "repaired-elsewhere"},
    "record": _TEXT,
    "document": _TEXT,
    "body": _TEXT,
    "decided_on": _DAY,
}
PUSHING: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "oneOf": [
                        {
                            "type": "object",
                            "required": list(_APPLICATION),
                            "properties": {**_APPLICATION, "points": {"type": "array", "items": _POINT}},
                        },
                        {
                            "type": "object",
                            "required": list(_ELSEWHERE),
                            "properties": {**_ELSEWHERE, "subject_code": _TEXT},
                        },
                    ]
                }
            }
        },
    }
}

_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH},
    "example": "2026-11-23-bid-7",
}
_WHOM = {"code": _TEXT, "name": _TEXT}
_WHAT = {"matter": _TEXT, "at": _TEXT, "purpose": _TEXT, "case_number": _TEXT}
_NEEDED = ["matter", "purpose", "case_number"]
_SEVERAL = {
    "type": "array",
    "minItems": 1,
    "maxItems": MOST_SUBJECTS,
    "items": {"type": "object", "properties": _WHOM},
}
_ONE_OR_SEVERAL = [
    {"type": "object", "required": ["code", *_NEEDED], "properties": {**_WHOM, **_WHAT}},
    {"type": "object", "required": ["subjects", *_NEEDED], "properties": {"subjects": _SEVERAL, **_WHAT}},
]
ASKING: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"oneOf": _ONE_OR_SEVERAL}}},
    },
    "parameters": [_KEY],
}
ACKNOWLEDGING: dict[str, Any] = {
    "requestBody": {
        "required": False,
        "content": {"application/json": {"schema": {"type": "object", "properties": {"change": _TEXT}}}},
    }
}
_DONE = {"done": {"enum": ["applied", "not-applied", "granted"]}, "done_on": _DAY}
SAYING_DONE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": list(_DONE),
                    "properties": {**_DONE, "rule": _TEXT, "note": _TEXT},
                }
            }
        },
    }
}

REPORT: dict[str, Any] = {
    "responses": {
        200: {
            "content": {
                CONTENT_TYPES["csv"].partition(";")[0]: {"schema": {"type": "string"}},
                CONTENT_TYPES["xlsx"]: {
                    "schema": {"type": "string", "contentMediaType": CONTENT_TYPES["xlsx"]}
                },
            }
        }
    }
}
