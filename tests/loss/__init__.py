"""Nothing is lost: backups, restores, upgrades."""
