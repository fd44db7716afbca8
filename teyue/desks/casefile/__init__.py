"""案卷 Case file: one page an order, all its papers in the order of the procedure."""
