"""The command line: what people and scripts get, and one sentence for every wrong input."""

import base64
import errno
import gzip
import json
import os
import pty
import re
import subprocess
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
import yaml

from cases.mails import access, ct
from pages import KEPT
from snippets import documents, guide, words
from snippets.__main__ import main
from snippets.evidence.questions import QUESTIONS

ROOT = Path(__file__).parent.parent
NEWSLETTER = ROOT / "tests" / "recordings" / "newsletter.html"
HTML = '<p>Bonjour <a href="https://shop.example/a">été</a> <a href="#top">top</a></p>'


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a command with streams as a pipe gives them; everything it prints is captured.

    It runs in this process, which is ten times as quick; what only a process of its own can
    show (a terminal, a full disk, an interruption) starts one.
    """
    given, out, err = (TextIOWrapper(BytesIO(content), "utf-8") for content in (stdin, b"", b""))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setattr(sys, "argv", ["snippets/__main__.py"])
        for name, stream in {"stdin": given, "stdout": out, "stderr": err}.items():
            patch.setattr(sys, name, stream)
        try:
            code = main([*arguments])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
    return subprocess.CompletedProcess(arguments, code, written(out), written(err))


def written(stream: TextIOWrapper) -> bytes:
    """Return what was written into a stream of this process."""
    stream.seek(0)
    return bytes(stream.buffer.read())


def mail(encoding: str, charset: str = "utf-8", text: str = HTML) -> bytes:
    """Return a message of one HTML part in a transfer encoding and a charset."""
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"] = "Test"
    message.set_content("Bonjour https://shop.example/texte")
    message.add_alternative(text, subtype="html", charset=charset, cte=encoding)
    return message.as_bytes()


def test_a_real_newsletter_has_a_line_per_link_and_a_count() -> None:
    done = run("links", str(NEWSLETTER))
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert len(lines) == 63
    assert lines[-1] == "62 links: 59 tracked, 3 not."
    assert "\x1b" not in done.stdout.decode()


def test_json_is_one_object_with_the_same_links() -> None:
    found = json.loads(run("links", "-", "--json", stdin=HTML.encode()).stdout)
    assert [(x["href"], x["tracked"], x["reason"]) for x in found["links"]] == [
        ("https://shop.example/a", True, "tracked"),
        ("#top", False, "no-address"),
    ]


def test_plain_text_from_a_pipe() -> None:
    done = run("links", "-", stdin=b"Read https://shop.example/a now\n")
    assert "1 links: 1 tracked, 0 not." in done.stdout.decode()


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_a_raw_mail_of_any_encoding(encoding: str, charset: str, tmp_path: Path) -> None:
    source, target = tmp_path / "mail.eml", tmp_path / "out.eml"
    source.write_bytes(mail(encoding, charset))
    assert main(["links", str(source), "--output", str(target)]) == 0
    written = message_from_bytes(target.read_bytes(), policy=policy.default)
    body = written.get_body(("html",))
    assert body is not None
    assert body["Content-Transfer-Encoding"].lower() == encoding
    text = body.get_content()
    assert text.replace("\r\n", "\n").strip() == HTML.replace(
        "https://shop.example/a", "{trackable=1}"
    )
    assert written["Subject"] == "Test"


MJML = """<table>
  <tr><td>
    <a
       href="https://shop.example/a" style="color: #ffffff" target="_blank"
    >Read more</a>
    <a
       class="button"
       href="https://shop.example/b">Buy</a> <a href="https://shop.example/c">All</a>
  </td></tr>
