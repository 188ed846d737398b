"""All causes in the order in which one should look, by the page that has their section.

Adding a cause is one line here, one check in a module beside, one section per language, one case.
"""

from . import Check, clicks, counting, links, pixel, pointing, sending, unsubscribe

CHECKS: tuple[tuple[str, Check], ...] = (
    ("emails/troubleshooting", pointing.site_url_host),
    ("emails/troubleshooting", pointing.https_proxy_scheme),
    ("emails/troubleshooting", pointing.esp_rewrap),
    ("emails/clicks", clicks.bot_or_gateway_hits),
    ("emails/unsubscribe", unsubscribe.unsubscribe_live_in_test),
    ("emails/unsubscribe", unsubscribe.unsubscribe_no_contact),
    ("emails/troubleshooting", sending.send_context),
    ("emails/unsubscribe", unsubscribe.unsubscribe_token_broken),
    ("emails/links", links.url_prefix_overlap),
    ("emails/clicks", clicks.shared_or_wrong_contact_link),
    ("emails/clicks", clicks.ct_damaged),
    ("emails/links", links.ampersand_encoding),
    ("emails/links", links.token_in_link),
    ("emails/links", links.disable_tracking_attribute),
    ("emails/links", links.link_markup_not_matched),
    ("emails/links", links.link_normalised),
    ("emails/links", links.mailto_tracked),
    ("emails/clicks", clicks.destination_broken),
    ("emails/troubleshooting", sending.tracking_setting_off),
    ("emails/troubleshooting", counting.admin_logged_in),
    ("emails/unsubscribe", unsubscribe.unsubscribe_server_error),
    ("emails/troubleshooting", counting.server_blocks_tracking_url),
    ("emails/troubleshooting", counting.queue_not_consumed),
    ("emails/pixel", pixel.images_blocked),
    ("emails/troubleshooting", counting.valid_hits_filtered),
    ("emails/clicks", clicks.blocked_fifteen_seconds),
    ("emails/clicks", clicks.privacy_signal),
    ("emails/troubleshooting", counting.counter_version_bug),
    ("emails/pixel", pixel.pixel_hidden_or_altered),
    ("emails/pixel", pixel.gmail_clipping),
    ("emails/clicks", clicks.dynamic_content_click),
    ("emails/unsubscribe", unsubscribe.list_unsubscribe_header),
    ("emails/unsubscribe", unsubscribe.unsubscribe_by_machine),
    ("emails/links", links.plain_text_part),
    ("emails/pixel", sending.own_copy_opened),
)

HEALTHY = ("no-fault-in-mail", "no-fault-image-proxy", "no-fault-quoted-printable")


# --8<-- [start:id]
def id_of(check: Check) -> str:
    """Return the id of the cause a check looks for."""
    return check.__name__.replace("_", "-")


# --8<-- [end:id]

PAGES = {id_of(check): page for page, check in CHECKS}
PAGES |= dict.fromkeys(HEALTHY, "emails/troubleshooting")


def address(cause: str) -> str:
    """Return the address of a cause's section in the guide, from the root of the site."""
    return f"{PAGES[cause]}.html#{cause}"
