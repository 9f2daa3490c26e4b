"""The lens on time: what happens next, by when, and how sure we are."""

from goodoffices.outlook.lens import DRAWS, outlook
from goodoffices.outlook.results import OutlookReport

__all__ = ["DRAWS", "OutlookReport", "outlook"]
