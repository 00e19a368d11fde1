"""What is said when a backup cannot be made, read or brought back."""


class BackupRefused(Exception):
    """Its text is the sentence the operator reads; nothing in use was changed."""
