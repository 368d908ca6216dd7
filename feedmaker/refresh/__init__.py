"""What happens to a source when it is due: ``story`` tells it from top to bottom."""

from feedmaker.refresh.publishing import write_overview
from feedmaker.refresh.services import Services, open_services
from feedmaker.refresh.story import refresh, refresh_source

__all__ = ["Services", "open_services", "refresh", "refresh_source", "write_overview"]
