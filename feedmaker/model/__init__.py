"""The frozen values that flow through Feedmaker, one for each stage.

    Source --fetch--> Page --extract--> ListingDraft --normalize--> Listing of ListedItem
                      Page --extract--> Draft --normalize--> Entry --store--> StoredEntry --> Feed --write--> files

The name of a type says how far the thing has come: a *draft* holds raw candidates as they stand on the page, everything
else holds values that are ready to use. All datetimes are aware; all addresses are absolute http or https URLs.
"""

from feedmaker.model.alerts import Alerts, Mail, MailSecurity, Webhook
from feedmaker.model.drafts import Alternative, Candidate, Draft, How, ListingDraft, RawDate, RawImage, RawPerson
from feedmaker.model.health import STATUS_FEED, Extent, Failure, Observation, Problem, Stage, Watch
from feedmaker.model.page import NotModified, Page, Validators
from feedmaker.model.source import (
    Access,
    BasicAuth,
    FetchPolicy,
    Field,
    FieldRule,
    Filters,
    Follow,
    Kind,
    ListingRules,
    Login,
    Merge,
    Method,
    OnEdit,
    Rendering,
    Schedule,
    Selector,
    SiteFunction,
    Source,
)
from feedmaker.model.state import (
    Appointment,
    Database,
    Feed,
    FeedEntry,
    Outcome,
    Pace,
    Result,
    SiteNote,
    SourceState,
    Standing,
    StoredEntry,
)
from feedmaker.model.values import Entry, Image, ListedItem, Listing, Person

__all__ = [
    "STATUS_FEED",
    "Access",
    "Alerts",
    "Alternative",
    "Appointment",
    "BasicAuth",
    "Candidate",
    "Database",
    "Draft",
    "Entry",
    "Extent",
    "Failure",
    "Feed",
    "FeedEntry",
    "FetchPolicy",
    "Field",
    "FieldRule",
    "Filters",
    "Follow",
    "How",
    "Image",
    "Kind",
    "ListedItem",
    "Listing",
    "ListingDraft",
    "ListingRules",
    "Login",
    "Mail",
    "MailSecurity",
    "Merge",
    "Method",
    "NotModified",
    "Observation",
    "OnEdit",
    "Outcome",
    "Pace",
    "Page",
    "Person",
    "Problem",
    "RawDate",
    "RawImage",
    "RawPerson",
    "Rendering",
    "Result",
    "Schedule",
    "Selector",
    "SiteFunction",
    "SiteNote",
    "Source",
    "SourceState",
    "Stage",
    "Standing",
    "StoredEntry",
    "Validators",
    "Watch",
    "Webhook",
]
