"""Every door a text can come in by, each with its share of the corpus. What is answered at once is kept."""

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import quote
from uuid import UUID

from cast import AT, OPERATOR, PASSWORD, REGULATOR, firm_code
from desk_cast import Cast, desk_cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from leaks.corpus import Planted
from leaks.door_of_lists import words_about_a_list
from openpyxl import Workbook
from sending import csv_of, penalty, sent
from tip_offs import TEXT, qiao_firm

from gongxin.core.disclosure import Audience
from gongxin.core.leaks import holds_personal_number
from gongxin.core.policy import Role
from gongxin.flows.enrol import add_user, issue_key
from gongxin.flows.grant_mandate import grant
from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.accounts.models import NATIONAL_SITE, USAGE_TRACKER
from gongxin.registry.audit.models import Seal
from gongxin.registry.intake.models import StagingRecord
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.models import Doubt, Judgement
from gongxin.registry.subjects.queries import subject_of_code
from gongxin.registry.tip_offs.models import TipOff

EXCHANGE, NIL = "/api/exchange/v1/submissions", "/api/exchange/v1/nil-returns"
WHO_LOOKED, CASES = "/api/usage/v2/findUsage", "/api/exchange/v1/cases"
BACKEND = "django.contrib.auth.backends.ModelBackend"
TEXTS = ("CF_SY", "CF_WFXW", "CF_NR", "CF_YJ", "CF_XDR_MC", "CF_WSH", "CF_CFJG", "CF_SJLY", "CF_FRDB", "BZ")


# Whoever sends a file or a form sees at once what they sent, and may (R12): it goes back to them alone, and
# is kept nowhere. Their answers begin with these words; whatever is asked for later must be clean.
BACK_TO_SENDER = "back to sender"


@dataclass
class House:
    """The platform under test, who stands at its doors, and what was answered: to whom, and the bytes."""

    cast: Cast
    key: str
    portal_key: str
    site_key: str
    answers: list[tuple[str, bytes]] = field(default_factory=list)

    def keep(self, door: str, response: object) -> None:
        body = b"".join(response.streaming_content) if response.streaming else response.content
        said = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        self.answers += [(door, said.encode()), (door, body)]  # apart, or a workbook is not known as one

    def client(self, who: str = "") -> Client:
        client = Client(raise_request_exception=False)
        if who:
            client.force_login(getattr(self.cast, who), backend=BACKEND)
        return client


Door = Callable[[House, list[Planted]], None]


def house() -> House:
    cast = desk_cast()
    _kept, key = issue_key(agency=cast.regulator, label="leaks", actor=OPERATOR, at=AT)
    _kept, portal_key = issue_key(
        agency=cast.regulator, label="leaks", purpose=USAGE_TRACKER, actor=OPERATOR, at=AT
    )
    _kept, site_key = issue_key(
        agency=cast.regulator, label="leaks", purpose=NATIONAL_SITE, actor=OPERATOR, at=AT
    )
    return House(cast, key, portal_key, site_key)


def bring_in(house: House, texts: list[Planted], *, doors: Iterable[Door] | None = None) -> None:
    """This will bring every text in by one of the doors, and let the worker do its work."""
    chosen = DOORS if doors is None else tuple(doors)
    for door, share in zip(chosen, _shares(texts, len(chosen)), strict=True):
        door(house, share)
    run_worker(once=True, clock=clock.now, name="worker-of-leaks")


