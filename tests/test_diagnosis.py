"""The engine: the closed set of causes, hostile input, what leaks, what it never does."""

import ast
import base64
import os
import re
import socket
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from justhtml import JustHTML
from mkdocs.utils.meta import get_data

import labels
from cases import cases
from cases.mails import HASH, access, anchor, link, pixel, sent, unsubscribe
from pages import KEPT
from snippets import asking, catalogue, contexts, guide, releases
from snippets.catalogue import Cause, Finding, causes, ordered
from snippets.causes import Certainty
from snippets.diagnosis import diagnose, examine, in_order, look
from snippets.evidence import addresses, wrappers
from snippets.evidence.answers import BadAnswer
from snippets.evidence.facts import Facts
from snippets.evidence.questions import BY_KEY, QUESTIONS, Symptom, about
from snippets.evidence.sources import Quote, UnusableInput
from snippets.form import fields
from snippets.report import report, written
from snippets.verdicts import HEALTHY

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
DOCS = ROOT / "docs"
PAGES = catalogue.pages()
FAULTS = ("relative-address", "scheme", "unreadable-address")  # reasons that no cause explains
CT = (
    "YTo1OntzOjY6InNvdXJjZSI7YToyOntpOjA7czo1OiJlbWFpbCI7aToxO2k6MTI7fXM6NToiZW1haWwiO2k6MTI7"
    "czo0OiJzdGF0IjtzOjIyOiI2NWYwYTFiMmMzZDRlNTEyMzQ1Njc4IjtzOjQ6ImxlYWQiO3M6NDoiNDcxMSI7czo3"
    "OiJjaGFubmVsIjthOjE6e3M6NToiZW1haWwiO2k6MTI7fX0%3D"
)
LINK = f"https://m.acme.example/r/92e770d1b72fa6ddf729b5f71?ct={CT}"
MAIL = f"""\
From: Acme <news@acme.example>
To: Josephine Roe <jo.roe@client.example>
Subject: Spring
Precedence: Bulk
X-EMAIL-ID: 12
List-Unsubscribe: <https://m.acme.example/email/unsubscribe/65f0a1b2c3d4e512345678>
Content-Type: text/html; charset=utf-8

<html><body><p>Hi Josephine, <a href="{LINK}">Offer</a>
<a href="https://m.acme.example/email/unsubscribe/65f0a1b2c3d4e512345678">Unsubscribe</a></p>
<img height="1" width="1" src="https://m.acme.example/email/65f0a1b2c3d4e512345678.gif" alt="" />
</body></html>
"""


def sections(language: str) -> list[str]:
    """Return the ids of all headings of all pages in a language."""
    pattern = "*.md" if language == guide.SOURCE else f"*.{language}.md"
    pages = [p for p in DOCS.rglob(pattern) if "theme" not in p.parts]
    if language == guide.SOURCE:
        pages = [page for page in pages if len(page.suffixes) == 1]
    return [i for p in pages for i in re.findall(r"^#+ .*\{ *#([\w-]+)", p.read_text(), re.M)]


@pytest.mark.parametrize("language", KEPT)
def test_each_cause_has_exactly_one_section(language: str) -> None:
    ids = sections(language)
    assert {cause: ids.count(cause) for cause in PAGES} == dict.fromkeys(PAGES, 1)


@pytest.mark.parametrize("cause", PAGES)
@pytest.mark.parametrize("language", KEPT)
def test_the_section_stands_on_the_page_of_the_registry(cause: str, language: str) -> None:
    found = guide.section(cause, language)
    assert found.heading != cause, (
        f"{PAGES[cause]} ({language}) has no heading {{ #{cause} }}, "
        "or docs/hooks/wording.py has not copied it to snippets/words.json"
    )
    assert found.address.endswith(f"{PAGES[cause]}.html#{cause}")


@pytest.mark.parametrize("cause", PAGES)
def test_each_cause_is_shown_by_its_section_or_by_a_case(cause: str) -> None:
    text = (DOCS / f"{PAGES[cause]}.md").read_text("utf-8")
    own = re.split(r"^#+ ", text.partition(f"{{ #{cause} }}")[2], maxsplit=1, flags=re.M)[0]
    outputs = "".join(re.findall(r"```.*\.output.*?\n(.*?)```", own, re.S))
    about = [path.read_text("utf-8") for path in CASES.glob(f"{cause}/*/case.toml")]
    shown = [case for case in about if not re.search("^expected", case, re.M)]
    assert shown or ("diagnose(" in own and cause in outputs.split()), (
        f"a case in tests/cases/{cause}, or a block of the section, must show it"
    )


