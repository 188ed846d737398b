"""What people put around a piece of evidence without meaning to: the same content, wrapped.

Each wrapping takes the text of a source and returns bytes. `WRAPPINGS` says which kinds of source
it fits: a wrapping that changes what a piece of evidence means is not one.
"""

import base64
import json
import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple

Wrap = Callable[[str], bytes]
LINES = ("message", "html", "log", "text")
ANY = (*LINES, "address")
# An address with `&amp;` is a finding by itself: escaping one would change what it means.
# In a sentence an address is taken for the thing that was given only if it is Mautic's own: a
# sentence with another one may be the text part of a mail.


class Wrapping(NamedTuple):
    """A name, the kinds of source it fits, and how it wraps."""

    name: str
    kinds: tuple[str, ...]
    wrap: Wrap


def raw(text: str) -> bytes:
    """Return a text as the bytes it was read from."""
    return text.encode("utf-8", "surrogateescape")


def each(line_of: Callable[[int, str], str]) -> Wrap:
    """Return a wrapping of each line, from its number and text; the line ends stay."""

    def wrap(text: str) -> bytes:
        lines = re.split(r"(?<=\n)", text)
        ends = [re.search(r"\r*\n?\Z", line) for line in lines]
        wrapped = [
            line_of(number, line[: end.start()]) + end[0]
            for number, (line, end) in enumerate(zip(lines, ends, strict=True), 1)
            if end and line
        ]
        return raw("".join(wrapped))

    return wrap


def before(prefix: str) -> Wrap:
    """Return a wrapping that puts the same words before each line; `{}` is the line's number."""
    return each(lambda number, line: prefix.replace("{}", str(number)) + line)


def before_and_behind(prefix: str, ending: str) -> Wrap:
    """Return a wrapping that puts something before and behind each line."""
    return each(lambda number, line: prefix.replace("{}", str(number)) + line + ending)


def around(head: str, tail: str) -> Wrap:
    """Return a wrapping that puts something before and behind; above or below is a line end."""
    return lambda text: raw(f"{head}{text if tail[:1] == chr(10) else text.rstrip()}{tail}")


def as_escaped(text: str) -> bytes:
    """Return a source as an editor or a ticket system escapes it."""
    return raw(escape(text))


def as_original(text: str) -> bytes:
    """Return a message as Gmail's "Show original" shows it, the page saved."""
    return raw(
        "<!DOCTYPE html><html><head><title>Original Message</title></head><body>"
        '<table><tr><th>Message ID</th><td>&lt;a@b&gt;</td></tr></table><a href="https://'
        'mail.google.com/mail/u/0/?view=att">Download Original</a><pre class="raw_message_text" '
        f'id="raw_message_text">{escape(text, quote=False)}</pre></body></html>'
    )


def as_page(text: str) -> bytes:
    """Return a source in a page that shows it line by line."""
    rows = "".join(f"<div>{escape(line)}<br></div>" for line in text.splitlines())
    return raw(f"<html><head><title>Source</title></head><body><p>Source</p>{rows}</body></html>")


def as_no_break(text: str) -> bytes:
    """Return a source copied from a page: its blanks are no-break ones."""
    return raw(text.replace(" ", "\u00a0"))


def as_json(text: str) -> bytes:
    """Return the lines as Docker keeps them."""
    time = "2024-03-12T10:00:02.123456789Z"
    lines = text.splitlines(keepends=True)
    made = (json.dumps({"log": line, "stream": "stdout", "time": time}) for line in lines)
    return "\n".join(made).encode() + b"\n"


def as_journal(text: str) -> bytes:
    """Return the lines as `journalctl -o json` prints them."""
    lines = (json.dumps({"__CURSOR": "s=1", "MESSAGE": line}) for line in text.splitlines())
    return "\n".join(lines).encode()


def as_api(text: str) -> bytes:
    """Return a message as Gmail's API gives it."""
    return json.dumps({"id": "1", "raw": base64.urlsafe_b64encode(raw(text)).decode()}).encode()


def as_numbers(text: str) -> bytes:
    """Return a source with numbers for its marks."""
    return raw(re.sub('[&<>"]', lambda found: f"&#x{ord(found[0]):X};", text))


