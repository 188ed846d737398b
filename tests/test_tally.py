"""A log of any size: what is counted, what is kept, and up to which limits."""

import codecs
import json
from collections.abc import Iterable

import pytest

from cases.mails import HASH, access, click, ct
from snippets.evidence import logs, tally
from snippets.evidence.kinds import AddressKind
from snippets.evidence.tally import Ends, Group, Tally

OPEN = f"/email/{HASH}.gif"


def counted(*lines: str) -> Tally:
    """Return the count of a log of these lines."""
    return Tally.of(["".join(lines).encode()])


def numbers(found: Tally) -> list[int]:
    """Return the lines of the requests that were kept."""
    return [line.number for line in found.visits()]


@pytest.mark.parametrize(
    ("given", "kept"),
    [(0, []), (3, [0, 1, 2]), (6, [0, 1, 2, 3, 4, 5]), (9, [0, 1, 2, 6, 7, 8])],
)
def test_of_many_the_first_and_the_last_are_kept(given: int, kept: list[int]) -> None:
    ends = Ends[int](3)
    for one in range(given):
        ends.add(one)
    assert list(ends) == kept


def test_what_makes_requests_alike_is_counted() -> None:
    found = counted(
        access(OPEN, 0, 200),
        access(OPEN, 9, 200),
        access(OPEN, 30, 200, agent="Acme/1.0"),
        access(click(), 50, method="HEAD"),
        access("/wp/x.gif", 60),
    )
    groups = {(g.kind, g.status, g.method, g.agent[:4]): n for g, n in found.groups.items()}
    assert groups == {
        ("pixel", 200, "GET", "Mozi"): 2,
        ("pixel", 200, "GET", "Acme"): 1,
        ("tracked", 302, "HEAD", "Mozi"): 1,
    }
    assert (found.lines, found.others, found.errors, found.machines) == (5, 0, 0, 0)
    assert found.since is not None
    assert found.until is not None
    assert (f"{found.since:%H:%M:%S}", f"{found.until:%H:%M:%S}") == ("10:00:00", "10:00:50")


def test_a_line_is_numbered_wherever_it_stands() -> None:
    assert numbers(counted("\n", access(OPEN))) == [2]
    assert numbers(counted(access(OPEN), "noise\n" * 3, access(OPEN))) == [1, 5]


def test_the_times_of_a_log_are_its_earliest_and_latest() -> None:
    found = counted(access(OPEN, 30), access(OPEN, 5), access(OPEN, 50), access(OPEN, 20))
    assert (found.since, found.until) == (
        min(line.at for line in found.visits() if line.at),
        max(line.at for line in found.visits() if line.at),
    )
    assert f"{found.since:%S} {found.until:%S}" == "05 50"


def test_more_groups_than_are_kept_apart_are_counted_by_kind_and_status() -> None:
    lines = [
        json.dumps({"url": OPEN, "status": 200, "agent": f"A/{n}"}) + "\n" for n in range(4_002)
    ]
    found = counted(*lines, lines[0])
    rest = Group(AddressKind.PIXEL, 200, "GET", "", ())
    assert len(found.groups) == 4_001
    assert found.groups[rest] == 2
    assert next(iter(found.groups.values())) == 2
    assert counted(*lines[:-2]).groups[rest] == 0


def test_of_each_group_and_of_the_whole_the_ends_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "KEPT_AROUND", 4)
    opens = [access(OPEN, n * 20, 200) for n in range(30)]
    clicks = [access(click(), 400 + n, 403) for n in range(8)]
    log = [*opens[:15], *clicks, *opens[15:]]
    assert numbers(counted(*log[:8])) == list(range(1, 9))
    kept = {*range(1, 5), *range(35, 39)} | {*range(16, 19), *range(21, 24)}
    assert numbers(counted(*log)) == sorted(kept)


def test_of_requests_at_once_some_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "KEPT_AROUND", 1)
    opens = [access(OPEN, n * 20, 200) for n in range(20)]
    machine = [access(click(f"{n:025x}"), 500 + n, ip="192.0.2.9") for n in range(9)]
    found = counted(*opens[:10], *machine, *opens[10:])
    assert found.machines == 9
    assert set(range(11, 20)) <= set(numbers(found))


def at_once(paths: Iterable[str], ips: Iterable[str] = ()) -> int:
    """Return how many of requests one second apart are taken for a machine's."""
    addresses = [*ips] or ["192.0.2.9"] * 20
    lines = (access(p, n, ip=ip) for n, (p, ip) in enumerate(zip(paths, addresses, strict=False)))
    return counted(*lines).machines


