"""What a reader gets for a message: a verdict at once in view, cards, a next step, no dead end."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

import front
from pages import DOCS, KEPT
from snippets import guide
from snippets.catalogue import pages

from .conftest import visit
from .stand_in import RUNNER, stand_in
from .test_site import WRITTEN, in_each_language

SAMPLES = DOCS / "app" / "samples"
TWO_CAUSES = (SAMPLES / "site-url-host.txt").read_text("utf-8") + (
    '<a href="https://www.acme.example/x"\n>button</a>\n'
)
RESULT = "#diagnose-result"
VERDICT = f"{RESULT} > h2"
STATUS = "#diagnose-form [role=status]"


def diagnosed(page: Page, text: str, name: str = "diagnose.html") -> None:
    """Paste a text and wait for its result."""
    visit(page, name)
    page.fill("#evidence", text)
    page.click("button[type=submit]")
    expect(page.locator(VERDICT)).to_be_visible()


@pytest.fixture(scope="module", params=in_each_language("diagnose.html"))
def name(request: Any) -> str:
    """Return the page in a language: the tests of one together, with one Python."""
    return str(request.param)


def top(page: Page, selector: str) -> float:
    """Return how far below the fixed header an element begins, in pixels."""
    box = page.locator(selector).first.bounding_box()
    header = page.locator(".md-header").bounding_box()
    assert box
    assert header
    return box["y"] - header["y"] - header["height"]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_verdict_and_the_first_cause_are_in_view(quick: Page, width: int, name: str) -> None:
    quick.set_viewport_size({"width": width, "height": 844})
    diagnosed(quick, TWO_CAUSES, name)
    assert 0 <= top(quick, VERDICT) < 40
    assert top(quick, f"{RESULT} .cause h3") < 180
    expect(quick.locator(VERDICT)).to_be_focused()


def test_the_causes_are_marked_on_the_way(quick: Page, name: str) -> None:
    diagnosed(quick, TWO_CAUSES, name)
    stations = quick.locator(".short-way li")
    expect(stations).to_have_count(7)
    hit = quick.locator(".short-way .hit a[href^='#']").evaluate_all("all => all.map(a => a.hash)")
    assert hit == ["#finding-link-markup-not-matched", "#finding-site-url-host"]
    quick.locator(".short-way .hit a[href^='#']").last.click()
    expect(quick.locator("#finding-site-url-host h3")).to_be_focused()
    expect(quick.locator("#finding-site-url-host h3")).to_be_in_viewport()
    assert "#causes=" in quick.url
    quick.goto(f"{name}#causes=unsubscribe-no-contact")
    quick.reload()
    expect(quick.locator(VERDICT)).to_be_visible()
    expect(quick.locator(".short-way")).to_have_count(0)


def test_every_sample_shows_its_cause_and_section(asking: Page, name: str) -> None:
    visit(asking, name)
    for sample in sorted(path.stem for path in SAMPLES.iterdir()):
        asking.click(f"[data-sample={sample}]")
        first = asking.locator(f"{RESULT} .causes > li").first
        expect(first).to_have_attribute("id", f"finding-{sample}")
        expect(first.locator("h3")).not_to_contain_text(sample)
        expect(first.locator(".change")).not_to_be_empty()
        assert asking.url.partition("#")[2].startswith(f"causes={sample}")


def test_each_of_two_causes_fits_a_screen_of_a_phone(quick: Page) -> None:
    diagnosed(quick, TWO_CAUSES)
    cards = quick.locator(f"{RESULT} .cause")
    expect(cards).to_have_count(2)
    expect(quick.locator(VERDICT)).to_have_text("2 causes certaines")
    for card in cards.all():
        box = card.bounding_box()
        assert box
        assert box["height"] < 844 - 64  # below the header, with some air
        expect(card.locator(".change")).to_contain_text("Que changer")
        expect(card.locator("details[open]")).to_have_count(0)
        expect(card.locator(".language-python")).to_have_count(0)


MOST_CAUSES = 50  # of an address
TALL = """(most) => Object.fromEntries(
    [...document.querySelectorAll("#diagnose-result .cause")]
        .map(({ id, offsetHeight }) => [id, offsetHeight])
        .filter(([, height]) => height > most))"""


@pytest.mark.parametrize("language", KEPT)
def test_what_to_change_fits_a_screen_of_a_phone_for_each_cause(quick: Page, language: str) -> None:
    root = "" if language == front.SOURCE else f"{language}/"
    causes = list(pages())
    tall: dict[str, int] = {}
    for first in range(0, len(causes), MOST_CAUSES):
        ids = ",".join(causes[first : first + MOST_CAUSES])
        quick.goto("about:blank")
        quick.goto(f"{root}diagnose.html#causes={ids}")
        expect(quick.locator(VERDICT)).to_be_visible()
        tall |= quick.evaluate(TALL, 844 - 64)
    assert tall == {}


def test_a_corrected_line_is_copied_and_checked_again(quick: Page) -> None:
    quick.context.grant_permissions(["clipboard-read", "clipboard-write"])
    diagnosed(quick, '<p>Hi <a href="https://www.acme.example/x"\n>button</a></p>')
    line = quick.locator(".corrected").first
    expect(line.locator("code")).to_have_text('<a href="https://www.acme.example/x">')
    expect(quick.locator(".sign").first).to_have_text("↵")
    line.get_by_role("button").click()
    copied = quick.evaluate("navigator.clipboard.readText()")
    assert copied == '<a href="https://www.acme.example/x">'
    quick.get_by_role("button", name="Vérifier avec la correction").click()
    expect(quick.locator(VERDICT)).to_have_text("Aucune cause trouvée dans ce HTML")
    expect(quick.locator(RESULT)).to_contain_text("1 lien suivi sur 1")


def test_untracked_links_come_first_with_their_reason_in_words(quick: Page) -> None:
    diagnosed(quick, (SAMPLES / "link-markup-not-matched.txt").read_text("utf-8"))
    expect(quick.locator(RESULT)).to_contain_text("1 lien suivi sur 2")
    first = quick.locator(".links > li").first
    expect(first).to_contain_text("https://www.acme.example/button")
    expect(first.locator("a")).to_have_text("Un retour à la ligne dans la balise")
    box = first.bounding_box()
    assert box
    assert box["x"] + box["width"] <= 390


def test_a_failed_submit_takes_the_old_result_away(quick: Page) -> None:
    diagnosed(quick, TWO_CAUSES)
    quick.fill("#evidence", "")
    quick.click("button[type=submit]")
    expect(quick.locator(STATUS)).to_contain_text("Il n’y a rien à examiner")
    expect(quick.locator(RESULT)).to_be_hidden()
    assert "#causes" not in quick.url


def test_an_empty_form_is_answered_in_the_readers_language_and_loads_nothing(page: Page) -> None:
    asked: list[str] = []
    page.goto("en/diagnose.html")
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: asked.append(request.url))
    page.click("button[type=submit]")
    expect(page.locator(STATUS)).to_contain_text("There is nothing to check")
    expect(page.locator("#evidence")).to_be_focused()
    assert asked == []


def test_a_shared_link_shows_its_causes_and_that_nothing_was_examined(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("diagnose.html#causes=site-url-host,no-such-cause,ct-damaged,site-url-host")
    expect(page.locator(VERDICT)).to_contain_text("aucun message n’a été examiné")
    expect(page.locator(f"{RESULT} .cause h3")).to_have_count(2)
    expect(page.locator(f"{RESULT} .change").first).to_contain_text("Site URL")
    assert 0 <= top(page, VERDICT) < 40
    assert not [url for url in asked if "pyodide" in url]


def test_configuration_to_copy_is_part_of_what_to_change(page: Page) -> None:
    page.goto("diagnose.html#causes=server-blocks-tracking-url,https-proxy-scheme")
    change = page.locator(f"{RESULT} .change")
    change.nth(0).get_by_text("Voir 3 autres cas").click()
    expect(change.nth(0).get_by_text("try_files")).to_be_visible()
    expect(change.nth(1).get_by_text("proxy_set_header").first).to_be_visible()


def test_of_many_pieces_of_advice_the_one_that_fits_is_seen(quick: Page) -> None:
    path = "/email/65f0a1b2c3d4e512345678.gif"
    line = f'203.0.113.9 - - [12/Mar/2024:10:02:11 +0000] "GET {path} HTTP/1.1" 404 162 "-" "x"'
    diagnosed(quick, f"{line}\n{line}\n")
    change = quick.locator(f"{RESULT} .change").first
    expect(change.get_by_text("try_files")).to_be_visible()
    expect(change.get_by_text("cf-mitigated")).to_be_hidden()
    change.get_by_text("Voir 5 autres cas").click()
    expect(change.get_by_text("cf-mitigated")).to_be_visible()


def test_a_shared_link_without_known_causes_says_nothing(page: Page) -> None:
    page.goto("diagnose.html#causes=constructor,__proto__")
    expect(page.locator("#evidence")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator(RESULT)).to_be_hidden()


def test_an_open_page_goes_on_without_a_connection(browser: Browser, base: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=base)
    page = context.new_page()
    diagnosed(page, TWO_CAUSES)
    context.set_offline(True)
    diagnosed(page, (SAMPLES / "ct-damaged.txt").read_text("utf-8"))
    card = page.locator("#finding-ct-damaged")
    expect(card.locator("h3")).to_contain_text("Certain")
    expect(card.locator(".change")).to_contain_text("Que changer")
    page.click("[data-sample=send-context]")
    expect(page.locator(STATUS)).to_have_text(guide.words("fr")["ui.failed"])
    context.close()


def test_a_result_has_its_names_where_no_section_can_be_had(browser: Browser, base: str) -> None:
    context = browser.new_context(base_url=base)
    stand_in(context)
    page = context.new_page()
    page.route("**/guide.*.json", lambda route: route.abort())
    diagnosed(page, TWO_CAUSES)
    card = page.locator("#finding-site-url-host")
    expect(card.locator("h3")).to_contain_text("Les liens mènent à « localhost »")
    expect(card.locator(".change a")).to_have_attribute(
        "href", re.compile(r"emails/troubleshooting\.html#site-url-host$")
    )
    context.close()


VISIBLE = "Bonjour, voici notre lettre du mois avec toutes les offres pour vous, cliquez ici"
HEADERS = "Received: from a.example\nFrom: a@b.example\nTo: c@d.example\nSubject: Hello\n"


@pytest.mark.parametrize(
    ("text", "section"), [(VISIBLE, "visible-text"), (HEADERS, "headers-only")]
)
def test_a_wrong_paste_leads_to_what_to_copy(quick: Page, text: str, section: str) -> None:
    diagnosed(quick, text)
    link = quick.locator(RESULT).get_by_role("link", name="Voir ce qu’il faut copier")
    expect(link).to_have_attribute("href", re.compile(rf"message-source\.html#{section}$"))
    link.click()
    expect(quick.locator(f"#{section}")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("name", "head", "section"),
    [
        ("shot.png", b"\x89PNG\r\n\x1a\n", "screenshot"),
        ("mail.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "msg-file"),
        ("mail.zip", b"PK\x03\x04", "zip-file"),
    ],
)
def test_a_wrong_file_is_told_before_anything_is_loaded(
    page: Page, name: str, head: bytes, section: str
) -> None:
    page.goto("diagnose.html")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=head + b"\0" * 99)
    page.set_input_files("#file", file)
    link = page.locator(f"{STATUS} a")
    expect(link).to_have_attribute("href", re.compile(rf"message-source\.html#{section}$"))
    assert asked == []


def test_nothing_found_is_not_the_end(quick: Page) -> None:
    diagnosed(quick, "jo.doe@acme.example says no")
    result = quick.locator(RESULT)
    expect(result).to_contain_text("Reconnu :")
    expect(result.get_by_role("link", name="le forum de Mautic")).to_be_visible()
    expect(result.locator(".question h3")).to_have_text("Qu’est-ce qui ne va pas\u202f?")
    address = result.get_by_role("link", name="Ouvrir un ticket").first.get_attribute("href") or ""
    assert address.startswith("https://github.com/mautic/mautic/issues/new?")
    assert len(address) < 8_000
    body = parse_qs(urlsplit(address).query)["body"][0]
    assert "### Environment" in body
    assert "jo.doe" not in body


def test_without_a_message_one_question_follows_another_to_a_conclusion(
    fresh: Page, name: str
) -> None:
    unknown = guide.words(WRITTEN[name])["ui.dontKnow"]
    fresh.goto(f"{name}#symptom=open-missing")
    question = fresh.locator(".question h3")
    expect(question).to_be_in_viewport()
    suspects = fresh.locator(".suspects > li")
    before = suspects.count()
    assert before > 10
    asked = []
    for _ in range(30):
        asked.append(question.text_content())
        fresh.locator(".question").get_by_role("button", name=unknown).click()
        expect(fresh.locator(".question strong")).to_have_count(len(asked) + 1)
        if not question.count():
            break
    assert len(set(asked)) == len(asked) > 8
    assert suspects.count() == before, "“I don't know” rules out nothing"
    expect(fresh.locator(f"{RESULT} a[href*='forum.mautic.org']")).to_be_visible()


def test_a_symptom_that_a_page_leads_with_is_answered_at_once(fresh: Page) -> None:
    fresh.goto("diagnose.html#symptom=open-missing")
    expect(fresh.locator(VERDICT)).to_be_visible()
    expect(fresh.locator(".question h3")).to_be_visible()


def test_who_fills_something_in_meanwhile_can_ask_for_that(fresh: Page) -> None:
    held: list[Route] = []
    fresh.route("**/app/answering.js", lambda route: held.append(route))
    fresh.goto("diagnose.html#symptom=decision-missing")
    button = fresh.locator("button[type=submit]")
    expect(button).to_be_disabled()
    fresh.fill("#evidence", TWO_CAUSES)
    button.click()
    held[0].continue_()
    expect(fresh.locator(f"{RESULT} .cause")).to_have_count(2)
    expect(button).to_be_enabled()
    fresh.unroute_all()


def test_an_answer_is_seen_can_be_changed_and_leads_to_the_cause(fresh: Page) -> None:
    fresh.goto("diagnose.html#symptom=open-missing")
    question = fresh.locator(".question")
    expect(question.locator("h3")).to_be_visible()
    question.locator("select").select_option("5.2.1")
    question.get_by_role("button", name="Répondre").click()
    expect(question.locator("strong").last).to_have_text("5.2.1")
    expect(question.locator("h3")).to_have_text(re.compile("images"))
    question.get_by_role("button", name="non").click()
    expect(fresh.locator(VERDICT)).to_have_text("Une cause probable")
    expect(fresh.locator(f"{RESULT} .cause")).to_have_attribute("id", "finding-images-blocked")
    quoted = fresh.locator(f"{RESULT} .cause blockquote").first
    expect(quoted).to_have_text(re.compile(r"images.* non$"))
    question.get_by_role("button", name=re.compile("Modifier.*images")).click()
    expect(fresh.locator("#images-loaded")).to_be_focused()


def test_a_check_that_failed_is_shown(quick: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*given: Any) -> str:
        answer = json.loads(diagnose(*given))
        answer["diagnosis"]["failed"] = [{"cause": "ct-damaged", "error": "KeyError, facts.py:12"}]
        return json.dumps(answer)

    diagnose = RUNNER.diagnose
    monkeypatch.setattr(RUNNER, "diagnose", failing)
    diagnosed(quick, TWO_CAUSES)
    expect(quick.locator(RESULT)).to_contain_text("Cet examen a échoué")
    expect(quick.locator(RESULT)).to_contain_text("ct-damaged (KeyError, facts.py:12)")


def test_python_is_loaded_once_a_reader_means_to_ask(page: Page) -> None:
    page.goto("diagnose.html")
    with page.expect_request("**/app/pyodide.asm.wasm"):
        page.fill("#evidence", "http://localhost/r/1")


def test_python_waits_for_the_click_where_data_is_saved(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', { get: () => ({ saveData: true }) })"
    )
    page.goto("diagnose.html#symptom=click-missing")
    page.fill("#evidence", "http://localhost/r/1")
    page.evaluate("() => new Promise((done) => requestIdleCallback(done))")
    expect(page.locator(VERDICT)).to_be_hidden()
    assert not [url for url in asked if re.search("pyodide|worker|python", url)]


def test_sections_hold_what_to_change_and_no_code(site: Path) -> None:
    for language in KEPT:
        guide = json.loads((site / "app" / f"guide.{language}.json").read_text("utf-8"))
        what_to_change = front.writing(DOCS, language)["points"][1]
        sections = guide["sections"]
        assert "site-url-host" in sections
        for cause, section in sections.items():
            changes = re.findall(r'<li class="change">\s*(?:<p>)?<strong>(.*?)<', section["html"])
            assert changes == [f"{what_to_change}."], cause
            assert "language-python" not in section["html"], cause


def test_an_answer_that_cannot_be_is_refused_before_anything_is_loaded(fresh: Page) -> None:
    fresh.goto("diagnose.html#symptom=link-broken")
    fresh.wait_for_load_state("networkidle")
    fresh.click("#diagnose-form summary")
    fresh.fill("#http-status", "four")
    fresh.locator("#diagnose-form details").evaluate("details => details.open = false")
    asked: list[str] = []
    fresh.on("request", lambda request: asked.append(request.url))
    fresh.click("button[type=submit]")
    expect(fresh.locator("#http-status")).to_be_visible()
    assert fresh.locator("#http-status:invalid").count() == 1
    assert asked == []


def test_the_release_is_chosen_and_how_it_is_known_is_told(fresh: Page) -> None:
    fresh.goto("diagnose.html#symptom=link-broken")
    fresh.click("#diagnose-form summary")
    fresh.select_option("#release", "7.2.0")
    diagnosed(fresh, TWO_CAUSES)
    expect(fresh.locator(RESULT)).to_contain_text("Mautic 7.2.0 : connu par des fichiers isolés")


def test_back_from_a_section_shows_the_answer_again(fresh: Page) -> None:
    fresh.goto("diagnose.html#symptom=decision-missing")
    expect(fresh.locator(VERDICT)).to_be_in_viewport()
    fresh.fill("#evidence", TWO_CAUSES)
    fresh.click("button[type=submit]")
    expect(fresh.locator(f"{RESULT} .cause")).to_have_count(2)
    said = fresh.locator(VERDICT).inner_text()
    fresh.goto("emails/links.html")
    fresh.go_back()
    expect(fresh.locator(VERDICT)).to_have_text(said)
    expect(fresh.locator("#symptom")).to_have_value("decision-missing")
    expect(fresh.locator("#evidence")).to_have_value(TWO_CAUSES)
    assert "localhost" not in fresh.url


def test_what_decides_is_asked_whatever_the_symptom(fresh: Page) -> None:
    diagnosed(fresh, "'messenger_dsn_hit' => 'doctrine://default?queue_name=hit',\n")
    question = fresh.locator(".question")
    asked = guide.question("consumer-running", "fr")
    expect(question.locator("h3")).to_have_text(asked)
    expect(fresh.locator(VERDICT)).to_contain_text(asked)
    expect(fresh.locator(f"{RESULT} .cause blockquote").first).to_contain_text("messenger_dsn_hit")
    question.get_by_role("button", name="non", exact=True).click()
    expect(fresh.locator(VERDICT)).to_have_text("Une cause certaine")


def test_what_a_message_lacks_is_seen_at_once(quick: Page) -> None:
    mail = (SAMPLES / "no-fault-in-mail.txt").read_text("utf-8")
    diagnosed(quick, re.sub("<p><a href=.*?>Unsubscribe</a></p>", "", mail))
    expect(quick.locator(VERDICT)).to_contain_text("lien de désinscription")
    lacks = quick.locator(f"{RESULT} > ul > li", has_text="✗")
    expect(lacks).to_have_count(1)


def test_ways_of_sending_stand_in_groups(fresh: Page) -> None:
    fresh.goto("diagnose.html#symptom=click-missing")
    groups = fresh.locator("#sent-via optgroup")
    expect(groups).to_have_count(5)
    assert len(set(groups.evaluate_all("all => all.map(each => each.label)"))) == 5
