from collections.abc import Iterable
from threading import Lock

from aws_lambda_powertools.metrics import MetricUnit, single_metric

from chalicelib.logs import log_failure

# The tick settles several at once, and two lines in one are no metric.
_ONE_LINE = Lock()


def put_metric(name: str, value: float, dimensions: Iterable[tuple[str, str]]) -> None:
    """One embedded metric; the namespace comes from POWERTOOLS_METRICS_NAMESPACE."""
    unit = MetricUnit.Seconds if name.startswith("Seconds") else MetricUnit.Count
    try:
        with _ONE_LINE, single_metric(name=name, unit=unit, value=value) as metric:
            for dimension, found in dimensions:
                metric.add_dimension(name=dimension, value=found)
    except Exception as error:  # the answer is stored: a lost metric must not fail it
        log_failure("watch", error)
