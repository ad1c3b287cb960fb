"""People that an import made bear the spelling that most of its articles sign with, and not the first one met: «احمد الأسعد»
in one article and «أحمد الأسعد» in two hundred is the latter."""

from __future__ import annotations

from django.db import transaction

from bulaq.newsroom.actions.appearance import person_spelled_otherwise
from bulaq.newsroom.importing.storing.findings import Findings
from bulaq.newsroom.models import Byline, ImportCreation, ImportRun, Person


def name_by_commonest(run: ImportRun) -> None:
    """Renames them when all of a run is stored. Who was made by an earlier one, or was given a name at the desk meanwhile,
    keeps it; so does the first spelling when no other one is more frequent."""
    findings = Findings(ImportRun.objects.values_list("findings", flat=True).get(pk=run.pk))
    made = ImportCreation.objects.filter(run=run, kind=ImportCreation.Kind.PERSON)
    for met in findings.spellings:
        if not made.filter(object_id=met.person_id).exists():
            continue
        signed = Byline.objects.filter(person_id=met.person_id, article__imported__run=run).count()
        name, number = max(met.others.items(), key=lambda other: (other[1], other[0]))
        if number <= signed - sum(met.others.values()):
            continue
        with transaction.atomic():
            if Person.objects.filter(pk=met.person_id, name=met.first).update(name=name):
                person_spelled_otherwise(met.person_id)
