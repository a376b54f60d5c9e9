"""CloudWatch metrics, as log lines in the embedded metric format. Never a person in a dimension.
The namespace comes from POWERTOOLS_METRICS_NAMESPACE, and a dimension `service` from
POWERTOOLS_SERVICE_NAME."""

from collections.abc import Iterable
from threading import Lock
from typing import Final

from aws_lambda_powertools.metrics import MetricUnit, single_metric

from chalicelib.logs import log_failure

SECONDS: Final = ("Seconds", "TickLag")
# The tick works on several items at once, and two lines in one are no metric.
_ONE_LINE = Lock()


def put_metric(name: str, value: float, dimensions: Iterable[tuple[str, str]] = ()) -> None:
    unit = MetricUnit.Seconds if name.startswith(SECONDS) else MetricUnit.Count
    try:
        with _ONE_LINE, single_metric(name=name, unit=unit, value=value) as metric:
            for dimension, found in dimensions:
                metric.add_dimension(name=dimension, value=found)
    except Exception as error:  # the work is done: a lost metric must not fail it
        log_failure("metric", error)


def put_count(name: str, value: float, dimension: str, of: str) -> None:
    """Once in all, which an alarm watches, and once by the dimension, which tells where."""
    put_metric(name, value)
    put_metric(name, value, [(dimension, of)])
