"""The order of a draft's candidates: by trust, and by what they say of one another."""

from __future__ import annotations

from dataclasses import replace

from feedmaker.extract.article import dates, groups, titles
from feedmaker.extract.article.trust import TRUST, by_trust, kind
from feedmaker.model import Draft
from feedmaker.normalize.people import names_a_person


def in_order(draft: Draft) -> Draft:
    """The draft with every run in the order in which its candidates are to be believed."""
    site_names = tuple(candidate.value for candidate in draft.publishers)
    return replace(
        draft,
        titles=titles.in_order(draft.titles, site_names),
        published=dates.in_order(by_trust("published", draft.published)),
        updated=dates.in_order(draft.updated),
        authors=by_trust("authors", draft.authors),
        tags=groups.in_order(by_trust("tags", draft.tags)),
    )


def is_open(run: str, draft: Draft) -> bool:
    """Whether a page declares nothing for a field that would do: no tags, or no person among the authors."""
    if run == "authors":
        return not any(names_a_person(person.name, person.kind) for c in draft.authors for person in c.value)
    return not any(kind(candidate.where) in TRUST["tags"] for candidate in draft.tags)
