"""The widest picture of a srcset."""

from __future__ import annotations

import pytest

from feedmaker.normalize.srcset import Rendition, widest


@pytest.mark.parametrize(
    ("srcset", "best"),
    [
        ("", None),
        (",,,", None),
        ("/a.jpg", Rendition("/a.jpg")),
        ("/a.jpg 400w, /b.jpg 800w", Rendition("/b.jpg", 800)),
        ("/a.jpg 1x,/b.jpg 1.5x", Rendition("/b.jpg")),
        ("/a.jpg 4000w, /b.jpg 8000w", Rendition("/a.jpg", 4000)),
        ("data:image/gif;base64,R0lGOD 900w, /a.jpg 400w", Rendition("/a.jpg", 400)),
        ("/a.jpg 1.2.3x", Rendition("/a.jpg")),
        ("/w_1,h_1/a.jpg 300w", Rendition("/w_1,h_1/a.jpg", 300)),
    ],
)
def test_the_widest_picture_of_a_srcset_is_one_that_a_screen_can_show(srcset: str, best: Rendition | None) -> None:
    assert widest(srcset) == best
