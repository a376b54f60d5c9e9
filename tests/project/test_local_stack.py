"""The parts of the local stack that can be tried without one."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys

import pytest

from infra.child import Child, stop_together, wait_until
from infra.emulator import forget_stream_positions, refuse_busy_ports, refuse_damaged_state
from infra.errors import OperatorError
from infra.paths import ROOT, LocalStack, local_stack
from infra.private import make_private
from infra.stack import read_facts, write_facts


def stop(child, patience):
    return stop_together([child], patience).get(child)


@pytest.fixture
def child(tmp_path):
    child = Child("sleeper", tmp_path)
    yield child
    stop(child, 1)


def sleep(child):
    child.start([sys.executable, "-c", "import time; time.sleep(60)"], os.environ)


def test_a_child_is_known_by_another_command_and_can_be_stopped_by_it(child, tmp_path):
    sleep(child)
    same = Child("sleeper", tmp_path)
    assert same.pid()
    stop(same, 5)
    assert child.pid() is None


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_what_a_child_writes_is_for_nobody_else(child, tmp_path):
    old_umask = os.umask(0)
    script = "import os; os.mkdir('state'); open('state/table', 'w').close(); print(1, flush=True)"
    try:
        child.start([sys.executable, "-c", f"{script}; import time; time.sleep(60)"], os.environ)
    finally:
        os.umask(old_umask)
    wait_until(lambda: (tmp_path / "state" / "table").exists(), 20)
    folders = {tmp_path / name for name in ("log", "run", "state")}
    assert {mode_of(folder) for folder in folders} == {0o700}
    assert {mode_of(file) for folder in folders for file in folder.iterdir()} == {0o600}


def test_what_an_earlier_release_left_open_is_closed(tmp_path):
    old = tmp_path / "state" / "s3"
    old.mkdir(parents=True)
    (old / "object").write_text("x")
    for path in (old.parent, old, old / "object"):
        path.chmod(0o777)
    make_private(tmp_path / "state")
    assert (mode_of(old.parent), mode_of(old), mode_of(old / "object")) == (0o700, 0o700, 0o600)


def test_the_number_of_a_process_of_another_day_is_not_ours(child, tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "sleeper.pid").write_text(str(os.getpid()))
    assert child.pid() is None
    assert stop(child, 1) is None


def test_a_child_is_started_once(child):
    sleep(child)
    with pytest.raises(OperatorError, match="already running"):
        sleep(child)


def test_a_busy_port_is_told_by_its_variable(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OperatorError, match=f"{port} .* HEED_SMTP_PORT"):
            refuse_busy_ports(LocalStack(tmp_path, 0, 0, port))


@pytest.mark.parametrize("port", ["x", "0", "70000", "-1"])
def test_a_port_that_is_none_is_told_by_its_variable(monkeypatch, port):
    monkeypatch.setenv("HEED_AWS_PORT", port)
    with pytest.raises(OperatorError, match="HEED_AWS_PORT"):
        local_stack()


def test_the_stream_is_read_from_its_start_after_a_restart(tmp_path):
    state = tmp_path / "lambda.json"
    positions = {"__account_region_scoped__": True, "data": {"mapping": 160}}
    payload = {"dynamodb_stream_positions": positions, "functions": {"kept": 1}}
    state.write_text(json.dumps({"payload": payload}))
    forget_stream_positions(state)
    saved = json.loads(state.read_text())["payload"]
    assert saved["dynamodb_stream_positions"]["data"] == {}
    assert saved["functions"] == {"kept": 1}


DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(1, flush=True)
time.sleep(60)
"""


def test_a_child_that_does_not_end_in_time_is_cut_off_and_that_is_told(child):
    child.start([sys.executable, "-c", DEAF], os.environ)
    wait_until(lambda: child.log.read_text() == "1\n", 30)
    assert stop(child, 0.2).was_cut_off
    sleep(child)
    assert not stop(child, 30).was_cut_off


ENDS_AFTER = """
import os, signal, sys, time

def end(*_):
    open(sys.argv[1], "w").close()
    while not os.path.exists(sys.argv[2]):
        time.sleep(0.01)
    os._exit(0)

signal.signal(signal.SIGTERM, end)
print(1, flush=True)
time.sleep(60)
"""


def test_all_are_asked_to_stop_before_one_is_waited_for(tmp_path):
    """Each of them ends only when the other was asked."""
    pair = [Child("one", tmp_path), Child("other", tmp_path)]
    for child, names in zip(pair, [("a", "b"), ("b", "a")], strict=True):
        child.start([sys.executable, "-c", ENDS_AFTER, *names], os.environ)
    wait_until(lambda: [child.log.read_text() for child in pair] == ["1\n", "1\n"], 30)
    stopped = stop_together(pair, 30)
    assert [stopped[child].was_cut_off for child in pair] == [False, False]


def test_a_child_ends_with_its_parent_even_when_that_is_killed(child, tmp_path):
    """As make run and the two programs that it starts."""
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert parent.stdout.readline() == b"started\n"
    assert child.pid()
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    wait_until(lambda: child.pid() is None, 30)
    assert child.pid() is None


PARENT = """
import os, pathlib, sys, time
from infra.child import Child, stop_together, wait_until
child = Child("sleeper", pathlib.Path(sys.argv[1]))
code = "import time; print(1, flush=True); time.sleep(60)"
child.start([sys.executable, "-c", code], os.environ, with_parent=True)
wait_until(lambda: child.log.read_text() == "1\\n", 30)
print("started", flush=True)
time.sleep(60)
"""


def test_a_damaged_file_is_named_with_what_to_do(tmp_path):
    (tmp_path / "dynamodb.json").write_text('{"payload": ')
    with pytest.raises(OperatorError, match=r"dynamodb.json is damaged.*make clean"):
        refuse_damaged_state(tmp_path)
    (tmp_path / "stack.json").write_text("")
    with pytest.raises(OperatorError, match=r"stack.json is damaged. make down"):
        read_facts(LocalStack(tmp_path, 0, 0, 0))


def test_a_shell_reads_the_facts_of_the_stack_in_its_folder_and_nobody_else_does(tmp_path):
    names = ("api", "inbox", "key", "survey", "hook", "hook_secret")
    facts = {name: f"the {name}'s $value" for name in names}
    write_facts(LocalStack(tmp_path, 0, 0, 0), facts)
    said = 'echo "$API,$KEY,$INBOX,$HOOK_URL,$HOOK_SECRET"'
    read = subprocess.run(["sh", "-uc", f". ./env; {said}"], cwd=tmp_path, capture_output=True)
    wanted = [facts[name] for name in ("api", "key", "inbox", "hook", "hook_secret")]
    assert read.stdout.decode().strip().split(",") == wanted
    assert {mode_of(tmp_path / name) for name in ("env", "stack.json")} == {0o600}
