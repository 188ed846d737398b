"""A known fault of one release: the event is there, the counter isn't."""

import re
from collections.abc import Iterator

from ..evidence import counts, screens
from ..evidence.facts import Facts, Place
from ..evidence.kinds import SourceKind
from ..evidence.questions import MISSING, Symptom
from ..evidence.sending import links_off, sending
from ..evidence.sources import Quote
from . import Seen, answer, likely, possible, sure, undecided

PAGE = "emails/troubleshooting"
EXPLAINS = (Symptom.OPEN_MISSING, Symptom.CLICK_MISSING)
BEFORE = {"campaign-decision": "a fault known of that very release explains an empty list"}
# Opens of a campaign end in an error, so nothing is recorded (#1999, 2.0.0).
CAMPAIGN_FAULT = re.compile(r"getId\(\) on (?:a non-object|null).*CampaignSubscriber\.php")


def check(facts: Facts) -> Seen | None:
    """Look for each known fault: errors of 2.0, links of 1.2, counters of 5.0."""
    sent = sending(facts)
    if sent and sent.counted_for != "e-mail":  # no list of e-mails ever counts it
        return None
    errors = [quote for quote in facts.complaints if CAMPAIGN_FAULT.search(quote.text)]
    if errors:
        return likely(*errors, *answer(facts, "release"))
    is_known = facts.has("only-first-tracked")
    unlike = only_first_tracked(facts)
    if unlike:
        return sure(*unlike) if is_known else likely(*unlike)
    if on_screen(facts):
        return on_screen(facts)
    raw = links_off(facts) if is_known else []
    if raw:
        return likely(*raw, *answer(facts, "release"))
    return miscounted(facts)


def ruled_out(facts: Facts) -> bool:
    """Whether the timeline lacks it as well: then it is no counter that is wrong (P21)."""
    return facts.says("timeline-shows", "no")


def on_screen(facts: Facts) -> Seen | None:
    """A list in which nobody opened what was sent, and a contact's page that shows an open.

    Or more people are counted who clicked than who opened: who clicks has opened, to Mautic.
    """
    unread, opened = facts.lines_of(counts.unread), facts.lines_of(screens.opened)
    for counter, reader in unread_rows(facts):
        unread, opened = [*unread, counter], [*opened, reader]
    clicked = facts.lines_of(counts.more_clicks)
    if not (unread and opened) and not clicked:
        return None
    if facts.symptom not in (None, Symptom.OPEN_MISSING):
        return None
    shown = [*unread[:1], *opened[:1], *clicked[:1], *answer(facts, "release")]
    if facts.release is None:
        return undecided(likely(*shown), "release")
    if not facts.has("read-counter-fault"):
        return None
    return sure(*shown) if unread and opened else likely(*shown)


def unread_rows(facts: Facts) -> Iterator[tuple[Quote, Quote]]:
    """Yield rows of e-mails in the database that nobody read, each with one that tells of a reader.

    What was sent to nobody has none; where both name the e-mail, it must be the same.
    """
    unread = [(quote, row) for quote, row in facts.rows if row.get("read_count") == "0"]
    sent = [(quote, row) for quote, row in unread if row.get("sent_count") != "0"]
    opened = [(q, row) for q, row in facts.rows if is_some(row.get("is_read"))]
    for counter, email in sent:
        for reader, stat in opened:
            if email.get("id", stat.get("email_id")) == stat.get("email_id", email.get("id")):
                yield counter, reader


def is_some(count: str | None) -> bool:
    """Whether a cell counts at least one."""
    return count is not None and count.isdigit() and int(count) > 0


def miscounted(facts: Facts) -> Seen | None:
    """The timeline shows it, the list doesn't: only for opens a release is known for that."""
    if may_be_miscounted(facts):
        return undecided(possible(*answer(facts, "release")), "timeline-shows")
    if not facts.says("timeline-shows", "yes") or facts.symptom not in (None, *MISSING):
        return None
    shown = answer(facts, "timeline-shows", "release")
    if facts.symptom == Symptom.CLICK_MISSING:
        return unlike_the_page(facts, shown)
    if facts.has("read-counter-fault"):
        return sure(*shown) if facts.symptom else likely(*shown)
    if facts.release is None:
        return likely(*shown) if facts.symptom else possible(*shown)
    return possible(*shown) if facts.symptom and facts.has("translations-not-summed") else None


def may_be_miscounted(facts: Facts) -> bool:
    """Whether an open is missed in a release of that fault, and nobody looked at the timeline."""
    is_open = facts.symptom == Symptom.OPEN_MISSING and facts.has("read-counter-fault")
    has_pixel = facts.mail is None or bool(facts.pixels)
    is_asked = "timeline-shows" not in facts.answers.keys() | facts.unknown
    return is_open and has_pixel and is_asked


def unlike_the_page(facts: Facts, shown: list[Quote]) -> Seen | None:
    """Clicks of template e-mails: a fault of 6.0, which no later release is known to be free of."""
    fault = "template-clicks-not-unique"
    if facts.release is None:
        return possible(*shown)
    if not facts.has(fault):
        return None
    return likely(*shown) if facts.release.brought(fault) else possible(*shown)


def only_first_tracked(facts: Facts) -> list[Place]:
    """Return links of a mail that are tracked in another copy, or in the web view (#1246)."""
    tracked = {place.quote.source for place in facts.tracked}
    copies = {s.name for s in facts.sources if s.mail or s.kind == SourceKind.HTML}
    raw = next((s.name for s in facts.sources if s.mail and s.name not in tracked), None)
    if not tracked & copies or raw is None:
        return []
    places = (p for p in facts.places if p.quote.source == raw)
    return [p for p in places if p.link and p.link.reason == "tracked" and not p.address.is_mautic]
