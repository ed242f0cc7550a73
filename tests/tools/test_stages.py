"""The closing line counts every stage's tests and never calls a failure good."""

import os

import pytest

from tools import test as stages


def test_results_of_all_stages_are_added():
    totals: dict[str, int] = {}
    stages.add_results("10 passed, 2 skipped, 3 warnings in 0.51s", totals)
    stages.add_results("1 failed, 4 passed, 1 error in 2.10s", totals)

    line = stages.closing_line(totals, 2.61, failed=True)

    assert line == "===== 1 failed, 14 passed, 2 skipped, 1 error in 2.61s ====="


def test_failed_check_without_tests_counts_as_an_error():
    assert stages.closing_line({}, 0.5, failed=True) == "===== 1 error in 0.50s ====="


def test_unknown_stage_is_refused(capsys):
    assert stages.main(["linting"]) == 2
    assert "linting" in capsys.readouterr().err


def run_of(stage: stages.Stage) -> stages.Run:
    run = stages.Run(stage)
    run()
    return run


@pytest.mark.parametrize(("code", "good"), [("0", True), ("3", False)])
def test_stage_is_good_only_when_its_program_says_so(code, good, capsys):
    stage = stages.Stage("check", ("-c", f"print('5 passed'); raise SystemExit({code})", "pytest"))
    totals: dict[str, int] = {}

    assert stages.passes(run_of(stage), totals) is good
    assert totals == {"passed": 5}


def test_errors_of_a_type_checker_are_not_counted_as_tests(capsys):
    stage = stages.Stage("types", ("-c", "print('Found 4 errors in 2 files'); raise SystemExit(1)"))
    totals: dict[str, int] = {}

    assert stages.passes(run_of(stage), totals) is False
    assert totals == {}


def test_two_stages_run_at_once_and_the_first_that_fails_stops_the_other(
    capsys, monkeypatch, tmp_path
):
    pipe = tmp_path / "begun"
    os.mkfifo(pipe)  # opening it waits for the other side; the alarm ends who waits in vain
    wait = f"import signal; signal.alarm(30); open({str(pipe)!r}).close()"
    goes_on = f"import signal; open({str(pipe)!r}, 'w').close(); signal.alarm(60); signal.pause()"
    first = stages.Stage("types", ("-c", f"{wait}\nraise SystemExit(1)"))
    second = stages.Stage("sqlite", ("-c", goes_on))
    third = stages.Stage("browser", ("-c", "raise SystemExit('not to be begun')"))
    monkeypatch.setattr(stages, "STAGES", (first, second, third))
    monkeypatch.setattr(stages, "AT_ONCE", 2)
    monkeypatch.delenv("KEEP_GOING", raising=False)

    assert stages.main([]) == 1
    printed = capsys.readouterr().out
    assert "-- types: FAILED" in printed
    assert "-- sqlite" not in printed
    assert "not to be begun" not in printed


def test_checks_come_first_and_what_fills_the_last_gap_last():
    names = [stage.name for stage in stages.STAGES]
    assert names == [
        "format",
        "lint",
        "types",
        "imports",
        "sqlite",
        "postgresql",
        "browser",
        "rest",
    ]
