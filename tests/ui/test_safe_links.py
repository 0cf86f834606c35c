"""Only web and mail addresses are safe, and their target is shown encoded."""

import pytest

from novita_desktop.ui.widgets.safe_links import safe_link, shown_target


@pytest.mark.parametrize(
    "target", ["https://a.b/c?d=e#f", "http://[::1]:80/", "HTTPS://A.B", "mailto:a@b.c"]
)
def test_web_and_mail_addresses_are_safe(target):
    assert safe_link(target) is not None


@pytest.mark.parametrize(
    "target",
    ["", "javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "file:///etc/passwd",
     "//a.b/c", "data:text/html,x", "ftp://a.b", "http:", "https:///path", "mailto:", "a.b", "#x",
     "https://a.b/\u202e", "https://a.b/\x00", "https://a.b/" + "x" * 5000, "view-source:http://a"],
)  # fmt: skip
def test_everything_else_is_refused(target):
    assert safe_link(target) is None


def test_look_alike_hosts_and_markup_are_shown_encoded():
    assert (
        shown_target(safe_link("https://\u0430pple.com/<b>")) == "https://xn--pple-43d.com/%3Cb%3E"
    )
