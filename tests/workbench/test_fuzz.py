"""Whatever is asked, the workbench answers in words, and the case file stays a case."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from goodoffices.case.file import parse_case, starter
from goodoffices.workbench.server import ROUTES, application
from goodoffices.workbench.store import Store
from tests.workbench.conftest import HOME, PORT, TOKEN

ADDRESSES = sorted({route.path for route in ROUTES})
ASKED = sorted(
    (method, route.path) for route in ROUTES for method in route.methods or () if method != "HEAD"
)
ENCODED = "application/x-www-form-urlencoded"
HOSTILE = [
    "", " ", ".", "..", "....", "/", "//evil.example", "../../etc/passwd", "%2e%2e%2f", "\x00",
    "null", "~", "-1", "1e999", "nan", "inf", "9" * 400, "1..2..3..4", "50..30", "[", "{", "}",
    "{a: {b: ", "&a [*a]", "!!python/object:x", "- - - - -", "'", '"', "<script>alert(1)</script>",
    "{{ 7 * 7 }}", "{% raise %}", "=1+1", "\u202e", "\ud7ff", "\U0001f600" * 50, "a" * 5000,
    "é\u0301" * 20, "\r\n\r\nx: y", "\ufeff", "\u2028",
]  # fmt: skip
PATHS = [
    "title", "goodoffices", "as_of", "parties", "parties.north", "parties.north.name",
    "issues", "issues.shore", "positions.north.shore.weight", "demands", "claims", "scenarios",
    "scenarios.x.set.title", "packages.draft.picks", "outlook", "moves", "yardstick", "sources",
    "positions.north.share.values.40", "demands.fair-share.firmness", "packages.draft.name",
    "a.b.c.d.e", "parties.north.factions", "parties..north", "text_agreed.share", "confidential",
]  # fmt: skip
NAMES = [
    "path", "form", "value", "label", "place", "revision", "back", "section", "id", "name", "since",
    "entry", "one", "other", "before", "find", "actor", "issue", "at", "beside", "pick.shore",
    "assumed", "again", "redacted", "token", "state", "move", "scenario", "source", "draft", "key",
]  # fmt: skip
words = st.one_of(
    st.sampled_from(HOSTILE), st.sampled_from(PATHS), st.text(max_size=30), st.just("NOW"),
    st.sampled_from(["text", "long", "list", "flag", "number", "data", "choice", "1", "north"]),
)  # fmt: skip
fields = st.dictionaries(st.sampled_from(NAMES), words, max_size=7)
current = fields.map(lambda given: {**given, "revision": "NOW"})


class Visit:
    """A browser on a case file of its own."""

    def __init__(self, client: TestClient, store: Store) -> None:
        self.client = client
        self.store = store
        self.path = path = store.path
        self.whole = path.read_bytes()

    def revision(self) -> str:
        return self.store.state().digest

    def ask(self, method: str, address: str, given: dict[str, str]) -> None:
        filled = {key: self.revision() if text == "NOW" else text for key, text in given.items()}
        where = {"params" if method == "GET" else "data": filled}
        answer = self.client.request(method, address, **where)  # type: ignore[arg-type]
        assert answer.status_code < 500, answer.text
        assert "Traceback" not in answer.text
        assert "site-packages" not in answer.text
        self.check()

    def check(self) -> None:
        text = self.path.read_bytes()
        if text != self.whole:
            parse_case(text.decode())
            if self.store.state().errors:
                # A case that is unusable shows little: somebody puts a sound one in its place.
                self.path.write_text(starter(), encoding="utf-8")
            self.whole = self.path.read_bytes()


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    path = tmp_path_factory.mktemp("fuzz") / "case.yaml"
    path.write_text(starter(), encoding="utf-8")
    # What goes wrong in the application comes out here as it is, and fails the test.
    guard = application(path, token=TOKEN, port=PORT)
    with TestClient(guard, base_url=HOME) as client:  # type: ignore[arg-type]
        client.headers["origin"] = HOME
        client.get(f"/history?token={TOKEN}")
        yield Visit(client, guard.application.state.desk.store)  # type: ignore[attr-defined]


def part(given: dict[str, str], name: str) -> str:
    """Return what may stand in an address: no sign that would end it."""
    text = given.get(name, "x")
    return "".join(sign for sign in text if sign.isprintable() and sign not in "/?#")[:200] or "x"


@settings(max_examples=120, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    asked=st.one_of(
        st.sampled_from(ASKED),
        st.sampled_from(ASKED),
        st.tuples(st.sampled_from(["HEAD", "PUT", "DELETE", "GET"]), st.sampled_from(ADDRESSES)),
    ),
    given=st.one_of(current, fields),
)
@example(
    ("POST", "/edit"), {"path": "goodoffices", "form": "data", "value": "{", "revision": "NOW"}
)
@example(("POST", "/add"), {"section": "issues", "id": "x", "value": "{a: {", "revision": "NOW"})
@example(("POST", "/remove"), {"path": "parties", "revision": "NOW"})
@example(("POST", "/remove"), {"path": "", "revision": "NOW"})
@example(("POST", "/scenarios/make"), {"since": "1", "id": "..", "name": "x"})
@example(("GET", "/packages/sweep"), {"path": "parties", "at": "1e999"})
@example(("GET", "/compare"), {"one": "²", "other": "1"})
@example(("GET", "/history"), {"before": "٣"})
def test_any_request_is_answered_in_words(
    visit: Visit, asked: tuple[str, str], given: dict[str, str]
) -> None:
    method, address = asked
    for name in ("issue", "name", "state", "key", "source", "draft"):
        address = address.replace("{" + name + "}", part(given, name))
    visit.ask(method, address, given)


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(path=st.sampled_from(PATHS), form=st.sampled_from(["text", "data", "list"]), value=words)
def test_any_edit_is_saved_or_refused_where_it_is(
    visit: Visit, path: str, form: str, value: str
) -> None:
    given = {"path": path, "form": form, "value": value, "revision": "NOW"}
    visit.ask("POST", "/taste", given)
    visit.ask("POST", "/edit", given)


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(body=st.binary(max_size=300), kind=st.sampled_from([ENCODED, "multipart/form-data", "x"]))
@example(b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nPK\r\n', "x")
def test_any_body_is_answered_in_words(visit: Visit, body: bytes, kind: str) -> None:
    for address in ("/edit", "/hand-over/bring-back", "/documents/drop"):
        headers = {"content-type": f"{kind}; boundary=x"}
        answer = visit.client.post(address, content=body, headers=headers)
        assert answer.status_code < 500
        visit.check()


@settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.text(alphabet=st.characters(codec="latin-1"), max_size=40))
def test_any_address_is_answered_in_words(visit: Visit, rest: str) -> None:
    clean = "".join(sign for sign in rest if sign.isprintable())
    visit.ask("GET", f"/{clean}", {})


def test_the_file_is_still_a_case_that_every_page_shows(visit: Visit) -> None:
    # Whatever the others left behind in it.
    for address in ADDRESSES:
        if "{" not in address:
            visit.ask("GET", address, {})