</table>
"""


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_mail_with_cr_lf_is_rewritten_as_with_lf_and_keeps_them(
    encoding: str, tmp_path: Path
) -> None:
    source, target = tmp_path / "mail.eml", tmp_path / "out.eml"
    source.write_bytes(mail(encoding, text=MJML))
    assert b"\n" not in source.read_bytes().replace(b"\r\n", b"")
    done = run("links", str(source), "--output", str(target))
    assert "4 links: 2 tracked, 2 not." in done.stdout.decode()
    assert b"\n" not in target.read_bytes().replace(b"\r\n", b"")
    body = message_from_bytes(target.read_bytes(), policy=policy.default).get_body(("html",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == MJML.replace(
        "https://shop.example/c", "{trackable=3}"
    )


@pytest.mark.parametrize("text", [HTML, "No link at all, été", "<p>été</p>"])
def test_output_is_the_rewritten_text(text: str, tmp_path: Path) -> None:
    source, target = tmp_path / "in.html", tmp_path / "out.html"
    source.write_text(text, "utf-8")
    assert main(["links", str(source), "--output", str(target)]) == 0
    written = target.read_text("utf-8")
    assert written == text.replace("https://shop.example/a", "{trackable=1}")


WRONG = {
    "missing": (["links", "no-such-file.html"], b"", "no-such-file.html could not be read"),
    "folder": (["links", "docs"], b"", "docs could not be read"),
    "empty": (["links", "-"], b"", "empty"),
    "blank": (["links", "-"], b" \r\n ", "empty"),
    "binary": (["links", "-"], b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(100), "binary file"),
    "undecodable": (
        ["links", "-"],
        b"<p>caf\x81\x8d, latt\x90 et autres boissons <a href=x>",
        "UTF-8",
    ),
    "undecodable as said": (["links", "-"], b'<meta charset="utf-8"><p>caf\xe9', "UTF-8"),
    "undecodable part": (
        ["links", "-"],
        b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"
        b"Content-Type: text/html; charset=utf-8\n\n<p>\xff\xfe",
        "not in utf-8",
    ),
    "release": (["links", "-", "--release", "3.1"], b"<a href=x>", "4.4"),
    "no release": (["links", "-", "--release", "banana"], b"<a href=x>", "4.4"),
    "too large": (["links", "-"], b"<p>" * 12_000_000, "larger than 30 MB"),
    "option": (["links", "-", "--colour"], b"<a href=x>", "--colour"),
    "no command": ([], b"", "COMMAND"),
    "unknown command": (["link"], b"", "link"),
    "standard input twice": (["diagnose", "-", "-"], b"<p>", "can be read only once"),
    "no name": (["diagnose", ""], b"", "file name is empty"),
    "empty before": (
        ["diagnose", "README.md", "--before", "-"],
        b"",
        "HTML before sending is empty",
    ),
    "nothing to diagnose": (["diagnose"], b"", "a hyphen reads standard input"),
    "empty evidence": (["diagnose", "-"], b"", "empty"),
    "binary evidence": (["diagnose", "-"], b"\x7fELF\x02\x01\x01" + bytes(99), "binary file"),
    "unknown key": (["diagnose", "-", "--answer", "colour=red"], b"<p>", "sent-via"),
    "unknown value": (["diagnose", "-", "--answer", "proxy=maybe"], b"<p>", "yes, no"),
    "no value": (["diagnose", "-", "--answer", "proxy"], b"<p>", "proxy"),
    "language": (["diagnose", "-", "--lang", "xx"], b"<p>", "fr"),
    "before": (["diagnose", "-", "--before", "no-such"], b"<p>", "no-such could not be read"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_is_one_sentence_and_exit_2(name: str, tmp_path: Path) -> None:
    arguments, stdin, says = WRONG[name]
    target = tmp_path / "out"
    if arguments[:1] == ["links"]:
        arguments = [*arguments, "--output", str(target)]
    done = run(*arguments, stdin=stdin)
    sentence = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert sentence.strip()
    assert sentence.count("\n") == 1
    assert "Traceback" not in sentence
    assert says in sentence
    assert not target.exists()


def test_a_place_that_cannot_be_written_is_a_sentence() -> None:
    done = run("links", str(NEWSLETTER), "--output", "no-such-folder/out.html")
    assert done.returncode == 2
    assert "could not be written" in done.stderr.decode()
    assert done.stdout == b""


def test_colours_only_on_a_terminal() -> None:
    primary, secondary = pty.openpty()
    command = [sys.executable, "-m", "snippets", "links", "-"]
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    subprocess.run(
        command, input=HTML.encode(), stdout=secondary, cwd=ROOT, check=True, env=environment
    )
    assert b"\x1b[32mtracked" in os.read(primary, 4096)
    os.close(primary)
    os.close(secondary)


def test_a_reader_that_stops_early_is_no_error() -> None:
    command = f"{sys.executable} -m snippets links {NEWSLETTER} | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, cwd=ROOT, check=False)
    assert done.stderr == b""


def test_exit_codes_of_diagnose(tmp_path: Path) -> None:
    clean, broken = tmp_path / "clean.html", tmp_path / "broken.html"
    broken.write_text('<a href="http://localhost/r/65f0a1b2c3d4e512345678ab?ct=x">x</a>')
    clean.write_text("<p>Hello</p>")
    assert run("diagnose", str(broken)).returncode == 1
    assert run("diagnose", str(clean)).returncode == 0


def test_one_json_object_of_the_contract() -> None:
    text = b'<a href="http://localhost/r/65f0a1b2c3d4e512345678ab?ct=x">x</a>'
    found = json.loads(run("diagnose", "-", "--json", stdin=text).stdout)
    assert set(found) == {"findings", "healthy", "context", "questions"}
    first = found["findings"][0]
    assert set(first) >= {"cause", "certainty", "evidence", "guide"}
    assert first["cause"] == "site-url-host"
    assert first["guide"] == "emails/troubleshooting.html#site-url-host"
    assert "localhost" in first["evidence"][0]


@pytest.mark.parametrize("language", KEPT)
def test_headings_are_those_of_the_guide(language: str) -> None:
    shown = run("diagnose", "-", "--lang", language, stdin=b"http://localhost/mautic").stdout
    section = guide.section("site-url-host", language)
    assert section.heading in shown.decode()
    assert section.address in shown.decode()
    root = "" if language == guide.SOURCE else f"{language}/"
    assert section.address == f"{root}emails/troubleshooting.html#site-url-host"


def test_what_the_page_shows_is_printed() -> None:
    link = f"http://localhost/r/92e770d1b72fa6ddf729b5f71?ct={ct()}"
    shown = run(
        *("diagnose", "-", "--answer=site-url=https://m.acme.example"), stdin=link.encode()
    ).stdout.decode()
    assert shown.startswith("2 definite causes\n")
    assert "ct=YTo1Ontz…" in shown
    assert f"Write instead: {link.replace('http://localhost', 'https://m.acme.example')}" in shown


def test_a_wrong_paste_is_told_what_to_copy() -> None:
    words = b"We wrote to all of you with the news of this month"
    shown = run("diagnose", "-", "--lang", "en", stdin=words).stdout.decode()
    assert shown.startswith("This is the text shown on screen")
    assert "en/message-source.html#visible-text" in shown


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8:strict"])
def test_any_terminal_gets_its_answer(encoding: str) -> None:
    link = b'<a href="http://localhost/r/92e770d1b72fa6ddf729b5f71?ct=x">\xf0\x9f\x98\x80</a>'
    command = [sys.executable, "-m", "snippets", "diagnose", "-"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(
        command, input=link, capture_output=True, cwd=ROOT, check=False, env=environment
    )
    assert done.returncode == 1
    assert done.stderr == b""
    assert b"site-url-host" in done.stdout


@pytest.mark.slow
def test_a_mail_of_any_size_is_written_whole(tmp_path: Path) -> None:
    source, target = tmp_path / "in.html", tmp_path / "out.html"
    much = f"<p>{'x' * 73}</p>\n" * 130_000
    source.write_text(HTML + much, "utf-8")
    assert main(["links", str(source), "--output", str(target)]) == 0
    assert target.read_text("utf-8").endswith(much)


def test_a_full_disk_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("This system has no /dev/full.")
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "snippets", "diagnose", "-", "--json"]
        done = subprocess.run(
            command,
            input=b"http://localhost/r/1?ct=x",
            stdout=full,
            stderr=-1,
            cwd=ROOT,
            check=False,
        )
    assert done.returncode == 2
    assert b"could not be written" in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_language_is_that_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    for locale, says in (
        ("fr_FR.UTF-8", "n’existe pas"),
        ("en_GB", "no such file"),
        ("C", "no such"),
        ("xx_XX", "no such"),
    ):
        monkeypatch.setenv("LC_ALL", locale)
        assert says in run("links", "no-such-file.html").stderr.decode()
    assert "non suivi" in run("links", "-", "--lang", "fr-CA", stdin=HTML.encode()).stdout.decode()
    assert "Argument inconnu : --x." in run("links", "-", "--x", "--lang=fr").stderr.decode()
    help_ = run("agent", "--help", "--lang", "fr").stdout.decode()
    assert help_.startswith("Usage : ")
    assert "user agent" in help_
    assert "show this" not in help_
    stops = ("links", "-", "--lang=fr", "--release=7.1")
    stopped = run(*stops, stdin=b'<a href="://x.example">x</a>').stdout.decode()
    assert stopped.splitlines()[-1].startswith("Mautic 7.1.3 interrompt l’envoi")


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        *(("pt_BR.UTF-8", "pt-BR"), ("pt", "pt-BR"), ("PT-br", "pt-BR"), ("pt_PT@euro", "pt-BR")),
        *(("de_AT.UTF-8", "de"), ("fr", "fr"), ("C", None), ("POSIX", None), ("", None)),
        *(("german", None), ("d", None)),
    ],
)
def test_a_locale_means_a_language_of_the_guide(
    locale: str, language: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "languages", lambda: ["fr", "de", "pt-BR"])
    assert words.meant(locale) == language


def test_what_a_language_lacks_is_said_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    de = {"words": {"ui.copy": "Kopieren"}, "headings": {}, "changes": {}, "sections": {}}
    everything = words.said() | {"de": de}
    monkeypatch.setattr(words, "said", lambda: everything)
    words.own.cache_clear()
    words.words.cache_clear()
    assert words.words("de")["ui.copy"] == "Kopieren"
    assert words.words("de")["ui.error"] == words.words("fr")["ui.error"]
    assert guide.section("site-url-host", "de") == guide.section("site-url-host")
    assert guide.changes(["V5"], "de") == guide.changes(["V5"])
    words.own.cache_clear()
    words.words.cache_clear()


def test_the_version_is_said() -> None:
    asked = run("--version")
    assert asked.returncode == 0
    assert re.fullmatch(rb"python -m snippets (?:checkout|\d+\.\d+\.\d+)\n", asked.stdout)


def test_a_choice_that_is_none_is_said_with_the_known() -> None:
    wrong = run("links", "-", "--format", "html", "--lang", "en")
    said = "--format cannot be “html”. Possible values: text, github."
    assert (wrong.returncode, wrong.stderr.decode().strip()) == (2, said)


def test_of_a_mail_that_arrived_it_is_said() -> None:
    arrived = b'<a href="https://m.acme.example/r/92e770d1b72fa6ddf729b5f71?ct=x">x</a>'
    lines = run("links", "-", "--lang", "en", stdin=arrived).stdout.decode().splitlines()
    assert lines[-1].startswith("This e-mail was already sent")


def test_only_what_is_not_tracked() -> None:
    lines = (
        run("links", "-", "--untracked", "--lang", "fr", stdin=HTML.encode())
        .stdout.decode()
        .splitlines()
    )
    assert [line.split()[1] for line in lines[:-1]] == ["#top"]
    assert lines[-1] == "2 liens : 1 suivis, 1 non."


def test_output_may_be_standard_output() -> None:
    done = run("links", "-", "--output", "-", stdin=HTML.encode())
    assert done.stdout.decode() == HTML.replace("https://shop.example/a", "{trackable=1}")


def test_the_file_that_is_read_is_never_lost(tmp_path: Path) -> None:
    source = tmp_path / "in.html"
    source.write_text(HTML, "utf-8")
    link = tmp_path / "link.html"
    link.symlink_to(source)
    for name in (source, link):
        done = run("links", str(source), "--output", str(name))
        assert (done.returncode, source.read_text("utf-8")) == (2, HTML)
        assert done.stderr.decode().count("\n") == 1


def test_a_file_is_replaced_at_once_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "in.html", tmp_path / "out.html"
    source.write_text(HTML, "utf-8")
    target.write_text("old", "utf-8")
    target.chmod(0o640)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert main(["links", str(source), "--output", str(target)]) == 2
    assert target.read_text("utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.html", "out.html"]
    monkeypatch.undo()
    assert main(["links", str(source), "--output", str(target)]) == 0
    assert "trackable" in target.read_text("utf-8")
    assert target.stat().st_mode & 0o777 == 0o640


def python(code: str) -> subprocess.CompletedProcess[bytes]:
    """Run a program in a process of its own."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, cwd=ROOT, check=False)


