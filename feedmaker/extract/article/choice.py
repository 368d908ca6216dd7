"""The order of a draft's candidates: by trust, and by what they say of one another."""

from __future__ import annotations

from dataclasses import replace

from feedmaker.extract.article import dates, groups, lead, titles
from feedmaker.extract.article.trust import LAST_RESORT, TRUST, by_trust, trust
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
        images=lead.in_order(draft.images),
        authors=by_trust("authors", draft.authors),
        tags=groups.in_order(by_trust("tags", draft.tags)),
    )


def is_open(run: str, draft: Draft) -> bool:
    """Whether a page gives nothing yet for a field that would do; ``story`` is an article in structured data."""
    if run == "story":
        return not any(candidate.where.startswith("json-ld") for candidate in draft.published)
    if run == "authors":
        return not any(names_a_person(person.name[:200], person.kind) for c in draft.authors for person in c.value)
    if run == "published":
        return not any(dates.is_exact(candidate.value) for candidate in draft.published)
    if run in TRUST:
        return not any(trust(run, candidate.where) > LAST_RESORT for candidate in getattr(draft, run))
    return not getattr(draft, run)
