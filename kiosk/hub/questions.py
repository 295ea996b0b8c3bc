"""What other threads ask of the hub, answered on the line's own thread between two batches."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from kiosk.desk.refusal import Refused
from kiosk.hub.wire import HubGone, Wire

Answer = TypeVar("Answer")


class Questions:
    """The questions that wait. ``put`` is for any thread, all else for the line's own."""

    def __init__(self) -> None:
        """Begin with none."""
        self._asked: deque[tuple[Callable[[Wire], Any], Future[Any]]] = deque()

    def put(self, question: Callable[[Wire], Answer]) -> Future[Answer]:
        """Put a question last; return its answer to come."""
        answer: Future[Answer] = Future()
        self._asked.append((question, answer))
        return answer

    def __bool__(self) -> bool:
        """Say whether one waits."""
        return bool(self._asked)

    def answer(self, wire: Wire) -> None:
        """Answer all that wait. What the hub refuses is the asker's; raises all other errors."""
        while self._asked:
            question, answer = self._asked.popleft()
            if not answer.set_running_or_notify_cancel():
                continue
            try:
                answer.set_result(question(wire))
            except BaseException as error:
                answer.set_exception(error)
                if not isinstance(error, Refused):
                    raise

    def give_up(self) -> None:
        """Answer all that wait with ``HubGone``: the line is lost."""
        while self._asked:
            _question, answer = self._asked.popleft()
            if answer.set_running_or_notify_cancel():
                answer.set_exception(HubGone("hub.cut"))