def test_three_addresses_for_one_recipient_from_one_network_are_a_machine() -> None:
    paths = [click(f"{n:025x}") for n in range(5)]
    assert at_once(paths[:2]) == 0
    assert at_once(paths[:3]) == 3
    assert at_once(paths) == 5
    assert at_once(paths[:3], ["192.0.2.9", "192.0.2.77", "192.0.2.1"]) == 3
    assert at_once(paths[:3], ["192.0.2.9", "203.0.113.9", "192.0.2.1"]) == 0
    others = [click(f"{n:025x}", ct(f"{n:022x}")) for n in range(3)]
    assert at_once(others) == 0
    assert at_once([*others[:1], click("b" * 25, ct("0" * 22)), click("c" * 25, ct("0" * 22))]) == 3
    assert at_once([paths[0]] * 3) == 0
    assert at_once([paths[0], paths[1], paths[0], paths[1]]) == 0
    assert at_once([paths[0], paths[0], paths[1], paths[2]]) == 4
    assert at_once(f"/email/{n:022x}.gif" for n in range(3)) == 0
    assert at_once([f"{OPEN}?x=1", paths[0], f"/email/unsubscribe/{HASH}"]) == 3
    assert at_once([path + f"&n={n}" for n, path in enumerate(paths[:3])]) == 3


