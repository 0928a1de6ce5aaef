"""`folkmoot import thread`, `folkmoot export thread`: how do threads come in as files, and go out again?

See `docs/thread-text.md`. Beside a running server or without one, and on an empty data folder.
"""

import hashlib
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import click
from typing_extensions import override

from folkmoot import main
from folkmoot.cli.options import Refusal, resolved, setting_options
from folkmoot.cli.site import opened_site
from folkmoot.cli.words import refusal_from
from folkmoot.commands.base import perform
from folkmoot.commands.imports import ImportThread
from folkmoot.doors.export import EXPORT_FORMS
from folkmoot.doors.export import export_thread as exported
from folkmoot.doors.handles import post_address, site_host
from folkmoot.model import errors
from folkmoot.model.callers import OPERATOR
from folkmoot.model.ids import Micros, PostId
from folkmoot.model.limits import IMPORT_MAX_BYTES
from folkmoot.model.times import moment_from_iso
from folkmoot.text.thread_text import ThreadText, ThreadTextFault, is_handle, parse_thread

_POST_PATH = re.compile(r"(?:/post/)?([1-9][0-9]{0,9})")


class _Time(click.ParamType[Micros]):
    name = "TIME"

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Micros:
        moment = moment_from_iso(value)
        if moment is None:
            self.fail(f"{value!r} is no time such as 2024-11-26T12:00:00Z.", param, ctx)
        return moment


class _Handle(click.ParamType[str]):
    name = "NAME@HOST"

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value)
        if not is_handle(text):
            self.fail(f"{text!r} is no handle such as ada@forum.example.", param, ctx)
        return text


class _Community(_Handle):
    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take `!name@host` too, and a bare name for one of this site."""
        text = str(value).removeprefix("!")
        return text if re.fullmatch(r"[A-Za-z0-9_]+", text) else super().convert(text, param, ctx)


@click.group("import")
def import_() -> None:
    """Take in threads from files."""


@click.group("export")
def export() -> None:
    """Give threads back as files."""


@import_.command("thread")
@click.argument("file", metavar="FILE")
@click.option("--community", type=_Community(), help="Where it goes. [default: a local community for imports]")
@click.option("--title", metavar="TITLE", help="[default: the first sentence of the text]")
@click.option("--url", "link", metavar="URL", help="Of the page that the thread is about.")
@click.option("--archive-url", metavar="URL", help="Of that page's archived copy.")
@click.option("--by", type=_Handle(), help="Who wrote the post, where no comment carries their mark.")
@click.option("--read-at", type=_Time(), help="When the thread was read from its server. [default: now]")
@click.option(
    "--site-url", "url", metavar="URL", help="Of this site, as `serve --url` has it. [default: the setting url]"
)
@setting_options("data", "database")
def import_thread(file: str, **options: Any) -> None:  # noqa: ANN401 -- click's values, of the types declared above
    """Take in a thread that was saved as text, and print its address.

    FILE is a path, or - for standard input. The same bytes into the same community give the first address again.
    """
    settings = resolved(options).settings
    name = "standard input" if file == "-" else click.format_filename(file)
    data = _read(file, name)
    here = site_host(settings.url)
    command = import_from_file(data, name, options, here=here, now=main.clock())
    click.echo(f"folkmoot: {name}: {len(command.thread.items)} comments", err=True)
    try:
        with opened_site(settings) as db:
            imported = perform(db, OPERATOR, command)
    except errors.Refusal as refused:
        raise refusal_from(refused, subject=name) from refused
    if imported.already:
        click.echo("folkmoot: this thread stands here already; nothing was changed", err=True)
    _put_out(f"{post_address(settings.url, imported.post)}\n".encode())


@export.command("thread")
@click.argument("address", metavar="ADDRESS")
@click.option("--format", "form", type=click.Choice(list(EXPORT_FORMS)), default="text", show_default=True)
@click.option(
    "--as-of", type=_Time(), help="Show what was known here at that time, as it was seen then. [default: now]"
)
@setting_options("data", "database", "url")
def export_thread(address: str, form: str, as_of: Micros | None, **options: str | None) -> None:
    """Write a thread to standard output.

    ADDRESS is a full address of this site, /post/N, or N.
    """
    settings = resolved(options).settings
    post = _post(address, settings.url)
    wanted = EXPORT_FORMS[form]
    try:
        with opened_site(settings) as db:
            document = exported(db, post, form=wanted, as_of=as_of, site_url=settings.url, clock=main.clock)
    except errors.Refusal as refused:
        raise refusal_from(refused, subject=address) from refused
    _put_out(document)


def import_from_file(data: bytes, name: str, options: Mapping[str, Any], *, here: str, now: Micros) -> ImportThread:
    """Translate a file and the options of the command line into the command.

    Args:
        data: the file's bytes.
        name: how messages call the file.
        options: what was said of it.
        here: our own host; a community of that host is one of this site.
        now: when the file was read, where nothing is said.

    Raises:
        Refusal: the file is no thread.
    """
    community = options["community"]
    called, at, host = (community or "").rpartition("@")
    if at and host.casefold() == here:
        community = called
    return ImportThread(
        thread=_parsed(data, name, by=options["by"]),
        digest=hashlib.sha256(data).hexdigest(),
        read_at=now if options["read_at"] is None else options["read_at"],
        title=options["title"],
        url=options["link"],
        archive_url=options["archive_url"],
        community=community,
        by=options["by"],
    )


def _read(file: str, name: str) -> bytes:
    """Read the whole file, but never more than may be imported; a file's size is looked at before it is read.

    Raises:
        Refusal: there is no such file, it cannot be read, or it is too large.
    """
    try:
        if file == "-":
            return _bounded(sys.stdin.buffer, name)
        with Path(file).open("rb") as opened:
            if os.fstat(opened.fileno()).st_size > IMPORT_MAX_BYTES:
                raise _too_large(name)
            return _bounded(opened, name)
    except OSError as error:
        raise Refusal(f"{name}: {error.strerror}") from error


def _bounded(stream: BinaryIO, name: str) -> bytes:
    data = stream.read(IMPORT_MAX_BYTES + 1)
    if len(data) > IMPORT_MAX_BYTES:
        raise _too_large(name)
    return data


def _put_out(data: bytes) -> None:
    """Write to standard output, whole.

    Raises:
        Refusal: its disk is full, or the like. A reader that has gone is click's to handle.
    """
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # what is still in the buffer would fail once more when the program ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Refusal(f"standard output: {error.strerror}") from error


def _too_large(name: str) -> Refusal:
    return Refusal(f"{name}: expected at most {IMPORT_MAX_BYTES // 1024**2} MiB")


def _parsed(data: bytes, name: str, *, by: str | None) -> ThreadText:
    try:
        return parse_thread(data, by=by)
    except ThreadTextFault as fault:
        raise Refusal(f"{name}: {fault}") from fault


def _post(address: str, site_url: str) -> PostId:
    """Find the post that an address of this site names.

    Raises:
        Refusal: it is none.
    """
    found = _POST_PATH.fullmatch(_path_here(address, site_url))
    if found is None:
        raise Refusal(f"{address}: expected an address {site_url}/post/N, /post/N, or N")
    return PostId(int(found[1]))


def _path_here(address: str, site_url: str) -> str:
    """Give the path of an address of this site; of any other one nothing."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    elsewhere = bool(parts.netloc) and f"{parts.scheme}://{parts.netloc}".lower() != site_url
    return "" if elsewhere else parts.path