@pytest.mark.parametrize("cause", [*(cause for cause in PAGES if cause not in HEALTHY), *FAULTS])
@pytest.mark.parametrize("language", KEPT)
def test_each_section_answers_the_six_questions(cause: str, language: str) -> None:
    text = page(catalogue.sections()[cause], language)
    own = re.split(r"^#+ ", text.partition(f"{{ #{cause} }}")[2], maxsplit=1, flags=re.M)[0]
    points = re.findall(r"^- \*\*([^*]+)\.\*\*", own, re.M)
    assert len(points) == 6, f"the section has {points}, not its six points ({language})"


def test_ids_of_reasons_are_sections_of_the_page_on_links() -> None:
    from snippets.reasons import REASONS

    text = (DOCS / "emails" / "links.md").read_text("utf-8")
    ids = set(re.findall(r"\{ *#([\w-]+)|id=\"([\w-]+)\"", text))
    flat = {one for pair in ids for one in pair}
    assert set(REASONS) <= flat


def page(name: str, language: str) -> str:
    """Return the text of a page in a language."""
    suffix = "" if language == guide.SOURCE else f".{language}"
    return (DOCS / f"{name}{suffix}.md").read_text("utf-8")


CHECKLISTS = ("index", "emails/troubleshooting", "pages/troubleshooting")


@pytest.mark.parametrize("cause", [*PAGES, *FAULTS])
@pytest.mark.parametrize("language", KEPT)
def test_each_cause_is_reached_from_a_checklist(cause: str, language: str) -> None:
    assert any(f"#{cause})" in page(name, language) for name in CHECKLISTS), (
        f"no list on {' or '.join(CHECKLISTS)} ({language}) links to #{cause}"
    )


def test_every_module_of_a_cause_is_a_cause() -> None:
    modules = {path.stem for path in (ROOT / "snippets" / "causes").glob("[a-z]*.py")}
    assert {cause.id.replace("-", "_") for cause in causes()} == modules
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", cause.id) for cause in causes())
    for cause in causes():
        assert cause.explains
        assert set(cause.explains) <= set(Symptom)
        assert set(cause.before) <= {each.id for each in causes()} - {cause.id}