def test_so_many_requests_of_a_network_are_compared() -> None:
    many = [click("a" * 25)] * (7)
    assert at_once([click("b" * 25), click("c" * 25), *many[:-1]], ["192.0.2.9"] * 20) > 0
    late = [access(click("b" * 25), 0), access(click("c" * 25), 0)]
    late += [access(click("a" * 25), 1 + n // 4) for n in range(9)]
    assert counted(*late).machines == 9


def test_of_many_networks_the_latest_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "MOST_NETWORKS", 3)

    def with_others(count: int) -> int:
        mine = [access(click(f"{n:025x}"), n, ip="192.0.2.9") for n in range(3)]
        others = [access(OPEN, 1, ip=f"203.0.{n}.1") for n in range(count)]
        return counted(*mine[:2], *others, mine[2]).machines

    assert with_others(3) == 3
    assert with_others(4) == 0


ERROR = "[2024-03-12 10:00:00] mautic.{}: it broke\n"
LEVELS = ("ERROR", "CRITICAL", "ALERT", "EMERGENCY")


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_of_mautics_own_errors_counts(level: str) -> None:
    found = counted("noise\n" * 3, ERROR.format(level), "noise\n")
    [complaint] = found.complaints
    assert (found.errors, complaint.number, complaint.is_error) == (1, 4, True)
    assert (complaint.is_about_ct, complaint.text) == (False, ERROR.format(level).strip())


CT_COMPLAINTS = ("Invalid clickthrough value: x\n", "x is not a serialized array\n")


@pytest.mark.parametrize("line", CT_COMPLAINTS)
def test_a_complaint_about_a_ct_counts_at_any_level(line: str) -> None:
    [complaint] = counted(line).complaints
    assert (complaint.is_about_ct, complaint.is_error) == (True, False)
    assert logs.is_log(line)


def test_other_lines_are_no_complaints() -> None:
    quiet = ERROR.format("WARNING"), ERROR.format("INFO"), "mautic.ERROR: no time\n"
    assert counted(*quiet, "[x] mautic.ERROR: x\n").errors == 0
    assert not any(map(logs.is_log, quiet))
    late = " " * 1_000 + ERROR.format("ERROR")
    assert logs.complaint(1, late) is None


def test_of_complaints_the_first_and_the_last_are_kept() -> None:
    many = [ERROR.format("ERROR")] * (1_001)
    found = counted(*many)
    kept = [complaint.number for complaint in found.complaints]
    assert found.errors == len(many)
    assert kept == [n for n in range(1, len(many) + 1) if n != 501]


PRINTED = '{\n  "url": "/r/1?ct=x",\n  "status": 302\n}\n'
FIELDS = "#Fields: c-ip cs-uri-stem sc-status\n203.0.113.9 /r/x1 302\n"


@pytest.mark.parametrize("before", ["", "noise\n" * 500])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("record", [PRINTED, f"[\n{PRINTED}]\n", PRINTED + access(OPEN)])
def test_a_record_over_several_lines_is_found_anywhere(before: str, end: str, record: str) -> None:
    content = (before + record).replace("\n", end).encode()
    found = Tally.of([content])
    assert sum(found.groups.values()) + found.others == 1 + record.count("HTTP")
    assert (found.lines, found.size) == (content.count(b"\n"), len(content))
    chunks = [content[at : at + 50] for at in range(0, len(content), 50)]
    assert Tally.of(chunks).groups == found.groups
    assert numbers(Tally.of(chunks)) == numbers(found)


def test_a_record_may_go_on_over_many_chunks() -> None:
    filler = '  "x": 1,\n' * 60
    content = ("noise\n" * 90 + PRINTED.replace("{\n", "{\n" + filler)).encode()
    found = Tally.of(content[at : at + 64] for at in range(0, len(content), 64))
    assert numbers(found) == [91]


def test_the_number_of_a_record_is_that_of_its_first_line() -> None:
    def first(text: str) -> list[int]:
        return [line.number for line in logs.requests(text)]

    one = PRINTED.replace("/r/1?ct=x", OPEN)
    assert first(f"noise\n{one}") == [2]
    assert first(f"noise\n[\n{one}]\n") == [3]
    assert first(f"[\n{one.rstrip()},\n{one}]\n") == [2, 6]
    assert first(FIELDS) == [2]
    assert first(one[:-3]) == []
    assert first(f"[\n]\n{access(OPEN)}") == [3]
    assert first(one.rstrip()) == [1]
    assert first(one.replace("  ", "")) == [1]
    assert first(one.replace("}", "},")) == [1]


def test_a_record_that_never_ends_is_given_up() -> None:
    def number(lines: int) -> list[int]:
        return [line.number for line in logs.requests("{\n" + '  "x": 1,\n' * lines + access(OPEN))]

    assert number(1_999) == [1]
    assert number(2_000) == [2_002]


def test_fields_are_named_anew_and_forgotten_with_a_line_that_fits_not() -> None:
    def found(text: str) -> list[tuple[str, int]]:
        return [(line.path, line.status) for line in logs.requests(text)]

    assert found(FIELDS) == [("/r/x1", 302)]
    assert found(FIELDS + "203.0.113.9 /r/x2\n/r/x3 302 x\n") == [("/r/x1", 302)]
    renamed = FIELDS + "#Fields: sc-status cs-uri-stem\n404 /r/x2\n"
    assert found(renamed) == [("/r/x1", 302), ("/r/x2", 404)]
    assert found(FIELDS + "#Date: 2024\n203.0.113.9 /r/x2 500\n")[1:] == [("/r/x2", 500)]
    assert found("#fields:\tc-ip cs-uri-stem sc-status\n203.0.113.9\t/r/x1\t302\n")
    assert found("203.0.113.9 /r/x1 302\n") == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize("times", [1, 9])
def test_the_encoding_of_a_log_is_told_by_its_beginning(encoding: str, times: int) -> None:
    content = (access(OPEN, agent="Acmé/1.0") * times).encode(encoding)
    for size in (len(content), 7):
        found = Tally.of(content[at : at + size] for at in range(0, len(content), size))
        [group] = found.groups
        assert (group.agent, found.groups[group]) == ("Acmé/1.0", times)
        assert (found.lines, found.size) == (times, len(content))


def test_a_decoder_is_needed_for_wide_characters_alone() -> None:
    assert tally.decoder_for(b"plain " * 9) is None
    assert tally.decoder_for(codecs.BOM_UTF8 + b"plain " * 9) is None
    for text in ("plain " * 9).encode("utf-16-le"), ("plain " * 9).encode("utf-16-be"):
        decoder = tally.decoder_for(text)
        assert decoder is not None
        assert decoder.decode(text) == "plain " * 9


def test_of_a_line_so_much_is_read() -> None:
    start = access(OPEN).strip()
    fitting = start.replace('"-"', '"-' + "a" * (16_000 - len(start)) + '"')
    assert len(fitting) == 16_000
    [line] = counted(fitting + "\n").visits()
    assert line.text == fitting
    [line] = counted(fitting + "b\n").visits()
    assert line.text == fitting
    pieces = [
        (fitting + "bc").encode()[at : at + 5_000] for at in range(0, len(fitting) + 2, 5_000)
    ]
    found = Tally.of([*pieces, b"\n", access(OPEN).encode()])
    assert [line.number for line in found.visits()] == [1, 2]


@pytest.mark.parametrize(
    ("path", "place", "recipient"),
    [
        ("/r/1?ct=YTo&utm=1", ("/r/1", True), "YTo"),
        ("/r/1?utm=1&ct=YTo", ("/r/1", True), "YTo"),
        ("/r/1?utm=1", ("/r/1", False), ""),
        ("/r/1", ("/r/1", False), ""),
    ],
)
def test_a_path_tells_place_and_recipient(
    path: str, place: tuple[str, bool], recipient: str
) -> None:
    assert tally.place_of(path) == place
    assert tally.recipient(path) == recipient
    assert tally.kind_of(*place) == ("tracked" if place[1] else "other")
