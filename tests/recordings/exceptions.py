"""Recorded cases that are not imitated, and why it isn't worth it: accidents, never a rule.

Each with the releases on which it differs: there it has to fail, or it is none any more.
"""

_MINIFYING = ("5.1.1", "5.2.10", "6.0.8", "7.0.0", "7.0.2", "7.1")

EXCEPTIONS = {
    "HAZ21": (
        ("5.1.1", "5.2.10", "6.0.8", "7.0.0", "7.0.2", "7.1"),
        "A link `{track`, found again inside the token that replaced it.",
    ),
    "HLP225": (
        _MINIFYING,
        "The minifier keeps line breaks as spaces around a conditional comment of several lines.",
    ),
}
MOST = 0.003
