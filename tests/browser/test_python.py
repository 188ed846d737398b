"""Python in the page: run, edit, stop; diagnose; hostile messages stay text."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, FilePayload, Page, expect

from cases.mails import access
from snippets import clickthrough

from .conftest import visit

PAGE = "emails/troubleshooting.html"


def first_block(page: Page, code: str | None = None) -> None:
    """Run the first block of a page, with other code if given."""
    if code is not None:
        if page.locator(".run-edited").first.is_hidden():
            page.locator(".run-button").first.click()
            expect(page.locator(".run-output").first).to_be_visible()
        page.locator(".run-edited").first.fill(code)
        page.locator(".run-edited").first.press("Control+Enter")
    else:
        page.locator(".run-button").first.click()


def test_run_edit_fail_stop_and_reset(page: Page) -> None:
    page.goto(PAGE)
    first_block(page)
    output = page.locator(".run-output").first
    expect(output).to_contain_text("site-url-host")
    first_block(page, 'print(6 * 7)\nprint(reach("10.0.0.1").reason)')
    expect(output).to_contain_text("42\nprivate")
    first_block(page, "x = 1\nraise ValueError('no such host')")
    expect(output).to_contain_text("no such host")
    expect(output).to_contain_text("2")
    first_block(page, "while True: print('x' * 1000)")
    expect(output).to_contain_text("20000")
    first_block(page, "while True: pass")
    page.get_by_role("button", name="Arrêter").first.click()
    expect(page.get_by_text("Arrêté.").first).to_be_visible()
    page.get_by_role("button", name="Rétablir").first.click()
    expect(page.locator(".run-edited").first).to_be_hidden()


HOSTILE = """From: <script>alert(1)</script> <a@b.cc>
To: c@d.ee
Subject: <img src=x onerror=alert(2)>
Content-Type: text/html; charset=utf-8

<a href="javascript:alert(3)">x</a><a href="http://localhost/r/92e770d1b72fa6ddf729b5f71?ct=x&quot;
onmouseover=alert(4) \u202egnp.exe"><svg onload=alert(5)>{line}
<a href="http://localhost/r/92e770d1b72fa6ddf729b5f71?ct=<script>alert(6)</script>">y</a>
"""


def test_a_hostile_message_is_only_text(warm: Page) -> None:
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    warm.on("dialog", dismiss)
    visit(warm, "diagnose.html")
    warm.fill("#evidence", HOSTILE.replace("{line}", "x" * 200_000))
    warm.click("button[type=submit]")
    result = warm.locator("#diagnose-result")
    expect(result).to_be_visible()
    assert result.locator("script, svg, iframe, [onerror], [onload], [onmouseover]").count() == 0
    assert result.locator('a[href^="javascript:"]').count() == 0
    assert dialogs == []


LARGE = (
    "From: a@b.cc\nTo: c@d.ee\nSubject: x\nContent-Type: text/html\n\n"
    '<a href="http://localhost/r/92e770d1b72fa6ddf729b5f71?ct=YTowOnt9">x</a>\n'
) + f"<p>{'text ' * 14}</p>\n" * 64_000


def paste(page: Page) -> None:
    """Paste a text of 1 MB as a reader does."""
    page.evaluate("text => navigator.clipboard.writeText(text)", LARGE[:1_000_000])
    page.fill("#evidence", "")  # a selection of one very long line is replaced in a minute
    page.focus("#evidence")
    page.keyboard.press("Control+v")


def drop(page: Page) -> None:
    """Drop a file onto the form; what is chosen is read alike, however large."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "m.eml"));
            const how = { dataTransfer: data, bubbles: true, cancelable: true };
            const event = new DragEvent("drop", how);
            document.getElementById("evidence").dispatchEvent(event);
        }""",
        LARGE[:1_000],
    )
    expect(page.locator("#diagnose-form [role=status]")).to_have_text("m.eml")


def choose(page: Page) -> None:
    """Choose a file of 5 MB."""
    file = FilePayload(name="m.eml", mimeType="message/rfc822", buffer=LARGE.encode())
    page.set_input_files("#file", file)


@pytest.mark.parametrize("give", [paste, drop, choose])
def test_a_large_message(warm: Page, give: Callable[[Page], None]) -> None:
    warm.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(warm, "diagnose.html")
    give(warm)
    warm.click("button[type=submit]")
    first = warm.locator("#diagnose-result .causes > li").first
    expect(first).to_have_attribute("id", "finding-site-url-host")


NOTE_STATUS = """() => {
    window.said = [];
    const status = document.querySelector("#diagnose-form [role=status]");
    const note = () => said.push(status.textContent);
    new MutationObserver(note).observe(status, { childList: true });
}"""


# A page reads a file by pieces of 1 MB: all that is refused stands in the second.
PIXEL = "/email/65f0a1b2c3d4e512345678.gif"
LONG = f"Mozilla/5.0 {'(KHTML, like Gecko) ' * 150}"  # what is counted by lines costs by lines


def test_a_log_of_any_size_counts_whole(warm: Page) -> None:
    ordinary = access(PIXEL, status=200, agent=LONG)
    visit(warm, "diagnose.html")
    warm.evaluate(
        """([line, late]) => {
            const data = new DataTransfer();
            data.items.add(new File([line.repeat(350), late.repeat(150)], "access.log"));
            const field = document.getElementById("file");
            field.files = data.files;
            field.dispatchEvent(new Event("change"));
        }""",
        [ordinary, access(PIXEL, status=403, agent=LONG)],
    )
    assert len(ordinary) * 350 > 1 << 20
    warm.evaluate(NOTE_STATUS)
    warm.click("button[type=submit]")
    table = warm.locator("table.traffic")
    expect(table).to_contain_text("requêtes refusées")
    assert re.sub(r"\s", "", table.inner_text()).startswith("500pixel")
    read = [said for said in warm.evaluate("said") if said.startswith("Lecture…")]
    assert len(read) == 2, read
    first = warm.locator("#diagnose-result .causes > li").first
    expect(first).to_have_attribute("id", "finding-server-blocks-tracking-url")


ENCODED = """From: a@b.cc
To: c@d.ee
Subject: x
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable

