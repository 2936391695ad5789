"""Each page of the console has its help, and no help is left without a page."""

import pytest

from house.addresses import all_addresses
from house.matrix import read_list
from thidua.web.guide import all_guides, guide_slugs


def find_gaps(names: set[str], entries, slugs) -> tuple[set[str], set[str]]:
    """Pages without help, and names that help serves although there is no such page.

    A page is what the list of permissions lets somebody open and does not call `page: false` (a file,
    a fragment, an answer for scripts).
    """
    pages = {
        name.removeprefix("console:")
        for name in names
        if name.startswith("console:") and "get" in entries[name].roles and entries[name].is_page
    }
    return pages - set(slugs), set(slugs) - pages


@pytest.fixture
def names():
    return {one.name for one in all_addresses()} & set(read_list())


def test_every_page_has_help_and_no_help_is_left_over(names):
    without, left_over = find_gaps(names, read_list(), guide_slugs())
    assert sorted(without) == [], "viết src/thidua/web/guide/<tên>.md"
    assert sorted(left_over) == []


def test_a_page_without_help_and_help_without_a_page_are_caught(names):
    slugs = {**guide_slugs(), "khong-co": "khong-co"}
    del slugs["home"]
    assert find_gaps(names, read_list(), slugs) == ({"home"}, {"khong-co"})


def test_help_says_something():
    for guide in all_guides().values():
        assert guide.title
        assert len(guide.folded) > 80, guide.slug
        assert "<h1" not in guide.html, guide.slug


def test_help_stands_where_it_is_packaged(repository):
    assert not (repository / "docs/guide").exists(), "chuyển vào src/thidua/web/guide"
