"""The web as a source: asked politely, believed in nothing, remembered so that what has not changed costs nothing."""
