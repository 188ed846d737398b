"""Mautic's own addresses: what is built is read again, and nothing else is."""

import pytest

from snippets import pixel, redirects, routes, unsubscribe
from snippets.evidence import addresses
from snippets.masking import masked

BASE = "https://m.example"
TEST, SENT, PREVIEW = "5dba9f0c1e2a3", "65f0a1b2c3d4e512345678", "x" * 14
FIELDS = {
    "redirect": "92e770d1b72fa6ddf729b5f71",
    "word": "abc",
    "stat": SENT,
    "email": "jo+news@client.example",
    "signature": "a1" * 32,
    "action": "unsubscribe",
    "number": "12",
    "slug": "7:price-list",
}


@pytest.mark.parametrize("route", routes.ROUTES)
@pytest.mark.parametrize("folder", ["", "/mautic", "/a/"])
def test_what_is_built_is_read(route: str, folder: str) -> None:
    found = routes.read(routes.build(route, folder, **FIELDS))
    assert found is not None
    assert (found.route, found.folder) == (route, folder.rstrip("/"))
    assert found.fields == {name: FIELDS[name] for name in found.fields}


@pytest.mark.parametrize("stat", [TEST, SENT, SENT.upper(), PREVIEW])
def test_a_pixel_is_one_for_every_reader(stat: str) -> None:
    url = f"{BASE}/email/{stat}.gif"
    assert [p.stat_hash for p in pixel.find(f'<img src="{url}">')] == [stat]
    assert addresses.read(url).kind == "pixel"
    assert stat not in masked(url)


@pytest.mark.parametrize("name", ["abc12", "newsletterheader", "5dba9f0c1e2a", SENT + "9", "a.b"])
def test_a_picture_in_a_folder_named_email_is_no_pixel(name: str) -> None:
    url = f"{BASE}/email/{name}.gif"
    assert pixel.find(f'<img src="{url}">') == []
    assert addresses.read(url).kind == "other"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (f"/email/validate/unsubscribe/{'a1' * 32}/{SENT}", "validate"),
        (f"/email/validate/other/{'a1' * 32}/{SENT}", "other"),
        (f"/email/unsubscribe/{SENT}/", "unsubscribe"),
        ("/email/unsubscribe/settings", "other"),
        ("/email/unsubscribe/", "no-hash"),
        (f"/email/view/{SENT}", "web-view"),
        ("/email/preview/12", "web-view"),
        ("/r/92e770d1b72fa6ddf729b5f71", "tracked"),
        ("/r/old", "other"),
        ("/r/old?ct=YTowOnt9", "tracked"),
        ("/mtc/event", "page-hit"),
        ("/mautic/mtracking.gif?page_url=x", "page-hit"),
        ("/asset/7:price-list", "asset"),
    ],
)
def test_the_kind_of_an_address(path: str, kind: str) -> None:
    assert addresses.read(BASE + path).kind == kind


def test_a_page_or_an_asset_is_no_part_of_a_sent_mail() -> None:
    assert not addresses.read(f"{BASE}/asset/7:price-list").is_mautic
    assert addresses.read(f"{BASE}/email/view/{SENT}").is_mautic


@pytest.mark.parametrize("stat", ["a/b", "a.b", "a b"])
def test_an_identifier_that_no_pixel_can_hold(stat: str) -> None:
    with pytest.raises(routes.Unroutable, match=r"can't be put into /email/\{stat\}\.gif"):
        pixel.address(stat)


def test_what_no_pixel_can_hold_other_addresses_can() -> None:
    assert redirects.tracked_url("a.b") == f"{redirects.BASE}/r/a.b"


def test_a_contact_without_address_has_the_short_link() -> None:
    assert unsubscribe.address(SENT, base=BASE) == f"{BASE}/email/unsubscribe/{SENT}"


def test_signs_of_a_path_are_encoded() -> None:
    link = unsubscribe.address(TEST, "[Email]", "ff", BASE)
    assert link == f"{BASE}/email/unsubscribe/{TEST}/%5BEmail%5D/ff"


def test_every_hash_in_an_address_is_masked() -> None:
    for name, route in routes.ROUTES.items():
        if route.kind not in routes.NOT_IN_MAILS:
            shown = masked(routes.build(name, BASE, **FIELDS) + " " + SENT[:5])
            assert not any(FIELDS[field] in shown for field in ("stat", "redirect", "email"))


def test_a_search_through_many_slashes_is_quick() -> None:
    assert routes.read("/" * 100_000 + "r" + "/" * 100_000) is None
