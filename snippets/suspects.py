"""Without material: the causes that explain a symptom, the most common first.

An answer rules out a cause that another answer to the same question would have shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from .catalogue import Cause, causes
from .evidence.facts import Facts
from .evidence.kinds import SourceKind
from .evidence.questions import BY_KEY, Symptom

# The four that people meet most when they try something out; then by the number of 209 public
# threads from 2015 to 2026 that each explains; the others come last, in the order of looking.
COMMON = (
    "admin-logged-in",
    "send-context",
    "site-url-host",
    "images-blocked",
    "counter-version-bug",
    "bot-or-gateway-hits",
    "token-in-link",
    "destination-broken",
    "link-markup-not-matched",
    "ampersand-encoding",
    "server-blocks-tracking-url",
    "esp-rewrap",
    "ct-damaged",
    "https-proxy-scheme",
    "valid-hits-filtered",
    "disable-tracking-attribute",
    "unsubscribe-server-error",
    "shared-or-wrong-contact-link",
    "list-unsubscribe-header",
    "pixel-hidden-or-altered",
    "unsubscribe-no-contact",
    "unsubscribe-token-broken",
    "url-prefix-overlap",
    "tracking-setting-off",
    "gmail-clipping",
    "queue-not-consumed",
)
# Of some symptoms people say so much that other causes are the usual ones: threads 9778, 2566 and
# 5432 for too many; 6499, 4974 for decisions; 8692 for contacts who never unsubscribed; 6276, 3855,
# 3045 and 3730 for visits.
USUAL: Mapping[Symptom, tuple[str, ...]] = {
    Symptom.TOO_MANY: (
        "apple-mail-privacy",
        "bot-or-gateway-hits",
        "own-copy-opened",
        "shared-or-wrong-contact-link",
    ),
    Symptom.DECISION_MISSING: (
        "campaign-decision",
        "admin-logged-in",
        "send-context",
        "attachment-not-tracked",
    ),
    Symptom.UNSUBSCRIBED_UNWILLINGLY: (
        "unsubscribe-by-machine",
        "shared-or-wrong-contact-link",
        "unsubscribe-live-in-test",
    ),
    Symptom.PAGE_MISSING: ("tracking-script-missing", "admin-logged-in", "cors"),
}


# What no message shows, since it happens once it has left: at its readers, on the server, on
# Mautic's screens.
AFTER_SENDING = frozenset(
    {
        *("admin-logged-in", "images-blocked", "counter-version-bug", "bot-or-gateway-hits"),
        *("valid-hits-filtered", "server-blocks-tracking-url", "pixel-cached", "privacy-signal"),
        *("apple-mail-privacy", "queue-not-consumed", "schema-not-updated", "campaign-decision"),
        *("blocked-fifteen-seconds", "destination-broken", "unsubscribe-by-machine"),
        *("unsubscribe-server-error", "unsubscribe-confirmation", "preference-page-ignored"),
        *("own-copy-opened", "shared-or-wrong-contact-link", "bot-list-emptied"),
        *("cors", "identified-by-ip", "tracking-script-missing"),
    }
)


def suspects(facts: Facts) -> list[str]:
    """Return the ids of the causes to look at, the most common first.

    None without a symptom. Material speaks for itself, but for a message: what happens after it
    was sent isn't in it. What was copied from a screen says little.
    """
    is_material = len(facts.sources) > len(facts.copied) or facts.before is not None
    if facts.symptom is None or (is_material and not is_message(facts)):
        return []
    said = Facts((), facts.answers)
    left = [c for c in causes() if facts.symptom in c.explains and not is_ruled_out(c, said)]
    left = [c for c in left if c.id in AFTER_SENDING or not is_material]
    order = common(facts.symptom)
    last = len(order)
    return sorted((c.id for c in left), key=lambda id_: order.get(id_, last))


def is_message(facts: Facts) -> bool:
    """Whether nothing but a message that was received is there, beside words."""
    kinds = {source.kind for source in facts.sources if source not in facts.copied}
    is_mail = kinds <= {SourceKind.MESSAGE, SourceKind.HTML} and facts.before is None
    return is_mail and facts.is_received and not facts.unrecognised


def common(symptom: Symptom) -> dict[str, int]:
    """Return the place of each common cause of a symptom, from 0: the usual ones go first."""
    order = dict.fromkeys([*USUAL.get(symptom, ()), *COMMON])
    return {id_: place for place, id_ in enumerate(order)}


def is_ruled_out(cause: Cause, facts: Facts) -> bool:
    """Whether one answer, given otherwise, would have shown the cause, which isn't shown now."""
    return not cause.look(facts) and any(cause.look(other) for other in otherwise(facts))


def otherwise(facts: Facts) -> Iterator[Facts]:
    """Yield the facts with one answer changed, that of the symptom and free text left as it is."""
    for key, given in facts.answers.items():
        for value in BY_KEY[key].choices if key != "symptom" else ():
            if value != given:
                yield replace(facts, answers={**facts.answers, key: value})
