"""The worker: takes jobs from the queue, one at a time, in a thread of the server or in a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Iterator

from django.db import connection, connections
from django.utils import timezone
from procrastinate import App, PsycopgConnector

from naung.jobs import actions, queueing
from naung.jobs.running import Stopping, run

log = logging.getLogger(__name__)

_RESCUE_SECONDS = 30.0
#: How long a server that stops waits for the work under way to be put back.
_PATIENCE_SECONDS = 5.0


class Worker:
    """One worker. `start` and `stop` for a thread, `work` where the thread is one's own."""

    def __init__(self) -> None:
        self._stopping = Stopping()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None
        self._thread: threading.Thread | None = None

    def work(self, *, wait: bool = True) -> None:
        """Take jobs until `stop`; without `wait`, until none is left."""
        # psycopg speaks only to the selector loop, which is not the usual one on Windows.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(self._work(wait))

    def start(self) -> None:
        self._thread = threading.Thread(target=self.work_until_stopped, name="naung-worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop taking jobs; the one under way is put back, or is found by the next worker."""
        self._stopping.ask()
        if self._loop is not None and self._main is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(self._main.cancel)
        if self._thread is not None:
            self._thread.join(2 * _PATIENCE_SECONDS)

    def work_until_stopped(self) -> None:
        """Take jobs for ever. A database that goes away ends a worker; it comes back with the database."""
        while not self._stopping.asked.is_set():
            try:
                self.work()
            except asyncio.CancelledError:
                return
            except Exception as failure:
                log.error("the worker of long jobs stopped (%s); it starts again", type(failure).__name__)
            self._stopping.asked.wait(_PATIENCE_SECONDS)

    async def _work(self, wait: bool) -> None:
        self._loop, self._main = asyncio.get_running_loop(), asyncio.current_task()
        if self._stopping.asked.is_set():
            return
        app = App(connector=PsycopgConnector(kwargs=_connection_params(), min_size=1, max_size=3))

        @app.task(name=queueing.TASK, queue=queueing.QUEUE)
        async def perform(job_id: int) -> None:
            try:
                await _in_a_thread(lambda: run(job_id, self._stopping))
            except Exception as failure:
                # The queue would log its message, which may quote a row. The job is found and begun anew.
                log.error("the worker lost job %s (%s)", job_id, type(failure).__name__)

        async with app.open_async():
            await self._rescue(app)
            beside = asyncio.create_task(self._rescue_now_and_then(app)) if wait else None
            try:
                await app.run_worker_async(
                    queues=[queueing.QUEUE],
                    wait=wait,
                    install_signal_handlers=False,
                    delete_jobs="always",
                    shutdown_graceful_timeout=_PATIENCE_SECONDS,
                )
            finally:
                if beside is not None:
                    beside.cancel()

    async def _rescue_now_and_then(self, app: App) -> None:
        while True:
            await asyncio.sleep(_RESCUE_SECONDS)
            try:
                await self._rescue(app)
            except Exception as failure:
                log.error("jobs of workers that are gone were not looked for (%s)", type(failure).__name__)

    async def _rescue(self, app: App) -> None:
        # The queue's own rows of workers that are gone block others by their lock.
        for stalled in await app.job_manager.get_stalled_jobs(queue=queueing.QUEUE):
            await app.job_manager.retry_job(stalled)
        await _in_a_thread(_tidy)


def _tidy() -> None:
    actions.rescue()
    actions.forget_old(timezone.now())


@contextlib.contextmanager
def beside_the_server() -> Iterator[None]:
    """A worker in a thread, while the server answers."""
    worker = Worker()
    worker.start()
    try:
        yield
    finally:
        worker.stop()


async def _in_a_thread(act: Callable[[], None]) -> None:
    """Do `act` in a thread that nobody waits for when the interpreter ends: the work of a stopped server is put back,
    or found by the next one."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[None] = loop.create_future()

    def tell(failure: BaseException | None) -> None:
        if ended.done():
            return
        if failure is None:
            ended.set_result(None)
        else:
            ended.set_exception(failure)

    def body() -> None:
        failure: BaseException | None = None
        try:
            act()
        except BaseException as caught:
            failure = caught
        finally:
            connections.close_all()
        with contextlib.suppress(RuntimeError):  # the loop is gone
            loop.call_soon_threadsafe(tell, failure)

    threading.Thread(target=body, name="naung-job", daemon=True).start()
    await ended


def _connection_params() -> dict[str, object]:
    params: dict[str, object] = connection.get_connection_params()
    for ours in ("cursor_factory", "context"):
        params.pop(ours, None)
    return params