<p>Bonjour</p>
<p>see <a href=3D"http://localhost/r/92e770d1b72fa6ddf729b5f71?ct=3DYTo=
wOnt9">this</a></p>
"""


def test_evidence_is_marked_where_it_stands(warm: Page) -> None:
    visit(warm, "diagnose.html")
    warm.fill("#evidence", ENCODED)
    warm.click("button[type=submit]")
    first = warm.locator("#diagnose-result .causes > li").first
    expect(first.locator("blockquote code").first).to_have_text(
        '<p>see <a href="http://localhost/r/92e770d1b72fa6ddf729b5f71?ct=YTowOnt9">this</a></p>'
    )
    expect(first.locator("mark").first).to_have_text("localhost")
    expect(first.locator("figcaption").first).to_have_text("ligne 2, caractère 17")


def test_a_link_is_decoded(warm: Page) -> None:
    visit(warm, "diagnose.html")
    ct = clickthrough.encode(clickthrough.for_email(7, "65f0a1b2c3d4e512345678", 5, ("email", 7)))
    link = f"https://m.acme.example/r/92e770d1b72fa6ddf729b5f71?ct={ct}"
    warm.fill("#evidence", "https://eur01.safelinks.protection.outlook.com/?url=" + quote(link, ""))
    warm.click("button[type=submit]")
    table = warm.locator("table", has_text="Entouré par")
    expect(table).to_contain_text("safelinks")
    expect(table).to_contain_text("65f0a1b2c3d4e512345678")


def test_a_symptom_leads_here_with_its_questions(quick: Page) -> None:
    quick.goto("emails/troubleshooting.html")
    quick.click('a[href$="#symptom=click-missing"]')
    expect(quick.locator("#symptom")).to_have_value("click-missing")
    quick.click("#diagnose-form summary")
    expect(quick.locator("#logged-in")).to_be_visible()
    expect(quick.locator("#contact-exists")).to_be_hidden()


def test_it_is_said_when_python_cannot_be_loaded(browser: Browser, base: str) -> None:
    context = browser.new_context(base_url=base)
    page = context.new_page()
    page.goto("diagnose.html")
    status = page.locator("#diagnose-form [role=status]")
    for blocked in ("pyodide.asm.wasm", "stdlib.bin", "app.bin", "worker.js"):
        page.route(f"**/{blocked}", lambda route: route.abort())
        page.fill("#evidence", "http://localhost/r/1")  # with it Python begins to load
        page.click("button[type=submit]")
        expect(status, blocked).to_contain_text("Python n’a pas pu être chargé")
        page.unroute(f"**/{blocked}")
    page.click("button[type=submit]")
    expect(page.locator("#finding-site-url-host")).to_be_visible()
    context.close()


def test_loading_can_be_cancelled(browser: Browser, base: str) -> None:
    context = browser.new_context(base_url=base)
    page = context.new_page()
    page.route("**/stdlib.bin", lambda _: None)  # it never arrives
    page.goto("diagnose.html")
    page.fill("#evidence", "http://localhost/r/1")
    page.click("button[type=submit]")
    expect(page.locator("#diagnose-form progress")).to_be_visible()
    page.click("[name=stop]")
    expect(page.locator("#diagnose-form [role=status]")).to_have_text("Arrêté.")
    context.close()


def test_nothing_of_python_is_loaded_before_the_first_use(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in ("diagnose.html", PAGE):
        page.goto(name)
        page.wait_for_load_state("networkidle")
    assert [url for url in asked if re.search(r"worker|pyodide|\.zip|\.wasm", url)] == []


def test_the_guide_is_readable_without_scripts(browser: Any, base: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base)
    page = context.new_page()
    page.goto("emails/troubleshooting.html")
    expect(page.locator("#site-url-host")).to_be_visible()
    page.goto("diagnose.html")
    expect(page.get_by_text("python -m snippets diagnose message.eml")).to_be_visible()
    context.close()
