"""How the outside world fails us."""


class GatewayError(Exception):
    """The world outside failed, not a rule and not our code.

    `permanent` tells whether trying again can help: a full disk can be emptied, a wrong password stays wrong.
    """

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
