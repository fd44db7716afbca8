"""登记 Register: the stable facts that every stage reads and none of them owns."""
