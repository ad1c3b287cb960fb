"""The desk: the newsroom's rooms shown through Wagtail's administration, in Arabic first.

An adapter and nothing more. What may happen is decided in `newsroom.actions` (and `desk.rights` says who may ask),
what is shown is read through `newsroom.queries`; the views here turn requests into calls and refusals into messages.
"""
