"""The papers as the printed forms want them: plain values in the language of the reader."""
