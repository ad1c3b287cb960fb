"""Who makes the articles: people and agencies."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from bulaq.arabic.normalise import for_matching


class Person(ClusterableModel):
    """A contributor with a page of their own."""

    name = models.CharField(_("name"), max_length=160)
    name_latin = models.CharField(_("name in Latin letters"), max_length=160, blank=True)
    matching_name = models.CharField(max_length=160, editable=False, db_index=True, default="")
    role = models.CharField(_("role"), max_length=160, blank=True, help_text=_("«مراسلة في الرباط»"))
    biography = models.TextField(_("biography"), blank=True)
    portrait = models.ForeignKey(
        "newsroom.NewsImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("portrait"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.matching_name = for_matching(self.name)
        super().save(*args, **kwargs)


class PersonName(models.Model):
    """Another spelling under which the archive knows a person."""

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="other_names")
    text = models.CharField(_("spelling"), max_length=160)
    matching_text = models.CharField(max_length=160, editable=False, db_index=True)

    class Meta:
        verbose_name = _("spelling of a name")
        verbose_name_plural = _("spellings of names")

    def __str__(self) -> str:
        return self.text

    def save(self, *args, **kwargs) -> None:
        self.matching_text = for_matching(self.text)
        super().save(*args, **kwargs)


class MergedPerson(models.Model):
    """The number of a person who is another one now: its address leads there for good."""

    old_id = models.BigIntegerField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merged_numbers")

    def __str__(self) -> str:
        return f"{self.old_id} → {self.person_id}"


class TwoPeople(models.Model):
    """An editor's word that two names alike are two people: they are not offered as one again. `one` has the lower id."""

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="two_people_once")]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"


class Agency(models.Model):
    """A news agency, or the newsroom itself when it signs as a house."""

    name = models.CharField(_("name"), max_length=160)
    matching_name = models.CharField(max_length=160, editable=False, unique=True)
    url = models.URLField(_("address"), blank=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.matching_name = for_matching(self.name)
        super().save(*args, **kwargs)
