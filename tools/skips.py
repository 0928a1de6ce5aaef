"""A plugin of pytest for CI: what a test needs is installed there, so a test that skips for want of it has failed."""

from collections.abc import Generator
from typing import Any

import pytest

NOT_FOR_INSTALLING = "the specimen"
"""What lies beside the repository, where it lies at all; its tests say so in their reason."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Turn a skip into a failure that says why it was skipped."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and NOT_FOR_INSTALLING not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report
