"""Who issues and signs this installation's documents: from settings."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

ON_BEHALF = "T/M "
WORDS_OF_A_KIND = 2  # "Tỉnh ủy", "Thành ủy"


@dataclass(frozen=True)
class Issuer:
    """The issuing body as the header, the number and the signature name it."""

    superior: str
    name: str
    symbol: str  # of the number: "VPTU" in "-CV/VPTU"
    place: str
    authority: str  # "T/L Ban Thường vụ"; empty when the office signs directly
    office: str
    signer: str

    @property
    def full_name(self) -> str:
        """Give the body in a sentence: "Văn phòng Tỉnh ủy Sóc Trăng"."""
        return f"{self.name} {self.superior}".strip()


def issuer() -> Issuer:
    """Give the issuing body of the settings."""
    return Issuer(
        superior=settings.COMMITTEE_NAME,
        name=settings.DOCUMENT_ISSUER,
        symbol=settings.DOCUMENT_SYMBOL,
        place=settings.PLACE_NAME,
        authority=settings.DOCUMENT_AUTHORITY,
        office=settings.DOCUMENT_SIGNER_OFFICE,
        signer=settings.DOCUMENT_SIGNER,
    )


def committee() -> Issuer:
    """Give the committee itself, whose Standing Committee signs (DOMAIN §2.6)."""
    return Issuer(
        superior=settings.COMMITTEE_NAME,
        name="",
        symbol=settings.COMMITTEE_SYMBOL,
        place=settings.PLACE_NAME,
        authority=settings.COMMITTEE_AUTHORITY,
        office=settings.COMMITTEE_SIGNER_OFFICE,
        signer=settings.COMMITTEE_SIGNER,
    )


def standing_committee() -> str:
    """Give who signs in a sentence: "Ban Thường vụ Tỉnh ủy", from "T/M Ban Thường vụ"."""
    kind = " ".join(settings.COMMITTEE_NAME.split()[:WORDS_OF_A_KIND])
    return f"{settings.COMMITTEE_AUTHORITY.removeprefix(ON_BEHALF)} {kind}".strip()
