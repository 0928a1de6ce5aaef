"""`folkmoot serve`: the site's processes, until they are told to stop."""

import dataclasses
import gc
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial

import click
import structlog

from folkmoot import main
from folkmoot.cli.options import Refusal, resolved, setting_options
from folkmoot.http_server import AddressTaken, open_listeners
from folkmoot.logs import set_up_logging
from folkmoot.memory import return_large_blocks
from folkmoot.settings import SETTINGS, Settings, Source
from folkmoot.settings.values import Listen, LogFormat, Role
from folkmoot.supervisor import Child, Refused, Supervisor

log = structlog.get_logger()


@click.command()
@setting_options(*SETTINGS)
def serve(**flags: str | None) -> None:
    """Serve the site; makes its data folder when first started.

    It serves until SIGTERM or Ctrl-C, and then finishes the requests in flight. Nothing needs to be configured.
    """
    found = resolved(flags)
    settings = found.settings
    as_text = settings.log_format is LogFormat.TEXT
    as_text = as_text or (settings.log_format is LogFormat.AUTO and sys.stderr.isatty())
    set_up_logging(settings.log_level, as_json=not as_text)
    try:
        listeners = [] if settings.role is Role.WORK else open_listeners(*settings.listen.pair, settings.workers)
        settings = _with_port_found(settings, listeners, url_given=found.origins["url"].source is not Source.DEFAULT)
        main.prepare(settings)
    except AddressTaken as taken:
        raise Refusal(f"{taken}; --listen names another address") from taken
    except Refused as refused:
        raise Refusal(str(refused)) from refused
    # What is loaded now is shared by all children: the collector need not touch it, which would copy its pages.
    gc.collect()
    gc.freeze()
    return_large_blocks()
    supervisor = Supervisor(
        _children(settings, listeners), _Events(settings, listeners), stop_timeout_s=settings.stop_timeout
    )
    sys.exit(supervisor.run())


def _with_port_found(settings: Settings, listeners: Sequence[socket.socket], *, url_given: bool) -> Settings:
    """Where port 0 asked for a free port, the settings get the one that was found."""
    if not listeners or settings.listen.port:
        return settings
    listen = Listen(settings.listen.host, listeners[0].getsockname()[1])
    return dataclasses.replace(
        settings, listen=listen, url=settings.url if url_given else f"http://localhost:{listen.port}"
    )


def _children(settings: Settings, listeners: Sequence[socket.socket]) -> list[Child]:
    children = [
        Child(f"web-{index + 1}", partial(_be_web, settings, listeners, index)) for index in range(len(listeners))
    ]
    if settings.role is not Role.WEB:
        children.append(Child("work", partial(_be_work, settings, listeners)))
    return children


def _be_web(settings: Settings, listeners: Sequence[socket.socket], index: int, ready: Callable[[], None]) -> None:
    _close([listener for listener in listeners if listener is not listeners[index]])
    main.web_process(settings, listeners[index], ready)


def _be_work(settings: Settings, listeners: Sequence[socket.socket], ready: Callable[[], None]) -> None:
    _close(listeners)
    main.work_process(settings, ready)


def _close(listeners: Sequence[socket.socket]) -> None:
    for listener in listeners:
        listener.close()


class _Events:
    """Tells the terminal where the site is, and the log what happens to its processes."""

    def __init__(self, settings: Settings, listeners: Sequence[socket.socket]) -> None:
        self._settings = settings
        self._listeners = listeners

    def ready(self) -> None:
        if self._listeners:
            click.echo(f"Folkmoot serves {self._settings.url}")
            click.echo(f"It listens at {self._settings.listen.text} and keeps its data in {self._settings.data}")
        else:
            click.echo(f"Folkmoot works for {self._settings.url}")

    def ended(self, name: str, how: str, again_in_s: float) -> None:
        log.error("a process ended", process=name, how=how, again_in_s=again_in_s)

    def failed(self, name: str, how: str) -> None:
        log.error("a process could not start", process=name, how=how)

    def stopping(self) -> None:
        log.info("stopping")
        _close(self._listeners)

    def killing(self, names: Sequence[str]) -> None:
        log.warning("cut off", processes=list(names))
