"""Every recording, on every release."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from recordings import HERE, Recording, by_release, each_case, recordings
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


def assert_as_recorded(
    case: list[Recording],
    answered: Callable[[Recording], Any],
    recorded: Callable[[Recording], Any],
) -> None:
    """Compare what the snippets answer for each release; an exception has to differ to stay one."""
    found, wanted = by_release(case, answered), by_release(case, recorded)
    releases_, _ = EXCEPTIONS.get(case[0].id, ((), ""))
    for release in releases_:
        assert found.pop(release) != wanted.pop(release), f"{release} is no exception any more."
    assert found == wanted


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


@each_case("links", "markup")
def test_links(case: list[Recording]) -> None:
    assert_as_recorded(case, rewritten, wanted_links)


@each_case("saving")
def test_saving(case: list[Recording]) -> None:
    saved = by_release(case, saved_html)
    assert_as_recorded(case, saved_html, lambda recording: recording.result["saved"])
    assert_as_recorded(case, lambda r: rewritten(r, saved[r.release]), wanted_links)


def saved_html(recording: Recording) -> str:
    """Return what the snippet saves of what was typed in the editor."""
    return saving.save(recording.input["content_typed_in_the_editor"], recording.release)


@each_case("clickthrough")
def test_clickthrough(case: list[Recording]) -> None:
    assert_as_recorded(case, coded, wanted_code)


def coded(recording: Recording) -> Any:
    """Return what the snippet encodes or decodes, False for what can't be decoded."""
    data = recording.input
    if data["op"] == "ct_encode":
        return clickthrough.encode(data["array"])
    try:
        return clickthrough.decode(data["string"], url_decode=data["urlDecode"])
    except clickthrough.BadClickthrough:
        return False


def wanted_code(recording: Recording) -> Any:
    """Return what Mautic encoded or decoded."""
    if recording.input["op"] == "ct_encode":
        return recording.result["encoded"]
    return recording.result.get("decoded", False)


@each_case("redirects")
def test_redirects(case: list[Recording]) -> None:
    assert_as_recorded(case, redirected, wanted_redirect)


def redirected(recording: Recording) -> Any:
    """Return the tracked address of the snippets, or how they answer a click on one."""
    data = recording.input
    if data["op"] == "redirect_url":
        return tracked(data)
    found = redirects.click(
        data["url"],
        data["query"],
        data.get("lead"),
        recording.release,
        found=not data.get("missing"),
        dropped=not data.get("hitIsTracked", True),
    )
    answer: list[Any] = [found.status, found.location]
    if data.get("hitIsTracked", True):
        answer.append(found.counted)
    if recording.result.get("cookies"):
        answer.append(found.blocked_for == 0)
    return answer


def wanted_redirect(recording: Recording) -> Any:
    """Return what Mautic answered."""
    data, result = recording.input, recording.result
    if data["op"] == "redirect_url":
        return result["url"]
    answer = [result.get("status", 500), result.get("location")]
    if data.get("hitIsTracked", True):
        answer.append(bool(result.get("hits")))
    if result.get("cookies"):
        answer.append(result["cookies"][0]["deletes"])
    return answer


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


@each_case("pixel")
def test_pixel(case: list[Recording]) -> None:
    assert_as_recorded(
        case, with_pixel, lambda r: (r.result["body"], r.result["token_tracking_pixel"])
    )


def with_pixel(recording: Recording) -> tuple[str, str]:
    """Return the content with its pixel, and the address of the pixel."""
    data = recording.input
    body = pixel.insert(data["content"]) if data.get("append", True) else data["content"]
    url = pixel.address(data["idHash"], sent_time=1700000000, release=recording.release)
    return body, url


@each_case("mail")
def test_mail(case: list[Recording]) -> None:
    assert_as_recorded(case, built, wanted_mail)


def built(recording: Recording) -> Any:
    """Return the parts and the tracked links of the mail that the snippets build."""
    mailed = mail.build(sending(recording))
    if mailed.error:
        return "error"
    numbers = {token[len("{trackable=") : -1]: url for token, url in mailed.trackables.items()}
    return mailed.html, mailed.text, numbers


def wanted_mail(recording: Recording) -> Any:
    """Return those of the mail that Mautic sent."""
    result = recording.result
    if "error" in result or not result.get("sent", 1):
        return "error"
    return result["html"], result["text"], result["trackables"] or {}


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


@each_case("hits")
def test_hits(case: list[Recording]) -> None:
    assert_as_recorded(case, counted, wanted_counts)


def counted(recording: Recording) -> list[bool]:
    """Return whether the snippets count the open, and the click where there was one."""
    request, release = requested(recording.input), recording.release
    found = [hits.open_counts(request, release).counted]
    if "click_counted" in recording.result:
        found.append(hits.click_counts(request, release).counted)
    return found


def wanted_counts(recording: Recording) -> list[bool]:
    """Return whether Mautic counted them."""
    result = recording.result
    return [result[name] for name in ("open_counted", "click_counted") if name in result]


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


@each_case("platform")
def test_platform(case: list[Recording]) -> None:
    """What a release lacks is recorded as absent."""
    present = [recording for recording in case if "absent" not in recording.result]
    assert present
    assert_as_recorded(present, answer, wanted_answer)


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
