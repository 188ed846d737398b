"""Drawings on a phone: each text is large enough and stays inside, in each language."""

import pytest
from playwright.sync_api import Page

from .test_site import in_each_language

DRAWN = ("message-source", "emails/links", "emails/clicks", "emails/pixel")
PAGES = [name for page in DRAWN for name in in_each_language(f"{page}.html")]
LOST = """() => [...document.querySelectorAll(".drawing svg")].flatMap(svg => {
  const room = svg.getBoundingClientRect(), steps = [...svg.querySelectorAll(".step circle")];
  const meet = (a, b) => a.left < b.right && b.left < a.right
    && a.top < b.bottom && b.top < a.bottom;
  const size = text => parseFloat(getComputedStyle(text).fontSize) * room.width / 340;
  return [...svg.querySelectorAll("text")].filter(text => !text.closest(".step")).filter(text => {
    const box = text.getBoundingClientRect();
    return size(text) < 12 || box.left < room.left || box.right > room.right
      || steps.some(step => meet(step.getBoundingClientRect(), box));
  }).map(text => text.textContent);
})"""
SMALL = """() => [...document.querySelectorAll(".way a, .way li")]
  .filter(node => parseFloat(getComputedStyle(node).fontSize) < 12).map(node => node.textContent)"""


@pytest.mark.parametrize("name", PAGES)
def test_the_text_of_a_drawing_is_read_on_a_phone(warm: Page, name: str) -> None:
    warm.goto(name)
    assert warm.locator(".drawing svg").count() > 0
    assert warm.evaluate(LOST) == []


@pytest.mark.parametrize("name", in_each_language("index.html"))
def test_a_station_leads_to_the_section_of_a_cause(warm: Page, name: str) -> None:
    warm.goto(name)
    assert warm.evaluate(SMALL) == []
    link = warm.locator('.way a[href$="#gmail-clipping"]')
    link.focus()
    warm.keyboard.press("Enter")
    warm.wait_for_url("**/emails/pixel.html#gmail-clipping")
    assert warm.locator("#gmail-clipping").is_visible()
