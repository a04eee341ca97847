"""A document as schema.org ``Legislation`` (JSON-LD), for the pages of a site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Relation of a citation -> property of https://schema.org/Legislation or its CreativeWork.
_PROPERTIES = {
    "basis": "isBasedOn",
    "amends": "legislationAmends",
    "replaces": "legislationRepeals",
    "repeals": "legislationRepeals",
    "guides": "legislationEnsuresImplementationOf",
    "mentions": "citation",
}


def legislation(document: Mapping[str, Any], base: str = "") -> dict[str, Any]:
    """The JSON-LD of a document; ``base`` is the address of the site, put before the URIs.

    What is not known is left out, never guessed. ``base`` empty: URIs stay as they are.
    """
    fields = document["fields"]
    uri = document["uri"]
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": base.rstrip("/") + uri if uri else f"urn:sohoa:{document['id']}",
        "identifier": document["id"],
        "inLanguage": "vi",
        "name": _name(fields),
        "legislationIdentifier": fields["full_number"],
        "legislationType": fields["type"],
        "legislationDate": fields["date"],
        "legislationPassedBy": _body(fields["issuer"]),
        "legislationJurisdiction": {"@type": "AdministrativeArea", "name": "Việt Nam"},
        "legislationDateOfApplicability": fields["effective"],
        "expires": fields["expiry"],
        "author": _person(fields["signer"]),
        "encodingFormat": document["source"]["media_type"],
    }
    for citation in document["citations"]:
        place = found.setdefault(_PROPERTIES[citation["relation"]], [])
        if (cited := _cited(citation, base)) not in place:
            place.append(cited)
    return {name: value for name, value in found.items() if value}


def _name(fields: Mapping[str, Any]) -> str:
    number = f"số {fields['full_number']}" if fields["full_number"] else None
    return " ".join(filter(None, (fields["type"], number, fields["title"])))


def _body(name: str | None) -> dict[str, str] | None:
    return {"@type": "GovernmentOrganization", "name": name} if name else None


def _person(name: str | None) -> dict[str, str] | None:
    return {"@type": "Person", "name": name} if name else None


def _cited(citation: Mapping[str, Any], base: str) -> dict[str, str]:
    found = {"@type": "Legislation", "name": citation["raw"]}
    if citation["uri"]:
        found["@id"] = base.rstrip("/") + citation["uri"]
    if citation["number"] and citation["symbol"]:
        found["legislationIdentifier"] = f"{citation['number']}/{citation['symbol']}"
    return found