def _shares(texts: list[Planted], doors: int) -> Iterator[list[Planted]]:
    # Each door meets every kind: kinds stand in turn, and so the shares are cut in blocks.
    size = -(-len(texts) // doors)
    for begin in range(0, doors * size, size):
        yield texts[begin : begin + size]


def _rows(share: list[Planted], number: str) -> list[dict[str, str]]:
    """Return a row of penalties for each text, the text in one field after another."""
    places = cycle(TEXTS)
    return [
        penalty(
            CF_XDR_SHXYM=firm_code(1000 + place),
            CF_XDR_MC=f"示范桥{place}号机械有限公司",
            CF_WSH=f"示环罚〔2026〕{number}{place}号",
        )
        | {next(places): planted.text}
        for place, planted in enumerate(share)
    ]


def file_of_text(house: House, share: list[Planted]) -> None:
    _upload(house, "报送.csv", csv_of(*_rows(share, "1")))


def workbook(house: House, share: list[Planted]) -> None:
    rows = _rows(share[1:], "2")
    columns = list(dict.fromkeys(key for row in rows for key in row))
    book = Workbook()
    sheet = book.active
    sheet.title = share[0].text.replace("：", "").replace(":", "")[:31]
    for row in [dict(zip(columns, columns, strict=True)), *rows]:
        sheet.append([row.get(key, "") for key in columns])
    out = io.BytesIO()
    book.save(out)
    _upload(house, "报送.xlsx", out.getvalue())


def names_of_files(house: House, share: list[Planted]) -> None:
    for place, planted in enumerate(share[:20]):
        _upload(house, f"{planted.text}.csv", csv_of(penalty(CF_WSH=f"示环罚〔2026〕3{place}号")))
    for place, planted in enumerate(share[20:]):
        # Most are refused at the door: a file that is empty, or goes to no class.
        file = SimpleUploadedFile(f"{planted.text}.csv", b"" if place % 2 else b"a,b\n1,2\n")
        named = "penalty" if place < 20 else planted.text
        _exchange(house, {"class": named, "file": file}, key=f"name-{place}")


def rows_of_a_system(house: House, share: list[Planted]) -> None:
    half = len(share) // 2
    _exchange(house, json.dumps({"class": "penalty", "rows": _rows(share[:half], "4")}), key="rows")
    keys = [{**penalty(CF_WSH="示环罚〔2026〕5号"), planted.text: "1"} for planted in share[half : half + 40]]
    _exchange(house, json.dumps({"class": "penalty", "rows": keys}), key="keys")
    for planted in share[half + 40 :]:
        _exchange(house, json.dumps({"class": planted.text, "rows": [{"a": planted.text}]}), key="class")
        _exchange(house, json.dumps({"class": "penalty", "rows": 1}), key=planted.text[:80])


def statements_of_a_system(house: House, share: list[Planted]) -> None:
    heads, client = {"Authorization": f"Bearer {house.key}"}, house.client()

    def post(address: str, body: dict[str, str]) -> bytes:
        answer = client.post(address, body, content_type="application/json", headers=heads)
        house.keep("the answer to a statement", answer)
        return answer.content

    stated = json.loads(post(NIL, {"class": "licence", "month": "2026-10"}))["nil_return"]
    for planted in share:
        post(NIL, {"class": planted.text, "month": planted.text})
        post(f"{NIL}/{stated}/withdraw", {"reason": f"漏报：{planted.text}"})


def headers_of_a_file(house: House, share: list[Planted]) -> None:
    lin = house.client("lin")
    names = [planted.text.replace(",", "") for planted in share]
    content = f"{','.join(names)}\n{','.join('1' for _ in names)}\n".encode()
    file = SimpleUploadedFile("表头.csv", content)
    house.keep(f"{BACK_TO_SENDER}: headers", lin.post("/desk/upload/", {"class": "penalty", "file": file}))
    sent = {"header": names, "sample": names, "field": [""] * len(names), "agency": REGULATOR}
    constants = {f"constant-{key}": names[place] for place, key in enumerate(("CF_SY", "CF_NR", "facts"))}
    house.keep(f"{BACK_TO_SENDER}: mapping", lin.post("/desk/mappings/penalty/", {**sent, **constants}))


def questions(house: House, share: list[Planted]) -> None:
    sun = house.client()
    for planted in share:
        house.keep("search", sun.get("/search/", {"q": planted.text}))
        house.keep("search by program", sun.get("/api/v1/search", {"q": planted.text}))
        asked = {"queries": {"q": {"properties": {"name": [planted.text], "uscCode": [planted.text]}}}}
        house.keep("match", sun.post("/api/v1/match", asked, content_type="application/json"))
        batch = {"queries": json.dumps({planted.text: {"query": planted.text}, "q": {"query": planted.text}})}
        house.keep("reconcile", sun.post("/api/v1/reconcile", batch))
        house.keep("reconcile", sun.get("/api/v1/reconcile", {"callback": planted.text}))
        wanted = {"extend": json.dumps({"ids": [planted.text], "properties": [{"id": "code"}]})}
        house.keep("extend", sun.post("/api/v1/reconcile", wanted))
        for part in ("suggest/entity?prefix", "flyout?id", "properties?type", "suggest/type?prefix"):
            house.keep("suggest", sun.get(f"/api/v1/reconcile/{part}={quote(planted.text, safe='')}"))
        house.keep("page of a search", sun.get("/search/", {"q": "示范", "page": planted.text}))


def addresses(house: House, share: list[Planted]) -> None:
    sun, lin = house.client(), house.client("lin")
    shapes = (
        "/{}/",
        "/subjects/{}/",
        "/catalogue/{}/",
        "/language/{}/",
        "/api/v1/subjects/by-code/{}",
        "/api/v1/catalogue/{}",
        "/api/v1/subjects/0/records?at={}",
        "/desk/submissions/{}/",
        "/desk/templates/{}.xlsx",
        "/static/{}.css",
        "/?{}=1",
    )
    for place, planted in enumerate(share):
        address = shapes[place % len(shapes)].format(quote(planted.text, safe=""))
        house.keep(f"address {shapes[place % len(shapes)]}", sun.get(address))
        house.keep(f"address {shapes[place % len(shapes)]}", lin.get(address))


def heads_of_requests(house: House, share: list[Planted]) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    for planted in share:
        plain = _in_ascii(planted.text)
        heads = {"User-Agent": plain, "Referer": f"http://localhost/{plain}", "Accept-Language": plain}
        house.keep("heads of a request", strict.get("/", headers=heads | {"Cookie": f"a={plain}"}))
        house.keep("heads of a request", strict.post("/desk/sign-in/", {"username": "x"}, headers=heads))
        key = {"Authorization": f"Bearer {plain}"}
        house.keep("heads of a request", strict.get(EXCHANGE, headers=heads | key))
        house.keep("heads of a request", strict.get("/", headers={"Host": _in_ascii(plain.replace(" ", ""))}))


def names_of_users(house: House, share: list[Planted]) -> None:
    for place, planted in enumerate(share[:60]):
        sent = {"username": planted.text, "password": PASSWORD if place % 2 else planted.text}
        house.keep(f"{BACK_TO_SENDER}: sign in", house.client().post("/desk/sign-in/", sent))
    for planted in share[60:]:
        query = {"next": f"/{planted.text}/"}
        house.keep(f"{BACK_TO_SENDER}: the address to go on to", house.client().get("/desk/", query))
        house.keep(f"{BACK_TO_SENDER}: the address to go on to", house.client().get("/desk/sign-in/", query))


def words_of_staff(house: House, share: list[Planted]) -> None:
    lin, zhao = house.client("lin"), house.client("zhao")
    for planted in share:
        for name in ("telephone", "address", "office_hours"):
            sent = {
                "telephone": "0990-1000001",
                "address": "示范市",
                "office_hours": "9:00",
                name: planted.text,
            }
            house.keep(f"{BACK_TO_SENDER}: contact", lin.post("/desk/agency/", sent))
        _upload(house, "再报.csv", b"", sending=False)
        house.keep(
            f"{BACK_TO_SENDER}: a question",
            zhao.get("/desk/submissions/", {"q": planted.text, "page": planted.text}),
        )


def one_record_at_a_time(house: House, share: list[Planted]) -> None:
    lin, fields = house.client("lin"), ("f-CF_SY", "f-CF_NR", "f-CF_XDR_MC", "f-CF_WSH", "f-BZ")
    for place, planted in enumerate(share):
        address = f"/desk/record/penalty/{UUID(int=place + 1)}/"
        typed = {f"f-{key}": value for key, value in penalty(CF_WSH=f"示环罚〔2026〕6{place}号").items()}
        typed |= {fields[place % len(fields)]: planted.text, "act": "save" if place % 2 else "send"}
        house.keep(f"{BACK_TO_SENDER}: the form of one record", lin.post(address, typed))
        house.keep("a record looked for", lin.get("/desk/find/", {"q": planted.text}))


def rows_of_a_database(house: House, share: list[Planted]) -> None:
    """Half the texts stand in a cell, the others where only a word of the platform's is asked for."""
    half = len(share) // 2
    staged = [{"payload": json.dumps(row, ensure_ascii=False)} for row in _rows(share[:half], "7")]
    ways = cycle(_STAGED)
    staged += [next(ways)(planted) for planted in share[half:]]
    # The regulator's own first: a gap in its numbers would be waited for.
    staged.sort(key=lambda row: "agency_code" in row)
    plain = {"agency_code": REGULATOR, "class_id": "penalty", "operation": "add", "payload": "{}"}
    StagingRecord.objects.bulk_create(
        StagingRecord(sequence=number, **{**plain, **row}) for number, row in enumerate(staged, 1)
    )


def _short(planted: Planted, most: int) -> str:
    return planted.text if len(planted.text) <= most else planted.needle[:most]


def _with_header(text: str) -> str:
    row = {"纳税人名称": "示范甲机械有限公司", "评价年度": "2025", "税务机关": "示范市税务局"}
    return json.dumps({**row, text: "1"}, ensure_ascii=False)


_STAGED: tuple[Callable[[Planted], dict[str, str]], ...] = (
    lambda planted: {"class_id": "tax-a-level", "payload": _with_header(planted.text)},
    lambda planted: {"class_id": _short(planted, 40)},
    lambda planted: {"operation": _short(planted, 20)},
    lambda planted: {"payload": planted.text},
    lambda planted: {"agency_code": _short(planted, 18)},
)


def records_of_a_letter(house: House, share: list[Planted]) -> None:
    """Each firm is sent twice, under two names: what is not refused waits for an officer, and is urged."""
    fields, rows = cycle(({"CF_WSH"}, {"CF_XDR_MC"}, set[str]())), list[dict[str, str]]()
    for place, planted in enumerate(share):
        firm = penalty(CF_XDR_SHXYM=firm_code(3000 + place), CF_WSH=f"示环罚〔2026〕8{place}号")
        other = {"CF_XDR_MC": "远山宾馆集团股份公司", "CF_WSH": f"示环罚〔2026〕9{place}号"}
        rows += [firm, firm | other | dict.fromkeys(next(fields), planted.text)]
    _upload(house, "函件.csv", csv_of(*rows))


def words_about_a_doubt(house: House, share: list[Planted]) -> None:
    """A row beside the firm of its name: each text is a ground, of a judgement and of its undoing."""
    firm, unknown = firm_code(4000), "990100000000001"
    rows = (
        f"{code},示范丁香机械有限公司,{year},示范市税务局" for code, year in ((firm, 2025), (unknown, 2024))
    )
    file = "\n".join(["纳税人识别号,纳税人名称,评价年度,税务机关", *rows]).encode()
    sent(file, class_id="tax-a-level", agency=house.cast.regulator)
    run_worker(once=True, clock=clock.now, name="worker-of-tests")
    doubt, zhao = Doubt.objects.get(row__isnull=False), house.client("zhao")
    for planted in share:
        decided = {"act": "decide", "verdict": "different", "ground": planted.text}
        for form in (
            decided,
            {"act": "undo", "ground": planted.text},
            {"act": "confirm", "ground": planted.text},
        ):
            house.keep(f"{BACK_TO_SENDER}: a judgement", zhao.post(f"/desk/doubts/{doubt.id}/", form))
        query = {"decided": planted.text, "agency": planted.text}
        house.keep(f"{BACK_TO_SENDER}: the queue asked", zhao.get("/desk/doubts/", query))
    assert Judgement.objects.filter(doubt=doubt).exists() == any(
        not holds_personal_number(one.text) for one in share
    )


def tip_offs_about_a_firm(house: House, share: list[Planted]) -> None:
    """Each text is told, or says who tells it, or is the reason of whoever works on it."""
    about = qiao_firm()
    sun, zhao, lin = house.client(), house.client("zhao"), house.client("lin")
    for place, planted in enumerate(share):
        typed = {"form_id": str(UUID(int=place + 1)), "matter": "environment", "text": TEXT}
        name = ("text", "name", "contact")[place % 3]
        typed[name] = f"{TEXT}{planted.text}" if name == "text" else planted.text
        house.keep("the receipt of a tip-off", sun.post(f"/tip-offs/about/{about}/", typed))
        house.keep(
            "a tip-off refused", sun.post(f"/tip-offs/about/{about}/", {**typed, "matter": planted.text})
        )
        house.keep("the search of a tip-off", sun.get("/tip-offs/", {"q": planted.text}))
        asked = {"number": planted.text, "code": planted.text}
        house.keep("the outcome of a tip-off", sun.post("/tip-offs/outcome/", asked))
    address = f"/desk/tip-offs/{TipOff.objects.earliest('given_at', 'id').id}/"
    for planted in share:
        zhao.post(address, {"act": "send", "send-code": REGULATOR})
        answer = {"act": "answer", "answer-outcome": "upheld", "answer-reason": planted.text}
        house.keep(f"{BACK_TO_SENDER}: an answer", lin.post(address, answer))
        back = {"act": "hand-back", "hand-back-reason": planted.text}
        house.keep(f"{BACK_TO_SENDER}: a tip-off handed back", lin.post(address, back))


def words_about_a_seal(house: House, share: list[Planted]) -> None:
    """A firm that is investigated: each text is a case number, an article, a ground, and a code asked for."""
    row = f"{firm_code(4100)},示范海棠机械有限公司,2025,示范市税务局"
    file = f"纳税人识别号,纳税人名称,评价年度,税务机关\n{row}".encode()
    sent(file, class_id="tax-a-level", agency=house.cast.regulator)
    zhao, portal = house.client("zhao"), {"Authorization": f"Bearer {house.portal_key}"}
    asked = {"code": firm_code(4100), "article": "稽查条例第三条", "until_on": "2026-12-23"}
    zhao.post("/desk/seals/", asked | {"case_number": "示稽〔2026〕1号"})
    page = f"/desk/seals/{Seal.objects.get().id}/"
    for place, planted in enumerate(share):
        number = {"case_number": f"示稽〔2026〕{place + 2}号"}
        address, form = (
            ("/desk/seals/", asked | {"case_number": planted.text}),
            ("/desk/seals/", asked | number | {"article": planted.text}),
            (page, {"act": "extend", "article": planted.text, "until_on": "2027-01-23"}),
            (page, {"act": "end", "ground": planted.text}),
        )[place % 4]
        house.keep(f"{BACK_TO_SENDER}: a seal", zhao.post(address, form))
        found = house.client().get(WHO_LOOKED, {"userCode": planted.text}, headers=portal)
        house.keep("the portal asks who looked", found)


def words_of_subjects(house: House, share: list[Planted]) -> None:
    """What an officer of a firm writes: beside a record, in an objection and a repair, ending a mandate."""
    code = firm_code(5000)
    row = penalty(CF_XDR_SHXYM=code, CF_XDR_MC="示范合欢机械有限公司", CF_WSH="示环罚〔2026〕5000号")
    sent(csv_of(row), agency=house.cast.regulator)
    subject_id = subject_of_code(code, at=AT)
    assert subject_id is not None
    user = add_user(
        name="hehuan", password=PASSWORD, role=Role.ORGANISATION_OFFICER, agency=None, actor=OPERATOR, at=AT
    )
    mandate = grant(
        user=user, subject_id=subject_id, kind="legal-representative", ground="营业执照",
        from_on=AT.date(), until_on=None, actor=OPERATOR, at=AT,
    )  # fmt: skip
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    (view,) = records_of(subject_id, audience=Audience.PUBLIC, at=AT)
    record = f"/my/records/{view.record_id}/"
    for place, planted in enumerate(share):
        told = {"claimed-CF_NR": planted.text, "said-CF_NR": planted.text, "statement": planted.text}
        number = {"form_id": str(UUID(int=place + 1))}
        objection = {**number, "wish": "correct", "field": "CF_NR", **told}
        repair = {**number, "record": view.record_id.hex, "name": planted.text, "agreed": "on"}
        forms = (
            (f"{record}statement/", {"text": planted.text}),
            (f"{record}object/", objection),
            ("/my/repair/", repair | {"statement": planted.text}),
            (f"/my/mandates/{mandate.id}/end/", {"reason": planted.text}),
        )
        address, form = forms[place % (4 if holds_personal_number(planted.text) else 3)]
        house.keep("a form of a subject", client.post(address, form))
    for address in ("", "cases/", "messages/", "downloads/file.json"):
        house.keep("the own place", client.get(f"/my/{address}"))


def cases_of_a_firm(house: House, share: list[Planted]) -> None:
    """Each text is what a stranger, an officer at the counter, or the national site says in a case."""
    code = firm_code(4200)
    row = penalty(CF_XDR_SHXYM=code, CF_XDR_MC="示范紫荆机械有限公司", CF_WSH="示环罚〔2026〕420号")
    sent(csv_of(row), agency=house.cast.regulator)
    subject_id = subject_of_code(code, at=AT)
    assert subject_id is not None
    (view,) = records_of(subject_id, audience=Audience.PUBLIC, at=AT)
    not_me = f"/subjects/{subject_id}/records/{view.record_id}/not-me/"
    for place, planted in enumerate(share):
        _said_by_a_stranger(house, not_me, place, planted.text)
        taken = {"kind": "platform-complaint", "shown": "授权委托书", "statement": TEXT}
        taken[("shown", "statement")[place % 2]] = planted.text
        zhao = house.client("zhao")
        house.keep("the counter", zhao.post(f"/desk/counter/{subject_id}/", taken))
        house.keep("the counter asked", zhao.get("/desk/counter/", {"q": planted.text}))
        _pushed(house, code, view.document_number, place, planted.text)


def _said_by_a_stranger(house: House, address: str, place: int, text: str) -> None:
    """Say that a record is not about one, ask by the code and take it back: each time with the text."""
    sun, name = house.client(), ("statement", "name", "contact")[place % 3]
    typed = {
        "form_id": str(UUID(int=place + 7_000)),
        "statement": TEXT,
        "name": "孙某",
        "contact": "a@b.example",
    }
    answer = sun.post(address, typed | {name: f"{TEXT}{text}" if name == "statement" else text[:60]})
    house.keep("the form of who is not the subject", answer)
    code = re.search(r'<dd class="code">([A-Z-]+)</dd>', answer.content.decode())
    back = {"code": code[1] if code else text, "act": "withdraw", "reason": text}
    house.keep("what became of a case", sun.post("/cases/mine/", back))


def _pushed(house: House, code: str, number: str, place: int, text: str) -> None:
    point = {"record": number, "field": "CF_NR_FK", "claimed": "0.2", "said": "少写小数点"}
    told = {"external_number": f"X-{place}", "kind": "objection", "subject_code": code, "records": [number]}
    body = {**told, "statement": TEXT, "points": [point], "applied_on": "2026-11-20"}
    named = ("external_number", "statement", "subject_code")
    body |= {named[place % 5]: text} if place % 5 < len(named) else {"records": [number, text]}
    body |= {"points": [{**point, "said": text, "claimed": text}]} if place % 5 == 4 else {}
    heads = {"Authorization": f"Bearer {house.site_key}"}
    answer = house.client().post(CASES, body, content_type="application/json", headers=heads)
    house.keep("the answer to the national site", answer)


def _upload(house: House, name: str, content: bytes, *, sending: bool = True) -> None:
    if sending:
        file = SimpleUploadedFile(name, content)
        answer = house.client("lin").post("/desk/upload/", {"class": "penalty", "file": file})
        house.keep("the answer to an upload", answer)


def _exchange(house: House, body: object, *, key: str) -> None:
    heads = {"Authorization": f"Bearer {house.key}", "Idempotency-Key": _in_ascii(key)}
    kind = {} if isinstance(body, dict) else {"content_type": "application/json"}
    answer = house.client().post(EXCHANGE, body, headers=heads, **kind)
    house.keep("the answer to a system", answer)


def _in_ascii(text: str) -> str:
    """Return what of a text can stand in the head of a request: a number that lost its word is none."""
    plain = text.encode("ascii", "ignore").decode()
    return plain if holds_personal_number(plain) else "nothing"


DOORS: tuple[Door, ...] = (
    file_of_text,
    workbook,
    names_of_files,
    rows_of_a_system,
    statements_of_a_system,
    headers_of_a_file,
    questions,
    addresses,
    heads_of_requests,
    names_of_users,
    words_of_staff,
    one_record_at_a_time,
    rows_of_a_database,
    records_of_a_letter,
    words_about_a_doubt,
    tip_offs_about_a_firm,
    words_about_a_seal,
    cases_of_a_firm,
    words_about_a_list,
)
