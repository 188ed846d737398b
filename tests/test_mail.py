"""Whole mails: what the recordings at hand don't show."""

import base64
from urllib.parse import parse_qs

import pytest

from snippets import clickthrough
from snippets.mail import Mail, Sending, build

JANE = {"id": 5, "email": "jane@example.org", "firstname": "Jane"}
SLOT = '{dynamiccontent="Slot 1"}'
OUT = "https://mautic.example.com/email/unsubscribe/6601a1b2c3d4e5"


def sent(html: str, **settings: object) -> Mail:
    """Return a mail to Jane, without the pixel."""
    given = {"contact": JANE, "append_pixel": False, "signature": "5f"} | settings
    return build(Sending(html, **given))  # type: ignore[arg-type]


def ct(html: str, number: int) -> object:
    """Return what the `ct` of a tracked link says."""
    query = html.split(f"/r/{number}?")[1].split('"')[0]
    return clickthrough.decode(parse_qs(query)["ct"][0], url_decode=False)


def test_a_link_of_dynamic_content_has_no_source() -> None:
    slot = {"Slot 1": '<a href="https://a.example/">{contactfield=firstname}</a>'}
    html = sent(f'{SLOT} <a href="https://b.example/">b</a>', dynamic_content=slot).html
    inside, outside = ct(html, 1), ct(html, 2)
    assert isinstance(inside, dict)
    assert isinstance(outside, dict)
    assert (inside["source"], outside["source"]) == ([], ["email", 1])
    assert inside["stat"] == outside["stat"]
    assert ">Jane</a>" in html


def test_a_test_mail_fills_in_fields_outside_of_dynamic_content_only() -> None:
    slot = {"Slot 1": "{contactfield=email}"}
    html = sent(f"{SLOT} {{contactfield=firstname}}", dynamic_content=slot, internal=True).html
    assert html == "{contactfield=email} Jane"


@pytest.mark.parametrize(("release", "tagged"), [("7.0.0", False), ("7.0.1", True), ("5.1", False)])
def test_utm_without_tracking(release: str, tagged: bool) -> None:
    slot = {"Slot 1": '<a href="https://a.example/">a</a>'}
    html = sent(
        f'{SLOT}<a href="https://b.example/">b</a>',
        dynamic_content=slot,
        trackable_urls=False,
        utm={"utmSource": "nl"},
        release=release,
    ).html
    assert html.count("?utm_source=nl") == (2 if tagged else 0)
    assert "/r/" not in html


@pytest.mark.parametrize("contact", [{"id": 5}, {"id": 5, "email": ""}, {"id": 5, "email": None}])
def test_a_contact_without_address(contact: dict[str, object]) -> None:
    html = sent("{unsubscribe_url} {dnc_url}", contact=contact).html
    assert html == f"{OUT} {OUT.replace('unsubscribe', 'dnc')}"


@pytest.mark.parametrize(
    ("token", "value"),
    [("email|true", "jane%40example.org"), ("city|true", ""), ("city|a|b", "a"), ("id", "5")],
)
def test_a_field_is_filled_in_as_at_the_click(token: str, value: str) -> None:
    assert sent(f"{{contactfield={token}}}").html == value


def test_a_token_with_encoded_braces_is_one_in_the_text_part_as_well() -> None:
    mail = sent("<p>x</p>", text="Hi %7Bcontactfield%3Dfirstname%7D")
    assert mail.text == "Hi Jane"


def test_texts_of_ones_own_around_the_links() -> None:
    html = sent(
        "{unsubscribe_text} {webview_text}",
        unsubscribe_text="{contactfield=firstname}, <a href='|URL|'>leave</a>",
        webview_text="See |URL|",
    ).html
    view = "https://mautic.example.com/email/view/6601a1b2c3d4e5"
    assert html == f"Jane, <a href='{OUT}/jane@example.org/5f'>leave</a> See {view}"


LINK = '<a href="https://a.example/">a</a>'


def test_a_line_of_more_than_a_megabyte_goes_out_untouched() -> None:
    html = f"<html><body>{'x' * 1_000_000}{LINK}</body></html>"
    mail = sent(html, append_pixel=True)
    assert LINK in mail.html
    assert "6601a1b2c3d4e5.gif" in mail.html
    assert "[https://mautic.example.com/r/1?" in mail.text


@pytest.mark.parametrize(
    "html",
    [
        f"<html><body>{'x' * 600_000}{LINK}{'x' * 600_000}</body></html>",
        f"<html><body>{'x' * 600_000}\n{'x' * 600_000}{LINK}</body></html>",
        f"{'x' * 1_200_000}{LINK}",
    ],
)
def test_a_long_line_in_which_a_link_is_found_soon_enough(html: str) -> None:
    assert LINK not in sent(html).html


@pytest.mark.parametrize("stat", ["66/01", "66.01", "66 01"])
def test_an_identifier_that_no_pixel_can_hold_stops_the_sending(stat: str) -> None:
    mail = sent("<p>x</p>", stat_hash=stat)
    assert mail.error
    assert stat in mail.error
    assert mail.html == ""


@pytest.mark.parametrize(
    ("serial", "data"),
    [
        ('a:2:{s:1:"a";s:1:"x";s:1:"b";R:2;}', {"a": "x", "b": "x"}),
        ('a:3:{s:1:"a";a:1:{i:0;i:7;}s:1:"b";R:2;s:1:"c";R:3;}', {"a": [7], "b": [7], "c": 7}),
        ("a:3:{i:0;i:1;i:1;R:2;i:2;R:2;}", [1, 1, 1]),
    ],
)
def test_a_ct_may_refer_to_a_value_before(serial: str, data: object) -> None:
    assert clickthrough.decode(coded(serial), url_decode=False) == data


@pytest.mark.parametrize("item", ["i:0;R:9;", "i:0;R:0;", "i:0;R:1;", "R:1;i:0;", "i:0;r:1;"])
def test_a_reference_that_leads_nowhere_is_damage(item: str) -> None:
    with pytest.raises(clickthrough.BadClickthrough, match="damaged"):
        clickthrough.decode(coded(f"a:1:{{{item}}}"), url_decode=False)


def coded(serial: str) -> str:
    """Return a serialised text as it stands in a `ct`."""

    return base64.b64encode(serial.encode()).decode()
