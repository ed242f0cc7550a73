"""Pages about the installation itself."""

from __future__ import annotations

from flask import abort, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from careteam.features.accounts.queries import find_community
from careteam.web.frame.room import PUBLIC, Room
from careteam.web.system.samples import samples

room = Room("system", __name__)


@room.get("/healthz", access=PUBLIC)
def health() -> ResponseReturnValue:
    """Whether process and database answer. Says nothing else."""
    find_community()
    return jsonify(status="ok")


@room.get("/styleguide", access=PUBLIC)
def styleguide() -> ResponseReturnValue:
    """Every component in its states; only where tests or a developer look."""
    if not (current_app.testing or current_app.debug):
        abort(404)
    return render_template("styleguide.html", **samples())
