"""How does the house log? By structlog, on standard error: text at a terminal, elsewhere one JSON object a line.

Everybody says `structlog.get_logger()`; what libraries log through `logging` comes out in the same form.
"""

import logging
import sys
from typing import Any, TextIO

import structlog
from structlog.typing import Processor


def set_up_logging(level: str, *, as_json: bool, stream: TextIO = sys.stderr) -> None:
    """Decide once, at the start of a process, what is logged and how.

    Args:
        level: "debug", "info", "warning" or "error": the least serious event that is logged.
        as_json: one JSON object a line; else text.
        stream: where it goes.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    ending: list[Processor] = (
        [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if as_json
        else [structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback)]
    )
    number: int = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*shared, *ending],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    handler: logging.StreamHandler[Any] = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
        )
    )
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[handler], force=True)
