"""Archive mode: the templates of a site, learned from its pages alone.

What repeats across the pages of a template is frame, what varies is content; where most pages agree, the few that the
reader of single pages got wrong are put right. No labels, no rule for a site. `read_archive` is what an import calls.
"""

from bulaq.intake.templates.archive import learn_from_sample, read_archive, spread
from bulaq.intake.templates.guide import ArchiveGuide, guide_from_file
from bulaq.intake.templates.learner import TemplateLearner
from bulaq.intake.templates.template import Template, Templates

__all__ = [
    "ArchiveGuide",
    "Template",
    "TemplateLearner",
    "Templates",
    "guide_from_file",
    "learn_from_sample",
    "read_archive",
    "spread",
]