def as_emlx(text: str) -> bytes:
    """Return a message as Apple Mail keeps it: its length above, a list of properties below."""
    content = raw(text)
    tail = (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//'
        b'EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0"><dict>'
        b"<key>date-received</key><integer>1710238443</integer></dict></plist>\n"
    )
    return f"{len(content):<10}\n".encode() + content + tail


def as_mailbox(text: str) -> bytes:
    """Return a message in a mailbox."""
    return raw(f"From bounce@acme.example Tue Mar 12 09:14:05 2024\n{text}")


def attached(encoding: str, text: bytes) -> bytes:
    """Return a message attached to another one."""
    inner = base64.encodebytes(text) if encoding == "base64" else text
    end = b"q%d" % len(text)
    head = (
        b"From: Jo <jo@client.example>\nTo: help@acme.example\nSubject: Fwd: x\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="%s"\n\n--%s\nContent-Type: text/plain\n\n'
        b"see below\n\n--%s\nContent-Type: message/rfc822\n" % (end, end, end)
    )
    said = f"Content-Transfer-Encoding: {encoding}\n\n".encode()
    return head + said + inner + b"\n--%s--\n" % end


def encoding_said(said: str) -> Wrap:
    """Return a wrapping that writes transfer encodings in another way; `{}` is the encoding."""

    def wrap(text: str) -> bytes:
        header = re.compile(r"(?im)^(content-transfer-encoding:[ \t]*)([\w-]+)[ \t]*(?=\r?$)")
        return raw(header.sub(lambda found: found[1] + said.replace("{}", found[2]), text))

    return wrap


def ends(end: str) -> Wrap:
    """Return a wrapping with other line ends."""
    return lambda text: raw(re.sub(r"\r*\n", end.replace("\\", "\\\\"), text))


