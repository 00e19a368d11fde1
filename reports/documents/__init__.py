"""Word documents in the layout of Party papers (DOMAIN §2).

:mod:`profiles` holds the layouts as dated data, :mod:`paper` sets a page by one of them, piece by
piece; a document's own module (a letter, a report) says which pieces in which words.
"""

from reports.documents.archives import dated_archive, dated_entry
from reports.documents.issuer import Issuer, committee, issuer, standing_committee
from reports.documents.paper import Paper, Recipients, Signature
from reports.documents.profiles import HD05_2026, HD36_2018, PROFILES, Profile, profile_of
from reports.documents.response import document_response
from reports.documents.tables import TableColumn

__all__ = [
    "HD05_2026",
    "HD36_2018",
    "PROFILES",
    "Issuer",
    "Paper",
    "Profile",
    "Recipients",
    "Signature",
    "TableColumn",
    "committee",
    "dated_archive",
    "dated_entry",
    "document_response",
    "issuer",
    "profile_of",
    "standing_committee",
]
