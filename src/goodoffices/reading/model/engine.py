"""A document to findings, by asking a language model about one stretch after the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from goodoffices.errors import clip
from goodoffices.reading.findings import Document, Findings, Named, Span, Statement
from goodoffices.reading.model import names as naming
from goodoffices.reading.model.answers import plain_answer
from goodoffices.reading.model.building import Builder, Dropped
from goodoffices.reading.model.chunks import Chunk, chunks, paragraphs
from goodoffices.reading.model.client import AnswerError, Client
from goodoffices.reading.model.endpoint import Endpoint, EndpointError
from goodoffices.reading.model.names import Names
from goodoffices.reading.model.prompt import messages, orders
from goodoffices.reading.model.quotes import Folded
from goodoffices.reading.model.topics import Remark, topics_of
from goodoffices.reading.model.wire import Reply, WireStatement, read_reply, schema
from goodoffices.reading.rules.prose import plain
from goodoffices.reading.rules.voice import Paragraph, opinions

__all__ = ["MOST_CHUNKS", "read_by_model"]

MOST_CHUNKS = 200
"""Questions about one document; what lies beyond is not read, and said so."""
_IN_A_ROW = 2
"""Stretches that may fail one after the other, before the rest is given up."""
_MOST_NAMES = 2_000
"""Names that are taken for one document."""
_NAMES_TOLD = 60
"""Names found so far that go along with the next question."""


def read_by_model(
    document: Document,
    endpoint: Endpoint,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Findings:
    """Return what a language model finds in a document, and the document bears out.

    The document goes to the endpoint in stretches of `endpoint.budget` characters, and nowhere
    else. `progress` is called with the stretches that are done and their number. A stretch that
    fails is named in the notes; what was found in the others is kept. `EndpointError` where
    nothing could be read at all.
    """
    pieces = chunks(document.text, endpoint.budget)
    work = _Work(document, endpoint)
    if len(pieces) > MOST_CHUNKS:
        work.unread(pieces[MOST_CHUNKS:], "the document is too long")
        pieces = pieces[:MOST_CHUNKS]
    if pieces:
        work.ask(pieces, progress)
    return work.findings()


@dataclass(slots=True)
class _Work:
    """What is known so far about one document."""

    document: Document
    endpoint: Endpoint
    replies: list[tuple[Chunk, Reply]] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def ask(self, pieces: tuple[Chunk, ...], progress: Callable[[int, int], None] | None) -> None:
        """Ask about each stretch, and keep what can be kept."""
        failed, last = 0, AnswerError("the endpoint was not asked")
        with Client(self.endpoint, schema()) as client:
            for place, chunk in enumerate(pieces):
                try:
                    self._ask_once_more(client, chunk)
                    failed = 0
                except AnswerError as error:
                    failed, last = failed + 1, error
                    self.unread((chunk,), str(error))
                except EndpointError as error:
                    if not self.replies:
                        raise
                    self.unread(pieces[place:], str(error))
                    break
                if progress is not None:
                    progress(place + 1, len(pieces))
                if failed == _IN_A_ROW and place + 1 < len(pieces):
                    self.unread(pieces[place + 1 :], "given up after two failures in a row")
                    break
        if not self.replies:
            raise EndpointError(f"nothing could be read: {last}")

    def _ask_once_more(self, client: Client, chunk: Chunk) -> None:
        """Ask about a stretch; once more if the answer can't be read."""
        try:
            self._ask(client, chunk)
        except _Unreadable:
            self._ask(client, chunk)

    def _ask(self, client: Client, chunk: Chunk) -> None:
        told = [name.name for _, reply in self.replies for name in reply.names]
        known = [clip(name, 80) for name in dict.fromkeys(told)][:_NAMES_TOLD]
        answer = client.ask(messages(self.document, chunk, known))
        try:
            read = plain_answer(answer)
        except AnswerError as error:
            raise _Unreadable(str(error)) from None
        if not {"statements", "names"} & read.data.keys():
            raise _Unreadable("the model's answer holds neither names nor statements")
        reply, dropped = read_reply(read.data)
        self.replies.append((chunk, reply))
        self._count(dropped)
        if read.mended:
            self.notes.append(
                f"the answer about {_where((chunk,))} was broken and had to be mended"
            )

    def unread(self, pieces: tuple[Chunk, ...], why: str) -> None:
        """Note what was not read."""
        self.notes.append(f"{_where(pieces)} not read: {why}")

    def findings(self) -> Findings:
        """Hold all answers against the document."""
        read = [chunk.span for chunk, _ in self.replies]
        end = max((span.end for span in read), default=0)
        whole = Folded.of(self.document.text, Span(0, end))
        told = (name for _, reply in self.replies for name in reply.names)
        names = Names.of(islice(told, _MOST_NAMES), whole)
        self._set_apart()
        found: list[tuple[Statement, WireStatement]] = []
        for chunk, reply in self.replies:
            found += self._built(chunk, reply, whole, names)
        found.sort(key=lambda one: one[0].span)
        statements = tuple(statement for statement, _ in found)
        remarks = [
            Remark(statement=place, topic=wire.topic, option=wire.option, stance=wire.stance)
            for place, (_, wire) in enumerate(found)
            if wire.topic
        ]
        return Findings(
            document=self.document,
            named=_heard(names, statements),
            statements=statements,
            topics=topics_of(remarks, statements, whole.source[:end]),
            opinion=self._opinion(statements),
            dropped=self.dropped,
            engine=f"model {self.endpoint.model}",
            notes=self._all_notes(),
        )

    def _set_apart(self) -> None:
        """Add the paragraphs in another voice that the rules see, whatever the model says."""
        text = self.document.text
        every = paragraphs(text)
        chosen = opinions([Paragraph(one.start, one.end, plain(one.of(text))) for one in every])
        starts = [one.start for one in every]
        for chunk, reply in self.replies:
            for number, part in enumerate(chunk.parts, start=1):
                if bisect_right(starts, part.start) - 1 in chosen:
                    reply.opinion_paragraphs.append(number)

    def _built(
        self, chunk: Chunk, reply: Reply, whole: Folded, names: Names
    ) -> list[tuple[Statement, WireStatement]]:
        builder = Builder(self.document, chunk, whole, names, frozenset(reply.opinion_paragraphs))
        found: list[tuple[Statement, WireStatement]] = []
        seen = set()
        for wire in reply.statements:
            try:
                statement = builder.build(wire)
            except Dropped as why:
                self._count({str(why): 1})
                continue
            key = (statement.span, statement.type, statement.speakers)
            if key in seen:
                self._count({"said twice": 1})
                continue
            seen.add(key)
            found.append((statement, wire))
        for what, count in builder.mended.items():
            self.notes.append(f"{_where((chunk,))}: {count} × {what}")
        return found

    def _opinion(self, statements: tuple[Statement, ...]) -> tuple[Span, ...]:
        """Return the stretches in another voice: whole paragraphs, and sentences elsewhere."""
        found = [
            chunk.parts[number - 1]
            for chunk, reply in self.replies
            for number in dict.fromkeys(reply.opinion_paragraphs)
            if 1 <= number <= len(chunk.parts)
        ]
        found += [one.sentence for one in statements if one.voice == "opinion"]
        joined: list[Span] = []
        for span in sorted(found):
            if joined and span.start <= joined[-1].end:
                joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
            else:
                joined.append(span)
        return tuple(joined)

    def _all_notes(self) -> tuple[str, ...]:
        asked = f"read by the model {self.endpoint.model} at {self.endpoint.host}"
        if not self.endpoint.is_private:
            asked += "; the text went there unencrypted"
        if suspect := orders(self.document.text):
            told = (
                f"the text seems to speak to a program: {', '.join(suspect)}; "
                "look with care at what was found, and at what was not"
            )
            return (asked, told, *self.notes)
        return (asked, *self.notes)

    def _count(self, dropped: dict[str, int]) -> None:
        for why, count in dropped.items():
            self.dropped[why] = self.dropped.get(why, 0) + count


class _Unreadable(AnswerError):
    """The model answered, and the answer can't be read."""


def _where(pieces: tuple[Chunk, ...]) -> str:
    return f"characters {pieces[0].span.start}-{pieces[-1].span.end}"


def _heard(names: Names, statements: tuple[Statement, ...]) -> tuple[Named, ...]:
    """Mark who speaks; that somebody says so of another is not that other's voice."""
    report = (one for one in statements if one.voice == "report" and one.class_ != "fact")
    return naming.heard(names, (one.speakers[0] for one in report if one.speakers))