SYSLOG = "Mar 12 10:00:{:02} web nginx[7]: "
JOURNAL = "2024-03-12T10:00:{:02}.123456+00:00 web nginx[7]: "
GO = "2024/03/12 10:00:{:02} "
WRAPPINGS = (
    Wrapping("as it is", ANY, raw),
    Wrapping("byte order mark", ANY, lambda text: b"\xef\xbb\xbf" + raw(text)),
    Wrapping("UTF-16", ANY, lambda text: text.encode("utf-16", "replace")),
    Wrapping("UTF-16 BE", ANY, lambda text: b"\xfe\xff" + text.encode("utf-16-be", "replace")),
    Wrapping("UTF-16, no mark", ANY, lambda text: text.encode("utf-16-le", "replace")),
    Wrapping("LF", LINES, ends("\n")),
    Wrapping("CR LF", ("message", "log", "text"), ends("\r\n")),
    Wrapping("CR CR LF", ("message", "log", "text"), ends("\r\r\n")),
    Wrapping("blank lines above", ANY, around("\n\n \n", "\n\n")),
    Wrapping("a line of a blank above", ANY, around(" \n", "")),
    Wrapping("a blank before it", ANY, around(" ", "")),
    Wrapping("blanks at line ends", LINES, each(lambda _, line: f"{line}  ")),
    Wrapping("a blank at line ends", LINES, each(lambda _, line: f"{line} ")),
    Wrapping("no-break blanks", LINES, as_no_break),
    Wrapping("escaped", LINES, as_escaped),
    Wrapping("page of Gmail", ("message",), as_original),
    Wrapping("in a page", ("message", "log", "text"), as_page),
    Wrapping("in a fence", ANY, around("```\n", "\n```\n")),
    Wrapping("in a named fence", ANY, around("Voici :\n\n```text\n", "\n```\n\nMerci !\n")),
    Wrapping("words above", ("message", "log", "own address"), around("Here is it:\n\n", "")),
    Wrapping("quoted", ANY, before("> ")),
    Wrapping("quoted tightly", ANY, before(">")),
    Wrapping("quoted twice", ANY, before("> > ")),
    Wrapping("quoted twice tightly", ANY, before(">> ")),
    Wrapping("indented", LINES, before("    ")),
    Wrapping("indented by a tab", LINES, before("\t")),
    Wrapping("in a table", LINES, before("| ")),
    Wrapping("bullets", ANY, before("- ")),
    Wrapping("stars", ANY, before("* ")),
    Wrapping("numbered", LINES, each(lambda number, line: f"{number}. {line}")),
    Wrapping("cat -n", LINES, each(lambda number, line: f"{number:6}\t{line}")),
    Wrapping("grep -n", LINES, before("{}:")),
    Wrapping("grep", LINES, before("access.log:")),
    Wrapping("grep of a path", LINES, before("/var/log/x/mail-1.eml:")),
    Wrapping("grep -n of a file", LINES, before("mail.eml:{}:")),
    Wrapping("grep -n, quoted", LINES, before("> mail.eml:{}:")),
    Wrapping("syslog", LINES, each(lambda number, line: SYSLOG.format(number % 60) + line)),
    Wrapping("journal", LINES, each(lambda number, line: JOURNAL.format(number % 60) + line)),
    Wrapping("compose", LINES, before("mautic_web-1  | ")),
    Wrapping("kubectl", LINES, before("[pod/mautic-6b7f9c-x2x/web] ")),
    Wrapping("Windows", LINES, before("C:\\logs\\access.log:{}:")),
    Wrapping("less -N", LINES, each(lambda number, line: f"{number:7} {line}")),
    Wrapping("dots", ANY, before("• ")),
    Wrapping("a time of Go", LINES, each(lambda number, line: GO.format(number % 60) + line)),
    Wrapping("dmesg", LINES, each(lambda number, line: f"[{number:8}.123456] {line}")),
    Wrapping("colours", LINES, before("\x1b[36mweb_1  |\x1b[0m ")),
    Wrapping("grep -A", LINES, before("mail.eml-")),
    Wrapping("each line in quotes", ("message", "log"), before_and_behind('"', '"')),
    Wrapping("rows of a table", ("message", "log"), before_and_behind("| {} | ", " |")),
    Wrapping("quoted fence", ANY, lambda text: before("> ")(f"```\n{text}\n```\n")),
    Wrapping("thin blanks", LINES, lambda text: raw(text.replace(" ", "\u202f"))),
    Wrapping("escaped twice", LINES, lambda text: as_escaped(escape(text))),
    Wrapping("escaped by numbers", LINES, as_numbers),
    Wrapping("JSON", ("message", "html", "log"), lambda text: json.dumps(text).encode()),
    Wrapping("journal's JSON", ("message", "log", "text"), as_journal),
    Wrapping("Base64", ("message",), lambda text: base64.encodebytes(raw(text))),
    Wrapping("Gmail's API", ("message",), as_api),
    Wrapping("docker json-file", ("message", "log", "text"), as_json),
    Wrapping("emlx", ("message",), as_emlx),
    Wrapping("mailbox", ("message",), as_mailbox),
    Wrapping("encoding with a blank", ("message",), encoding_said("{} ")),
    Wrapping("encoding with a comment", ("message",), encoding_said("{} (said)")),
    Wrapping("encoding in quotes", ("message",), encoding_said('"{}"')),
    Wrapping("encoding with a semicolon", ("message",), encoding_said(" {};")),
    Wrapping("forwarded", ("message",), lambda text: attached("8bit", raw(text))),
    Wrapping("forwarded in base64", ("message",), lambda text: attached("base64", raw(text))),
    Wrapping(
        "forwarded twice",
        ("message",),
        lambda text: attached("base64", attached("base64", raw(text))),
    ),
    Wrapping("in brackets", ("address",), around("(", ")")),
    Wrapping("in angle brackets", ("address",), around("<", ">")),
    Wrapping("in quotes", ("address",), around("“", "”")),
    Wrapping("end of a sentence", ("address",), around("", ".")),
    Wrapping("before a comma", ("address",), around("", ",")),
    Wrapping("in a sentence", ("own address",), around("Le lien est ", ". Que faire ?")),
    Wrapping("as an attribute", ("address",), around('href="', '"')),
    Wrapping("as a link of Markdown", ("address",), around("[le lien](", ")")),
    Wrapping("behind its name", ("own address",), around("URL: ", "")),
)  # fmt: skip
