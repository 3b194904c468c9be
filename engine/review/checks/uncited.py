"""A threshold or a policy of unknown origin, or a document that nothing cites."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.citations import sources_in
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    rulebook = examined.whole
    for fact in rulebook.vocabulary.declared:
        for band in fact.bands:
            if not band.sources:
                message = in_both("found_uncited_band", band=band.band)
                yield Found(band.band, examined.place("fact", fact.fact, "bands", band.band), message)
    for decision in rulebook.decisions:
        for key in ("if_none_stands", "if_several_stand"):
            policy = getattr(decision, key)
            if policy.because is None and not policy.sources:
                name = f"{decision.decision}.{key}"
                message = in_both("found_uncited_policy", policy=name)
                yield Found(name, examined.place("decision", decision.decision, key), message)
    cited = {source.document for _, part in rulebook.parts() for _, source in sources_in(part)}
    for document in (source.document for source in rulebook.documents):
        if document not in cited:
            message = in_both("found_uncited_document", document=document)
            yield Found(document, examined.place("document", document), message)
