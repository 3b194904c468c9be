"""How many requests, how long they took, which advice was given, in the form that Prometheus reads."""

from __future__ import annotations

from collections import Counter
from threading import Lock

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""The bounds, in seconds, for which answers are counted, as in Prometheus' own clients."""


class Measures:
    """Counts that several threads can add to."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._within: Counter[float] = Counter()
        self._seconds = 0.0
        self._advice: Counter[str] = Counter()

    def asked(self, route: str, status: int, seconds: float) -> None:
        """Counts a request that was answered."""
        with self._lock:
            self._requests[route, status] += 1
            self._seconds += seconds
            self._within.update(bound for bound in BOUNDS if seconds <= bound)

    def advised(self, option: str) -> None:
        """Counts the advice of an answer."""
        with self._lock:
            self._advice[option] += 1

    def text(self) -> str:
        """All counts, in an order that does not change."""
        with self._lock:
            count = sum(self._requests.values())
            lines = ["# TYPE whytune_requests_total counter"]
            lines += [
                f'whytune_requests_total{{route="{route}",status="{status}"}} {number}'
                for (route, status), number in sorted(self._requests.items())
            ]
            lines.append("# TYPE whytune_request_seconds histogram")
            lines += [f'whytune_request_seconds_bucket{{le="{bound:g}"}} {self._within[bound]}' for bound in BOUNDS]
            lines.append(f'whytune_request_seconds_bucket{{le="+Inf"}} {count}')
            lines += [f"whytune_request_seconds_sum {self._seconds:.6f}", f"whytune_request_seconds_count {count}"]
            lines.append("# TYPE whytune_advice_total counter")
            lines += [
                f'whytune_advice_total{{option="{option}"}} {number}' for option, number in sorted(self._advice.items())
            ]
        return "\n".join(lines) + "\n"
