"""How quickly the service answers over loopback: a bounded generator of requests from several clients, wall time."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import yaml

CASES = sorted((Path(__file__).parent.parent / "rules" / "guide" / "cases").glob("*.yaml"))
CLIENTS = 16
PATIENCE = 60
"""Seconds that a service may take to start."""


class Request(NamedTuple):
    """What is sent: the method, the address, and the body."""

    method: str
    address: str
    body: bytes = b""

    def sent(self) -> bytes:
        head = f"{self.method} {self.address} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(self.body)}\r\n\r\n"
        return head.encode() + self.body


class Load(NamedTuple):
    """What a number of requests took: seconds in all, the seconds of each in ascending order, how many were refused."""

    seconds: float
    each: Sequence[float]
    refused: int

    @property
    def rate(self) -> float:
        return len(self.each) / self.seconds

    def within(self, share: float) -> float:
        """Milliseconds in which this share of the requests was answered."""
        return 1_000 * self.each[min(len(self.each) - 1, int(share * len(self.each)))]


def rows(requests: int) -> Iterator[tuple[str, str, str, str]]:
    """What was measured, the figure, nothing to compare it with, and the target."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "ledger") as service:
        first = load(service.port, [Request("GET", "/")], 1, clients=1)
        yield "first page of the service", f"{first.within(1):.0f} ms", "", "under 150 ms"
        pages = [Request("GET", page_about(number)) for number in range(max(20, requests // 50))]
        answers = load(service.port, pages, len(pages), clients=1)
        yield "page of an answer, half of them", f"{answers.within(0.5):.0f} ms", "", "under 100 ms"
        more = tasks()
        yield from under_load(service, "advise", [next(more) for _ in range(requests)], "tasks", 400)
        before = service.resident()
        yield from under_load(service, "advise", [next(more)] * requests, "times the same task", 400)
        yield from under_load(service, "record", [next(more) for _ in range(5 * requests // 2)], "tasks", 150)
        yield (
            "memory that the service gained after the first tasks",
            f"{service.resident() - before:+.0f} MB",
            "",
            "flat",
        )


def under_load(
    service: Served, route: str, bodies: Sequence[bytes], called: str, target: int
) -> Iterator[tuple[str, str, str, str]]:
    """How the service answers these bodies, each once, of all clients together."""
    spent = service.spent()
    asked = [Request("POST", f"/v1/{route}?as_of=2026-11-25", body) for body in bodies]
    answers = load(service.port, asked, len(bodies), clients=CLIENTS)
    spent = service.spent() - spent
    named = f"/v1/{route}, {len(bodies):,} {called}, {CLIENTS} clients"
    yield named, f"{answers.rate:,.0f} /s", "", f"at least {target} /s"
    yield f"{named}, 99 of 100 within", f"{answers.within(0.99):.0f} ms", "", "under 100 ms"
    yield f"{named}, time of a core for each", f"{1_000 * spent / len(bodies):.1f} ms", "", ""
    yield f"{named}, refused", f"{answers.refused}", "", "0"


def tasks() -> Iterator[bytes]:
    """Tasks without end, no two alike: those of the guide's cases that count their examples, each with one more."""
    given = [yaml.safe_load(path.read_text("utf-8"))["given"] for path in CASES]
    counted = [facts for facts in given if isinstance(facts.get("examples"), int)]
    for number in count():
        facts = counted[number % len(counted)]
        yield json.dumps({**facts, "examples": facts["examples"] + number}, default=str).encode()


def page_about(number: int) -> str:
    """The address of the page of an answer, each about another task."""
    facts = {"prompt_enough": "no", "external_knowledge": "no", "need": "domain_terms", "examples": 3200 + number}
    return "/advise?" + urlencode({f"facts.{name}": value for name, value in facts.items()})


class Served(NamedTuple):
    """A service in a process of its own."""

    process: subprocess.Popen[bytes]
    port: int

    def resident(self) -> float:
        """Its memory in MB; 0 where the system does not say."""
        statm = Path(f"/proc/{self.process.pid}/statm")
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20 if statm.exists() else 0.0

    def spent(self) -> float:
        """The seconds that it took of a core until now; 0 where the system does not say."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        fields = stat.read_text().rpartition(")")[2].split() if stat.exists() else []
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(ledger: Path) -> Iterator[Served]:
    """A service with this ledger on a free port, once it can be reached."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "whytune.cli", "serve", "--port", str(port), "--ledger", str(ledger)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        ends = time.monotonic() + PATIENCE
        while not reachable(port):
            if process.poll() is not None or time.monotonic() > ends:
                raise TimeoutError("the service did not start")
            time.sleep(0.02)
        yield Served(process, port)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def reachable(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def load(port: int, requests: Sequence[Request], count: int, clients: int) -> Load:
    """Sends so many requests, in turns those given, each client one after the other on one connection."""
    return asyncio.run(_load(port, [requests[number % len(requests)] for number in range(count)], clients))


async def _load(port: int, requests: Sequence[Request], clients: int) -> Load:
    began = time.perf_counter()
    done = await asyncio.gather(*(_client(port, requests[number::clients]) for number in range(clients)))
    seconds = time.perf_counter() - began
    answers = [answer for answers in done for answer in answers]
    refused = sum(status >= 400 for status, _ in answers)
    return Load(seconds, sorted(seconds for _, seconds in answers), refused)


async def _client(port: int, requests: Sequence[Request]) -> list[tuple[int, float]]:
    """The status of each answer, and the seconds that it took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answers = []
    for request in requests:
        began = time.perf_counter()
        writer.write(request.sent())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        await reader.readexactly(int(head.partition("content-length: ")[2].partition("\r\n")[0]))
        answers.append((int(head.split()[1]), time.perf_counter() - began))
    writer.close()
    await writer.wait_closed()
    return answers


if __name__ == "__main__":
    for row in rows(int(sys.argv[1]) if sys.argv[1:] else 2_000):
        print(*row, sep="\t")
