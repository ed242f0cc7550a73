"""Careteam: the team around a client's goal, referrals that are answered, one shared plan."""

from __future__ import annotations

from careteam.kit import starting

# isort: split
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from careteam import cli, web
from careteam.access import reach as access_reach
from careteam.features import models
from careteam.features.network import version as network_version
from careteam.features.pathways.content import load_content, shipped
from careteam.features.teams.reach import reach_of
from careteam.kit import clock, logs, places
from careteam.kit.compiled import keep_compiled
from careteam.kit.db import check_engine, db, engine_options, prepare
from careteam.settings import PROJECT, Settings, read_settings

starting.finish()

LARGEST_REQUEST = 12 * 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """The application. Raises when a setting, a content file or the database is unfit."""
    settings = settings or read_settings()
    app = Flask(__name__, template_folder=str(PROJECT / "templates"))
    app.config.update(_configuration(settings))
    app.extensions["careteam_settings"] = settings
    app.extensions["careteam_content"] = shipped()
    app.extensions["careteam_pathways"] = load_content
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    logs.install(app, settings.log_level)
    clock.use_zone(settings.timezone)
    places.use_folder(PROJECT / ".cache" / "places")
    keep_compiled(app.jinja_env, PROJECT / ".cache" / "templates")
    models.load_all()
    _connect(app, settings)
    access_reach.answer_with(reach_of)
    network_version.follow()
    web.install(app)
    cli.install(app)
    return app


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.testing,
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 5000,
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "__Host-careteam-form" if settings.is_https else "careteam-form",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "PASSWORD_MEMORY_KIB": 8 if settings.testing else 19 * 1024,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "PROPAGATE_BUGS": settings.testing,
    }


def _connect(app: Flask, settings: Settings) -> None:
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
        check_engine(db.engine)
