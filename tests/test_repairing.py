"""A corrected line is tracked, by the rules themselves, in each release; else there is none."""

import pytest

from snippets import links, releases
from snippets.platform import markup
from snippets.repairing import repaired

ADDRESS = "https://acme.example/a"
WRITTEN = {
    f'<a href="{ADDRESS}"\n>': "line-break",
    f'<a\n class="x"\n href=" {ADDRESS}"\n style="a:b;\n c:d" download>': "line-break",
    f'<a href = "{ADDRESS}">': "quotes",
    f"<a href={ADDRESS}>": "quotes",
    f'<a href="HTTPS{ADDRESS[5:]}">': "scheme",
    '<a href="https://acme.example/caf&eacute;">': "entity",
    '<a href="http:acme.example/a">': "rebuilt",
    '<a href="://acme.example/a">': "malformed",
    f'<a href="\u00a0{ADDRESS}">': "malformed",
    f'<a href="“{ADDRESS}”">': "malformed",
    f'<a href="&nbsp;{ADDRESS}">': "malformed",
    '<a\n href="www.acme.example/a">': "line-break",
    '<a href="https://acme.example/{contactfield=email|true}">': "normalised",
    '<a href="https://acme.example/a b|c">': "normalised",
}


@pytest.mark.parametrize("release", releases.LINES)
@pytest.mark.parametrize("tag", WRITTEN)
def test_a_corrected_line_is_tracked(tag: str, release: str) -> None:
    line = repaired(tag, release)
    [found] = links.explain(f"{line}A</a>", release=release)
    assert found.tracked
    assert "\n" not in line


@pytest.mark.parametrize(("tag", "reason"), WRITTEN.items())
def test_it_was_not_before(tag: str, reason: str) -> None:
    [*found] = links.explain(f'<a href="https://b.example/">B</a>\n{tag}', release="7.1")
    assert found[1].reason == reason


def test_no_correction_leaves_a_dead_link() -> None:
    assert repaired('<a href="https://{contactfield=website}">') == ""  # the field may lack https
    assert repaired('<a\n href="{contactfield=website}">') == '<a href="{contactfield=website}">'
    assert repaired('<a\n href="www.acme.example/a">') == '<a href="https://www.acme.example/a">'


def test_other_attributes_stay() -> None:
    tag = f'<a\n class="x"\n href=" {ADDRESS}"\n style=\'a:b;\n c:"d"\' target=_blank download>'
    line = repaired(tag)
    [element] = markup.elements(line)
    assert list(element.attributes) == ["href", "class", "style", "target", "download"]
    assert element.attributes["href"].written == ADDRESS


@pytest.mark.parametrize(
    "tag",
    [
        '<link href="https://acme.example/a">',
        '<a href="*|FACEBOOK:PROFILEURL|*">',
        '<a href="{api_token}">',
        '<a href="#top">',
        "<a name=x>",
        "",
    ],
)
def test_what_no_step_mends_stays(tag: str) -> None:
    assert repaired(tag) == ""


def test_an_accent_is_not_encoded_where_saving_decodes_it() -> None:
    tag = '<a href="https://acme.example/café">'
    assert repaired(tag, "7.1") == '<a href="https://acme.example/caf%C3%A9">'
    assert repaired(tag, "7.1", beside="Déjà vu") == ""


@pytest.mark.parametrize("href", ["|URL|", "http://{unsubscribe_url}", "{ unsubscribe_url }"])
def test_a_link_to_unsubscribe_is_the_token_alone(href: str) -> None:
    assert repaired(f'<a href="{href}">') == '<a href="{unsubscribe_url}">'


def test_other_attributes_stay_as_they_were_written() -> None:
    given = f'<a href="{ADDRESS}"\n class=x title=\'y\' id="z" download>'
    assert repaired(given) == f'<a href="{ADDRESS}" class=x title=\'y\' id="z" download>'


def test_areas_are_mended_and_nothing_that_is_no_link() -> None:
    assert repaired(f'<area href="{ADDRESS}"\n>') == f'<area href="{ADDRESS}">'
    assert repaired(f'<link href="{ADDRESS}"\n>') == ""


@pytest.mark.parametrize(
    "path",
    [
        "r/1f0e3dad99908345f7439f8ff?ct=YToxOnt9",
        "email/unsubscribe/66f0c2a1b7d3e581274906/jo@client.example/" + "b7" * 32,
        "email/view/66f0c2a1b7d3e581274906",
        "email/66f0c2a1b7d3e581274906.gif",
    ],
)
def test_nothing_of_one_recipient_is_offered_to_copy(path: str) -> None:
    assert repaired(f'<a href="http://https://m.acme.example/{path}">') == ""
    assert repaired(f'<a\n href="https://m.acme.example/{path}">') == ""
