"""How the program fares that empties the queue: what PHP, Supervisor, systemd or Docker say of it.

A program that stops by itself, for `--time-limit` or `--memory-limit`, is started anew: all is
well. One that dies again and again empties little, whatever keeps it up.
"""

import re
from collections.abc import Iterator
from itertools import islice

from .asserted import is_asserted
from .facts import Facts
from .sources import Quote, Source

MOST_DEATHS = 50  # of one source: two say as much
LARGEST = 2_000_000  # characters of a log, from its end: what happens now decides
# The command that empties the queue of hits, as a crontab or a service has it.
CONSUMER = re.compile(r"messenger:consume\b[^\n>|&;]{0,300}(?:[ ,]hit\b|[ ]--all)")
# A line of a crontab that runs a command of Mautic's; a service that runs, whatever it does.
SCHEDULED = re.compile(
    r"(?m)^[ \t]*(?:@\w+|[0-9*]\S*(?:[ \t]+[0-9*]\S*){4})[ \t].{0,500}?\bconsole .{0,500}$"
)
RUNS = re.compile(r"\bRUNNING\b|\bActive:[ \t]+active\b|\(running\)")
MOST_SCHEDULED = 3  # lines of a crontab that are shown
# What people call a program that empties a queue; the names of settings and commands aside, also
# nginx's own.
NAMED = re.compile(
    r"(?<![\w:.-])(?!messenger:|messenger_|worker_)[\w.-]*?(?:messenger|consum|worker|queue)[\w.-]*"
)
ABOUT_MAILS = re.compile(r"e?mail|failed")
DEATHS = re.compile(
    r"Allowed memory size of [0-9]+ bytes exhausted"
    r"|Maximum execution time of [0-9]+ seconds? exceeded|\bexceeded the timeout of [0-9]"
    r"|\bOut of memory: Killed|\boom-kill|\bOOMKilled\b|(?m:^[ \t]*Killed[ \t]*$)"
    r"|\bserver has gone away|\bserver closed the connection unexpectedly"
    r"|\bLost connection to (?:MySQL|MariaDB|server)|\bread error on connection to "
    r"|\bexited: \S{1,200} \((?:exit status [0-9]+; not expected|terminated by SIG(?!TERM))"
    r"|\bgave up: |\bBACKOFF\b"
    r"|\bMain process exited, code=(?:killed|dumped|exited, status=[1-9])"
    r"|\bFailed with result '|\bStart request repeated too quickly"
    r"|\bRestarting \([1-9][0-9]{0,2}\)|\bexited with code [1-9]"
)
SHORT = 120  # characters of a line that are read whole; of a longer one, from the death on
# Deaths that say why: others may be of a container that was put in another's place.
REASONS = re.compile(
    r"bytes exhausted|seconds? exceeded|the timeout of|[Oo]ut of memory|oom-kill|OOMKilled|Killed\b"
    r"|gone away|closed the connection|Lost connection|read error on|code=(?:killed|dumped)"
)
# Programs that have workers and queues of their own, or die beside Mautic's.
OTHERS = re.compile(
    r"(?i)\b(?:laravel|artisan|horizon|celery|sidekiq|resque|httpd|apache2|nginx|php-fpm|mysqld"
    r"|mariadbd?|postgres|redis-server|rabbitmq|beam\.smp|elastic\w*|java|node|chrome)\b"
    r"|Killed process [0-9]+ \((?!php)"
)
IS_OF = re.compile(r"\bRestarting \(|\bexited with code")  # a container, which the line names
OWN = re.compile(r"(?i)mautic|hit")
# What ran above a death: a command of Mautic's with its name, or a program.
RAN = re.compile(rf"(?:mautic|messenger):[a-z][\w:-]{{0,60}}[^\n]{{0,200}}|{NAMED.pattern}")
ABOVE = 2_000  # characters in which that is looked for
MOST_TRIED = 500  # deaths, of other programs for the most part
# What Apache and nginx write of the programs of pages, which empty no queue.
OF_PAGES = re.compile(r"\[client |FastCGI sent in stderr")


def deaths(facts: Facts) -> list[Quote]:
    """Return the lines in which a program that empties the queue of hits dies."""
    return [
        source.quote(line.strip(), at)
        for source in facts.sources
        if not source.mail and is_about_hits(source.text[-LARGEST:])
        for at, line in islice(dying(source), MOST_DEATHS)
    ]


def crontab(facts: Facts) -> list[Quote]:
    """Return lines of a crontab that has no program to empty the queue of hits; [] with one.

    First those that empty another queue. A service that runs may do what the crontab doesn't.
    """
    sources = [source for source in facts.sources if not source.mail]
    if any(CONSUMER.search(source.text) or RUNS.search(source.text) for source in sources):
        return []
    lines = [
        source.quote(found[0].strip(), found.start())
        for source in sources
        for found in SCHEDULED.finditer(source.text[-LARGEST:])
    ]
    return sorted(lines, key=lambda quote: "messenger:consume" not in quote.text)[:MOST_SCHEDULED]


def is_explained(lines: list[Quote]) -> bool:
    """Whether one of these deaths says why: of too little memory, of a connection that was lost."""
    return any(REASONS.search(quote.text) for quote in lines)


def kinds(lines: list[Quote]) -> list[Quote]:
    """Return the first line of each kind of death: numbers aside, they say the same."""
    found = dict[str, Quote]()
    for quote in lines:
        death = DEATHS.search(quote.text)
        found.setdefault(re.sub("[0-9]+", "0", death[0]) if death else quote.text, quote)
    return list(found.values())


def is_about_hits(text: str) -> bool:
    """Whether a text tells of a program that empties the queue of hits, not of e-mails alone."""
    if CONSUMER.search(text):
        return True
    return any(not ABOUT_MAILS.search(name[0].lower()) for name in NAMED.finditer(text))


def dying(source: Source) -> Iterator[tuple[int, str]]:
    """Yield the lines of a source that tell of a death, each once, with where it begins."""
    skipped, last = max(len(source.text) - LARGEST, 0), -1
    for death in islice(DEATHS.finditer(source.text, skipped), MOST_TRIED):
        begin = source.text.rfind("\n", 0, death.start()) + 1
        line = source.text[begin : death.end() + 300].partition("\n")[0]
        is_it = begin > last and is_asserted(source.text, death.start(), death.end())
        if is_it and is_of_consumer(line) and ran_consumer(source.text[:begin], line):
            at = begin if len(line) <= SHORT else death.start()
            yield at, source.text[at : at + SHORT].partition("\n")[0]
        last = begin


def is_of_consumer(line: str) -> bool:
    """Whether a line isn't of a page, nor of a program that sends e-mails."""
    names = [name[0].lower() for name in NAMED.finditer(line)]
    is_of_mails = any(map(ABOUT_MAILS.search, names)) and "hit" not in line
    if is_of_mails or OF_PAGES.search(line) or OTHERS.search(line):
        return False
    return not IS_OF.search(line) or bool(names or OWN.search(line))


def ran_consumer(above: str, line: str) -> bool:
    """Whether what ran last above a line empties the queue of hits, if neither names another."""
    if NAMED.search(line):
        return True
    ran = [found[0] for found in RAN.finditer(above[-ABOVE:])]
    if not ran or ran[-1].startswith("messenger:s"):  # `messenger:stats`, or `setup-transports`
        return True
    is_command = ran[-1].startswith(("mautic:", "messenger:"))
    return CONSUMER.search(ran[-1]) is not None if is_command else not ABOUT_MAILS.search(ran[-1])
