"""Static files under the digest of what is in them, so that nobody keeps an old one."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = r"""(?P<matched>(?P<word>from|import)\s*["'](?P<url>\.{1,2}/[^"']+)["'])"""


class Hashed(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also follows what a script imports: an old module beside a new one breaks the page."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("*.js", ((_IMPORT, '%(word)s "%(url)s"'),)),
    )
