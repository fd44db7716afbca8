"""The ledger: money leaving one account for another, in whole fen, never changed afterwards."""
