"""登录 Sign-in, first password, reset by printed code, second factor, tokens (3.0)."""
