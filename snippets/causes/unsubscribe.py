"""The unsubscribe link and its header."""

import re

from ..evidence import addresses
from ..evidence.facts import Facts, Place, Quote
from ..evidence.messages import Mail
from . import Finding, answer, finding
from .sending import TEST_HASH, context, test_signs

PLACEHOLDER = re.compile(r"\|\s*URL\s*\||%7C\s*(?:%20)*URL%7C|&#124;\s*URL\s*&#124;", re.I)
REAL_TOKENS = r"\{(?:unsubscribe_url|dnc_url|resubscribe_url)\}"


def unsubscribe_no_contact(facts: Facts) -> Finding | None:
    """A test or a mail without contact: the link answers « Record not found » (U3)."""
    short = [p for p in facts.unsubscribes if is_test_link(p)]
    is_test = bool(test_signs(facts)) and not facts.is_real_send
    if short and (is_test or facts.says("symptom", "unsubscribe-broken")):
        return finding("unsubscribe-no-contact", "sure", *short)
    sent = context(facts)
    if (
        sent
        and sent.unsubscribe == "record-not-found"
        and facts.says("symptom", "unsubscribe-broken")
    ):
        return finding("unsubscribe-no-contact", "sure", *answer(facts, "sent-via", "symptom"))
    alone = [p for p in short if p.where == "given"]
    return finding("unsubscribe-no-contact", "likely", *alone) if alone else None


def is_test_link(place: Place) -> bool:
    """Whether a link has the short hash of a test, or the address of nobody."""
    address = place.address
    nobody = address.email in ("[Email]", "%5BEmail%5D") or set(address.hash) == {"x"}
    return nobody or (len(address.hash) == TEST_HASH and not address.signature)


def unsubscribe_token_broken(facts: Facts) -> Finding | None:
    """The token or the text of the setting was damaged, so the link is none (U4)."""
    for source in facts.sources:
        if source.kind not in ("html", "message", "address"):
            continue
        found = broken_token(source.text, is_received(facts))
        if found:
            return finding("unsubscribe-token-broken", "sure", Quote(found, source.name))
    bare = facts.of("no-hash")
    return finding("unsubscribe-token-broken", "sure", *bare) if bare else None


def is_received(facts: Facts) -> bool:
    """Whether tokens should be gone: a message, or HTML with addresses of Mautic."""
    return facts.mail is not None or facts.is_received


def broken_token(text: str, received: bool) -> str:
    """Return the piece that shows a damaged token, "" if there is none."""
    patterns = [
        PLACEHOLDER.pattern,
        r"href=[\"']\s*<span[^>]*>\s*\{unsubscribe_url\}",
        r"https?://https?://[^\s\"'<>]*/email/unsubscribe[^\s\"'<>]*",
        r"(?:id|name)=[\"']" + REAL_TOKENS,
        r"https?://" + REAL_TOKENS + r"[^\"'\s>]+",
        r"\{\s+unsubscribe_url\s*\}|\{unsubscribe_url\s+\}|\{unsubscribe[_-]?link\}",
    ]
    if received:
        patterns.append(REAL_TOKENS + r"|\{unsubscribe_text\}|%7Bunsubscribe_(?:url|text)%7D")
    found = re.search("|".join(patterns), text, re.I)
    return found[0] if found else ""


def unsubscribe_live_in_test(facts: Facts) -> Finding | None:
    """The link in an internal mail is live and unsubscribes a real contact (U2, V70)."""
    sent = context(facts)
    if (
        sent
        and sent.unsubscribe == "unsubscribes-the-contact"
        and facts.says("symptom", "unsubscribe-broken", "wrong-contact")
    ):
        return finding("unsubscribe-live-in-test", "sure", *answer(facts, "sent-via", "release"))
    live = [p for p in facts.unsubscribes if p.address.signature and not is_test_link(p)]
    internal = not facts.tracked and not facts.of("pixel") and not facts.is_real_send
    if (
        facts.mail
        and live
        and internal
        and (test_signs(facts) or len(live[0].address.hash) == TEST_HASH)
    ):
        return finding("unsubscribe-live-in-test", "sure", *live)
    return None


def unsubscribe_server_error(facts: Facts) -> Finding | None:
    """The link is right, the page behind it fails."""
    is_link = bool(facts.unsubscribes) or facts.says("role", "unsubscribe")
    is_about = is_link or facts.says("symptom", "unsubscribe-broken")
    status = int(facts.answers.get("http-status", "0"))
    failed = [r for r in facts.requests if r.status >= 400 and "/email/unsubscribe" in r.path]
    if failed:
        quotes = (Quote(r.text, "log", r.number) for r in failed)
        return finding("unsubscribe-server-error", "sure", *quotes)
    if is_about and (status >= 400 or facts.says("contact-exists", "no")):
        return finding(
            "unsubscribe-server-error", "sure", *answer(facts, "http-status", "contact-exists")
        )
    if is_about and facts.says("unsubscribe-opened", "directly"):
        return finding("unsubscribe-server-error", "likely", *answer(facts, "unsubscribe-opened"))
    return None


def unsubscribe_by_machine(facts: Facts) -> Finding | None:
    """A machine opened the link: HEAD by a provider, a scanner, an automatic reply (U5, V63)."""
    visits = [
        r
        for r in facts.requests
        if addresses.read("https://log.invalid" + r.path).kind == "unsubscribe"
    ]
    heads = [r for r in visits if r.method == "HEAD"]
    if heads and not facts.has("head-does-not-unsubscribe"):
        quotes = (Quote(r.text, "log", r.number) for r in heads)
        return finding("unsubscribe-by-machine", "sure", *quotes)
    return None


def list_unsubscribe_header(facts: Facts) -> Finding | None:
    """The header is missing, foreign, or a list of strangers (U6 to U8, V65)."""
    for source in facts.sources:
        found = source.mail and wrong_header(facts, source.name, source.mail)
        if found:
            return found
    return None


def wrong_header(facts: Facts, name: str, mail: Mail) -> Finding | None:
    """Return what is wrong with the header of one message."""
    header = mail.header("list-unsubscribe")
    strangers = set(re.findall(r"unsubscribe_([0-9a-zA-Z]{10,40})@", header))
    own = [p for p in facts.unsubscribes if p.quote.source == name]
    in_body = [p for p in own if p.where == "href"]
    named = strangers | {p.address.hash for p in own if p.where == "header"}
    if len(strangers) > 1 or (in_body and named and in_body[0].address.hash not in named):
        return finding("list-unsubscribe-header", "sure", f"List-Unsubscribe: {header}")
    if not header and in_body and mail.header("precedence").lower() == "bulk":
        return finding("list-unsubscribe-header", "likely", "Precedence: Bulk", *in_body)
    return None
