from typing import TYPE_CHECKING

from aws_lambda_powertools.metrics import MetricUnit, single_metric

from chalicelib.logs import log_failure

if TYPE_CHECKING:
    from chalicelib.responses.monitor import Observation


def watch(seen: "Observation") -> None:
    """One embedded metric; the namespace comes from POWERTOOLS_METRICS_NAMESPACE."""
    unit = MetricUnit.Seconds if seen.name.startswith("Seconds") else MetricUnit.Count
    try:
        with single_metric(name=seen.name, unit=unit, value=seen.value) as metric:
            for name, value in seen.dimensions:
                metric.add_dimension(name=name, value=value)
    except Exception as error:  # the answer is written, and worth more than its metric
        log_failure("watch", error)
