"""The subjects whose words were erased here: their keys stay deleted wherever a copy comes from."""

from kiosk.desk.row import SideRow


class ErasedSubject(SideRow, table=True):
    """The id of an erased subject. It names nobody: what it sealed can never be read again."""

    __tablename__ = "erased_subject"
