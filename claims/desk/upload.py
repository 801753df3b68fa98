"""An upload goes from the socket into the store chunk by chunk: hashed on the way, cut at the limit."""

from collections.abc import Iterator
from io import BytesIO
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from claims.archive.configured import store
from claims.archive.store import Stored

CHUNK = 256 * 1024
# The parts of a form beside its file: words, boundaries, headers.
AROUND_BYTES = 1024 * 1024
_WAIT_SECONDS = 0.5


class Interrupted(Exception):
    """The sender went away; the store forgets what had come."""


class Pump:
    """Turns chunks that are pushed into the stream that the store pulls, in a thread of its own."""

    def __init__(self, limit: int) -> None:
        self._chunks: Queue[bytes | None] = Queue(maxsize=4)
        self._gone = Event()
        self.kept: Stored | None = None
        self.error: Exception | None = None
        self._thread = Thread(target=self._run, args=(limit,), name="upload", daemon=True)
        self._thread.start()

    def give(self, chunk: bytes | None) -> bool:
        """Pass one chunk on, None at the end; False once the store has stopped taking."""
        while self._thread.is_alive():
            try:
                self._chunks.put(chunk, timeout=_WAIT_SECONDS)
            except Full:
                continue
            return True
        return False

    def finish(self) -> Stored | None:
        """What was kept, or None with `error` set."""
        self.give(None)
        self._thread.join()
        return self.kept

    def abort(self) -> None:
        """Leave nothing behind, unless all had come already."""
        self._gone.set()
        self._thread.join()

    def _run(self, limit: int) -> None:
        try:
            self.kept = store().put(self._stream(), limit=limit)
        except Exception as error:  # noqa: BLE001 - told to the one who pushes
            self.error = error

    def _stream(self) -> Iterator[bytes]:
        while True:
            try:
                chunk = self._chunks.get(timeout=_WAIT_SECONDS)
            except Empty:
                if self._gone.is_set():
                    raise Interrupted from None
                continue
            if chunk is None:
                return
            yield chunk


if TYPE_CHECKING:
    AnyUpload = UploadedFile[Any]
else:
    AnyUpload = UploadedFile


class KeptFile(AnyUpload):
    """A file of a form whose bytes are in the store already, or why they are not."""

    def __init__(self, name: str, declared_type: str, kept: Stored | None) -> None:
        super().__init__(BytesIO(b""), name, declared_type, kept.size if kept else 0)
        self.kept = kept


class IntoStore(FileUploadHandler):
    """Takes the first file of the field `file`; other files are passed over."""

    chunk_size = CHUNK

    def __init__(self, request: HttpRequest, limit: int) -> None:
        super().__init__(request)
        self.limit = limit
        self.pump: Pump | None = None

    @property
    def error(self) -> Exception | None:
        """Why the store refused, if it did."""
        return self.pump.error if self.pump else None

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        super().new_file(field_name, *args, **kwargs)
        if field_name != "file" or self.pump is not None:
            raise SkipFile
        self.pump = Pump(self.limit)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing is passed to other handlers. Raises StopUpload as soon as the store has refused."""
        if self.pump is None or not self.pump.give(raw_data):
            raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> KeptFile | None:
        if self.pump is None:
            return None
        return KeptFile(self.file_name or "", self.content_type or "", self.pump.finish())

    def end(self) -> None:
        """Whatever happened: no thread is left waiting."""
        if self.pump is not None:
            self.pump.abort()


def declared_length(request: HttpRequest) -> int:
    """Bytes the sender says will come; 0 when it does not say."""
    said = str(request.META.get("CONTENT_LENGTH") or "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else 0
