"""What a leave comes to, before it is sent; and a leader's word for more than a month has."""

from collections.abc import Callable
from functools import partial

from kiosk.attendance.leave import asking as asks
from kiosk.attendance.leave import rules
from kiosk.attendance.leave.asking import Word
from kiosk.attendance.leave.reading import Preview
from kiosk.attendance.leave.rules import Asking
from kiosk.attendance.leave.wording import days_words, granter_word, kind_word, span_words
from kiosk.desk.absence import LeaveKind
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext, sentence
from kiosk.ui import palette
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.palette import Tone
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict

_SEND, _CHANGE, _WORD = "send", "change", "word"


class SendLeave(Choose):
    """Send it, or go back and change it. Returns the leave's id once it is written.

    ``wrong`` says under the form's field why it cannot be sent. Personal leave over its limit is
    offered a leader's word instead (clause 19); a call is signed by the office.
    """

    def __init__(
        self, person: Person, proof: Proof | None, asking: Asking, preview: Preview,
        stand_in: str, wrong: Callable[[Refused], None],
    ) -> None:  # fmt: skip
        super().__init__(
            partial(_title, person, asking),
            [
                (_SEND, lambda: _("Yes, ask for it")),
                (_CHANGE, lambda: _("Change it")),
            ],
            partial(_told, asking, preview, stand_in),
        )
        self._person, self._proof, self._asking = person, proof, asking
        self._tell_form = wrong

    async def answered(self, key: str) -> None:
        """Send it, or ask for what is missing."""
        if key == _CHANGE:
            self.dismiss(None)
        elif key == _WORD:
            asked = AskText(
                lambda: _("Why does a leader allow more?"), lambda: pgettext("leave", "Why"),
                limit=rules.LONGEST_REASON,
            )  # fmt: skip
            self.app.push_screen(asked, self._word_said)
        elif self._proof is None:
            self.app.push_screen(self._office_signs(), self._signed)
        else:
            await self._send(self._proof)

    async def _send(self, proof: Proof) -> None:
        kiosk = self.kiosk
        try:
            sent = await self.act(asks.ask, kiosk.desk, kiosk.by, proof, self._asking)
        except Refused as refused:
            self._cannot(refused)
            return
        self.dismiss(sent)
        kiosk.answer(_sent_words(self._person))

    def _cannot(self, refused: Refused) -> None:
        if refused.code != "leave.personal_over":
            self.dismiss(None)
            self._tell_form(refused)
            return
        self.help(partial(sentence, refused.code, refused.facts), palette.AMBER)
        self.offer(
            [
                (_CHANGE, lambda: _("Change it")),
                (_WORD, lambda: _("A leader in charge allows more")),
            ]
        )

    def _word_said(self, reason: str | None) -> None:
        if reason is None or self._proof is None:
            return
        asker, proof = self._person, self._proof

        async def act(leader: Proof) -> Verdict:
            kiosk = self.kiosk
            word = Word(leader, reason)
            await self.act(asks.ask, kiosk.desk, kiosk.by, proof, self._asking, word)
            return _sent_words(asker)

        signed = SignedAct(
            lambda: _("A leader in charge signs: {reason}").format(reason=reason), act,
            may=lambda person: rules.may_override(person, asker),
        )  # fmt: skip
        self.app.push_screen(signed, self._signed)

    def _office_signs(self) -> SignedAct:
        async def act(proof: Proof) -> Verdict:
            kiosk, person = self.kiosk, self._person
            await self.act(
                asks.note_call, kiosk.desk, proof, person.staff_no, self._asking
            )  # fmt: skip
            return _sent_words(person)

        return SignedAct(
            lambda: _("The office signs for the call"), act,
            may=lambda person: person.role in rules.NOTES_CALLS,
        )  # fmt: skip

    def _signed(self, proof: Proof | None) -> None:
        if proof is not None:
            self.dismiss(_SEND)


def _title(person: Person, asking: Asking) -> str:
    return f"{person.name} {kind_word(asking.kind)} {span_words(asking.span)}"


def _told(asking: Asking, preview: Preview, stand_in: str) -> str:
    told = [days_words(preview.halves)]
    if preview.guessed:
        told.append(_("{days} counted by weekday: that year's calendar is not known").format(
            days=days_words(preview.guessed)
        ))  # fmt: skip
    if asking.kind is LeaveKind.PERSONAL:
        told.append(_("personal leave before it: {days}").format(
            days=days_words(preview.personal_halves)
        ))  # fmt: skip
    if stand_in:
        told.append(_("stands in: {name}").format(name=stand_in))
    granters = pgettext("list", ", ").join(granter_word(one) for one in preview.needed)
    told.append(_("grants it: {who}").format(who=granters))
    return pgettext("clauses", "; ").join(told)


def _sent_words(person: Person) -> Verdict:
    words = _("Leave is asked for. It counts once it is granted.")
    return Verdict(Tone.INFO, words, name=person.name)
