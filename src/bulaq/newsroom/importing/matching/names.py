"""People, agencies and topics by name: those we have, in any spelling we know, or new ones. Asked in batches."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from bulaq.arabic.normalise import for_matching, matching_key
from bulaq.newsroom.importing.storing.plain_text import clean, fitted
from bulaq.newsroom.models import Agency, ImportCreation, Person, PersonName, Topic, TopicVariant

REMEMBERED = 50_000
"""Names kept in memory between batches; an archive of any size has fewer that return often."""

MAX_TOPICS = 30
"""Tags of one article that become topics; pages that list hundreds list every word they know."""

MAX_TOPIC_LENGTH = 80

Created = list[tuple[str, int]]
"""(kind of `ImportCreation`, id) of what was made on the way."""

Kind = ImportCreation.Kind


class _Recent(OrderedDict[object, int]):
    """The names met last."""

    def put(self, key: object, value: int) -> None:
        self[key] = value
        self.move_to_end(key)
        if len(self) > REMEMBERED:
            self.popitem(last=False)


class Names:
    """One run's memory of names. Every method runs inside the transaction of a batch.

    After a batch that was rolled back, `forget` must be called: ids made in it do not exist.
    """

    def __init__(self, run_id: int) -> None:
        self._run_id = run_id
        self.forget()

    def forget(self) -> None:
        """Drops all that is remembered."""
        self._people, self._agencies, self._topics = _Recent(), _Recent(), _Recent()
        self._made: dict[int, str] | None = None
        """The people whom the run made, as they are called."""

    def people(self, names: Iterable[str], created: Created) -> dict[str, int]:
        """The person for each name as given."""
        wanted = {name: matching_key(name) for name in names}
        missing = {key for key in wanted.values() if key and key not in self._people}
        if missing:
            # `matching_name` folds letters but not runs of white space; names are stored with single spaces.
            spelled = PersonName.objects.filter(matching_text__in=missing).values_list(
                "matching_text", "person_id"
            )
            named = (
                Person.objects.filter(matching_name__in=missing)
                .order_by("-id")
                .values_list("matching_name", "id")
            )
            for key, person_id in (*spelled, *named):
                self._people.put(key, person_id)
            new: dict[str, Person] = {}
            for name, key in wanted.items():
                if key and key not in self._people and key not in new:
                    new[key] = Person(name=fitted(name, 160), matching_name=key[:160])
            if new:
                Person.objects.bulk_create(new.values())
                for key, person in new.items():
                    self._people.put(key, person.pk)
                    created.append((Kind.PERSON, person.pk))
                    self._people_made()[person.pk] = person.name
        return {name: self._people[key] for name, key in wanted.items() if key in self._people}

    def first_spelling(self, person_id: int, name: str) -> str | None:
        """What somebody whom the run made is called, when `name` is another spelling of it."""
        first = self._people_made().get(person_id)
        return first if first != fitted(name, 160) else None

    def _people_made(self) -> dict[int, str]:
        if self._made is None:
            ids = ImportCreation.objects.filter(run=self._run_id, kind=Kind.PERSON).values("object_id")
            self._made = dict(Person.objects.filter(pk__in=ids).values_list("id", "name"))
        return self._made

    def agencies(self, names: Iterable[str], created: Created) -> dict[str, int]:
        """The agency for each name as given."""
        wanted = {name: matching_key(name)[:160] for name in names}
        missing = {key for key in wanted.values() if key and key not in self._agencies}
        if missing:
            for key, agency_id in Agency.objects.filter(matching_name__in=missing).values_list(
                "matching_name", "id"
            ):
                self._agencies.put(key, agency_id)
            new: dict[str, Agency] = {}
            for name, key in wanted.items():
                if key and key not in self._agencies and key not in new:
                    new[key] = Agency(name=fitted(name, 160), matching_name=key)
            if new:
                Agency.objects.bulk_create(new.values())
                for key, agency in new.items():
                    self._agencies.put(key, agency.pk)
                    created.append((Kind.AGENCY, agency.pk))
        return {name: self._agencies[key] for name, key in wanted.items() if key in self._agencies}

    def topics(self, names: Iterable[tuple[str, str]], created: Created) -> dict[tuple[str, str], int]:
        """The topic for each (name, language)."""
        wanted = {(name, language): (matching_key(name)[:160], language) for name, language in names}
        missing = {key for key in wanted.values() if key[0] and key not in self._topics}
        if missing:
            keys = {key for key, _ in missing}
            variants = TopicVariant.objects.filter(matching_text__in=keys).values_list(
                "matching_text", "topic__language", "topic_id"
            )
            named = Topic.objects.filter(matching_name__in=keys).values_list(
                "matching_name", "language", "id"
            )
            for key, language, topic_id in (*variants, *named):
                self._topics.put((key, language), topic_id)
            new: dict[tuple[str, str], Topic] = {}
            for (name, language), key in wanted.items():
                if key[0] and key not in self._topics and key not in new:
                    new[key] = Topic(name=fitted(name, 160), matching_name=key[0], language=language)
            if new:
                Topic.objects.bulk_create(new.values())
                for key, topic in new.items():
                    self._topics.put(key, topic.pk)
                    created.append((Kind.TOPIC, topic.pk))
        return {given: self._topics[key] for given, key in wanted.items() if key in self._topics}


def topic_names(tags: Iterable[str]) -> list[str]:
    """The tags that can be topics, each once, in order."""
    kept: dict[str, str] = {}
    for tag in tags:
        name = clean(tag).strip("#،,. ").replace("_", " ")
        key = for_matching(name).strip()
        if key and len(name) <= MAX_TOPIC_LENGTH and key not in kept:
            kept[key] = name
    return list(kept.values())[:MAX_TOPICS]