def test_an_interruption_is_quiet() -> None:
    interrupted = (
        "import sys; from snippets import __main__, files\n"
        "def chunks(name): raise KeyboardInterrupt\n"
        "files.chunks = chunks\n"
        "sys.exit(__main__.main(['diagnose', '-']))"
    )
    done = python(interrupted)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_an_interruption_while_it_is_loaded_is_quiet_too() -> None:
    interrupted = (
        "import os, signal, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'snippets.files': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from snippets.__main__ import main\n"
        "sys.exit(main(['--help']))"
    )
    done = python(interrupted)
    assert done.returncode != 0
    assert (done.stdout, done.stderr) == (b"", b"")


def test_a_packed_log_is_unpacked(tmp_path: Path) -> None:
    log = tmp_path / "access.log.gz"
    line = access("/email/65f0a1b2c3d4e512345678.gif", status=403).encode()
    log.write_bytes(gzip.compress(line))
    assert b"server-blocks-tracking-url" in run("diagnose", str(log), "--json").stdout
    log.write_bytes(gzip.compress(line * 99)[:40])
    done = run("diagnose", str(log))
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


def test_a_mail_without_its_parts_is_written(tmp_path: Path) -> None:
    source, target = tmp_path / "in.eml", tmp_path / "out.eml"
    source.write_text(
        "From: a@acme.example\nTo: b@client.example\nSubject: x\nMIME-Version: 1.0\n"
        'Content-Type: multipart/alternative; boundary="gone"\n\n<p>été</p>\n',
        "utf-8",
    )
    assert main(["links", str(source), "--output", str(target)]) == 0
    assert "été".encode() in target.read_bytes()


