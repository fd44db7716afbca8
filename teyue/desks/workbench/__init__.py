"""The workbench: what waits for whom today, soonest first, and where all open orders stand."""
