"""Recorded cases that are not imitated, and why it isn't worth it: accidents, never a rule."""

EXCEPTIONS = {
    "BRK05": "A link whose tag never ends: libxml2 keeps it, justhtml drops it as HTML 5 says. "
    "Mautic records the address, but can't replace it either: the mail is the same.",
    "BRK22": "Nesting deeper than about 250 elements: a limit of libxml2.",
    "BRK23": "Nesting deeper than about 250 elements: a limit of libxml2.",
    "HAZ21": "A link `{track`, found again inside the token that replaced it.",
    "HLP221": "The minifier turns `href = ` into `href=  `; the link is missed in both.",
    "HLP225": "The minifier keeps line breaks as spaces behind an unclosed conditional comment.",
}
MOST = 0.015