def test_a_charset_that_is_none_is_a_sentence() -> None:
    mail = b"From: a@b.cc\nTo: c@d.ee\nContent-Type: text/html; charset=a\x00b\n\n<p>"
    done = run("links", "-", stdin=mail)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("language", guide.languages())
def test_each_form_of_an_answer_is_told(language: str) -> None:
    shaped = [question.key for question in QUESTIONS if question.is_shaped]
    assert [key for key in shaped if f"ui.problems.wrong-{key}" not in guide.words(language)] == []


LOST = '<p>\n<a href="https://a.example/x|y">x</a> <a href="#top">t</a> {unsubscribe_url}</p>'
SOUND = '<a href="https://a.example/">a</a> <a href="{pagelink=1}">p</a> <a href="tel:+33123">t</a>'


def templates(folder: Path, **contents: str) -> list[str]:
    """Write templates into a folder; return their paths."""
    paths = {name: folder / f"{name}.html" for name in contents}
    for name, path in paths.items():
        path.write_text(contents[name], "utf-8")
    return [str(path) for path in paths.values()]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (LOST, "normalised"),
        ('<p>Été <a href="https://a.example/my%20page.pdf">x</a></p>', "normalised"),
        ('<a href="HTTPS://a.example/">', "scheme"),
        ('<a href="://a.example/">', "malformed"),
        ('<a href="https://a.example/"\n>x</a> <a href="https://b.example/">', "line-break"),
    ],
)
def test_the_gate_fails_for_each_lost_link(
    html: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = templates(tmp_path, good=SOUND, bad=html)
    assert main(["links", good, bad, "--fail-on", "untracked", "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{bad}:")
    assert f"#{reason}" in out
    assert good not in out
    assert main(["links", good, "--fail-on", "untracked"]) == 0


def test_the_gate_answers_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = templates(tmp_path, good=SOUND, bad=LOST)
    assert main(["links", *both, "--fail-on", "untracked", "--json"]) == 1
    good, bad = json.loads(capsys.readouterr().out)["files"]
    assert (good["links"], [link["reason"] for link in bad["links"]]) == ([], ["normalised"])


def test_the_gate_asks_the_release(tmp_path: Path) -> None:
    bad = templates(tmp_path, bad=LOST)
    assert main(["links", *bad, "--fail-on", "untracked", "--release", "7.0"]) == 0


MESSAGE = """From: a@acme.example
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: {}

"""


@pytest.mark.parametrize(
    ("encoding", "line", "column"),
    [("8bit", 9, 4), ("quoted-printable", 10, 0), ("base64", 0, 0)],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_lost_link_of_a_message_is_shown_where_its_file_has_it(
    encoding: str,
    line: int,
    column: int,
    line_end: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    html = b"<p>A sentence that is continued</p>\n\n\n<a href=https://a.example/>x</a>\n"
    if encoding == "quoted-printable":
        html = html.replace(b"=", b"=3D").replace(b" that ", b"=20that=\n ")
    elif encoding == "base64":
        html = base64.encodebytes(html)
    path = tmp_path / "mail.eml"
    whole = MESSAGE.format(encoding).encode() + html
    path.write_bytes(whole.replace(b"\n", line_end.encode()))
    assert main(["links", str(path), "--fail-on", "untracked", "--lang", "en"]) == 1
    place = f":{line}" * bool(line) + f":{column}" * bool(column)
    assert capsys.readouterr().out.startswith(f"{path}{place}: No quotes")
    assert main(["links", str(path), "--fail-on", "untracked", "--format", "github"]) == 1
    place = f",line={line}" * bool(line) + f",col={column}" * bool(column)
    assert f"file={path}{place}::" in capsys.readouterr().out


def test_a_line_of_quoted_printable_begins_where_it_is_written() -> None:
    raw = b"a=0Ab=\nc\nd=0A=\ne\n"
    assert [documents.quoted_line(raw, line) for line in range(1, 6)] == [1, 1, 3, 4, 5]


def test_github_shows_a_lost_link_at_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    [bad] = templates(tmp_path, **{"a,b": LOST.replace("|", "%7C|")})
    assert main(["links", bad, "--fail-on", "untracked", "--lang", "en"]) == 1
    [line] = capsys.readouterr().out.splitlines()
    place = bad.replace(",", "%2C")
    assert line.startswith(f"::error file={place},line=2,col=4::")
    assert "https://a.example/x%257C|y%0AWrite instead: <a href=" in line


def test_a_file_that_is_no_template_does_not_hide_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "none.html")
    [bad] = templates(tmp_path, bad=LOST)
    assert main(["links", missing, bad, "--fail-on", "untracked", "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert bad in out
    assert "could not be read" in err


def test_links_of_several_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = templates(tmp_path, good=SOUND, bad=LOST)
    assert main(["links", *both, "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert [path for path in both if f"{path}:" in out.splitlines()] == both
    assert main(["links", *both, "--json"]) == 0
    assert [each["file"] for each in json.loads(capsys.readouterr().out)["files"]] == both
    assert main(["links", *both, "--output", str(tmp_path / "out.html")]) == 2


def test_the_action_and_the_hook_run_the_command(tmp_path: Path) -> None:
    """The shell of `action.yml`, as GitHub runs it; and what pre-commit installs."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    [step] = action["runs"]["steps"]
    templates(tmp_path, good=SOUND, bad=LOST)
    (tmp_path / "snippets").mkdir()
    given = {"FILES": "**/*.html", "RELEASE": "7.1", "LANGUAGE_OF_ANSWERS": "en"}
    assert set(step["env"]) == {*given, "PYTHONPATH"}

    def ran(**more: str) -> tuple[int, str]:
        here = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            env=here | given | {"PYTHONPATH": str(ROOT)} | more,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    code, out = ran()
    assert code == 1
    assert out.startswith("::error file=bad.html,line=2,col=4::")
    assert ran(FILES="good.html") == (0, "")
    assert ran(FILES="*.none")[0] == 2
    assert ran(RELEASE="7.0")[0] == 0
    code, out = ran(RELEASE="3.1")
    assert code == 2
    assert out.startswith("::error::Mautic 3.1 is not known here.")
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["entry"].split()[0] == "mautic-tracking"
    bad = str(tmp_path / "bad.html")
    assert re.search(hook["files"], bad)
    assert main([*hook["entry"].split()[1:], bad]) == 1


def test_a_symptom_alone_is_answered_with_the_causes_to_check(
    capsys: pytest.CaptureFixture[str],
) -> None:
    symptom = ["diagnose", "--answer", "symptom=open-missing"]
    assert main([*symptom, "--json"]) == 0
    suspects = json.loads(capsys.readouterr().out)["suspects"]
    assert main([*symptom, "--lang", "fr"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{len(suspects)} causes à vérifier, les plus courantes d’abord\n")
    anchors = [line.split("#")[1] for line in out.splitlines() if line.lstrip().startswith("→")]
    assert anchors == suspects
    assert suspects[0] == "admin-logged-in"


def test_other_causes_to_check_come_behind_those_found(capsys: pytest.CaptureFixture[str]) -> None:
    main(["diagnose", "--answer", "symptom=too-many"])
    found, title, others = capsys.readouterr().out.partition("Other causes to check")
    assert title
    assert "emails/pixel.html#apple-mail-privacy" in found
    assert "emails/clicks.html#shared-or-wrong-contact-link" in others
