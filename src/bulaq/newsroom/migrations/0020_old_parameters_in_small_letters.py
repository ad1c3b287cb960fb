"""Names of parameters in old addresses are looked up in small letters: rows written before are found again, and the material
that came under such an address is known again."""

import hashlib
from urllib.parse import parse_qsl, urlencode

from django.db import migrations


def lower_parameters(apps, schema_editor):
    paths = apps.get_model("newsroom", "LegacyPath").objects
    articles = apps.get_model("newsroom", "Article").objects
    rows = paths.filter(path__regex=r"[?&][^=&]*[A-Z][^=&]*=").order_by("pk")
    known = rows.values_list("pk", "edition_id", "article_id", "path", "article__imported__host")
    for pk, edition_id, article_id, path, host in list(known):
        way, _, query = path.partition("?")
        pairs = sorted((name.lower(), value) for name, value in parse_qsl(query, keep_blank_values=True))
        new = f"{way}?{urlencode(pairs)}"
        if new == path:
            continue
        digest = hashlib.sha256(new.encode()).hexdigest()
        if not paths.filter(edition_id=edition_id, digest=digest).exists():
            paths.filter(pk=pk).update(path=new, digest=digest)
        identity = _identity(host or "", new)
        if not articles.filter(source_identity=identity).exists():
            articles.filter(pk=article_id, source_identity=_identity(host or "", path)).update(
                source_identity=identity
            )


def _identity(host, path):
    hashed = hashlib.blake2b(digest_size=16)
    for part in (host, path):
        data = part.encode("utf-8", "surrogatepass")
        hashed.update(len(data).to_bytes(8, "big"))
        hashed.update(data)
    return f"url:{hashed.hexdigest()}"


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0019_stories_part_again"),
    ]

    operations = [
        migrations.RunPython(lower_parameters, migrations.RunPython.noop),
    ]