@pytest.mark.parametrize("cause", causes(), ids=[cause.id for cause in causes()])
def test_no_check_calls_another(cause: Cause) -> None:
    module = ROOT / "snippets" / "causes" / f"{cause.id.replace('-', '_')}.py"
    tree = ast.parse(module.read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert all(not node.module or not node.module.startswith("causes") for node in imports)
    own = [name.name for node in imports if node.level == 1 for name in node.names]
    assert set(own) <= {
        "Certainty",
        "Seen",
        "seen",
        "sure",
        "likely",
        "possible",
        "answer",
        "undecided",
    }


def test_causes_are_found_in_a_zip(tmp_path: Path) -> None:
    archive = tmp_path / "app.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for file in (ROOT / "snippets").rglob("*.[jp]*"):
            zipped.write(file, file.relative_to(ROOT))
    code = "from snippets.catalogue import causes; print(*(cause.id for cause in causes()))"
    environment = os.environ | {"PYTHONPATH": str(archive)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [cause.id for cause in causes()]


def test_a_circle_of_causes_is_told() -> None:
    first, second = causes()[:2]
    circle = [replace(first, before={second.id: ""}), replace(second, before={first.id: ""})]
    with pytest.raises(ValueError, match="They go before each other"):
        ordered(circle)


def failing(_: Facts) -> None:
    """Fail as a check might."""
    raise KeyError("something secret of the message")


def test_a_check_that_fails_ends_no_diagnosis(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = (replace(causes()[0], check=failing), *causes()[1:])
    facts = Facts.read([("x", MAIL.replace("m.acme.example", "localhost"))])
    found, failed = look(facts, broken)
    assert "site-url-host" in {finding.cause for finding in found}
    assert [failure.cause for failure in failed] == [causes()[0].id]
    monkeypatch.setattr("snippets.diagnosis.causes", lambda: broken)
    shown = diagnose(MAIL).as_dict()
    assert re.fullmatch(r"KeyError, test_diagnosis\.py:\d+", shown["failed"][0]["error"])
    assert f"this check failed: {causes()[0].id}" in report(MAIL)
    assert "secret" not in str(shown) + report(MAIL)


def literals(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the file and the literal arguments of each call of a function or method."""
    for path in sorted((ROOT / "snippets").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if called == name:
                    yield path.name, [text for text in texts if isinstance(text, str)]


def test_checks_ask_only_for_answers_that_can_be_given() -> None:
    asked = [*literals("says"), *literals("answer")]
    assert len(asked) > len(QUESTIONS)
    for file, texts in asked:
        key, *values = texts or [next(iter(BY_KEY))]
        assert key in BY_KEY, (file, key)
        allowed = set(BY_KEY if file == "answers" else (*BY_KEY, *BY_KEY[key].choices))
        is_free = not BY_KEY[key].choices
        unknown = {v for v in values if v not in allowed}
        fits = is_free and all(re.fullmatch(BY_KEY[key].pattern, v, re.A) for v in unknown)
        assert not unknown or fits, (file, key, values)


@pytest.mark.parametrize("language", KEPT)
def test_the_form_asks_every_question_in_each_language(language: str) -> None:
    front = labels.named(get_data(page("diagnose", language))[1], language, "diagnose")
    form = JustHTML("".join(fields(front["questions"], front["choices"]).values()), sanitize=False)
    asked = {str((f.attrs or {})["name"]): f for f in form.query("[data-answer]")}
    assert list(asked) == [question.key for question in QUESTIONS] == list(front["questions"])
    said = {choice for question in QUESTIONS for choice in (*question.choices, *question.groups)}
    assert said == set(front["choices"])
    assert sorted(BY_KEY["sent-via"].choices) == sorted(contexts.names())
    for question in QUESTIONS:
        values = [str((o.attrs or {}).get("value")) for o in asked[question.key].query("option")]
        if question.key == "release":
            assert values == ["", *(["None"] * (len(values) - 1))]  # their texts are their values
            known = [option.to_text() for option in asked["release"].query("option")][1:]
            assert {*releases.LINES} - {releases.NEXT} == {
                releases.find(name).line for name in known[:-6]
            }
            assert all(
                diagnose(answers={"release": name}).context["release"] == name for name in known
            )
        else:
            assert values == (["", *question.choices] if question.choices else [])
        assert guide.question(question.key, language) == front["questions"][question.key]
    assert "<!-- questions -->" in page("diagnose", language)


HELPFUL = {
    "open-missing": "release images-loaded by-hand-counts timeline-shows queue pixel-present "
    "consumer-running clicks-counted sent-via http-status site-url user-agent client-ip role proxy",
    "click-missing": "logged-in sent-via release redirect-works timeline-shows links-replaced "
    "by-hand-counts queue consumer-running trackable-urls-disabled link-inside site-url "
    "user-agent client-ip role proxy",
    "link-broken": "role http-status release site-url redirect-works from-domain proxy",
    "unsubscribe-broken": "sent-via http-status contact-exists unsubscribe-opened release "
    "site-url role",
    "too-many": "too-many-of sent-via user-agent release client-ip",
    "wrong-contact": "site-url release",
    "page-missing": "script-on-page logged-in http-status release queue consumer-running site-url",
    "unsubscribed-unwillingly": "sent-via release user-agent",
    "decision-missing": "timeline-shows release logged-in sent-via",
    "send-failed": "release",
}


@pytest.mark.parametrize("symptom", Symptom)
def test_what_helps_most_is_asked_first(symptom: Symptom) -> None:
    asked = [question.key for question in about(symptom)]
    assert asked == HELPFUL[symptom].split()
    assert [question.key for question in QUESTIONS if symptom in question.helps] == [
        question.key for question in QUESTIONS if question.key in asked
    ]


def test_nothing_at_all_is_refused_and_the_html_before_sending_suffices() -> None:
    with pytest.raises(UnusableInput, match="Nothing was provided"):
        diagnose()
    assert diagnose(before='<a href="HTTPS://acme.example/">x</a>').first


def test_what_shows_a_cause_is_never_called_unrecognised() -> None:
    address = "https://calendar.example/book?with=%7Bownerfield%3Demail%7D"
    found = diagnose(address)
    assert found.first == "token-in-link"
    assert "unrecognised" not in found.context
    assert diagnose("https://calendar.example/book").context["unrecognised"] == ["evidence 1"]


def test_what_was_seen_goes_before_what_was_only_answered() -> None:
    answered = Finding("site-url-host", Certainty.SURE, (Quote("role=pixel", "answers"),))
    seen = Finding("esp-rewrap", Certainty.SURE, (answered.quotes[0], Quote("x", "mail.eml")))
    other = replace(seen, cause="ct-damaged", explains=False)
    unsure = replace(seen, cause="query-glued", certainty=Certainty.LIKELY)
    assert in_order([unsure, other, answered, seen]) == [seen, answered, other, unsure]


CASES_ANSWERS = [case.answers for case in cases() if case.answers]
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        question.key: st.sampled_from(question.choices or (question.example,))
        for question in QUESTIONS
    },
)


@pytest.mark.parametrize("material", [(), (MAIL,)], ids=["nothing", "mail"])
def test_answers_alone_make_no_cause_certain(material: tuple[str, ...]) -> None:
    named = Counter[str]()
    for answers in CASES_ANSWERS:
        named += from_answers(material, answers)
    assert len(named) > 12  # so many causes are found by answers alone: none is left out by chance


@settings(deadline=None)
@given(ANSWERS.filter(bool))
def test_no_combination_of_answers_makes_a_cause_certain(answers: dict[str, str]) -> None:
    from_answers((), answers)
    from_answers((MAIL,), answers)


def from_answers(material: tuple[str, ...], answers: Mapping[str, str]) -> Counter[str]:
    """Return the causes that answers alone show; none of them may be called certain."""
    found = diagnose(material, answers=answers).findings
    alone = [f for f in found if f.is_from_answers and f.cause not in HEALTHY]
    assert [f for f in alone if f.certainty == Certainty.SURE] == [], answers
    return Counter(finding.cause for finding in alone)


def test_without_a_symptom_it_is_asked_for() -> None:
    assert [question.key for question in about(None)] == ["symptom", "release", "site-url"]


def test_nothing_is_asked_that_is_known() -> None:
    for symptom in Symptom:
        asked = diagnose(answers={"symptom": symptom, "release": "5.2"}).questions
        assert len(asked) <= asking.MOST_QUESTIONS
        assert not {"symptom", "release"} & set(asked)
        assert [key for key in asked if symptom not in BY_KEY[key].helps] == []
        assert [key for key in HELPFUL[symptom].split() if key in asked] == list(asked)
    given = diagnose(MAIL, answers={"symptom": "open-missing", "release": "5.2"}).questions
    assert given
    assert not {"sent-via", "pixel-present", "links-replaced"} & set(given)
    log = LINE.decode()
    assert "client-ip" not in diagnose(log, answers={"symptom": "too-many"}).questions
    link_alone = diagnose("https://acme.example/x", answers={"symptom": "link-broken"})
    assert "role" in link_alone.questions
    assert "role" not in diagnose(MAIL, answers={"symptom": "link-broken"}).questions


def test_a_healthy_message_is_called_healthy() -> None:
    found = diagnose(MAIL)
    assert found.first == "no-fault-in-mail"
    assert {"links", "ct", "pixel", "hashes", "host"} <= set(found.healthy)
    assert found.is_healthy


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_transfer_encodings_are_decoded_first(encoding: str) -> None:
    import quopri

    head, _, body = MAIL.replace("m.acme.example", "localhost").partition("\n\n")
    encode = base64.encodebytes if encoding == "base64" else quopri.encodestring
    head += f"\nContent-Transfer-Encoding: {encoding}"
    mail = head.encode() + b"\n\n" + encode(body.encode())
    assert diagnose(mail).first == "site-url-host"


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "x-unknown", "cp037"])
def test_charsets(charset: str) -> None:
    mail = MAIL.replace("utf-8", charset)
    head, _, body = mail.partition("\n\n")
    known = charset if charset != "x-unknown" else "utf-8"
    content = head.encode() + b"\nContent-Transfer-Encoding: base64\n\n"
    content += base64.encodebytes(body.encode(known))
    assert diagnose(content).first == "no-fault-in-mail"


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("From:", "From me@x Thu Jan 1\nFrom:")])
def test_line_ends_and_mbox(change: tuple[str, str]) -> None:
    assert (
        diagnose(MAIL.replace(*change, -1 if change[0] == "\n" else 1)).first == "no-fault-in-mail"
    )


def test_a_forwarded_attachment_is_looked_into() -> None:
    inner = MAIL.replace("m.acme.example", "mautic")
    outer = (
        "From: a@b.cc\nTo: d@e.ff\nSubject: Fwd\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nsee\n'
        f"--b\nContent-Type: message/rfc822\n\n{inner}\n--b--\n"
    )
    assert diagnose(outer).first == "site-url-host"


WRAPPED = {
    "gmail": f"https://ci3.googleusercontent.com/proxy/abc=s0-d-e1-ft#{LINK}",
    "safelinks": "https://eur01.safelinks.protection.outlook.com/?url={q}&data=05",
    "urldefense": f"https://urldefense.com/v3/__{LINK}__;!!abc$",
    "ses": "https://x1.r.eu-west-1.awstrack.me/L0/{q}/1/0100",
    "postmark": "https://click.pstmrk.it/3s/{bare}/abc/def",
    "barracuda": "https://linkprotect.cudasvc.com/url?a={q}&c=E",
}


@pytest.mark.parametrize("name", WRAPPED)
def test_wrappers_are_peeled(name: str) -> None:
    from urllib.parse import quote

    wrapped = WRAPPED[name].replace("{q}", quote(LINK, safe=""))
    wrapped = wrapped.replace("{bare}", quote(LINK.removeprefix("https://"), safe=""))
    found = addresses.read(wrapped)
    assert [w.name for w in found.peeled.wrappers] == [name]
    assert found.kind == "tracked"
    assert found.stat == "65f0a1b2c3d4e512345678"


def test_mailgun_is_decompressed_within_limits() -> None:
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b"l=" + b"x" * 50_000_000)).decode()
    assert len(wrappers.peel(f"https://email.acme.example/c/{bomb}").address) < 200_000


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"\x89PNG\r\n\x1a\n\0\0", bytes(range(32)) * 20, b"PK\x03\x04abc"]
)
def test_unusable_input_is_told_in_one_sentence(content: bytes) -> None:
    with pytest.raises(
        UnusableInput, match=r"^evidence 1 is (empty|a binary file|compressed)\. .*[Pp]rovide .*\.$"
    ):
        diagnose(content)


def test_a_question_that_cannot_be_answered_is_not_asked_again() -> None:
    answers = {"symptom": "open-missing"}
    asked: list[str] = []
    while key := next(iter(diagnose(answers=answers).questions), ""):
        assert key not in asked
        asked.append(key)
        answers[key] = "unknown"
    keys = {question.key for question in about(Symptom.OPEN_MISSING)}
    left = keys - set(asked)
    assert left == {"consumer-running", "role", "pixel-present", "proxy", "clicks-counted"}
    for key in left - {"role"}:  # no answer to them alone would show or clear a cause
        for value in BY_KEY[key].choices:
            assert diagnose(answers={**answers, key: value}).findings == ()


def test_answers_outside_the_contract_list_what_is_in_it() -> None:
    with pytest.raises(BadAnswer, match=r"Known questions: symptom, .*role\."):
        diagnose((), answers={"colour": "red"})
    with pytest.raises(BadAnswer, match=r"Possible values: open-missing"):
        diagnose((), answers={"symptom": "none"})


def nested(depth: int) -> bytes:
    """Return multiparts in multiparts."""
    head = b"From: a@b.cc\nTo: c@d.ee\nMIME-Version: 1.0\n"
    for level in range(depth):
        head += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level)
    return head + b"Content-Type: text/html\n\n<a href='http://localhost/r/1?ct=x'>"


TRACKED = b"https://m.acme.example/r/92e770d1b72fa6ddf729b5f71?ct="
HEAD = b"From: a@b.cc\nTo: c@d.ee\n"
LINE = b'1.2.3.4 - - [12/Mar/2024:10:02:11 +0000] "GET /r/1?ct=a HTTP/1.1" 302 1 "-" "x"\n'
PART = b"--b\nContent-Type: text/html\n\n<p>\n"
HTML = b"<p>x</p>"
MIME = b"From: a@b.cc\nTo: c@d.ee\nSubject: x\nMIME-Version: 1.0\n"
GET = b'1.2.3.4 - - [12/Mar/2024:10:00:00 +0000] "GET /'


def numbered(text: str, count: int) -> bytes:
    """Return a text many times, each with its number."""
    return "".join(text.replace("#", str(number)) for number in range(count)).encode()


HOSTILE = {
    "10 000 parts": HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n' + PART * 10_000,
    "nested 1 000 deep": nested(1_000),
    "NUL bytes": MAIL.encode().replace(b"Hi", b"\0H\0i\0"),
    "a ct of 10 MB": TRACKED + b"YTox" * 2_500_000,
    "objects": TRACKED + b"YToxOntpOjA7Tzo4OiJzdGRDbGFzcyI6MDp7fX0",
    "no line ends": b"<a href=" + b"x" * 200_000,
    "images": b"<img " * 25_000,
    "cut": MAIL.encode()[:-150],
    "headers only": MAIL.partition("\n\n")[0].encode() + b"\n\n",
    "a long header": HEAD + b"Subject: =?utf-8?q?" + b"=41" * 150_000 + b"?=\n\nx",
    "log": LINE * 1_200,
    "log of one recipient": numbered(
        '1.2.3.4 - - [12/Mar/2024:10:00:00 +0000] "GET /email/unsubscribe/65f0a1b2c3d4e512345678'
        '?# HTTP/1.1" 200 1 "-" "x"\n',
        1_200,
    ),
    "equals": b"=3D" * 70_000,
    "urls": b"https://a@" * 50_000,
    "groups": b'<a mautic:disable-tracking href="' + b"(a|a)" * 30 + b'!">x</a><a href="https://y.'
    b"example/" + b"a" * 100 + b'">x</a>',
    "many": b'<a mautic:disable-tracking href=".*.*!">x</a><a href="https://y.example/'
    + b"a" * 10_000 + b'">x</a>',
    "hrefs": b"<b " + b"href=" * 25_000 + b">",
    "hosts": b"hello you " + b"https://a." * 6_000,
    "slashes": b"https://x.example" + b"/" * 150_000,
    "dots": b"https://" + b"a." * 100_000,
    "slashes in a log": (GET + b"/" * 19_000 + b' HTTP/1.1" 302 1 "-" "x"\n') * 10,
    "a line never ended": LINE + GET + b"a" * 250_000,
    "conditional comments": HTML + b"<!--[if mso " * 12_000,
    "comments never closed": HTML + b"<!--[if mso]>" * 12_000,
    "shapes": HTML + b"<v:a " * 12_000,
    "empty lines": b"Transport a b" + b"\n" * 40_000 + b"x",
    "complaints": b"Invalid clickthrough value: x\n" + b"\n" * 40_000 + b"c",
    "schemes": HTML + b"https://" * 30_000,
    "scripts": "<p>é</p>".encode() + b"<script " * 15_000,
    "utm": b"https://x.example/" + b"?utm_a=" * 35_000,
    "tokens": numbered('<a href="http://{contactfield=a#}">x</a>\n', 800),
    "excluded": numbered('<a mautic:disable-tracking href="https://x.example/#">x</a>', 600)
    + numbered('<a href="https://y.example/#">x</a>', 600),
    "addresses in a text": b"hello there " + numbered("https://x.example/# ", 2_500),
    "a bar in a text": b"hello | there " + numbered("https://x.example/# ", 2_500),
    "one long address": b'<a href="https://x.example/' + b"a" * 40_000 + b'">x</a>'
    + numbered('<a href="https://y.example/#">x</a>', 800),
    "pixels": HTML + b"/email/0123456789.gif " * 12_000,
    "entities": numbered('<a href="https://y.example/&eacute;#">', 800),
    "semicolons": MIME + b"Content-Type: text/html" + b";" * 250_000 + b"\n\nx",
    "words of a header": MIME + (b"X-A: " + b"=?a?q?x" * 14_000 + b"\n") * 10 + b"\nhi",
    "a broken word": MIME + b"X-A: =?utf-8?b?a?=\n\nhi",
    "multiparts": nested(200) + b"\n" * 250_000,
    "punycode": MIME + b"Content-Type: text/html; charset=punycode\n\n<p>-" + b"a9" * 100_000,
    "surrogates": MIME + b"Content-Type: text/html; charset=utf-7\n\n<a href='x+2AA-'>",
    "links never closed": b'<a href="x">y' * 3_000,
    "commands": b"messenger:consume " * 6_000,
    "bars": b"| - " * 25_000,
    "scripts in comments": b"<html><!--<script" * 6_000,
    "commands of Redis": b"redis LLEN hit " * 7_000,
    "a number that is none": TRACKED + base64.b64encode(b'a:1:{s:1:"x";d:e;}'),
    "a date that is none": b"GET /r/92e770d1b72fa6ddf729b5f71?ct=x HTTP/1.1\nHost: m\n\n"
    b"HTTP/1.1 302 Found\nDate: Tue, 12 Mar 99999999999999999999 09:14:03 +0000\n\n",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_gets_an_answer(content: bytes) -> None:
    # Not a timing: what takes quadratic time takes a minute here, not half a second.
    start = time.process_time()
    facts = Facts.read([("given", content)])
    found = examine(facts)
    assert found.failed == ()
    for finding in found.as_dict()["findings"]:
        assert all(len(text) <= 500 for text in finding["evidence"])
    assert written(facts, found)
    assert time.process_time() - start < 8


@pytest.mark.slow
def test_a_message_of_50_mb_gets_an_answer() -> None:
    assert diagnose(MAIL.encode() + (b"<p>" + b"x" * 92 + b"</p>\n") * 500_000).findings


def sentence(evidence: bytes | str, before: bytes | None, answers: dict[str, str]) -> str:
    """Return the sentence that refuses an input, or that there was an answer."""
    try:
        assert diagnose(evidence, before, answers).failed == ()
    except (UnusableInput, BadAnswer) as problem:
        return str(problem)
    return "Answered."


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=150, deadline=None)
def test_anything_gets_an_answer_or_a_sentence(content: bytes) -> None:
    for evidence in (content, b"From: a@b.cc\nTo: c@d.ee\nSubject: " + content):
        assert sentence(evidence, content, {}).endswith(".")


@given(st.dictionaries(st.sampled_from(list(BY_KEY)), st.text(max_size=8), max_size=5))
@settings(max_examples=100, deadline=None)
def test_any_answers_get_an_answer_or_a_sentence(answers: dict[str, str]) -> None:
    assert sentence(MAIL, None, answers).endswith(".")


def corpus() -> list[bytes]:
    """Return the messages of CPython's own e-mail tests, where they are installed."""
    try:
        folder = files("test.test_email.data")
    except ModuleNotFoundError:
        return []
    return [file.read_bytes() for file in folder.iterdir() if file.name.endswith(".txt")]


def test_the_messages_of_cpythons_own_tests() -> None:
    messages = corpus()
    if not messages:
        pytest.skip("This Python came without its own tests.")
    for message in messages:
        diagnose(message)
        report(message)


def test_the_report_has_nothing_personal_in_it() -> None:
    before = (
        '<a href="https://www.acme.example/?mail=jo.roe@client.example&utm_source=nl">Offer</a>'
    )
    given = {"release": "7.1", "client-ip": "203.0.113.7", "site-url": "https://m.acme.example"}
    text = report(MAIL + "\n<p>From 203.0.113.7</p>", before, given)
    secrets = [
        "jo.roe",
        "client.example",
        "Josephine",
        "Roe",
        CT[:20],
        "65f0a1b2",
        "203.0.113.7",
        "92e770d1",
        "4711",
    ]
    assert [secret for secret in secrets if secret in text] == []
    assert "Mautic: 7.1" in text
    assert "utm_source=nl" in text


PERSON = "Jean Dupont <jean.dupont@client.example>"
LEAKS = {
    "the subject": (
        "Subject: [TEST] Bonjour Jean Dupont, 06 12 34 56 78",
        '<p>[First Name]</p><a href="https://a.example">x</a>',
        ["Jean", "06 12"],
    ),
    "an attribute": (
        "",
        '<img alt="Bonjour Jean, 06 12 34 56 78" style="display:none" '
        'src="https://m.acme.example/email/65f0a1b2c3d4e512345678.gif">',
        ["Jean", "06 12"],
    ),
    "a copy": ("Cc: Bob Brown <b@x.yy>", '<a href="https://a.example/Bob">x</a>', ["Bob"]),
    "a path": ("", '<a href="https://a.example/jean-dupont/Jean%20Dupont">x</a>', ["jean", "Jean"]),
    "accents": ("Cc: Zoë <z@x.yy>", '<a href="https://a.example/Zo%C3%AB/zoe">x</a>', ["Zo", "zo"]),
    "parameters": (
        "",
        '<a href="https://a.example/?name%5B%5D=jo.roe#mail=jo.roe">x</a>'
        '<a href="https://a.example/?jo.roe">x</a>',
        ["jo.roe"],
    ),
    "addresses": (
        "",
        '<a href="https://a.example/?a=x%2540client.example&b=y@client.example">x</a>',
        ["client.example"],
    ),
    "phones": ("", '<a href="tel:+33612345678">x</a><a href="sms:0612345678">x</a>', ["612345"]),
    "hashes": ("", '<a href="https://a.example/u_65f0a1b2c3d4e5-X65F0A1B2C3D4E5">x</a>', ["65"]),
}


@pytest.mark.parametrize(("header", "body", "secrets"), LEAKS.values(), ids=LEAKS)
def test_a_message_leaks_nothing(header: str, body: str, secrets: list[str]) -> None:
    head = f"From: Acme <news@acme.example>\nTo: {PERSON}\nX-EMAIL-ID: 1\nPrecedence: Bulk\n"
    if header.startswith("Subject"):
        head = f"From: Acme <news@acme.example>\nTo: {PERSON}\n"
    text = report(f"{head}{header}\nContent-Type: text/html\n\n{body}".replace("\n\nC", "\nC"))
    assert [secret for secret in secrets if secret in text] == []


LINES = (
    '::ffff:192.0.2.7 - jo.roe [12/Mar/2024:10:00:00 +0000] "GET /email/65f0a1b2c3d4e5.gif'
    ' HTTP/1.1"'
    ' 404 1 "https://webmail.client.example/u/jo-roe/" "Thunderbird jo.roe-laptop"',
    '{"ClientIP":"192.0.2.7","ClientRequestURI":"/email/65f0a1b2c3d4e5.gif","EdgeResponseStatus":404,'
    '"remote_user":"jo.roe"}',
    "[2024-03-12 10:00:00] mautic.ERROR: Invalid clickthrough value: YToxOntzOjQ6ImxlYWQiO3M6NDo",
    'x is not a serialized array a:1:{s:4:"lead";s:4:"4711";}',
    "https://jo.roe:secret@203.0.113.9/r/92e770d1b72fa6ddf729b5f71?ct=YTox",
)
PERSONAL = ("jo.roe", "jo-roe", "192.0", "0.2.7", "client", "65f0", "YTo", "4711", "secret", "203.")


@pytest.mark.parametrize("line", LINES)
def test_a_line_leaks_nothing(line: str) -> None:
    text = report(line)
    assert [secret for secret in PERSONAL if secret in text] == []


def test_an_answer_leaks_nothing() -> None:
    given = {"symptom": "click-missing", "site-url": "http://jo-laptop", "release": "7.1"}
    text = report((), None, given)
    assert "site-url-host" in text
    assert "jo-laptop" not in text


def test_evidence_stays_in_its_line() -> None:
    link = "http://localhost/r/92e770d1b72fa6ddf729b5f71?ct=x"
    text = report(f'<a href="{link}\n\n# A heading\n">x</a>')
    assert "\n# A heading" not in text


def test_nothing_is_requested(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a diagnosis must not touch the network")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    assert diagnose(MAIL).findings


def test_of_too_many_a_healthy_mail_says_nothing_and_the_log_is_asked_for() -> None:
    mail = sent(anchor(link()) + unsubscribe() + pixel())
    assert diagnose(mail).first == "no-fault-in-mail"
    found = diagnose(mail, answers={"symptom": "too-many"})
    assert (found.first, found.context["wanted"]) == (None, "log")
    with_log = [mail, access(f"/email/{HASH}.gif")]
    assert "wanted" not in diagnose(with_log, answers={"symptom": "too-many"}).context
