"""Without material: the causes that explain a symptom, the most common first.

An answer takes away only a cause that a fact excludes: each says so itself, in `ruled_out`.
"""

from collections.abc import Mapping

from .catalogue import causes
from .evidence.facts import Facts
from .evidence.kinds import SourceKind
from .evidence.questions import Symptom

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
# 5432 for too many; 6499, 4974, 17187 for decisions; 8692 for contacts who never unsubscribed;
# 6276, 3855, 3045 and 3730 for visits.
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
        "privacy-signal",
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
    left = [c for c in causes() if facts.symptom in c.explains and not c.ruled_out(said)]
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
