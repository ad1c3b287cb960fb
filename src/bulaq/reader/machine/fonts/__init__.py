"""The face of drawn share pictures: `share.ttf`, made by `python -m bulaq.reader.machine.fonts.subset [FOLDER]`."""
