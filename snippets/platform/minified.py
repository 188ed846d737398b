"""What the option `minify_email_html` does to a mail. Source: R4, HLP219 to HLP225."""

import re

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_STYLE = re.compile(r"(style\s*=\s*\")([^\"]*)(\")", re.I)


def minified(html: str) -> str:
    """Return the HTML with each tag on one line, and no line breaks in front of tags."""
    html = _TAG.sub(_joined, html.replace("\r", ""))
    html = re.sub(r"\s*\n\s*(?=<)|\s+(?=</)", "", html)
    html = re.sub(r"(<style\b[^>]*>)\s+", r"\1 ", html)
    return html.replace("\n", " ")


def _joined(tag: re.Match[str]) -> str:
    text = re.sub(r"\s+", " ", tag[0])
    text = re.sub(r" (/?>)$", r"\1", text)
    text = re.sub(r"(\s+)=(\s*)(?=[\"'])", r"=\1\2", text)  # so the link is not found (R44)
    return _STYLE.sub(lambda style: re.sub(r"\s*([:;])\s*", r"\1", style[0]), text)
