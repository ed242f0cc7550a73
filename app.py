"""The application, for `flask run`, `python app.py` and every WSGI server."""

from careteam import create_app

app = create_app()

if __name__ == "__main__":
    app.run(port=app.extensions["careteam_settings"].port)
