"""The unsubscribe link and its header."""

import re
from collections.abc import Sequence
from datetime import timedelta

from .. import routes
from ..evidence.facts import Facts, Place, Quote, Visit
from ..evidence.messages import Mail
from . import Finding, answer, finding
from .clicks import AT_ONCE, is_within
from .sending import TEST_HASH, context, test_signs

PLACEHOLDER = re.compile(r"\|\s*URL\s*\||%7C\s*(?:%20)*URL%7C|&#124;\s*URL\s*&#124;", re.I)
LINKS = ("unsubscribe", "no-hash")
REAL_TOKENS = r"\{(?:unsubscribe_url|dnc_url|resubscribe_url)\}"


def unsubscribe_no_contact(facts: Facts) -> Finding | None:
    """A test or a mail without contact: the link answers « Record not found » (U3)."""
    short = [p for p in facts.unsubscribes if is_test_link(p)]
    is_test = bool(test_signs(facts)) or facts.says("symptom", "unsubscribe-broken")
    if short and is_test and not facts.is_real_send:
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
    if address.email:
        return address.email in ("[Email]", "%5BEmail%5D")
    return is_without_stat(place)


def is_dummy(place: Place) -> bool:
    """Whether the hash is the one of a preview: `xxxxxxxxxxxxxx` (X12)."""
    return set(place.address.hash) == {"x"}


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
        r"href=[\"']\s{0,9}<span[^<>]{0,300}>\s{0,9}\{unsubscribe_url\}",
        rf"https?://https?://[^\s\"'<>:]{{0,300}}{routes.beginning('no-hash')}[^\s\"'<>]{{0,300}}",
        r"(?:id|name)=[\"']" + REAL_TOKENS,
        r"https?://" + REAL_TOKENS + r"[^\"'\s>]{1,300}",
        r"\{\s{1,9}unsubscribe_url\s{0,9}\}|\{unsubscribe_url\s{1,9}\}|\{unsubscribe[_-]?link\}",
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
    alone = [p for p in live if p.where == "given" and is_without_stat(p)]
    if alone:
        return finding("unsubscribe-live-in-test", "sure", *alone)
    internal = not facts.tracked and not facts.of("pixel") and not facts.is_real_send
    if facts.mail and live and internal and (test_signs(facts) or is_without_stat(live[0])):
        return finding("unsubscribe-live-in-test", "sure", *live)
    return None


def is_without_stat(place: Place) -> bool:
    """Whether no send was saved for this link: the short hash of a test, or a preview's."""
    return len(place.address.hash) == TEST_HASH or is_dummy(place)


def unsubscribe_server_error(facts: Facts) -> Finding | None:
    """The link is right, the page behind it fails."""
    alone = [p for p in facts.unsubscribes if p.where == "given"]
    is_link = bool(alone) or facts.says("role", "unsubscribe")
    is_about = is_link or facts.says("symptom", "unsubscribe-broken")
    status = int(facts.answers.get("http-status", "0"))
    failed = [v.quote for v in facts.visits if v.line.status >= 400 and v.address.kind in LINKS]
    if failed:
        return finding("unsubscribe-server-error", "sure", *failed)
    if is_about and (status >= 400 or facts.says("contact-exists", "no")):
        return finding(
            "unsubscribe-server-error", "sure", *answer(facts, "http-status", "contact-exists")
        )
    if is_about and facts.says("unsubscribe-opened", "directly"):
        return finding("unsubscribe-server-error", "likely", *answer(facts, "unsubscribe-opened"))
    return None


def unsubscribe_by_machine(facts: Facts) -> Finding | None:
    """A machine opened the link: HEAD by a provider, a scanner, an automatic reply (U5, V63)."""
    visits = [visit for visit in facts.visits if visit.address.kind == "unsubscribe"]
    heads = [visit.quote for visit in visits if visit.line.method == "HEAD"]
    if heads and not facts.has("head-does-not-unsubscribe"):
        return finding("unsubscribe-by-machine", "sure", *heads)
    reply = automatic_reply(facts.mail) if facts.mail else ""
    if reply and facts.says("symptom", "unsubscribe-broken"):
        return finding("unsubscribe-by-machine", "sure", reply)
    several = from_one_address(visits)
    if several:
        return finding("unsubscribe-by-machine", "likely", *several)
    early = [visit.quote for visit in visits if facts.mail and is_at_delivery(visit, facts.mail)]
    return finding("unsubscribe-by-machine", "likely", *early) if early else None


def from_one_address(visits: Sequence[Visit]) -> list[Quote]:
    """Return visits for three recipients or more, from one IP address, within ten seconds."""
    by_ip: dict[str, list[Visit]] = {}
    for visit in visits:
        by_ip.setdefault(visit.line.ip, []).append(visit)
    for same in by_ip.values():
        for three in zip(same, same[1:], same[2:], strict=False):
            is_quick = is_within(three[0], three[2], AT_ONCE)
            if is_quick and len({visit.address.hash for visit in three}) == 3:
                return [visit.quote for visit in three]
    return []


def automatic_reply(mail: Mail) -> str:
    """Return the header of an automatic reply to Mautic's unsubscribe mailbox, "" for others."""
    value = mail.header("auto-submitted")
    is_reply = value.lower().startswith("auto-replied")
    to_mautic = "+unsubscribe" in mail.header("to")
    return f"Auto-Submitted: {value}" if is_reply and to_mautic else ""


def is_at_delivery(visit: Visit, mail: Mail) -> bool:
    """Whether a visit comes within ten seconds after sending: no person reads so fast."""
    if visit.line.at is None or mail.sent_at is None:
        return False
    return timedelta() <= visit.line.at - mail.sent_at <= AT_ONCE


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
    is_bulk = mail.header("precedence").lower() == "bulk"
    if not header and in_body and is_bulk and not is_older_than_header(facts, in_body):
        return finding("list-unsubscribe-header", "likely", "Precedence: Bulk", *in_body)
    return None


def is_older_than_header(facts: Facts, links: list[Place]) -> bool:
    """Whether the mail is from before 2.14, which had no such header and short hashes (U6)."""
    if facts.release:
        return not facts.has("list-unsubscribe-header")
    return all(len(link.address.hash) == TEST_HASH for link in links)
