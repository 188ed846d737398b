"""Every recording, on every release."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from recordings import HERE, Recording, label, recordings
from recordings.exceptions import EXCEPTIONS, MOST
from snippets import (
    clickthrough,
    hits,
    judging,
    links,
    mail,
    pixel,
    redirects,
    releases,
    rewriting,
    saving,
)
from snippets.platform import address, minified, plainpart, query


def both(name: str) -> pytest.MarkDecorator:
    """Parametrize a test with all recordings of a file; an exception has to fail to stay one."""
    return pytest.mark.parametrize("recording", [case(each) for each in recordings(name)])


def case(recording: Recording) -> Any:
    """Return a recording as a parameter of a test."""
    releases_, reason = EXCEPTIONS.get(recording.id, ((), ""))
    excepted = recording.release in releases_
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if excepted else []
    return pytest.param(recording, marks=marks, id=label(recording))


def as_bytes(value: Any) -> Any:
    """Return data with texts as bytes, so that bytes and text compare."""
    if isinstance(value, dict):
        return {key: as_bytes(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_bytes(item) for item in value]
    return value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value


def rewritten(recording: Recording, content: Any = None) -> Any:
    """Return what the snippet makes of a recorded content."""
    data = recording.input
    found = links.rewrite(
        data["content"] if content is None else content,
        release=recording.release,
        tokens=data.get("tokens") or {},
        untracked=data.get("doNotTrack") or (),
        url_fields=data.get("urlContactFields") or (),
    )
    return "error" if found.error else as_bytes([found.content, found.trackables])


def wanted_links(recording: Recording) -> Any:
    """Return what Mautic made of it."""
    result = recording.result
    if "error" in result:
        return "error"
    return as_bytes([result["content"], result["trackables"] or {}])


@both("links")
def test_links(recording: Recording) -> None:
    assert rewritten(recording) == wanted_links(recording)


@both("markup")
def test_markup(recording: Recording) -> None:
    assert rewritten(recording) == wanted_links(recording)


@both("saving")
def test_saving(recording: Recording) -> None:
    saved = saving.save(recording.input["content_typed_in_the_editor"], recording.release)
    assert saved == recording.result["saved"]
    assert rewritten(recording, saved) == wanted_links(recording)


@both("clickthrough")
def test_clickthrough(recording: Recording) -> None:
    data, result = recording.input, recording.result
    if data["op"] == "ct_encode":
        assert clickthrough.encode(data["array"]) == result["encoded"]
    elif result.get("decoded", False) is False:
        with pytest.raises(clickthrough.BadClickthrough):
            clickthrough.decode(data["string"], url_decode=data["urlDecode"])
    else:
        decoded = clickthrough.decode(data["string"], url_decode=data["urlDecode"])
        assert decoded == result["decoded"]


@both("redirects")
def test_redirects(recording: Recording) -> None:
    data, result = recording.input, recording.result
    if data["op"] == "redirect_url":
        assert tracked(data) == result["url"]
        return
    found = redirects.click(
        data["url"],
        data["query"],
        data.get("lead"),
        recording.release,
        found=not data.get("missing"),
        dropped=not data.get("hitIsTracked", True),
    )
    assert (found.status, found.location) == (result.get("status", 500), result.get("location"))
    if data.get("hitIsTracked", True):
        assert found.counted == bool(result.get("hits"))
    if result.get("cookies"):
        assert (found.blocked_for == 0) == result["cookies"][0]["deletes"]


def tracked(data: Any) -> str:
    """Return the tracked address the snippets make of a recorded input."""
    given = dict(data["clickthrough"] or {})
    if data.get("asTrackable"):
        given = redirects.with_channel(given, data.get("channel", "email"), data["channelId"])
    base = data.get("base", redirects.BASE)
    url = redirects.tracked_url(data["redirectId"], given, data.get("utmTags"), base)
    service = str(data.get("shortener") or "")

    def shorten(long: str) -> str:
        return service + hashlib.md5(long.encode(), usedforsecurity=False).hexdigest()

    return redirects.shortened(url, shorten if service else None)


@both("pixel")
def test_pixel(recording: Recording) -> None:
    data, result = recording.input, recording.result
    body = pixel.insert(data["content"]) if data.get("append", True) else data["content"]
    url = pixel.address(data["idHash"], sent_time=1700000000, release=recording.release)
    assert (body, url) == (result["body"], result["token_tracking_pixel"])


@both("mail")
def test_mail(recording: Recording) -> None:
    built = mail.build(sending(recording))
    if "error" in recording.result or not recording.result.get("sent", 1):
        assert built.error
        return
    assert built.html == recording.result["html"]
    assert built.text == recording.result["text"]
    numbers = {token[len("{trackable=") : -1]: url for token, url in built.trackables.items()}
    assert numbers == (recording.result["trackables"] or {})


def sending(recording: Recording) -> mail.Sending:
    """Return the sending that was recorded; the signature is taken from the result."""
    data, options = recording.input, recording.input.get("params", {})
    signature = re.search("/unsubscribe/[^/]*/[^/]*/([0-9a-f]{64})", json.dumps(recording.result))
    tokens = {"{subject}": "Subject"} | data.get("globalTokens", {})
    tokens |= {f"{{pagelink={n}}}": url for n, url in data.get("pages", {}).items()}
    tokens |= {f"{{assetlink={n}}}": url for n, url in data.get("assets", {}).items()}
    jane = {"id": 5, "email": "jane@example.org", "firstname": "Jane"}
    return mail.Sending(
        data["html"],
        data.get("text", ""),
        contact=data.get("lead", jane),
        signature=signature[1] if signature else "",
        source=tuple(data["source"]) if data.get("source") else None,
        tokens=tokens,
        dynamic_content={d["tokenName"]: d["content"] for d in data.get("dynamicContent", [])},
        url_fields=tuple(data.get("urlContactFields", ())),
        utm=data.get("utmTags") or {},
        brand=options.get("brand_name", ""),
        language=data.get("language", "en"),
        internal=data.get("internalSend", False),
        trackable_urls=not options.get("disable_trackable_urls"),
        append_pixel=options.get("mailer_append_tracking_pixel", True),
        minify=options.get("minify_email_html", False),
        unsubscribe_text=options.get("unsubscribe_text") or "",
        webview_text=options.get("webview_text") or "",
        site_url=options.get("site_url", redirects.BASE),
        release=recording.release,
    )


@both("hits")
def test_hits(recording: Recording) -> None:
    request = requested(recording.input)
    counted = recording.result
    assert hits.open_counts(request, recording.release).counted == counted["open_counted"]
    if "click_counted" in counted:
        assert hits.click_counts(request, recording.release).counted == counted["click_counted"]


def requested(data: Any) -> hits.Request:
    """Return the request that was recorded."""
    options, ratio = data.get("params", {}), data.get("bot", {})
    return hits.Request(
        user_agent=data.get("ua", hits.BROWSER),
        method=data.get("method", "GET"),
        headers=data.get("headers", {}),
        logged_in=data.get("loggedIn", False),
        blocked_cookie=data.get("cookies", {}).get("Blocked-Tracking") == "1",
        queued=data.get("async", False),
        seconds_after_send=data.get("secondsAfterSend", 3600),
        excluded_ips=tuple(options.get("do_not_track_ips", ())),
        excluded_agents=tuple(options.get("do_not_track_bots", ())),
        default_agents="do_not_track_bots" not in options,
        ratio_ips=tuple(ratio.get("ips", ())),
        ratio_agents=tuple(ratio["agents"]) if "agents" in ratio else None,
        ratio_threshold=ratio.get("threshold", 0.6),
    )


@both("platform")
def test_platform(recording: Recording) -> None:
    if "absent" in recording.result:
        pytest.skip(f"Mautic {recording.release} doesn't have this function.")
    assert answer(recording) == wanted_answer(recording)


def wanted_answer(recording: Recording) -> Any:
    """Return what the function of the platform answered."""
    (wanted,) = recording.result.values()
    if isinstance(wanted, dict) and recording.input.get("method") == "getUrlsFromPlaintext":
        return list(wanted.values())  # the platform numbers them with gaps
    return wanted


def answer(recording: Recording) -> Any:
    """Return what the snippet answers in its place."""
    data, release = recording.input, releases.find(recording.release)
    answers: dict[str, Callable[[], Any]] = {
        "parse_url": lambda: pieces(data["url"]),
        "plain_text": lambda: plainpart.text_of(data["content"]),
        "minify": lambda: minified.minified(data["content"]),
        "save_html": lambda: saving.save(data["content"], release),
        "static": lambda: platform_function(data, release),
    }
    return answers[data["op"]]()


def pieces(url: str) -> Any:
    """Return the pieces of an address as the platform names them, False where it finds none."""
    try:
        found = address.split(url)._asdict()
    except address.UnreadableAddress:
        return False
    names = {"password": "pass"}
    return {names.get(n, n): piece for n, piece in found.items() if piece is not None}


def platform_function(data: Any, release: releases.Release) -> Any:
    """Return what the snippet answers in the place of a function of the platform."""
    first, *others = data["args"]
    match data["method"]:
        case "decodeAmpersands":
            return judging.decode_ampersands(first, release)
        case "appendQueryToUrl":
            return query.append(first, others[0])
        case "sanitizeAbsoluteUrl":
            return redirects.cleaned(first, release)
        case "isValidUrl":
            return redirects.is_valid(first)
        case "findLeadTokens":
            return redirects.filled(first, {name: str(v) for name, v in others[0].items()})
        case "getUrlsFromPlaintext":
            return urls(first, others[0])
    raise AssertionError(data["method"])


def urls(text: str, fields: Any) -> Any:
    """Return the links of a text, contact fields first."""
    return [candidate.text for candidate in rewriting.text_candidates(text, fields)]


FILES = sorted(path.stem for path in HERE.glob("*.json"))


def test_the_list_of_exceptions_is_short() -> None:
    everything = {(r.id, r.release) for name in FILES for r in recordings(name)}
    excepted = {(id_, release) for id_, (found, _) in EXCEPTIONS.items() for release in found}
    assert excepted <= everything
    assert len(EXCEPTIONS) <= MOST * len({id_ for id_, _ in everything})
